/* corpus-clock.c - see corpus-clock.h. */

#include "corpus-clock.h"
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* 1 March 2024, 00:00:00 UTC. */
#define START_SECOND UINT64_C(1709251200)

#define SECONDS_PER_DAY 86400

struct date {
    unsigned year, month, day; /* month and day count from 1 */
};

static bool is_leap_year(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static struct date date_of_day(uint64_t days_since_1970)
{
    static const unsigned month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct date date = {1970, 1, 1};
    uint64_t days = days_since_1970;

    for (; days >= (is_leap_year(date.year) ? 366U : 365U); date.year++)
        days -= is_leap_year(date.year) ? 366 : 365;
    for (;; date.month++) {
        unsigned length = month_days[date.month - 1] + (date.month == 2 && is_leap_year(date.year));
        if (days < length)
            break;
        days -= length;
    }
    date.day += (unsigned)days;
    return date;
}

static void put_milliseconds(char *out, unsigned milliseconds)
{
    out[0] = (char)('0' + milliseconds / 100);
    out[1] = (char)('0' + milliseconds / 10 % 10);
    out[2] = (char)('0' + milliseconds % 10);
}

static void format_second(struct clock *clock)
{
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct date date = date_of_day(clock->second / SECONDS_PER_DAY);
    unsigned second = (unsigned)(clock->second % SECONDS_PER_DAY);
    const char *month = months[date.month - 1];
    char time[16], text[64];

    snprintf(time, sizeof time, "%02u:%02u:%02u", second / 3600 % 24, second / 60 % 60, second % 60);
    snprintf(text, sizeof text, "%s %2u %s", month, date.day, time);
    memcpy(clock->syslog, text, CLOCK_SYSLOG_LENGTH);
    snprintf(text, sizeof text, "%02u/%s/%04u:%s +0000", date.day, month, date.year, time);
    memcpy(clock->apache, text, CLOCK_APACHE_LENGTH);
    snprintf(text, sizeof text, "%04u-%02u-%02u %s,000", date.year, date.month, date.day, time);
    memcpy(clock->java, text, CLOCK_JAVA_LENGTH);
    snprintf(text, sizeof text, "%04u-%02u-%02uT%s.000Z", date.year, date.month, date.day, time);
    memcpy(clock->iso, text, CLOCK_ISO_LENGTH);
}

void clock_start(struct clock *clock)
{
    clock->milliseconds = START_SECOND * 1000;
    clock->second = START_SECOND;
    format_second(clock);
}

void clock_advance(struct clock *clock, unsigned milliseconds)
{
    clock->milliseconds += milliseconds;
    if (clock->milliseconds / 1000 != clock->second) {
        clock->second = clock->milliseconds / 1000;
        format_second(clock);
    }
    put_milliseconds(clock->java + 20, (unsigned)(clock->milliseconds % 1000));
    put_milliseconds(clock->iso + 20, (unsigned)(clock->milliseconds % 1000));
}

/* corpus-clock.h - the time of day in the logs, in the formats of several systems. */

#ifndef CORPUS_CLOCK_H
#define CORPUS_CLOCK_H

#include <stdint.h>

#define CLOCK_SYSLOG_LENGTH 15
#define CLOCK_APACHE_LENGTH 26
#define CLOCK_JAVA_LENGTH 23
#define CLOCK_ISO_LENGTH 24

/* The texts are always those of the present time, and have no terminating zero. */
struct clock {
    uint64_t milliseconds;            /* since 1970-01-01 00:00:00 UTC */
    uint64_t second;                  /* the second that the texts say */
    char syslog[CLOCK_SYSLOG_LENGTH]; /* Mar  1 09:05:07 */
    char apache[CLOCK_APACHE_LENGTH]; /* 01/Mar/2024:09:05:07 +0000 */
    char java[CLOCK_JAVA_LENGTH];     /* 2024-03-01 09:05:07,123 */
    char iso[CLOCK_ISO_LENGTH];       /* 2024-03-01T09:05:07.123Z */
};

/* Sets the clock to 1 March 2024, 00:00:00 UTC. */
void clock_start(struct clock *clock);

void clock_advance(struct clock *clock, unsigned milliseconds);

#endif

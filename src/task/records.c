#include "task/records.h"

#include "base/alloc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct records {
    struct condition *first_line;
    /* Threads that look for one record at a time take a state from here. */
    pthread_mutex_t lock;
    struct condition_state *states[8];
    size_t count;
};

struct records *records_create(struct condition *first_line)
{
    struct records *records = xcalloc(1, sizeof *records);
    records->first_line = first_line;
    pthread_mutex_init(&records->lock, NULL);
    return records;
}

void records_free(struct records *records)
{
    if (!records)
        return;
    while (records->count > 0)
        condition_state_free(records->states[--records->count]);
    pthread_mutex_destroy(&records->lock);
    condition_free(records->first_line);
    free(records);
}

void records_summarize(const struct records *records, FILE *out)
{
    fputs("Lines are those of records.  The first lines of these: ", out);
    condition_summarize(records->first_line, out);
}

/* --- one record --- */

/* What a walk finds to be given up is reported by it; here that is passed over. */
static void ignore(void *context, const char *line, int error)
{
    (void)context, (void)line, (void)error;
}

static struct condition_state *take(struct records *records)
{
    struct condition_state *state = NULL;
    pthread_mutex_lock(&records->lock);
    if (records->count > 0)
        state = records->states[--records->count];
    pthread_mutex_unlock(&records->lock);
    return state ? state : condition_state_create(records->first_line, &(struct given_up_sink){ignore, NULL});
}

static void give(struct records *records, struct condition_state *state)
{
    pthread_mutex_lock(&records->lock);
    if (records->count < sizeof records->states / sizeof *records->states) {
        records->states[records->count++] = state;
        state = NULL;
    }
    pthread_mutex_unlock(&records->lock);
    condition_state_free(state);
}

/* The first line that begins a record; `end` when there is none. */
static const char *first_start(struct records *records, const char *text, const char *end)
{
    struct span line;
    if (text == end)
        return end;
    if (condition_matches_all(records->first_line))
        return text;
    struct condition_state *state = take(records);
    condition_begin(state, text, end);
    const char *found = condition_next(state, &line) ? line.begin : end;
    give(records, state);
    return found;
}

size_t records_first(void *records, const char *text, size_t length)
{
    return (size_t)(first_start(records, text, text + length) - text);
}

size_t records_seam(struct records *records, const char *text, size_t length)
{
    const char *line = text;
    if (text[-1] != '\n') {
        const char *newline = memchr(text, '\n', length);
        if (!newline)
            return length;
        line = newline + 1;
    }
    return (size_t)(first_start(records, line, text + length) - text);
}

size_t records_last(struct records *records, const char *bytes, size_t from, size_t length)
{
    const char *end = memrchr(bytes + from, '\n', length - from), *last = bytes;
    if (!end)
        return 0;
    const char *begin = from > 0 ? memrchr(bytes, '\n', from) : NULL;
    begin = begin ? begin + 1 : bytes;
    /* From the last lines back, as one of them is mostly enough. */
    for (size_t reach = 4096; last == bytes; reach *= 4) {
        const char *some =
            (size_t)(end + 1 - begin) > reach ? memrchr(begin, '\n', (size_t)(end + 1 - begin) - reach) : NULL;
        const char *to = end + 1;
        some = some ? some + 1 : begin;
        for (const char *start = some; start < to;) {
            start = first_start(records, start, to);
            if (start == to)
                break;
            last = start;
            const char *newline = memchr(start, '\n', (size_t)(to - start));
            start = newline ? newline + 1 : to;
        }
        if (some == begin)
            break;
    }
    return (size_t)(last - bytes);
}

/* --- all records --- */

struct record_walk {
    struct condition_state *state;
    bool all; /* each line is a record */
    struct span rest;
};

struct record_walk *record_walk_create(const struct records *records, const struct given_up_sink *sink)
{
    struct record_walk *walk = xcalloc(1, sizeof *walk);
    walk->state = condition_state_create(records->first_line, sink);
    walk->all = condition_matches_all(records->first_line);
    return walk;
}

void record_walk_free(struct record_walk *walk)
{
    if (!walk)
        return;
    condition_state_free(walk->state);
    free(walk);
}

void record_walk_begin(struct record_walk *walk, struct span text)
{
    walk->rest = text;
    if (!walk->all)
        condition_begin(walk->state, text.begin, text.end);
}

/* The first record that begins behind the start of what is left; its end when there is none. */
static const char *next_start(struct record_walk *walk)
{
    const struct span rest = walk->rest;
    struct span line;
    if (walk->all) {
        const char *newline = memchr(rest.begin, '\n', (size_t)(rest.end - rest.begin));
        return newline ? newline + 1 : rest.end;
    }
    while (condition_next(walk->state, &line))
        if (line.begin > rest.begin)
            return line.begin;
    return rest.end;
}

bool record_walk_next(struct record_walk *walk, struct span *record)
{
    if (walk->rest.begin == walk->rest.end)
        return false;
    *record = (struct span){walk->rest.begin, next_start(walk)};
    walk->rest.begin = record->end;
    return true;
}

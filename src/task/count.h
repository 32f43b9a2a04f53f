/*
 * count.h - counting one chunk as wc(1) counts, and joining the counts of chunks.
 *
 * Counts of neighbouring texts join associatively: a word or a line that goes on across the seam counts once.  In UTF-8
 * the seam must lie between two characters, which count_seam() and count_cut() see to.
 */
#ifndef MSCAN_TASK_COUNT_H
#define MSCAN_TASK_COUNT_H

#include "kernels/kernels.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is counted, in the order in which it is printed. */
enum count_kind { COUNT_LINES, COUNT_WORDS, COUNT_CHARACTERS, COUNT_BYTES, COUNT_LONGEST, COUNT_KINDS };

enum count_charset {
    COUNT_AS_BYTES, /* the locale C: beyond ASCII nothing is a letter; A0 may be a space */
    COUNT_AS_TABLE, /* bytes, with spaces and printing characters from a table */
    COUNT_AS_UTF8,
};

/* Of each byte of a charset without longer characters. */
enum count_class { COUNT_SPACE = 1, COUNT_PRINTS = 2 };

/* Read only; the same for all threads.  cli/count-locale sets what depends on the locale: all but the first two. */
struct count {
    const struct kernels *kernels;
    bool wanted[COUNT_KINDS];
    enum count_charset charset;
    struct count_rules rules;
    unsigned char classes[256];       /* enum count_class, or'ed; for COUNT_AS_TABLE */
    int (*width)(uint32_t character); /* the columns it takes, for COUNT_AS_UTF8; any thread asks */
};

/* What came of a text; all zero is that of the empty text.  Only what is wanted is told, and the bytes. */
struct count_result {
    uint64_t lines, words, characters, bytes;
    bool begins_in_word, ends_in_word;
    struct count_columns columns;
};

/* Whether nothing is wanted but the bytes, which the size of a file may tell. */
bool count_is_size(const struct count *count);

/* Appends `right` to `left`. */
void count_join(struct count_result *left, const struct count_result *right);

/* The columns of the longest line, of a whole text. */
uint64_t count_longest(const struct count_result *result);

/*
 * How many of the bytes at a seam may belong to a character that begins before it: these go to the text before.
 * `length` bytes can be looked at; five are enough.
 */
size_t count_seam(const struct count *count, const char *text, size_t length);

/* How many of the bytes, the first of a text that goes on, end between two characters. */
size_t count_cut(const struct count *count, const char *text, size_t length);

/* A thread's own part. */
struct counter;

struct counter *counter_create(const struct count *count);
void counter_free(struct counter *counter);

/* Counts a text; *result is overwritten. */
void counter_run(struct counter *counter, const char *text, size_t length, struct count_result *result);

#endif

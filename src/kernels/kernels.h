/*
 * kernels.h - the loops that look at every byte, one instance for each instruction set.
 *
 * A kernel takes a pointer and a length in bytes and returns numbers: no I/O, no
 * allocation, no state.  Any alignment and any length, 0 included, are allowed; no byte
 * outside [text, text + length) is read.
 */
#ifndef MSCAN_KERNELS_KERNELS_H
#define MSCAN_KERNELS_KERNELS_H

#include "kernels/bitstream.h"
#include "kernels/count.h"
#include "kernels/needle.h"
#include "kernels/run.h"
#include "kernels/shuffle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a text holds besides ASCII characters; or'ed together. */
enum text_class {
    TEXT_ASCII = 0,
    TEXT_NUL = 1,  /* some byte is 0 */
    TEXT_HIGH = 2, /* some byte is above 127 */
};

struct kernels {
    const char *name; /* "avx512vbmi", "avx512bw", "avx2", "ssse3", "sse2", "neon", "c" */

    /* The number of newlines (byte 10) in the text. */
    size_t (*count_newlines)(const char *text, size_t length);

    /* The number of bytes 0 in the text. */
    size_t (*count_nuls)(const char *text, size_t length);

    /* TEXT_NUL and TEXT_HIGH, or'ed, for the whole text. */
    unsigned (*classify)(const char *text, size_t length);

    /* The first place in the text where the needle is, wholly within it; NULL when nowhere. */
    const char *(*find_needle)(const struct needle *needle, const char *text, size_t length);

    /* The first place in the text where the needle is, or where a newline is, if that comes first. */
    const char *(*find_in_line)(const struct needle *needle, const char *text, size_t length);

    /*
     * Counts the lines that have a place of the needle which counts; the last one may lack its newline, and a place is
     * in the line in which it begins.  With sides, a place counts when both its neighbours say yes, as the text's ends
     * do, and is open when one is and neither says no; a needle that a newline fits has to have a judge.
     * Returns the first place that is open, in a line in which none before it counts, and then has counted the lines
     * before that; NULL when there is none.  The kernel itself is NULL where looking for one line after the other is
     * faster.
     */
    const char *(*count_needle_lines)(const struct needle *needle, const struct needle_test *test, const char *text,
                                      size_t length, size_t *lines);

    /*
     * The first place in the text where a needle of the set is, wholly within it, and in *index the lowest index of
     * those that are there; NULL when nowhere, and *index is then as it was.
     */
    const char *(*find_any)(const struct needle_set *set, const char *text, size_t length, size_t *index);

    /* How many bytes at the beginning of the text are in the set, and how many at its end. */
    size_t (*run_after)(const struct run *run, const char *text, size_t length);
    size_t (*run_before)(const struct run *run, const char *text, size_t length);

    /* The most states of a small automaton that shuffle_step() takes; 0: it is NULL. */
    size_t shuffle_limit;

    /*
     * Steps all cursors by blocks until one is to be looked after: it has come into a special state, or has less than a
     * block left. Returns those, a bit for each.
     */
    unsigned (*shuffle_step)(const struct shuffle *shuffle, struct cursors *cursors);

    /*
     * Where in `pairs` the rows of the text's pairs of bytes are: index[i] is that of bytes 2 * i and 2 * i + 1.  The
     * last of an odd number of bytes has none.  True when some byte is above 127.  NULL where that does not pay; then
     * cursors are stepped by single bytes.
     */
    bool (*shuffle_index)(const struct shuffle *shuffle, const char *text, size_t length, uint16_t *index);

    /*
     * Runs a pattern on the next strip of a text, of so many words, a multiple of BITSTREAM_UNIT and not 0, of 64 bytes
     * each. The newlines at the ends of lines that have a match get a bit in `ends`; their number comes back.  NULL
     * where that does not pay.
     */
    size_t (*bitstream_run)(const struct bitstream *program, struct bitstream_state *state, const char *text,
                            size_t words, uint64_t *ends);

    /*
     * Whether that is faster than shuffle_step(), where an automaton is small enough for both.  Processor milliseconds
     * for 64 MiB with SSSE3, by shuffles and by bits: '[a-z]+\d+ [A-Z]+' 37 and 43, '(?i)(?:error|warn|fail).*\d{3,}$'
     * 41 and 62; by a table and by bits: '(?:\w{5}\s+){7}' 88 and 44, '^.{10,30}$' 81 and 56.
     */
    bool bitstream_first;

    /*
     * Counting, as count.h says.  All add the lines; count_bytes and count_utf8_words the words; count_bytes (one for
     * each byte) and count_utf8_characters the characters; count_utf8 both.  Where a word is not counted, in_word is
     * not told.  A character of UTF-8 that the text's begin or end cuts is none.
     */
    void (*count_bytes)(const char *text, size_t length, const struct count_rules *rules, struct count_sums *sums);
    void (*count_utf8_words)(const char *text, size_t length, const struct count_rules *rules, struct count_sums *sums);
    void (*count_utf8_characters)(const char *text, size_t length, const struct count_rules *rules,
                                  struct count_sums *sums);
    void (*count_utf8)(const char *text, size_t length, const struct count_rules *rules, struct count_sums *sums);

    /*
     * Columns: in bytes, ASCII's printing characters are one wide and all other bytes none.  In UTF-8, it stops before
     * 64 bytes in which there are characters whose width it does not know, and returns how far it came: always between
     * two characters, if the text begins at one.
     */
    void (*count_columns_bytes)(const char *text, size_t length, struct count_columns *columns);
    size_t (*count_columns_utf8)(const char *text, size_t length, const struct count_rules *rules,
                                 struct count_columns *columns);
};

/*
 * The best kernels for this processor, or, unless that is NULL or empty, those of the name that is wanted.  NULL when
 * these are unknown, not built or not supported by the processor.
 */
const struct kernels *kernels_choose(const char *wanted);

/*
 * The kernels number `index`, from 0, of all that were built and run on this processor,
 * best first; NULL after the last.  For tests and for messages.
 */
const struct kernels *kernels_get(size_t index);

#endif

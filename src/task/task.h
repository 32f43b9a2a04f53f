/*
 * task.h - a task: what is done with the chunks of files, as a table of functions.
 *
 * The scan opens files, cuts them into chunks, and gives these to all threads, which run the task on them.  What comes
 * of a chunk is its *result*.  In the order of the files and chunks, one thread at a time joins the results to the
 * *sum* of the file, and at its end that to the *total*.  A result and a sum are structures of the task's, zeroed at
 * first.  What is asked of the task, the *plan*, is only read.
 *
 * A function that a task has no use for is NULL, unless its comment says otherwise.
 */
#ifndef MSCAN_TASK_TASK_H
#define MSCAN_TASK_TASK_H

#include "output/output.h"
#include "task/chunk-text.h"
#include "task/part.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When a total of several files is printed: --total. */
enum total_when { TOTAL_AUTO, TOTAL_ALWAYS, TOTAL_ONLY, TOTAL_NEVER };

/* What the scan has to do for a task; or'ed together. */
enum task_needs {
    TASK_NUMBERS_LINES = 1, /* lines are counted, so that ties->lines_before() tells a number */
    TASK_KEEPS_TEXT = 2,    /* head() and join() look at the chunk's text, and file_end() at what stays of it */
    TASK_PRINTS_LINES = 4,  /* a file may not be searched while it grows by what is printed */
    TASK_SIZES = 8,         /* bytes that a file has for certain by its size are not read, but passed over */
};

/* What is known after a chunk. */
enum task_verdict {
    TASK_GOES_ON,
    TASK_FILE_DECIDED, /* the chunks after it in its file do not matter any more */
    TASK_DECIDED,      /* nor does anything else: the scan ends, and nothing more is printed */
};

/* Where the next program goes on with standard input, if not at an absolute offset. */
#define TASK_POSITION_END UINT64_MAX
#define TASK_POSITION_KEPT (UINT64_MAX - 1)

struct task {
    const char *name;             /* in manifests */
    size_t result_size, sum_size; /* bytes */

    unsigned (*needs)(const void *plan); /* NULL: nothing */

    /*
     * Chunks end where lines end, or, with both of these, elsewhere.  seam() says how many of the bytes behind a seam
     * still belong to the chunk before it; `length` can be looked at, and may be less than that.  Some of the file's
     * text is before the seam.  Any thread.  cut() says how many
     * bytes of a block that was read may be handed out, when there is no place to cut it before `from`; 0: none yet.
     */
    size_t (*seam)(const void *plan, const struct task_file *file, const char *text, size_t length);
    size_t (*cut)(const void *plan, const char *bytes, size_t from, size_t length);

    /*
     * Whether no line ends in [from, end) and the task has no need to look there, as matcher_is_blank() says it; asked
     * once for each chunk inside a line that is longer than chunks.
     */
    bool (*is_blank)(const void *plan, const char *from, const char *end, const char *text_end);

    /* Whether there is a line in a text, which has bytes; NULL: there is. */
    bool (*has_lines)(const void *plan, const struct chunk_text *text);

    /* A thread's own part. */
    void *(*state_create)(const void *plan);
    void (*state_free)(void *state);

    /*
     * Works on a chunk, which is not empty.  What it prints is written in the chunk's turn; *result is zeroed.  Run
     * again, after result_clear(), with less text when the end of that could not be read.  Never NULL.
     */
    enum task_verdict (*run)(void *state, const struct chunk_text *text, struct output *output, void *result);
    void (*result_clear)(void *result);          /* frees what it owns, and zeroes it */
    bool (*result_is_heavy)(const void *result); /* whether it owns much memory, so that few of them may wait */

    /* A sum, when its file has been opened, and when it is done with. */
    void (*sum_begin)(const void *plan, const struct task_file *file);
    void (*sum_clear)(void *sum);

    /* With TASK_SIZES: so many bytes were passed over. */
    void (*pass_over)(void *sum, uint64_t bytes);

    /* What the functions below need while they go through the chunks; NULL: only the total, which they get instead. */
    void *(*turn_create)(const void *plan, void *total);
    void (*turn_free)(void *turn);

    /*
     * In the chunk's turn: prints what stands before its output, which is written next.  False when that is not to be
     * written.
     */
    bool (*head)(void *turn, const struct chunk_text *text, const void *result);

    /* In the chunk's turn: joins a result to the file's sum.  False when no more of the file is wanted.  Never NULL. */
    bool (*join)(void *turn, const struct chunk_text *text, const void *result);

    /*
     * After a file's last chunk, or when it is a directory: adds the sum to the total, and prints what is to be printed
     * of it.  `end` has no text; its offset is how much of the file was scanned.
     */
    void (*file_end)(void *turn, const struct chunk_text *end, struct output *output);

    /* Where standard input is left; NULL: at its end. */
    uint64_t (*position)(const void *plan, const struct task_file *file);

    /* After the last file, unless the scan was stopped; `end` has neither text nor file. */
    void (*end)(void *turn, const struct chunk_text *end, struct output *output);

    /* Parts of a file.  After file_end(): what the sum of a part is, for merge(). */
    void (*state)(const void *plan, const struct task_file *file, struct part_state *state);

    /*
     * Prints what one run prints of the file, by all of its parts in order, of one kind and of the same plan.  NULL, or
     * a text that says why they do not fit.
     */
    const char *(*merge)(const struct part *parts, size_t count, struct output *output, struct part_outcome *outcome);
};

#endif

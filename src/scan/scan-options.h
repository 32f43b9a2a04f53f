/*
 * scan-options.h - what a scan is to do, and what it came to.
 */
#ifndef MSCAN_SCAN_SCAN_OPTIONS_H
#define MSCAN_SCAN_SCAN_OPTIONS_H

#include "input/input.h"
#include "input/walk.h"
#include "kernels/kernels.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More threads than this are taken for a mistake. */
#define THREADS_MAX 1024

/* Something to be told to the user; valid during the call. */
struct scan_message {
    const char *name; /* the file's, as shown; NULL: it is not about a file */
    uint64_t number;  /* of the file, in the order of the scan, from 0 */
    bool refused;     /* the name was refused by walk_options.refuse */
    const char *text;
};

typedef void scan_say(void *context, const struct scan_message *message);

/* How far a scan is.  Its threads add to it, and any thread reads it. */
struct scan_progress {
    _Atomic uint64_t bytes; /* of the chunks that have been worked on */
};

struct stat;

/* What is told of each file when it has been scanned without an error; its sum is complete. */
typedef void scan_file_done(void *context, const struct task_file *file, const struct stat *status);

struct scan_options {
    struct walk_options walk;   /* the inputs */
    const char *stdin_name;     /* how standard input is shown */
    struct input_options input; /* its stream options are the scan's and set there */
    size_t block_size;
    bool fill_blocks; /* --block-buffered */
    const struct task *task;
    const void *plan; /* the task's: what is asked of it */
    void *total;      /* the task's: what all files come to; the caller's */
    char line_end;    /* '\n', or '\0' with -z */
    const struct kernels *kernels;
    int output;    /* the descriptor that is written to */
    scan_say *say; /* takes messages, one at a time; NULL: they are dropped */
    void *say_context;
    scan_file_done *done; /* or NULL */
    void *done_context;
    struct scan_progress *progress; /* the caller's; NULL: nobody asks */
    bool no_messages; /* -s: nothing is said about files that cannot be opened or read; what was lost inside one is said
                       */
    bool counts_base; /* --line-base: the lines before a range are counted, or */
    uint64_t line_base; /* there are so many */
    bool count_lines;   /* the outcome's `lines` is wanted */
    unsigned threads;
    int exit_status;   /* with which the process ends when OpenMP cannot start a thread that it has promised; see team.h
                        */
    size_t chunk_size; /* of files that have ranges, bytes */
};

/* What it came to. */
struct scan_outcome {
    bool decided;     /* the task's verdict was so for some chunk */
    bool failed;      /* something went wrong; it has been said */
    bool closed;      /* the reader of the output has gone away */
    unsigned threads; /* that OpenMP gave */
    uint64_t files, mapped, read;
    uint64_t bytes, lines;
    uint64_t huge_bytes; /* of mappings and blocks, in huge pages; with count_lines */
};

#endif

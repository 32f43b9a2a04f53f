/*
 * command.h - a random command line over a trial, and what it must print.
 */
#ifndef MSCAN_FUZZ_COMMAND_H
#define MSCAN_FUZZ_COMMAND_H

#include "trial.h"

enum command_mode {
    MODE_LINES,
    MODE_ONLY_MATCHING, /* -o */
    MODE_COUNT,         /* -c */
    MODE_COUNT_MATCHES, /* --count-matches */
    MODE_LIST,          /* -l */
    MODE_LIST_WITHOUT,  /* -L */
    MODE_QUIET,         /* -q */
    MODE_COUNT_OF_ALL,  /* how many modes there are */
};

struct command {
    enum command_mode mode;
    bool invert, line_number, byte_offset, with_name, color;
    bool mark;          /* the file begins with a byte-order mark, which is not in the trial's text */
    uint64_t max_count; /* 0: not given */
    /* How it is done; nothing of this may show in the output. */
    unsigned chunk_size; /* 0: not given */
    unsigned threads;
    bool map, no_map;
    bool from_stdin, from_pipe;
    bool bgzf, zstd;  /* the file is compressed, in members */
    bool as_operands; /* patterns by -e rather than -f */
    const char *kernels;
    const char *engine; /* NULL: not given */
};

/* The mark that the file begins with, or "": where text is bytes, the mark would be text like any other. */
const char *command_mark(const struct command *command, const struct trial *trial);

void command_choose(struct command *command, const struct trial *trial, struct dice *dice);

/* The command for a shell. */
void command_write(const struct command *command, const struct trial *trial, const char *program, const char *patterns,
                   const char *text, struct bytes *words);

/*
 * What it must print, and its exit status, from PCRE2 line by line.  False when that cannot be said: a limit was
 * met, a pattern is refused (*refused), or, when `careful`, PCRE2 contradicts itself.
 */
bool command_expect(const struct command *command, const struct trial *trial, const char *name, bool careful,
                    struct bytes *output, int *status, bool *refused);

#endif

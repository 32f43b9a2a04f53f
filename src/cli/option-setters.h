/*
 * option-setters.h - the setters of options that the tables of mscan and mwc share, and macros for their rows.
 */
#ifndef MSCAN_CLI_OPTION_SETTERS_H
#define MSCAN_CLI_OPTION_SETTERS_H

#include "cli/arguments.h"
#include "cli/option-table.h"

/* clang-format off */
#define HEADING(text) {.name = "", .argument = text}

/* The end of a row: a setter and its target. */
#define FLAG(field, value) option_set_flag, offsetof(struct arguments, field), value, NULL
#define CHOICE(field, value) option_set_choice, offsetof(struct arguments, field), value, NULL
#define STRING(field) option_set_string, offsetof(struct arguments, field), 0, NULL
#define SETTER(function) function, 0, 0, NULL
#define SETTER_VALUE(function, value) function, 0, value, NULL
#define WORDS(function, words) function, 0, 0, words

/* The rows on a part of a file, which both have. */
#define SHARE_ROWS \
    {0, "byte-range", "OFF[,LEN]", "only lines that begin in these bytes", SETTER(option_set_byte_range)}, \
    {0, "shard", "K/N", "only lines that begin in part K (from 0) of N", SETTER(option_set_shard)}, \
    {0, "expect-size", "SIZE", "fail unless a file has SIZE bytes", SETTER(option_set_expect_size)}, \
    {0, "output", "FILE", "write to FILE, which is replaced when all is done", STRING(output)}, \
    {0, "manifest", "FILE", "describe the output in FILE, for --merge", STRING(manifest)}

#define DECOMPRESS_ROW \
    {0, "decompress", NULL, "decode files of gzip, zstd, xz, bzip2 and lz4", FLAG(decompress, true)}

/* The rows on how to run, which both have. */
#define RUNNING_ROWS \
    {'j', "threads", "NUM", "use NUM threads; 0 is one for each processor", SETTER(option_set_threads)}, \
    {0, "mmap", NULL, "map regular files, small ones too", CHOICE(map, MAP_PREFER)}, \
    {0, "no-mmap", NULL, "read all files", CHOICE(map, MAP_REFUSE)}, \
    {0, "huge-pages", "WHEN", "use huge pages: auto, always (or fail) or never", \
    WORDS(option_set_huge, "auto always never")}, \
    {0, "madvise", "LIST", "none, sequential, willneed, random or populate", \
    WORDS(option_set_advice, "sequential willneed random populate none")}, \
    {0, "cache", "WHAT", "keep what is read in the page cache, or drop it", \
    WORDS(option_set_cache, "keep drop")}, \
    {0, "chunk-size", "SIZE", NULL, SETTER(option_set_chunk_size)}, \
    {0, "completions", "SHELL", NULL, WORDS(option_show_completions, "bash zsh fish")}, \
    {0, "progress", NULL, "show on a terminal how far it is", FLAG(progress, true)}, \
    {0, "stats", NULL, "print statistics to standard error", FLAG(stats, true)}
/* clang-format on */

option_setter option_set_flag;   /* a bool */
option_setter option_set_choice; /* one of an enumeration */
option_setter option_set_string; /* the argument itself */
option_setter option_set_threads, option_set_huge, option_set_advice, option_set_cache, option_set_chunk_size;
option_setter option_set_byte_range, option_set_shard, option_set_expect_size;
option_setter option_set_total; /* when the total is printed */
option_setter option_show_version, option_show_completions;

/* The index of a word in a NULL-ended list; else option_bad_argument() with what is `expected`. */
unsigned option_parse_word(const struct option_row *row, const char *argument, const char *const *words,
                           const char *expected);

#endif

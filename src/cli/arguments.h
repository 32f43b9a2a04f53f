/*
 * arguments.h - what the command line says, of mscan or of mwc.
 */
#ifndef MSCAN_CLI_ARGUMENTS_H
#define MSCAN_CLI_ARGUMENTS_H

#include "input/input.h"
#include "input/walk.h"
#include "pattern/pattern.h"
#include "scan/scan.h"
#include "task/search.h"
#include "task/tally-store.h"
#include "task/wc-lines.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pattern_syntax { SYNTAX_PERL, SYNTAX_FIXED, SYNTAX_BASIC, SYNTAX_EXTENDED };
enum case_rule { CASE_DISTINCT, CASE_IGNORED, CASE_SMART };
enum when { WHEN_NEVER, WHEN_AUTO, WHEN_ALWAYS }; /* auto: on a terminal */
enum name_when { NAME_AUTO, NAME_ALWAYS, NAME_NEVER };
enum binary_files { BINARY_FILES_SAID, BINARY_FILES_TEXT, BINARY_FILES_PASSED_OVER };
enum buffering { BUFFER_AUTO, BUFFER_LINE, BUFFER_BLOCK };

struct option_row;

/* What the command line says, word for word; nothing is decided yet. */
struct arguments {
    /* While it is parsed: the option before, NULL if the present one is the first letter of its argument. */
    const struct option_row *joined_to;
    bool *given; /* of each row of the table, whether the option was */
    struct pattern_list patterns;
    struct pattern_list *wanted; /* of each --and */
    size_t wanted_count;
    struct pattern_list unwanted;      /* of all --not */
    struct pattern_list record_starts; /* of all --record-start */
    bool tally;
    uint64_t tally_most; /* values */
    enum tally_order tally_order;
    uint64_t max_memory; /* bytes; 0: not given */
    bool patterns_given; /* by -e or -f: the first operand is a file then */
    enum engine_kind engine;
    enum pattern_syntax syntax;
    enum case_rule letter_case;
    bool invert, word, line, no_unicode;
    bool count, count_matches, only_matching, quiet, no_messages;
    enum binary_files binary_files;
    bool line_number, byte_offset, column, initial_tab;
    bool null_lines, null_names, crlf;
    enum list_mode list;
    enum name_when name;
    enum when color, sanitize;
    enum buffering buffering;
    unsigned group;          /* of --only-matching */
    const char *replacement; /* NULL: none */
    uint64_t max_count;      /* UINT64_MAX: no limit */
    uint64_t skip, last;     /* UINT64_MAX for `last`: all */
    enum total_when total;
    uint64_t max_columns; /* 0: no limit */
    enum preview preview;
    uint64_t before, after, context; /* lines of -B, -A, and of -C for what these do not say; UINT64_MAX: not given */
    bool passthru;
    bool json;
    const char *encoding;        /* NULL: by the mark; "none": never */
    const char *group_separator; /* NULL: none */
    const char *label;
    const char *names_file; /* --files0-from */
    bool follow;            /* -R */
    enum directory_action directories;
    enum device_action devices;
    struct filter included, folders;               /* --include, --exclude and --exclude-from; --exclude-dir */
    bool interpreted;                              /* --no-jit */
    uint32_t match_limit, heap_limit, depth_limit; /* 0: the default */
    unsigned threads;                              /* 0: the default */
    enum map_policy map;
    enum huge_policy huge;
    unsigned advice;
    bool stats, explain, progress, drop_cache, decompress;
    uint64_t chunk_size; /* 0: the default */
    struct range range;  /* --byte-range or --shard */
    bool counts_base;    /* --line-base=count */
    uint64_t line_base;  /* --line-base; UINT64_MAX: not given */
    bool sized;          /* --expect-size: */
    uint64_t size;
    const char *output;      /* --output; NULL: standard output */
    const char *manifest;    /* --manifest; NULL: none */
    uint64_t options_digest; /* of the options that change what is printed */
    struct {
        bool todo, line_bases, force;
    } merge;
    bool no_match_ok;
    struct {
        bool wanted[COUNT_KINDS];
        const char *files_from; /* NULL: the operands are the files */
    } wc;
    const char *const *files; /* operands that are not the pattern; point into argv */
    size_t file_count;
};

void arguments_free(struct arguments *arguments);

#endif

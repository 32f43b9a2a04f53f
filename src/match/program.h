/*
 * program.h - one pattern, or several joined by |, compiled by PCRE2.
 *
 * With Unicode there are up to two forms: `wide` for text with characters beyond ASCII, and
 * `narrow`, without UTF and UCP and several times as fast, for text where it is known to
 * find the same.
 */
#ifndef MSCAN_MATCH_PROGRAM_H
#define MSCAN_MATCH_PROGRAM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One compiled form. */
struct form {
    pcre2_code *code; /* NULL: there is no such form */
    bool jit;         /* else the interpreter */
};

struct program {
    struct form narrow;  /* for bytes */
    struct form wide;    /* for UTF-8; none without Unicode, and where `narrow` does for every text */
    bool by_window;      /* many lines at a time; else line by line */
    const char *reason;  /* why it is by_window or not, static text */
    bool from_start;     /* has \G: what it finds depends on where the search starts */
    uint32_t min_length; /* no line of fewer bytes can match */
    char *text;          /* what PCRE2 was given, for --explain */
    size_t length;
};

struct program_options {
    bool caseless;
    bool unicode;
    bool null_lines; /* a line may hold newlines: one at a time, with the pattern as it is, as "grep -z -P" has it */
    const unsigned char *tables; /* of an 8-bit locale, from pcre2_maketables(); NULL: the C locale's */
};

/* Why PCRE2 refused a pattern. */
struct program_error {
    int code;      /* PCRE2's, for pcre2_get_error_message() */
    size_t offset; /* in the pattern, bytes */
};

/*
 * What is put around a pattern for -w and -x; see pcre2pattern(3).  The suffix closes the prefix.
 */
struct wrapping {
    const char *prefix, *suffix;
};

/*
 * Compiles `length` bytes of `pattern` with `wrapping` around it.  False with *error, whose offset is one
 * in `pattern`.  program_free() frees what is in *program.
 */
bool program_compile(struct program *program, const char *pattern, size_t length, const struct wrapping *wrapping,
                     const struct program_options *options, struct program_error *error);
void program_free(struct program *program);

#endif

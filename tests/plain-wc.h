/*
 * plain-wc.h - counts as wc(1) does, by the C library and one character after the other: what all else is held against.
 *
 * It goes by the locale that is set, with the C library's mbrtowc(), iswspace(), wcwidth(), isspace() and isprint().
 */
#ifndef MSCAN_PLAIN_WC_H
#define MSCAN_PLAIN_WC_H

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

struct plain_counts {
    uint64_t lines, words, characters, bytes, longest;
};

/* One step through a text: a character, or a byte that is none. */
struct plain_step {
    size_t length;
    bool valid;
    bool space;
    int width;
    char control; /* one of \n \r \f \t, else 0 */
};

static inline bool plain_is_no_break(wint_t c)
{
    return c == 0x00a0 || c == 0x2007 || c == 0x202f || c == 0x2060;
}

static inline struct plain_step plain_step_byte(unsigned char byte, bool no_break)
{
    /* Without an encoding, a byte stands for the character of that number. */
    bool space = isspace(byte) || (no_break && plain_is_no_break(byte));
    return (struct plain_step){.length = 1, .valid = true, .space = space, .width = isprint(byte) ? 1 : 0};
}

static inline struct plain_step plain_step_wide(const char *text, size_t length, bool no_break)
{
    mbstate_t state;
    wchar_t c;
    memset(&state, 0, sizeof state);
    size_t got = mbrtowc(&c, text, length, &state);
    if (got == (size_t)-1 || got == (size_t)-2)
        return (struct plain_step){.length = 1};
    int width = wcwidth(c);
    return (struct plain_step){.length = got ? got : 1,
                               .valid = true,
                               .space = iswspace((wint_t)c) || (no_break && plain_is_no_break((wint_t)c)),
                               .width = width > 0 ? width : 0};
}

static inline struct plain_counts plain_count(const char *text, size_t length, bool no_break)
{
    struct plain_counts counts = {.bytes = length};
    bool in_word = false;
    uint64_t column = 0;
    for (size_t i = 0; i < length;) {
        struct plain_step step = MB_CUR_MAX > 1 ? plain_step_wide(text + i, length - i, no_break)
                                                : plain_step_byte((unsigned char)text[i], no_break);
        char c = step.length == 1 ? text[i] : 'x';
        if (c == '\n')
            counts.lines++;
        if (step.valid)
            counts.characters++;
        if (!step.space && !in_word)
            counts.words++;
        in_word = !step.space;
        if (c == '\t')
            column = (column / 8 + 1) * 8;
        else
            column += (uint64_t)step.width;
        if (column > counts.longest)
            counts.longest = column;
        if (c == '\n' || c == '\r' || c == '\f')
            column = 0;
        i += step.length;
    }
    return counts;
}

#endif

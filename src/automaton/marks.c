#include "automaton/marks.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void marks_begin(struct marks *marks, const char *begin, const char *end)
{
    marks->begin = begin;
    marks->count = 0;
    marks->length = (size_t)(end - begin);
    size_t words = marks->length / 64 + 1;
    if (words > marks->room) {
        free(marks->words);
        marks->words = xcalloc(words, sizeof *marks->words);
        marks->room = words;
    } else {
        memset(marks->words, 0, words * sizeof *marks->words);
    }
}

void marks_free(struct marks *marks)
{
    free(marks->words);
    *marks = (struct marks){.words = NULL};
}

const char *marks_next(const struct marks *marks, const char *from)
{
    size_t offset = (size_t)(from - marks->begin), words = marks->length / 64 + 1;
    if (offset / 64 >= words)
        return NULL;
    uint64_t word = marks->words[offset / 64] & UINT64_MAX << offset % 64;
    for (size_t i = offset / 64;; word = marks->words[i]) {
        if (word)
            return marks->begin + i * 64 + (unsigned)__builtin_ctzll(word);
        if (++i == words)
            return NULL;
    }
}

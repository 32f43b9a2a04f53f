/* corpus-kinds.c - see corpus-kinds.h. */

#include "corpus-kinds.h"
#include <string.h>

const struct kind kinds[] = {
    {"log", "log lines of several systems, about 115 bytes each", {words_english}, prepare_log, true},
    {"prose", "English-like prose, lines of 40 to 80 bytes", {words_english}, prepare_prose, true},
    {"cyrillic", "Russian-like prose in UTF-8", {words_russian}, prepare_cyrillic, true},
    {"cjk", "Chinese- and Japanese-like prose in UTF-8", {words_chinese, words_japanese}, prepare_cjk, true},
    {"json", "JSON lines, about 4 KB each", {words_english}, prepare_json, true},
    {"oneline", "as log, without a single newline", {words_english}, prepare_oneline, false},
    {0},
};

const struct kind *kind_find(const char *name)
{
    for (const struct kind *kind = kinds; kind->name != NULL; kind++)
        if (strcmp(kind->name, name) == 0)
            return kind;
    return NULL;
}

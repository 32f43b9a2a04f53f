#include "syntax/other-cases.h"

#include "base/alloc.h"
#include "base/text.h"
#include "base/utf8.h"
#include "characters/characters.h"

#include <stdbool.h>
#include <stdlib.h>

/* The most characters that PCRE2 is asked about: it compares each character of a text with all of them in turn. */
#define CHARACTERS_MAX 1000

struct list {
    uint32_t *items;
    size_t count, room;
};

struct other_cases {
    struct list characters; /* ascending */
    size_t *ends;           /* of each, where its other cases end in `all` */
    struct list all;
};

static void append(struct list *list, uint32_t character)
{
    if (list->count == list->room) {
        list->room = 2 * list->room + 64;
        list->items = xreallocarray(list->items, list->room, sizeof *list->items);
    }
    list->items[list->count++] = character;
}

static int compare(const void *a, const void *b)
{
    const uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;
    return (p > q) - (p < q);
}

static void sort_unique(struct list *list)
{
    if (list->count == 0)
        return;
    qsort(list->items, list->count, sizeof *list->items, compare);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (list->items[i] != list->items[kept - 1])
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/*
 * Blocks of scripts without case, surrogates, and what is private: ideographs, kana, Yi, Lisu and Vai; Hangul;
 * Tangut and Nushu; pictographs, and all planes above the first two.
 */
static const struct {
    uint32_t first, last;
} without_case[] = {{0x2e80, 0xa63f}, {0xac00, 0xfaff}, {0x17000, 0x1bfff}, {0x1f000, 0x10ffff}};

#define BLOCKS (sizeof without_case / sizeof *without_case)

static bool may_have_case(uint32_t character)
{
    for (size_t i = 0; i < BLOCKS; i++)
        if (character >= without_case[i].first && character <= without_case[i].last)
            return false;
    return true;
}

static void append_encoded(struct text *text, uint32_t character)
{
    char bytes[UTF8_MAX];
    text_append(text, bytes, utf8_encode(character, bytes));
}

/* All characters that may have case and, where it is known what bytes a match begins with, begin with one of them. */
static void append_universe(struct text *text, const uint8_t *first_bytes)
{
    for (uint32_t character = 0x80; character < without_case[BLOCKS - 1].first; character++) {
        char bytes[UTF8_MAX];
        size_t length = utf8_encode(character, bytes);
        unsigned first = (unsigned char)bytes[0];
        if (first_bytes && !(first_bytes[first / 8] >> first % 8 & 1))
            character |= (1u << 6 * (length - 1)) - 1; /* the last that begins with it */
        else if (may_have_case(character))
            text_append(text, bytes, length);
    }
}

static struct characters *compile(const struct text *pattern)
{
    return characters_create(pattern->bytes, pattern->length, CHARACTERS_UNICODE, true);
}

/* Adds the characters of a text that match; false when PCRE2 fails. */
static bool append_matches(struct list *found, struct characters *matching, const struct text *text)
{
    int result;
    size_t begin, end = 0;
    while ((result = characters_find(matching, text->bytes, text->length, end, &begin, &end)) > 0) {
        uint32_t character;
        if (utf8_decode(text->bytes + begin, text->length - begin, &character) == 0)
            return false;
        append(found, character);
    }
    return result == 0;
}

/* Writes all characters that are a case of some, as a text. */
static bool find_candidates(const struct list *characters, struct text *candidates)
{
    struct text class = {NULL, 0, 0}, universe = {NULL, 0, 0};
    struct list found = {NULL, 0, 0};
    text_add(&class, "[");
    for (size_t i = 0; i < characters->count; i++)
        if (may_have_case(characters->items[i]))
            append_encoded(&class, characters->items[i]);
    bool any = class.length > 1, done = true;
    text_add(&class, "]");
    struct characters *matching = any ? compile(&class) : NULL;
    if (matching) {
        append_universe(&universe, characters_first_bytes(matching));
        done = append_matches(&found, matching, &universe);
    }
    for (size_t i = 0; i < found.count; i++)
        append_encoded(candidates, found.items[i]);
    characters_free(matching);
    free(found.items);
    free(universe.bytes);
    free(class.bytes);
    return done && any == (matching != NULL);
}

/* Adds the cases of one character. */
static bool append_other_cases(struct list *all, uint32_t character, const struct text *candidates)
{
    if (!may_have_case(character)) {
        append(all, character);
        return true;
    }
    struct text pattern = {NULL, 0, 0};
    append_encoded(&pattern, character);
    struct characters *matching = compile(&pattern);
    bool done = matching && append_matches(all, matching, candidates);
    characters_free(matching);
    free(pattern.bytes);
    return done;
}

struct other_cases *other_cases_create(const uint32_t *characters, size_t count)
{
    struct other_cases *other_cases = xcalloc(1, sizeof *other_cases);
    for (size_t i = 0; i < count; i++)
        append(&other_cases->characters, characters[i]);
    sort_unique(&other_cases->characters);
    const struct list *distinct = &other_cases->characters;
    struct text candidates = {NULL, 0, 0};
    text_add(&candidates, "");
    other_cases->ends = xcalloc(distinct->count + 1, sizeof *other_cases->ends);
    bool done = distinct->count <= CHARACTERS_MAX && find_candidates(distinct, &candidates);
    for (size_t i = 0; i < distinct->count && done; i++) {
        done = append_other_cases(&other_cases->all, distinct->items[i], &candidates);
        other_cases->ends[i] = other_cases->all.count;
    }
    free(candidates.bytes);
    if (!done) {
        other_cases_free(other_cases);
        return NULL;
    }
    return other_cases;
}

static void append_characters(struct list *list, const struct node *node)
{
    if (node->kind == NODE_CHAR && node->u.character.caseless)
        append(list, node->u.character.code_point);
    for (size_t i = 0; i < node->child_count; i++)
        append_characters(list, node->children[i]);
}

struct other_cases *other_cases_of_trees(struct syntax *const *syntaxes, size_t count)
{
    struct list list = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++)
        append_characters(&list, syntaxes[i]->root);
    struct other_cases *other_cases = list.count ? other_cases_create(list.items, list.count) : NULL;
    free(list.items);
    return other_cases;
}

void other_cases_free(struct other_cases *other_cases)
{
    if (!other_cases)
        return;
    free(other_cases->all.items);
    free(other_cases->ends);
    free(other_cases->characters.items);
    free(other_cases);
}

const uint32_t *other_cases_of(const struct other_cases *other_cases, uint32_t character, size_t *count)
{
    if (!other_cases || other_cases->characters.count == 0)
        return NULL;
    const uint32_t *found = bsearch(&character, other_cases->characters.items, other_cases->characters.count,
                                    sizeof *other_cases->characters.items, compare);
    if (!found)
        return NULL;
    size_t index = (size_t)(found - other_cases->characters.items);
    size_t first = index ? other_cases->ends[index - 1] : 0;
    *count = other_cases->ends[index] - first;
    return *count ? other_cases->all.items + first : NULL;
}

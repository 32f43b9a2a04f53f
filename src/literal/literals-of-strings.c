#include "literal/literals-of-strings.h"

#include "syntax/charset.h"

#include <stdint.h>
#include <string.h>

struct reading {
    enum literal_reading kind;
    struct literal_arena arena;
    unsigned folds; /* what READ_FOLDING has met */
};

/* The letter that the character beyond ASCII at `at` is another case of, with the character's length; 0 when none. */
static uint8_t folded_letter(const char *at, size_t left, size_t *length)
{
    if (left >= 2 && memcmp(at, LONG_S_UTF8, 2) == 0) {
        *length = 2;
        return 'S';
    }
    if (left >= 3 && memcmp(at, KELVIN_SIGN_UTF8, 3) == 0) {
        *length = 3;
        return 'K';
    }
    return 0;
}

/* False when the string has characters whose other cases only PCRE2 knows; none of them is in ASCII. */
static bool string_literal(struct reading *reading, const struct pattern *string, bool caseless, bool unicode,
                           struct literal *literal)
{
    *literal = literal_create(&reading->arena, string->length);
    literal->length = 0;
    for (size_t i = 0, step; i < string->length; i += step) {
        uint8_t byte = (uint8_t)string->text[i], folded = 0;
        step = 1;
        if (caseless && unicode && byte >= 0x80) {
            folded = folded_letter(string->text + i, string->length - i, &step);
            if (!folded || reading->kind != READ_ASCII)
                return false;
            byte = folded;
        }
        uint8_t lower = byte | 0x20;
        bool letter = caseless && lower >= 'a' && lower <= 'z';
        bool folds = letter && unicode && (lower == 's' || lower == 'k');
        if (folds && reading->kind == READ_STRICTLY)
            return false;
        if (folds)
            reading->folds |= lower == 's' ? FOLDS_LONG_S : FOLDS_KELVIN;
        literal->mask[literal->length] = letter ? 0xdf : 0xff;
        literal->value[literal->length] = byte & literal->mask[literal->length];
        literal->length++;
    }
    return true;
}

void literals_of_strings(struct literals *literals, const struct pattern_list *strings, bool caseless, bool unicode,
                         enum literal_reading reading)
{
    *literals = (struct literals){.items = NULL};
    struct reading state = {.kind = reading};
    struct literal_set set = literal_set_create(&state.arena, strings->count);
    bool usable = strings->count > 0;
    set.count = 0;
    for (size_t i = 0; i < strings->count && usable; i++) {
        struct literal literal;
        if (string_literal(&state, &strings->items[i], caseless, unicode, &literal))
            set.items[set.count++] = literal;
        else /* in ASCII such a string is not found */
            usable = reading == READ_ASCII;
        usable &= strings->items[i].length > 0;
    }
    if (usable && set.count > 0) {
        const size_t count = set.count;
        if (reading == READ_FOLDING)
            set = literal_set_add_folds(&state.arena, set, state.folds);
        literals_take(literals, set, false);
        literals->fold_count = set.count - count;
        literals->precise = reading != READ_FOLDING || !state.folds;
        literals->precise_in_ascii = true;
    }
    literal_arena_free(&state.arena);
}

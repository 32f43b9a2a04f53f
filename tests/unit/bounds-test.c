/*
 * bounds-test.c - what stands around a place: by hand, and for all characters against PCRE2's lookarounds.
 */
#include "engine/bounds.h"

#include "base/utf8.h"
#include "pattern/posix-class.h"
#include "test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static void test_table(void **state)
{
    (void)state;
    static const struct {
        const char *text;         /* the place is from < to > */
        enum verdict sides[2][3]; /* without Unicode and with it; for no bounds, -w and -x */
    } rows[] = {
        {"<a>", {{VERDICT_YES, VERDICT_YES, VERDICT_YES}, {VERDICT_YES, VERDICT_YES, VERDICT_YES}}},
        {"x\n<a>\nx", {{VERDICT_YES, VERDICT_YES, VERDICT_YES}, {VERDICT_YES, VERDICT_YES, VERDICT_YES}}},
        {" <a>", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_YES, VERDICT_NO}}},
        {"<a>-", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_YES, VERDICT_NO}}},
        {"x<a>", {{VERDICT_YES, VERDICT_NO, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        {"<a>_", {{VERDICT_YES, VERDICT_NO, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        {" <a>9", {{VERDICT_YES, VERDICT_NO, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        {"\u00e9<a>", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        {"<a>\u00e9", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        {"\u201c<a>\u201d", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_YES, VERDICT_NO}}},
        {"<a>\u4e2d", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        {"<a>\U0001f600", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_YES, VERDICT_NO}}},
        {"\U00010400<a>", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        /* What is no character, and a literal that is not of characters. */
        {"\xff<a>", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"\xa9<a>", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"\xc3\xa9\xa9<a>", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"\x80\x80\x80\x80\x80<a>",
         {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"<a>\xc3", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"<a>\xed\xa0\x80", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"<a>\xe4\xb8", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"<\xff>\u00e9", {{VERDICT_YES, VERDICT_YES, VERDICT_NO}, {VERDICT_YES, VERDICT_OPEN, VERDICT_OPEN}}},
        {"x<a>\xff", {{VERDICT_YES, VERDICT_NO, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
        {"\xff<a>x", {{VERDICT_YES, VERDICT_NO, VERDICT_NO}, {VERDICT_YES, VERDICT_NO, VERDICT_NO}}},
    };
    static const enum boundary kinds[] = {BOUNDS_NONE, BOUNDS_WORD, BOUNDS_LINE};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int unicode = 0; unicode < 2; unicode++)
            for (size_t k = 0; k < COUNT(kinds); k++) {
                char text[40], *end = text;
                struct span place = {NULL, NULL};
                for (const char *at = rows[i].text; *at; at++)
                    if (*at == '<')
                        place.begin = end;
                    else if (*at == '>')
                        place.end = end;
                    else
                        *end++ = *at;
                struct bounds bounds = {.dialect = &(struct dialect){.boundary = kinds[k], .unicode = unicode}};
                enum verdict side = bounds_around(&bounds, (struct span){text, end}, place);
                if (side != rows[i].sides[unicode][k])
                    fail_msg("%s, unicode %d, bounds %zu: %d", rows[i].text, unicode, k, (int)side);
                bounds_release(&bounds);
            }
}

static pcre2_code *compile(const char *word, bool caseless)
{
    char pattern[300];
    int error;
    size_t offset;
    snprintf(pattern, sizeof pattern, "(?<!%s)(?:k)(?!%s)", word, word);
    uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | (caseless ? PCRE2_CASELESS : 0);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, flags, &error, &offset, NULL);
    assert_non_null(code);
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return code;
}

/* All characters of three bytes, some others, on each side; asked twice, as they are remembered. */
static void test_characters(void **state)
{
    (void)state;
    pcre2_match_data *match_data = pcre2_match_data_create(1, NULL);
    for (int mode = 0; mode < 4; mode++) {
        bool library = mode & 1, caseless = mode & 2;
        char members[100];
        snprintf(members, sizeof members, "[%s]", posix_word_members(true));
        pcre2_code *code = compile(library ? members : "\\w", caseless);
        const struct dialect dialect = {
            .fixed = library, .caseless = caseless, .unicode = true, .boundary = BOUNDS_WORD};
        struct bounds bounds = {.dialect = &dialect};
        for (int round = 0; round < 2; round++)
            for (uint32_t character = 0x80; character < 0x110000; character += character < 0x10000 ? 1 : 37) {
                if (character >= 0xd800 && character < 0xe000)
                    continue;
                char text[2 * UTF8_MAX + 1];
                bool before = (character + (uint32_t)mode) % 2;
                size_t length = before ? utf8_encode(character, text) : 0;
                struct span place = {text + length, text + length + 1};
                text[length++] = 'k';
                length += before ? 0 : utf8_encode(character, text + length);
                bool expected = pcre2_match(code, (PCRE2_SPTR)text, length, 0, 0, match_data, NULL) >= 0;
                enum verdict side = bounds_around(&bounds, (struct span){text, text + length}, place);
                if (side != (expected ? VERDICT_YES : VERDICT_NO))
                    fail_msg("U+%04X, mode %d: %d", (unsigned)character, mode, (int)side);
            }
        bounds_release(&bounds);
        pcre2_code_free(code);
    }
    pcre2_match_data_free(match_data);
}

/* What a byte says by itself is right whatever else is there. */
static void test_bytes(void **state)
{
    (void)state;
    static const enum boundary kinds[] = {BOUNDS_NONE, BOUNDS_WORD, BOUNDS_LINE};
    size_t sides[3] = {0};
    for (unsigned i = 0; i < 3 * 2 * 2 * 256; i++) {
        unsigned byte = i % 256, options = i / 256;
        const struct dialect dialect = {.boundary = kinds[options / 4], .unicode = options & 1};
        struct bounds bounds = {.dialect = &dialect, .crlf = options & 2};
        enum verdict side = bounds_side(&bounds, (unsigned char)byte);
        sides[side]++;
        char text[] = {(char)byte, 'a', (char)byte, 'x'};
        for (size_t from = 0; from < 2 && side != VERDICT_OPEN; from++)
            for (size_t to = 2; to <= 4; to++) {
                struct span line = {text + from, text + to}, place = {text + 1, text + 2};
                bool alone = from == 1 && to == 2;
                assert_int_equal(bounds_around(&bounds, line, place), alone ? VERDICT_YES : side);
            }
    }
    assert_true(sides[VERDICT_YES] && sides[VERDICT_OPEN] && sides[VERDICT_NO]);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_bytes),
    };
    return cmocka_run_group_tests_name("bounds", tests, NULL, NULL);
}

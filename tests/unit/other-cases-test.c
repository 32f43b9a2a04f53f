/*
 * other-cases-test.c - the other cases of all characters, against PCRE2 without its optimizations.
 */
#include "syntax/other-cases.h"

#include "base/utf8.h"

#include "reference.h"

/* Characters are tried in blocks of so many; a class of PCRE2 stands for a block, or half of one. */
#define BLOCK 128
#define END 0x20000

static bool is_surrogate(uint32_t character)
{
    return character >= 0xd800 && character < 0xe000;
}

/* The text is valid, and would be checked again for each match otherwise. */
static void compile(struct reference *reference, const char *pattern)
{
    int error;
    size_t offset;
    reference->code =
        pcre2_compile((PCRE2_SPTR)pattern, strlen(pattern),
                      PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NO_START_OPTIMIZE, &error, &offset, NULL);
    reference->match_data = pcre2_match_data_create(1, NULL);
    assert_true(reference->code && reference->match_data);
}

static size_t encode_all(char *text, uint32_t first, uint32_t end)
{
    char *at = text;
    for (uint32_t character = first; character < end; character++)
        if (!is_surrogate(character))
            at += utf8_encode(character, at);
    *at = '\0';
    return (size_t)(at - text);
}

/* The next character at or after *from that matches; 0 at the end. */
static uint32_t next_match(const struct reference *reference, const char *text, size_t length, size_t *from)
{
    uint32_t character;
    int result =
        pcre2_match(reference->code, (PCRE2_SPTR)text, length, *from, PCRE2_NO_UTF_CHECK, reference->match_data, NULL);
    if (result == PCRE2_ERROR_NOMATCH)
        return 0;
    assert_true(result >= 0);
    const size_t *bounds = pcre2_get_ovector_pointer(reference->match_data);
    assert_true(utf8_decode(text + bounds[0], length - bounds[0], &character) > 0);
    *from = bounds[1];
    return character;
}

/*
 * The characters from `first` on of which the bits of `mask` are zero: whether, without regard to case, others match
 * them, which are added to *others, as text.
 */
static bool have_others(uint32_t first, uint32_t mask, const char *text, size_t length, char *others)
{
    char class[BLOCK * 10 + 8] = "[", *at = class + 1;
    for (uint32_t character = first; character < first + BLOCK; character++)
        if (!(character & mask))
            at += sprintf(at, "\\x{%x}", (unsigned)character);
    if (mask == 0)
        at = class + sprintf(class, "[\\x{%x}-\\x{%x}", (unsigned)first, (unsigned)first + BLOCK - 1);
    strcpy(at, "]");
    struct reference reference;
    compile(&reference, class);
    if (length > UTF8_MAX * BLOCK)
        pcre2_jit_compile(reference.code, PCRE2_JIT_COMPLETE); /* where there is one; it only saves time */
    bool found = false;
    size_t from = 0;
    for (uint32_t character; (character = next_match(&reference, text, length, &from));) {
        if (character >= first && character < first + BLOCK && !(character & mask))
            continue;
        found = true;
        char *end = others + strlen(others);
        end[utf8_encode(character, end)] = '\0';
    }
    reference_free(&reference);
    return found;
}

static void compare(const struct other_cases *other_cases, uint32_t character, const char *text)
{
    char pattern[UTF8_MAX + 1] = "";
    utf8_encode(character, pattern);
    struct reference reference;
    compile(&reference, pattern);
    size_t count = 0, from = 0, matches = 0;
    const uint32_t *known = other_cases_of(other_cases, character, &count);
    assert_non_null(known);
    bool found[16] = {false};
    assert_true(count <= COUNT(found));
    for (uint32_t match; (match = next_match(&reference, text, strlen(text), &from)); matches++) {
        size_t i = 0;
        while (i < count && known[i] != match)
            i++;
        if (i == count)
            fail_msg("U+%04X matches U+%04X, which is not known", (unsigned)match, (unsigned)character);
        found[i] = true;
    }
    for (size_t i = 0; i < count; i++)
        if (!found[i])
            fail_msg("U+%04X does not match U+%04X", (unsigned)known[i], (unsigned)character);
    for (size_t i = 1; i < count; i++)
        assert_true(known[i - 1] < known[i]);
    reference_free(&reference);
}

static void test_all(void **state)
{
    (void)state;
    static char universe[UTF8_MAX * END], text[UTF8_MAX * END];
    const size_t length = encode_all(universe, 0x80, END);
    size_t cased = 0;
    for (uint32_t first = 0x80; first < END; first += BLOCK) {
        if (is_surrogate(first))
            continue;
        uint32_t characters[BLOCK];
        for (uint32_t i = 0; i < BLOCK; i++)
            characters[i] = first + i;
        size_t block_length = encode_all(text, first, first + BLOCK);
        char others[UTF8_MAX * BLOCK * 4] = "", block[UTF8_MAX * BLOCK + 1];
        strcpy(block, text);
        bool any = have_others(first, 0, universe, length, others);
        strcpy(text + block_length, others);
        for (uint32_t bit = 1; bit < BLOCK && !any; bit <<= 1)
            any = have_others(first, bit, block, block_length, others);
        struct other_cases *other_cases = other_cases_create(characters, BLOCK);
        assert_non_null(other_cases);
        for (size_t i = 0; i < BLOCK; i++) {
            size_t count;
            if (any)
                compare(other_cases, characters[i], text);
            else if (!other_cases_of(other_cases, characters[i], &count) || count != 1)
                fail_msg("U+%04X has other cases", (unsigned)characters[i]);
        }
        cased += any;
        other_cases_free(other_cases);
    }
    assert_true(cased > 20 && cased < 200);
}

static void test_some(void **state)
{
    (void)state;
    static const uint32_t some[] = {0x416, 0xe9, 0x10ffff, 0x416, 0x65e5, 0x1f600, 0xdf};
    struct other_cases *other_cases = other_cases_create(some, COUNT(some));
    size_t count;
    assert_int_equal(other_cases_of(other_cases, 0x416, &count)[1], 0x436);
    assert_int_equal(count, 2);
    assert_int_equal(other_cases_of(other_cases, 0x10ffff, &count)[0], 0x10ffff);
    assert_int_equal(count, 1);
    assert_non_null(other_cases_of(other_cases, 0x1f600, &count));
    assert_null(other_cases_of(other_cases, 0x436, &count));
    assert_null(other_cases_of(NULL, 0x416, &count));
    other_cases_free(other_cases);
    other_cases_free(NULL);

    /* None, and more than are asked about. */
    other_cases = other_cases_create(NULL, 0);
    assert_null(other_cases_of(other_cases, 0x416, &count));
    other_cases_free(other_cases);
    static uint32_t many[20000];
    for (uint32_t i = 0; i < COUNT(many); i++)
        many[i] = 0x80 + i;
    assert_null(other_cases_create(many, COUNT(many)));
}

static void test_trees(void **state)
{
    (void)state;
    static const char *const patterns[] = {"a\xd0\xb6|(?:\xc3\xa9)+", "(?i:\xd1\x8f)\xd1\x88"};
    struct syntax *syntaxes[2];
    for (size_t i = 0; i < 2; i++)
        assert_non_null(syntaxes[i] = parse(patterns[i], (struct mode){i == 0, true, BOUNDS_NONE}));
    struct other_cases *other_cases = other_cases_of_trees(syntaxes, 2);
    size_t count;
    assert_non_null(other_cases_of(other_cases, 0x436, &count));
    assert_non_null(other_cases_of(other_cases, 0xe9, &count));
    assert_non_null(other_cases_of(other_cases, 0x44f, &count));
    assert_null(other_cases_of(other_cases, 0x448, &count));
    other_cases_free(other_cases);
    for (size_t i = 0; i < 2; i++)
        syntax_free(syntaxes[i]);
    assert_null(other_cases_of_trees(NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_some),
        cmocka_unit_test(test_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

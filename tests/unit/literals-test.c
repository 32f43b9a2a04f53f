/*
 * literals-test.c - the literals of patterns, and that no line matches without one.
 */
#include "literal/literals-of-strings.h"
#include "literal/literals.h"

#include "base/utf8.h"

#include "reference.h"

static const enum literal_reading readings[] = {READ_STRICTLY, READ_FOLDING, READ_ASCII};

/* Knows the other cases of characters beyond ASCII, as far as the patterns have such. */
static void find(struct literals *literals, const char *const *patterns, size_t count, struct mode mode,
                 enum literal_reading reading)
{
    struct syntax *syntaxes[4];
    assert_true(count <= COUNT(syntaxes));
    for (size_t i = 0; i < count; i++)
        if (!(syntaxes[i] = parse(patterns[i], mode)))
            fail_msg("not understood: %s", patterns[i]);
    struct other_cases *other_cases = other_cases_of_trees(syntaxes, count);
    literals_find(literals, syntaxes, count, other_cases, reading);
    other_cases_free(other_cases);
    for (size_t i = 0; i < count; i++)
        syntax_free(syntaxes[i]);
}

/*
 * The literals with a space between them: a byte as it is or as <HH>, a letter in both cases as [Aa], else
 * <VALUE&MASK>;
 * "=" in front of precise ones.  "-" when nothing is known.
 */
static const char *describe(const struct literals *literals)
{
    static char text[8192];
    size_t used = 0;
    if (literals->count == 0)
        return "-";
    used += (size_t)sprintf(text, "%s", literals->precise ? "=" : "");
    for (size_t i = 0; i < literals->count; i++) {
        const struct literal *literal = &literals->items[i];
        used += (size_t)sprintf(text + used, "%s", i ? " " : "");
        for (size_t k = 0; k < literal->length && used + 24 < sizeof text; k++) {
            unsigned value = literal->value[k], mask = literal->mask[k];
            if (mask == 0xdf && value >= 'A' && value <= 'Z')
                used += (size_t)sprintf(text + used, "[%c%c]", value, value | 0x20);
            else if (mask != 0xff)
                used += (size_t)sprintf(text + used, "<%02x&%02x>", value, mask);
            else
                used += (size_t)sprintf(text + used, value > ' ' && value < 0x7f ? "%c" : "<%02x>", value);
        }
    }
    return text;
}

/* What struct literal promises of the memory. */
static void check_memory(const char *pattern, const struct literals *literals)
{
    assert_true((literals->count > 0) == (literals->items != NULL));
    assert_true(literals->count > 0 || !literals->precise);
    for (size_t i = 0; i < literals->count; i++) {
        const struct literal *literal = &literals->items[i];
        assert_true(literal->length > 0);
        for (size_t k = 0; k < (literal->length + 7) / 8 * 8; k++)
            if (literal->value[k] & ~literal->mask[k] || (k >= literal->length && literal->mask[k]))
                fail_msg("%s: literal %zu has bits where it should have none", pattern, i);
    }
    assert_true(literals->count == 0 || literals->cost > 0);
}

static void test_table(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *expected;
        bool caseless, unicode;
        enum literal_reading reading;
    } rows[] = {
        /* All that matches. */
        {"foo", "=foo", false, false, READ_STRICTLY},
        {"foo|bar", "=foo bar", false, false, READ_STRICTLY},
        {"fo(?:o|x)y", "=fooy foxy", false, false, READ_STRICTLY},
        {"(a)(b)q", "=abq", false, false, READ_STRICTLY},
        {"qx{3}", "=qxxx", false, false, READ_STRICTLY},
        {"qx{1,3}", "=qx qxx qxxx", false, false, READ_STRICTLY},
        {"q(?:ab)?z", "=qz qabz", false, false, READ_STRICTLY},
        {"foo", "=[Ff][Oo][Oo]", true, false, READ_STRICTLY},
        {"f(?i)o", "=f[Oo]", false, false, READ_STRICTLY},
        {"[ab]q", "<60&fc>q", false, false, READ_STRICTLY},
        {"[bc]q", "=<62&fe>q", false, false, READ_STRICTLY},
        {"\\x00\\x01", "=<00><01>", false, false, READ_STRICTLY},
        {"é", "=<c3><a9>", false, true, READ_STRICTLY},
        {"é", "=<c3><a9>", false, false, READ_STRICTLY},
        {"a\\Qb.c\\E", "=ab.c", false, false, READ_STRICTLY},
        {"z", "=z", false, false, READ_STRICTLY},
        {"e", "=e", false, false, READ_STRICTLY},
        /* More than the literals. */
        {"^foo", "foo", false, false, READ_STRICTLY},
        {"foo$", "foo", false, false, READ_STRICTLY},
        {"\\bfoo\\b", "foo", false, false, READ_STRICTLY},
        {"foo.*", "foo", false, false, READ_STRICTLY},
        {"foo\\d", "foo<30&f0>", false, false, READ_STRICTLY},
        {"\\w+foo\\s+", "<00&80>foo<00&d0>", false, false, READ_STRICTLY},
        {"foo(?=bar)", "foo", false, false, READ_STRICTLY},
        {"a(?=bar)", "bar", false, false, READ_STRICTLY},
        {"(?<=foobar)q", "foobar", false, false, READ_STRICTLY},
        {"(?!foo)quux", "quux", false, false, READ_STRICTLY},
        {"(?>foo|fo)x", "foox fox", false, false, READ_STRICTLY},
        {"(foo)\\1", "foo", false, false, READ_STRICTLY},
        {"foo*+", "fo", false, false, READ_STRICTLY},
        {"foo+", "foo", false, false, READ_STRICTLY},
        {"(?:foo){2,}", "foofoo", false, false, READ_STRICTLY},
        {"foo.bar", "bar", false, false, READ_STRICTLY},
        {"abc.*defghq", "defghq", false, false, READ_STRICTLY},
        {"(?:foo|bar).*", "foo bar", false, false, READ_STRICTLY},
        {"(?:foo.*|bar)q", "foo bar", false, false, READ_STRICTLY},
        {"x?foo", "=foo xfoo", false, false, READ_STRICTLY},
        {"x*foo", "foo", false, false, READ_STRICTLY},
        {"a\\Kqz", "aqz", false, false, READ_STRICTLY},
        {"foo\\X", "foo", false, false, READ_STRICTLY},
        /* Nothing. */
        {"", "-", false, false, READ_STRICTLY},
        {"a*", "-", false, false, READ_STRICTLY},
        {"foo|", "-", false, false, READ_STRICTLY},
        {"foo|\\w+", "-", false, false, READ_STRICTLY},
        {".*", "-", false, false, READ_STRICTLY},
        {"\\w", "-", false, false, READ_STRICTLY},
        {"[^a]", "-", false, false, READ_STRICTLY},
        {"^$", "-", false, false, READ_STRICTLY},
        {"(?:foo)?", "-", false, false, READ_STRICTLY},
        {"(?!foo)", "-", false, false, READ_STRICTLY},
        {"\\n", "-", false, false, READ_STRICTLY},
        {"a[^\\s\\S]", "a", false, false, READ_STRICTLY},
        /* Letters that have another case beyond ASCII. */
        {"task", "=[Tt][Aa][Ss][Kk]", true, false, READ_STRICTLY},
        {"task", "[Tt][Aa][Ss][Kk] <c5><bf> <e2><84><aa>", true, true, READ_FOLDING},
        {"task", "=[Tt][Aa][Ss][Kk]", true, true, READ_ASCII},
        {"foo\\d", "foo", false, true, READ_STRICTLY},
        {"foo\\d", "foo<30&f0>", false, true, READ_ASCII},
        {"quizé|[xyé]q", "[Qq][Uu][Ii][Zz]<c3><89&df> [Qq]", true, true, READ_STRICTLY},
        {"[xé]quiz", "=xquiz", false, true, READ_ASCII},
        {"tazk", "[Tt][Aa][Zz]", true, true, READ_STRICTLY},
        {"quiz", "=[Qq][Uu][Ii][Zz]", true, true, READ_STRICTLY},
        /* Characters beyond ASCII in both cases: of the same length, with bytes that fit and are none, of another. */
        {"\xc3\xa4z", "=<c3><84&df>[Zz]", true, true, READ_STRICTLY},
        {"\xd0\xb0\xd0\x91", "=<d0><90&df><d0><91&df>", true, true, READ_STRICTLY},
        {"\xd1\x80\xd0\xb0", "<d0&fe><80&df><d0><90&df>", true, true, READ_STRICTLY},
        {"\xd0\xbe\xd0\xb0", "<d0><90&df>", true, true, READ_STRICTLY},
        {"\xd0\xbe\xd0\xb0", "=<d0><9e&df><d0><90&df> <e1><b2><82><d0><90&df>", true, true, READ_FOLDING},
        {"\xd0\xbe\xd0\xb0", "=<d0><9e&df><d0><90&df>", true, true, READ_ASCII},
        {"s\xd0\xb0", "=[Ss]<d0><90&df> <c5><bf><d0><90&df>", true, true, READ_FOLDING},
        {"\xe6\x97\xa5\xd0\xb0", "=<e6><97><a5><d0><90&df>", true, true, READ_STRICTLY},
        {"quizé", "=[Qq][Uu][Ii][Zz]<c3><89&df>", true, true, READ_FOLDING},
        {"[s]quiz", "[Qq][Uu][Ii][Zz]", true, true, READ_FOLDING},
        {"qs|qk", "[Qq][Ss] [Qq][Kk] <c5><bf> <e2><84><aa>", true, true, READ_FOLDING},
        {"qs", "[Qq][Ss] <c5><bf>", true, true, READ_FOLDING},
        {"qé", "=q<c3><a9>", false, true, READ_FOLDING},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct literals literals;
        find(&literals, &rows[i].pattern, 1, (struct mode){rows[i].caseless, rows[i].unicode, BOUNDS_NONE},
             rows[i].reading);
        check_memory(rows[i].pattern, &literals);
        if (strcmp(describe(&literals), rows[i].expected) != 0)
            fail_msg("%s%s: %s, not %s", rows[i].caseless ? "(?i)" : "", rows[i].pattern, describe(&literals),
                     rows[i].expected);
        literals_free(&literals);
    }
}

/* --- the promise --- */

static bool literal_is_at(const struct literal *literal, const char *at, size_t length)
{
    if (length < literal->length)
        return false;
    for (size_t i = 0; i < literal->length; i++)
        if (((uint8_t)at[i] & literal->mask[i]) != literal->value[i])
            return false;
    return true;
}

static bool has_literal(const struct literals *literals, const char *line, size_t length)
{
    for (size_t at = 0; at < length; at++)
        for (size_t i = 0; i < literals->count; i++)
            if (literal_is_at(&literals->items[i], line + at, length - at))
                return true;
    return false;
}

struct trial {
    const char *pattern;
    struct reference references[3];
    size_t count;
    struct literals literals;
    bool ascii; /* the literals are for ASCII only */
    size_t told;
};

static void try_line(void *context, const char *line, size_t length)
{
    struct trial *trial = context;
    bool matches = false;
    for (size_t i = 0; i < length && trial->ascii; i++)
        if (line[i] & 0x80)
            return;
    for (size_t i = 0; i < trial->count && !matches; i++)
        matches = reference_matches(&trial->references[i], line, length);
    bool found = has_literal(&trial->literals, line, length);
    if (matches && !found)
        fail_msg("%s matches \"%s\", which has none of %s", trial->pattern, shown(line, length),
                 describe(&trial->literals));
    if (trial->literals.precise && found && !matches)
        fail_msg("%s does not match \"%s\", which has one of %s", trial->pattern, shown(line, length),
                 describe(&trial->literals));
    trial->told += !matches && !found;
}

static void end_trial(struct trial *trial)
{
    literals_free(&trial->literals);
    for (size_t i = 0; i < trial->count; i++)
        reference_free(&trial->references[i]);
}

static void test_random(void **state)
{
    (void)state;
    struct dice dice = {61};
    struct random_pattern pattern;
    size_t tried = 0, precise = 0;
    for (int i = 0; i < 4000; i++) {
        random_pattern(&pattern, &dice);
        struct mode mode = modes[dice_below(&dice, COUNT(modes))];
        mode.bounds = BOUNDS_NONE;
        mode.caseless = dice_below(&dice, 3) == 0;
        struct trial trial = {.pattern = pattern.text, .count = 1};
        struct syntax *syntax = NULL;
        if (reference_compile(&trial.references[0], pattern.text, mode) && (syntax = parse(pattern.text, mode))) {
            enum literal_reading reading = readings[dice_below(&dice, COUNT(readings))];
            trial.ascii = reading == READ_ASCII && mode.unicode;
            literals_find(&trial.literals, &syntax, 1, NULL, reading);
            check_memory(pattern.text, &trial.literals);
            if (trial.literals.count > 0) {
                each_line(mode.caseless ? "aAb1 " : "ab1 \xe9", 4, try_line, &trial);
                tried++;
                precise += trial.literals.precise;
            }
        }
        syntax_free(syntax);
        end_trial(&trial);
    }
    assert_true(tried > 500 && precise > 100);
}

/* Characters that stand for an ASCII letter. */
static void test_folds(void **state)
{
    (void)state;
    static const char *const texts[] = {"s",        "k",   "sk",     "as",       "ka|s",    "[s]a",
                                        "(?-i:s)a", "s*k", "(?=s)k", "\\x{17f}", "\xc5\xbf"};
    static const char *const letters[] = {"s", "S", "k", "K", "a", "\xc5\xbf", "\xe2\x84\xaa"};
    const struct mode mode = {true, true, BOUNDS_NONE};
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t r = 0; r < COUNT(readings); r++) {
            struct trial trial = {.pattern = texts[i], .count = 1, .ascii = readings[r] == READ_ASCII};
            assert_true(reference_compile(&trial.references[0], texts[i], mode));
            find(&trial.literals, &texts[i], 1, mode, readings[r]);
            for (size_t a = 0; a < COUNT(letters); a++)
                for (size_t b = 0; b < COUNT(letters) && trial.literals.count; b++) {
                    char line[16];
                    int length = snprintf(line, sizeof line, "%s%s", letters[a], letters[b]);
                    try_line(&trial, line, (size_t)length);
                }
            end_trial(&trial);
        }
}

/* Writes a pattern or a line: a character among letters of ASCII. */
static size_t put(char *text, const char *before, uint32_t character, const char *behind)
{
    char *end = stpcpy(text, before);
    end += utf8_encode(character, end);
    return (size_t)(stpcpy(end, behind) - text);
}

/*
 * Every character with other cases, in a literal: each of these is found, and what else fits is not called a match.
 */
static void test_other_cases(void **state)
{
    (void)state;
    const struct mode mode = {true, true, BOUNDS_NONE};
    size_t tried = 0, several = 0;
    for (uint32_t first = 0x80; first < 0x20000; first += 0x100) {
        uint32_t characters[0x100];
        for (uint32_t i = 0; i < COUNT(characters); i++)
            characters[i] = first + i;
        struct other_cases *other_cases =
            first < 0xd800 || first >= 0xe000 ? other_cases_create(characters, 0x100) : NULL;
        for (uint32_t character = first; other_cases && character < first + 0x100; character++) {
            size_t count;
            const uint32_t *others = other_cases_of(other_cases, character, &count);
            if (count == 1)
                continue;
            char text[16], line[16];
            put(text, "q", character, "z");
            struct syntax *syntax = parse(text, mode);
            assert_non_null(syntax);
            for (size_t r = 0; r < COUNT(readings); r++) {
                struct trial trial = {.pattern = text, .count = 1, .ascii = readings[r] == READ_ASCII};
                assert_true(reference_compile(&trial.references[0], text, mode));
                literals_find(&trial.literals, &syntax, 1, other_cases, readings[r]);
                check_memory(text, &trial.literals);
                if (readings[r] == READ_FOLDING)
                    assert_true(trial.literals.count > 0 && trial.literals.items[0].length > 3);
                several += trial.literals.count > 1;
                for (size_t i = 0; i < count; i++)
                    try_line(&trial, line, put(line, "Q", others[i], "Z"));
                for (uint32_t bit = 1; bit < 0x1000; bit <<= 1) /* neighbours */
                    try_line(&trial, line, put(line, "Q", character ^ bit, "Z"));
                end_trial(&trial);
                tried++;
            }
            syntax_free(syntax);
        }
        other_cases_free(other_cases);
    }
    assert_true(tried > 3 * 2500 && several > 50);
}

static void test_several(void **state)
{
    (void)state;
    static const char *const rows[][4] = {{"foo", "bar", "q.*z", "foo bar z"},
                                          {"foo", "bar", "baz", "=foo bar baz"},
                                          {"foo", "", "q", "-"},
                                          {"foo", "\\w+", "q", "-"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct literals literals;
        find(&literals, rows[i], 3, modes[0], READ_STRICTLY);
        if (strcmp(describe(&literals), rows[i][3]) != 0)
            fail_msg("%s, not %s", describe(&literals), rows[i][3]);
        literals_free(&literals);
        assert_int_equal(literals.count, 0);
    }
    struct literals literals;
    literals_find(&literals, NULL, 0, NULL, READ_STRICTLY);
    assert_string_equal(describe(&literals), "-");
    literals_free(&literals);
}

/* Alternatives and products that grow end somewhere, and stay right. */
static void test_growth(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "(?:a|b1){40}",    "(?:a|b){3}(?:1|2){9}q",  "a{300}",         "(?:ab){200,}",  "(?:ab?){70}1",
        "(?:a|b|1){0,4}q", "(?:(?:a|b)(?:a|1)){30}", "(?:a{0,3}b){9}", "(?:\\b){500}q", "(?:){900}q"};
    static char line[3000];
    struct dice dice = {62};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct trial trial = {.pattern = texts[i], .count = 1};
        if (!reference_compile(&trial.references[0], texts[i], modes[0]))
            fail_msg("PCRE2 does not take %s", texts[i]);
        find(&trial.literals, texts + i, 1, modes[0], READ_STRICTLY);
        check_memory(texts[i], &trial.literals);
        for (size_t k = 0; k < trial.literals.count; k++)
            assert_true(trial.literals.items[k].length <= 512);
        for (int round = 0; round < 200 && trial.literals.count; round++) {
            size_t length = dice_below(&dice, round % 2 ? 60 : 1000), letters = 1 + dice_below(&dice, 4);
            for (size_t k = 0; k < length; k++)
                line[k] = "ab12"[dice_below(&dice, letters)];
            if (length > 0)
                line[length - 1] = 'q';
            try_line(&trial, line, length);
        }
        end_trial(&trial);
    }
}

/* Large sets hold plain literals only: all spellings of one, or its longest plain part. */
static void test_large_set(void **state)
{
    (void)state;
    char text[4000], *end = text;
    for (int i = 0; i < 100; i++)
        end += sprintf(end, "word%02d|", i);
    strcpy(end, "q[0-9]z|x[0-9]{3}yz");
    const char *pattern = text;
    struct literals literals;
    find(&literals, &pattern, 1, modes[0], READ_STRICTLY);
    assert_int_equal(literals.count, 100 + 16 + 1);
    assert_false(literals.precise);
    check_memory("a large set", &literals);
    for (size_t i = 0; i < literals.count; i++)
        for (size_t k = 0; k < literals.items[i].length; k++)
            assert_int_equal(literals.items[i].mask[k], 0xff);
    assert_memory_equal(literals.items[100].value, "q0z", 3);
    assert_memory_equal(literals.items[109].value, "q9z", 3);
    assert_int_equal(literals.items[116].length, 2);
    assert_memory_equal(literals.items[116].value, "yz", 2);
    literals_free(&literals);
    /* Open bits that would spell a newline. */
    strcpy(end, "q[\\x08-\\x0f]z");
    find(&literals, &pattern, 1, modes[0], READ_STRICTLY);
    assert_int_equal(literals.count, 100 + 7);
    for (size_t i = 0; i < literals.count; i++)
        assert_null(memchr(literals.items[i].value, '\n', literals.items[i].length));
    literals_free(&literals);
}

/* --- strings --- */

static void test_strings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
        bool caseless, unicode;
        enum literal_reading reading;
    } rows[] = {
        {"foo", "=foo", false, true, READ_STRICTLY},
        {"a.c\nb*", "=a.c b*", false, true, READ_STRICTLY},
        {"f@[`{Zz", "=[Ff]@[`{[Zz][Zz]", true, false, READ_STRICTLY},
        {"task", "[Tt][Aa][Ss][Kk] <c5><bf> <e2><84><aa>", true, true, READ_FOLDING},
        {"task", "=[Tt][Aa][Ss][Kk]", true, true, READ_ASCII},
        {"task", "-", true, true, READ_STRICTLY},
        {"a\né", "=[Aa]", true, true, READ_ASCII},
        {"a\nq\xc5\xbf\xe2\x84\xaaz", "=[Aa] [Qq][Ss][Kk][Zz]", true, true, READ_ASCII},
        {"\xc5\xbf", "-", true, true, READ_FOLDING},
        {"é", "-", true, true, READ_ASCII},
        {"quiz", "=[Qq][Uu][Ii][Zz]", true, true, READ_FOLDING},
        {"task", "=[Tt][Aa][Ss][Kk]", true, false, READ_STRICTLY},
        {"é", "=<c3><a9>", false, true, READ_STRICTLY},
        {"é", "-", true, true, READ_STRICTLY},
        {"a\né", "-", true, true, READ_STRICTLY},
        {"é", "=<c3><a9>", true, false, READ_STRICTLY},
        {"\xff", "=<ff>", false, true, READ_STRICTLY},
        {"a\n", "=a", false, false, READ_STRICTLY},
        {"a\n\nb", "-", false, false, READ_STRICTLY},
        {"", "-", false, false, READ_STRICTLY},
        {"e", "=e", false, false, READ_STRICTLY},
        {" \na", "=<20> a", false, false, READ_STRICTLY},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pattern_list list = {.items = NULL};
        struct literals literals;
        if (strcmp(rows[i].text, "a\n") == 0)
            pattern_list_add_file(&list, "f", rows[i].text, strlen(rows[i].text));
        else
            pattern_list_add(&list, rows[i].text, strlen(rows[i].text));
        literals_of_strings(&literals, &list, rows[i].caseless, rows[i].unicode, rows[i].reading);
        check_memory(rows[i].text, &literals);
        if (strcmp(describe(&literals), rows[i].expected) != 0)
            fail_msg("%s: %s, not %s", rows[i].text, describe(&literals), rows[i].expected);
        literals_free(&literals);
        pattern_list_free(&list);
    }
    /* Long ones, and many. */
    struct pattern_list list = {.items = NULL};
    struct literals literals;
    char text[700];
    for (size_t i = 0; i < 3000; i++) {
        memset(text, 'x', sizeof text);
        size_t length = 4 + i % (sizeof text - 4);
        for (size_t k = 0, rest = i; k < 4; k++, rest /= 26)
            text[k] = (char)('a' + rest % 26);
        pattern_list_add(&list, text, length);
    }
    literals_of_strings(&literals, &list, false, false, READ_STRICTLY);
    assert_int_equal(literals.count, 3000);
    check_memory("many strings", &literals);
    for (size_t i = 0; i < 3000; i++) {
        assert_int_equal(literals.items[i].length, list.items[i].length);
        assert_memory_equal(literals.items[i].value, list.items[i].text, list.items[i].length);
    }
    literals_free(&literals);
    pattern_list_free(&list);
    literals_of_strings(&literals, &list, false, false, READ_STRICTLY);
    assert_int_equal(literals.count, 0);
    literals_free(&literals);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),       cmocka_unit_test(test_random),  cmocka_unit_test(test_folds),
        cmocka_unit_test(test_other_cases), cmocka_unit_test(test_several), cmocka_unit_test(test_growth),
        cmocka_unit_test(test_large_set),   cmocka_unit_test(test_strings),
    };
    return cmocka_run_group_tests_name("literals", tests, NULL, NULL);
}

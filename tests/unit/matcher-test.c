/*
 * matcher-test.c - which lines match, and where: patterns of all kinds against PCRE2.
 */
#include "matcher-reference.h"

static const struct source sources[] = {
    P(""),
    P("foo"),
    P("a"),
    P("foo|bar|ab"),
    P("bar|foo bar"),
    P("^"),
    P("$"),
    P("^$"),
    P("^foo"),
    P("foo$"),
    P("^foo$|^$"),
    P("^\\s*$"),
    P("\\s"),
    P("\\S+\\s+\\S+"),
    P("\\W"),
    P("\\W$"),
    P("\\D+"),
    P("\\d{1,3}(?:\\.\\d{1,3}){3}"),
    P("^\\d{4}-\\d{2}-\\d{2} .*(WARN|ERROR)"),
    P("[^a]"),
    P("[^\"]*"),
    P("\"[^\"]*\""),
    P("[^]x]y"),
    P("[^-a]-"),
    P("[^\\w\\s]"),
    P("[^\\d]$"),
    P("[[:space:]]"),
    P("[[:^alpha:]]+"),
    P("\\v|\\h"),
    P("\\H\\h"),
    P("\\R"),
    P("\\X\\X"),
    P("\\N+"),
    P("."),
    P(".*"),
    P(".+o"),
    P("a*"),
    P("a*?b"),
    P("a++b"),
    P("(?>a+)b"),
    P("a?+a"),
    P("(a|ab)(c|bcd)?"),
    P("(.)\\1"),
    P("(\\w+) \\1"),
    P("(?<n>[ab])\\k<n>"),
    P("(?=foo)"),
    P("foo(?=bar)"),
    P("foo(?!bar)"),
    P("foo(?!\\s)"),
    P("(?<=foo)bar|(?<=-)foo"),
    P("(?<!foo)bar"),
    P("(?<!.)foo"),
    P("(?<![^ ])foo"),
    P("foo(?![^ ])"),
    P("(?<=\\s)\\S"),
    P("o(?=\\W)"),
    P("\\bfoo\\b"),
    P("\\Bo\\b"),
    P("\\b"),
    P("\\B"),
    P("\\Afoo"),
    P("foo\\z"),
    P("foo\\Z"),
    P("\\A\\z"),
    P("foo\\Kbar"),
    P("\\w\\K\\W"),
    P("(?m)^foo$"),
    P("(?m)\\Ab|^a"),
    P("(?-m)^foo$"),
    P("(?s).$"),
    P("(?s)a.b"),
    P("(?s:a.)b"),
    P("(?i)FOO"),
    P("f(?i)O+(?-i)o"),
    P("(?i:k)|s$"),
    P("(?^)foo$"),
    {"", "(?x) f o+ # the end", "\n"},
    {"", "(?x) f o+ # \\Q", "\n"},
    P("(?x: foo )b"),
    P("foo(?#comment)bar"),
    {"", "\\Qa.b", "\\E"},
    {"", "x|\\Qa+b\\E|\\Q(a)[", "\\E"},
    P("\\\\Q|\\\\b"),
    {"(*UTF)", "\xd1\x8f|foo", ""},
    {"(*UTF)(*UCP)", "\\w+", ""},
    {"(*UCP)", "\\w\\W", ""},
    {"(*NO_JIT)", "foo|a", ""},
    {"(*LIMIT_MATCH=100000)", "foo$", ""},
    P("\xd1\x8f"),
    P("\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"),
    P("[\xd0\xb0-\xd1\x8f]+"),
    P("[^\xd0\xb0-\xd1\x8f]+"),
    P("a.b"),
    P("\\w{5,}"),
    P("\\p{Lu}\\p{Ll}"),
    P("\\P{L}"),
    P("\\p{Lu}+"),
    P("k"),
    P("[ks]{2}"),
    P("[^k]"),
    P("\\xff"),
    P("\\x{e9}"),
    P("\\x00"),
    P("[\\x00-\\x1f]"),
    P("\\r$"),
    P("\\r?$"),
    P("\\n"),
    P("a\\n*b"),
    P("(a)?(?(1)b|o)"),
    P("\\((?:[^()]|(?R))*\\)"),
    P("([ab])(?1)c"),
    P("(?|(a)b|(b)a)"),
    P("a(*SKIP)(*FAIL)|b"),
    P("x*"),
    P("(?:)"),
    P("()"),
    P("(?!)"),
    P("a{0}"),
    P("a{2,}|b{2}"),
    P("[x\\]^-]{2}"),
    P("(?:a|b|)$"),
    P("\\w+$"),
    P("^.{3}$"),
    P("^.{0,2}$"),
    P("a|(?<=a)b|$"),
    P("(?<=\\Aa)."),
    P("\\C\\C"),
    P("(?U)a+"),
    P("o\\b.|$"),
    P("\\G."),
};

static void check_all(unsigned mode, size_t first, size_t last)
{
    for (size_t i = 0; i < COUNT(sources); i++)
        check(&sources[i], 1, mode, texts + first, last - first);
}

static void test_bytes(void **state)
{
    (void)state;
    check_all(0, 0, COUNT(texts));
    check_complaints();
}

static void test_unicode(void **state)
{
    (void)state;
    check_all(UNICODE, 0, COUNT(texts));
    check_complaints();
}

static void test_modes(void **state)
{
    (void)state;
    static const unsigned modes[] = {CASELESS, WORD, LINE, WORD | LINE | CASELESS};
    for (size_t i = 0; i < COUNT(modes); i++) {
        check_all(modes[i], 0, BIG);
        check_all(modes[i] | UNICODE, 0, BIG);
    }
    check_complaints();
}

static void test_fixed(void **state)
{
    (void)state;
    static const char *const literals[] = {
        "",         "foo",  "a.b",      "a+b",  "a\\b",  "(a)[b]{c}", "a|b*c?",
        "$^",       "--",   "-foo-",    "\r",   "Foo",   " ",         "\xff",
        "foo\xff",  "\x80", "\xd1\x8f", "\xd1", "#",     "x",         "o",
        "\xc5\xbf", "WaRn", "_",        "\t",   "]y-z^", "kK",        "\xd0\x9f\xd1\x80\xd0\xb8",
    };
    for (size_t i = 0; i < COUNT(literals); i++)
        for (unsigned mode = 0; mode < 16; mode++) {
            struct source source = P(literals[i]);
            check(&source, 1, mode | FIXED, texts, mode < 2 ? COUNT(texts) : BIG);
        }
    /* Bytes of a character, and of none, as several patterns. */
    static const struct source several[] = {P("\xff"), P("foo"), P("\xd1\x8f"), P("\xfe"), P("fo")};
    /* Strings that the engine cannot look for, among others. */
    static const struct source apart[] = {P("foo"), P("\xd0\xbf"), P("\xc5\xbf"), P("x"), P("\xff"), P("")};
    for (unsigned mode = 0; mode < 16; mode++) {
        check(several, COUNT(several), mode | FIXED, texts, mode < 2 ? COUNT(texts) : BIG);
        check(apart, COUNT(apart) - 1, mode | FIXED, texts, mode < 2 ? COUNT(texts) : BIG);
        if (mode & (WORD | LINE))
            check(apart, COUNT(apart), mode | FIXED, texts, BIG);
    }
    check_complaints();
}

/* Several patterns, given in this order; a row ends with a pattern that is NULL. */
static const struct source rows[][6] = {
    {P("foo"), P("bar")},
    {P("bar"), P("foobar"), P("foo")},
    {P("a"), P("ab"), P("abc")},
    {P("abc"), P("ab"), P("a")},
    {P("^foo"), P("bar$"), P("\\d+")},
    {P("foo"), P("(.)\\1"), P("bar"), P("(?<n>[ab])\\k<n>")},
    {P("(.)\\1"), P("(.)(.)\\2")},
    {P("(?i)foo"), P("BAR"), P("foo")},
    {P("a|b"), P("c|")},
    {P(""), P("foo")},
    {P("foo"), P("")},
    {{"", "\\Qa.b", "\\E"}, P("a+b"), {"", "(a)\\Q[b", "\\E"}},
    {{"", "(?x) f o+ # x", "\n"}, P("# c"), P("bar")},
    {P("\\Afoo"), P("bar"), P("\\z")},
    {P("\\s"), P("foo"), P("\\W\\W")},
    {P("\xd1\x8f"), P("foo"), P("\\w+")},
    {P("(?s).$"), P("(?-m)^a"), P("foo")},
    {{"(*UTF)", "a|\xd1\x8f", ""}, P("b"), P("foo")},
    /* Some that the parser does not understand. */
    {P("(?|(a)|(b))"), P("foo"), P("(?|(c)|(d))")},
    {P("fo"), P("(?|foo|bar)"), P("ba"), P("f")},
    {P("(?|foo|bar)"), P("fo"), P("barx?(?R)?"), P("a")},
    {P("(a)(b)(c)"), P("(\\d)\\1|\\1"), P("x")},
    /* \11 is a tab as long as there are not eleven captures. */
    {P("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)|zz"), P("\\11 x"), P("foo")},
    {P("a*?"), P("b+")},
    {P("[^a]"), P("aa")},
    {P("\\xff"), P("foo")},
    /* \K moves the start of a match, not the place where it is found. */
    {P("fo"), P("f\\Koo")},
    {P("xf|b"), P("f\\Ko"), P("\\w\\K(?=o)")},
    {P("foo\\K"), P("b"), P("o\\K.*?a")},
    {P("(?|o\\K(.)|(b))"), P("fo"), P("o\\Kb"), P("\\K")},
};

static void test_several(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = 0;
        while (count < COUNT(rows[i]) && rows[i][count].body)
            count++;
        for (unsigned mode = 0; mode < 16; mode++)
            check(rows[i], count, mode, texts, mode < 2 ? COUNT(texts) : BIG);
    }
    check_complaints();
}

/* Texts that end where the readable memory does. */
static void check_fence(const struct source *source)
{
    static const char *const ends[] = {"foo", "foo\n", "\xd1", "\xf0\x9f\x98", "\xff", "a\xe2\x82", "\n", "\xf0"};
    struct fence fences[COUNT(ends)];
    struct text fenced[COUNT(ends)];
    for (size_t i = 0; i < COUNT(ends); i++) {
        size_t length = strlen(ends[i]) + 8;
        fences[i] = fence_create(4096);
        char *bytes = fences[i].end - MEMORY_SLACK - length;
        memcpy(bytes, "xx\nyaab\n", 8);
        memcpy(bytes + 8, ends[i], strlen(ends[i]));
        fenced[i] = (struct text){"fence", bytes, length};
    }
    for (unsigned mode = 0; mode < 2; mode++)
        check(source, 1, mode, fenced, COUNT(ends));
    for (size_t i = 0; i < COUNT(ends); i++)
        fence_free(fences[i]);
}

static void test_fence(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(sources); i++)
        check_fence(&sources[i]);
    check_complaints();
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes), cmocka_unit_test(test_unicode), cmocka_unit_test(test_modes),
        cmocka_unit_test(test_fixed), cmocka_unit_test(test_several), cmocka_unit_test(test_fence),
    };
    return cmocka_run_group_tests_name("matcher", tests, set_up, tear_down);
}

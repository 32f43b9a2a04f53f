/*
 * syntax-tree-test.c - the pattern parser's sets and trees against PCRE2 itself.
 *
 * For the latter a tree is written out as a plain PCRE2 pattern (no options, no escapes but
 * \x, every group explicit), and PCRE2 has to find the same with it as with the original,
 * all captures included, in many short texts.  MSCAN_TEST_ROUNDS sets the number of
 * random patterns, MSCAN_TEST_SEED where they begin.
 */
#include "syntax-patterns.h"

#include "characters/characters.h"

#include <inttypes.h>

/* ---- Sets against PCRE2 ---- */

static size_t encode(uint32_t character, char *text)
{
    if (character < 0x80) {
        text[0] = (char)character;
        return 1;
    }
    size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, character >>= 6)
        text[i] = (char)(0x80 | (character & 0x3F));
    text[0] = (char)(0xF00U >> size | character);
    return size;
}

static bool matches(const pcre2_code *code, pcre2_match_data *match, uint32_t character, unsigned mode)
{
    char text[4] = {(char)character};
    size_t length = mode & UNICODE ? encode(character, text) : 1;
    uint32_t options = PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    return pcre2_match(code, (PCRE2_SPTR)text, length, 0, options, match, NULL) >= 0;
}

static const uint32_t BEYOND[] = {
    0x80,   0x85,   0xA0,   0xAA,    0xB2,    0xB5,    0xC0,    0xDF,    0xE9,    0x100,    0x130,
    0x131,  0x17F,  0x1C5,  0x2B0,   0x300,   0x391,   0x3C9,   0x410,   0x44F,   0x660,    0x966,
    0x1680, 0x180E, 0x1E9E, 0x2000,  0x200E,  0x2028,  0x2029,  0x2160,  0x202F,  0x203F,   0x2126,
    0x212A, 0x212B, 0x20AC, 0x3000,  0x4E00,  0xAC00,  0xD7FF,  0xE000,  0xFB01,  0xFEFF,   0xFF10,
    0xFF21, 0xFFFD, 0xFFFF, 0x10000, 0x10400, 0x1D7CE, 0x1F600, 0xE0001, 0xF0000, 0x10FFFF,
};

/* False when PCRE2 or the parser refuses the pattern, or it is no set. */
static bool check_set(const char *pattern, unsigned mode)
{
    pcre2_code *code = compile(pattern, strlen(pattern), mode);
    if (!code)
        return false;
    struct syntax *syntax = parse(pattern, strlen(pattern), mode);
    bool is_set = syntax->root && syntax->root->kind == NODE_SET;
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    if (is_set) {
        const struct charset *set = &syntax->root->u.set;
        for (unsigned i = 0; i < (mode & UNICODE ? 128 : 256); i++)
            if (charset_has(set, i) != matches(code, match, i, mode))
                fail_msg("%s, mode %u: character %u", pattern, mode, i);
        if (mode & UNICODE)
            assert_true((set->bits[2] | set->bits[3]) == 0);
        for (size_t i = 0; i < COUNT(BEYOND) && mode & UNICODE && !set->beyond; i++)
            if (matches(code, match, BEYOND[i], mode))
                fail_msg("%s, mode %u: character U+%04" PRIX32, pattern, mode, BEYOND[i]);
        if (!(mode & UNICODE))
            assert_false(set->beyond);
    }
    pcre2_match_data_free(match);
    pcre2_code_free(code);
    syntax_free(syntax);
    return is_set;
}

static const char *const POSIX[] = {"alpha", "lower", "upper", "alnum", "ascii", "blank", "cntrl",
                                    "digit", "graph", "print", "punct", "space", "word",  "xdigit"};

static const char *const PROPERTIES[] = {"L",     "Lu",    "Ll",     "Lt",  "L&",       "Lm",    "N",    "Nd",
                                         "P",     "Pc",    "S",      "Sm",  "Z",        "Zs",    "C",    "Cc",
                                         "Any",   "Xan",   "Xsp",    "Xps", "Xwd",      "Xuc",   "^L",   "Mn",
                                         "Greek", "Latin", "Common", "Han", "sc:Latin", "bc:EN", "ahex", "Emoji"};

static void test_sets(void **state)
{
    (void)state;
    static const char *const LETTERS = "dDwWsShHvVN.";
    char pattern[64];
    for (unsigned mode = 0; mode < 4; mode++) {
        for (const char *letter = LETTERS; *letter; letter++) {
            snprintf(pattern, sizeof pattern, "%s%c", *letter == '.' ? "" : "\\", *letter);
            assert_true(check_set(pattern, mode));
            for (int form = 0; form < 3 && !strchr("N.", *letter); form++) {
                snprintf(pattern, sizeof pattern, form == 0 ? "[\\%c]" : form == 1 ? "[^\\%c]" : "[k\\%c]", *letter);
                assert_true(check_set(pattern, mode));
            }
        }
        for (size_t i = 0; i < COUNT(POSIX); i++)
            for (int form = 0; form < 4; form++) {
                snprintf(pattern, sizeof pattern, "[%s[:%s%s:]]", form & 1 ? "^" : "", form & 2 ? "^" : "", POSIX[i]);
                assert_true(check_set(pattern, mode));
            }
        for (size_t i = 0; i < COUNT(PROPERTIES); i++)
            for (int form = 0; form < 4; form++) {
                const char *open = form & 1 ? "[^" : "", *close = form & 1 ? "]" : "";
                snprintf(pattern, sizeof pattern, "%s\\%c{%s}%s", open, form & 2 ? 'P' : 'p', PROPERTIES[i], close);
                assert_true(check_set(pattern, mode) || i >= 22);
            }
        for (unsigned i = 0; i < 256; i++) {
            snprintf(pattern, sizeof pattern, "\\x{%x}", i);
            assert_true(check_set(pattern, mode) || i > 127);
            snprintf(pattern, sizeof pattern, "[^\\x%02x]", i);
            assert_true(check_set(pattern, mode));
            snprintf(pattern, sizeof pattern, "[\\x{%x}-\\x{%x}]", i / 2, i);
            assert_true(check_set(pattern, mode));
        }
    }
}

static bool is_beyond(const char *pattern, unsigned mode)
{
    struct syntax *syntax = parse(pattern, strlen(pattern), mode);
    assert_int_equal(syntax->root->kind, NODE_SET);
    bool beyond = syntax->root->u.set.beyond;
    syntax_free(syntax);
    return beyond;
}

/* Which ASCII characters have another case beyond ASCII, asked for all code points; and the sets that have none. */
static void test_beyond(void **state)
{
    (void)state;
    char *text = malloc(0x110000 * 4);
    size_t length = 0;
    for (uint32_t character = 0x80; character <= 0x10FFFF; character++)
        if (character < 0xD800 || character > 0xDFFF)
            length += encode(character, text + length);
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    for (unsigned i = 0; i < 128; i++) {
        char pattern[8];
        snprintf(pattern, sizeof pattern, "\\x%02x", i);
        pcre2_code *code = compile(pattern, strlen(pattern), UNICODE | CASELESS | OPTIMIZED);
        PCRE2_SIZE *found = pcre2_get_ovector_pointer(match), from = 0;
        bool beyond = false;
        while (pcre2_match(code, (PCRE2_SPTR)text, length, from, PCRE2_NO_UTF_CHECK, match, NULL) >= 0) {
            from = found[1];
            beyond = true;
            char again[32];
            snprintf(again, sizeof again, "%.*s", (int)(found[1] - found[0]), text + found[0]);
            assert_true(check_set(again, UNICODE | CASELESS));
        }
        assert_true(is_beyond(pattern, UNICODE | CASELESS) == beyond);
        pcre2_code_free(code);
    }
    pcre2_match_data_free(match);
    free(text);
    static const char *const within[] = {"[a-z0-9]", "[[:ascii:]]", "[\\x00-\\x7f]", "\\x41", "[\\]\\Q-x\\E]"};
    for (size_t i = 0; i < COUNT(within); i++)
        assert_false(is_beyond(within[i], UNICODE));
}

/* ---- Trees against PCRE2 ---- */

struct text {
    char bytes[16384];
    size_t length;
    bool overflow;
};

static void __attribute__((format(printf, 2, 3))) append(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(text->bytes + text->length, sizeof text->bytes - text->length, format, arguments);
    va_end(arguments);
    text->length += (size_t)count;
    if (text->length >= sizeof text->bytes) {
        text->length = 0;
        text->overflow = true;
    }
}

struct unparser {
    struct text text;
    uint32_t captures;
    bool ascii_only; /* some set has members beyond ASCII that are not known */
    bool unknown;    /* some backreference's capture is not known */
};

static void unparse(struct unparser *out, const struct node *node);

static void unparse_children(struct unparser *out, const struct node *node, const char *between)
{
    for (size_t i = 0; i < node->child_count; i++) {
        append(&out->text, "%s", i > 0 ? between : "");
        unparse(out, node->children[i]);
    }
}

static void unparse_set(struct unparser *out, const struct charset *set)
{
    out->ascii_only |= set->beyond;
    /* So that no set is empty; the texts do not contain it. */
    append(&out->text, set->beyond ? "[\\x{10FFFF}" : charset_count(set) == 0 ? "[^\\x00-\\xff" : "[");
    for (unsigned i = 0; i < 256; i++)
        if (charset_has(set, i))
            append(&out->text, "\\x%02x", i);
    append(&out->text, "]");
}

static void unparse_repeat(struct unparser *out, const struct node *node)
{
    append(&out->text, node->u.repeat.mode == REPEAT_POSSESSIVE ? "(?>(?:" : "(?:");
    unparse_children(out, node, "");
    append(&out->text, "){%" PRIu32 ",", node->u.repeat.min);
    if (node->u.repeat.max != REPEAT_UNLIMITED)
        append(&out->text, "%" PRIu32, node->u.repeat.max);
    append(&out->text, node->u.repeat.mode == REPEAT_LAZY         ? "}?"
                       : node->u.repeat.mode == REPEAT_POSSESSIVE ? "})"
                                                                  : "}");
}

static void unparse_assertion(struct unparser *out, const struct node *node)
{
    static const char *const PLAIN[] = {"^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G", "\\K"};
    append(&out->text, node->multiline ? "(?m:%s)" : "%s", PLAIN[node->u.assertion]);
}

static void unparse(struct unparser *out, const struct node *node)
{
    bool parent = node->kind == NODE_REPEAT || node->kind == NODE_GROUP || node->kind == NODE_LOOK;
    bool list = node->kind == NODE_CAT || node->kind == NODE_ALT;
    assert_true(parent ? node->child_count == 1 : list ? node->child_count >= 2 : node->child_count == 0);
    switch (node->kind) {
    case NODE_EMPTY:
        append(&out->text, "(?:)");
        break;
    case NODE_SET:
        unparse_set(out, &node->u.set);
        break;
    case NODE_CHAR:
        assert_true(node->u.character.code_point > 127);
        append(&out->text, node->u.character.caseless ? "(?i:\\x{%" PRIx32 "})" : "\\x{%" PRIx32 "}",
               node->u.character.code_point);
        break;
    case NODE_CAT:
        unparse_children(out, node, "");
        break;
    case NODE_ALT:
        unparse_children(out, node, "|");
        break;
    case NODE_REPEAT:
        unparse_repeat(out, node);
        break;
    case NODE_GROUP:
        if (node->u.group.capture)
            assert_int_equal(node->u.group.capture, ++out->captures);
        append(&out->text, node->u.group.capture ? "(" : node->u.group.atomic ? "(?>" : "(?:");
        unparse_children(out, node, "");
        append(&out->text, ")");
        break;
    case NODE_LOOK:
        append(&out->text, "(?%s%s", node->u.look.behind ? "<" : "", node->u.look.negative ? "!" : "=");
        unparse_children(out, node, "");
        append(&out->text, ")");
        break;
    case NODE_ASSERT:
        unparse_assertion(out, node);
        break;
    case NODE_BACKREF:
        out->unknown |= node->u.backref.capture == 0;
        append(&out->text, node->u.backref.caseless ? "(?i:\\g{%" PRIu32 "})" : "\\g{%" PRIu32 "}",
               node->u.backref.capture);
        break;
    case NODE_OTHER:
        append(&out->text, "\\%c", node->u.other);
        break;
    }
}

static uint64_t random_state;

static unsigned draw(unsigned below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 33) % below;
}

#define PICK(array) ((array)[draw(COUNT(array))])

/* A short text of characters that the pattern may be about. */
static size_t make_text(char *text, const char *pattern, size_t length, unsigned mode, bool ascii_only)
{
    static const char ALPHABET[] = "aaaabbbAABkKsS019_- \n\n\r\t.{},[]x\v\x85";
    size_t size = 0;
    for (unsigned left = draw(9); left > 0; left--) {
        unsigned kind = draw(8);
        unsigned character = kind > 2 || length == 0 ? (unsigned char)ALPHABET[draw(sizeof ALPHABET)]
                                                     : (unsigned char)pattern[draw((unsigned)length)];
        if (kind == 0)
            character = draw(256);
        if (mode & UNICODE && !ascii_only && kind == 7)
            size += encode(BEYOND[draw(COUNT(BEYOND) - 1)], text + size);
        else
            text[size++] = (char)(mode & UNICODE ? character & 0x7F : character);
    }
    return size;
}

struct matcher {
    pcre2_code *code;
    pcre2_match_data *match;
};

static void compare_in_text(const struct matcher *both, pcre2_match_context *context, const char *pattern,
                            const char *unparsed, unsigned mode, const char *text, size_t length)
{
    for (size_t from = 0; from <= length; from++) {
        if (mode & UNICODE && from < length && (text[from] & 0xC0) == 0x80)
            continue;
        int found[2];
        for (int i = 0; i < 2; i++)
            found[i] = pcre2_match(both[i].code, (PCRE2_SPTR)text, length, from, 0, both[i].match, context);
        if (found[0] < PCRE2_ERROR_NOMATCH || found[1] < PCRE2_ERROR_NOMATCH)
            return;
        size_t size = found[0] > 0 ? 2 * (size_t)found[0] * sizeof(PCRE2_SIZE) : 0;
        if (found[0] != found[1] ||
            memcmp(pcre2_get_ovector_pointer(both[0].match), pcre2_get_ovector_pointer(both[1].match), size) != 0)
            fail_msg("mode %u, from %zu in \"%.*s\" (%d, %d):\n%s\n%s", mode, from, (int)length, text, found[0],
                     found[1], pattern, unparsed);
    }
}

/* No other part of a pattern that PCRE2 compiles is refused. */
static void check_reason(const struct syntax *syntax, const char *pattern, unsigned mode)
{
    static const char *const allowed[] = {
        "recursion",
        "subroutine call",
        "conditional group",
        "branch reset",
        "callout",
        "special group",
        "backtracking verb",
        "non-atomic lookaround",
        "group repeated no times",
        "\\C with Unicode",
    };
    for (size_t i = 0; i < COUNT(allowed); i++)
        if (strcmp(syntax->unsupported, allowed[i]) == 0)
            return;
    static const char *const since_43[] = {"option setting", "extended class"};
    for (size_t i = 0; i < COUNT(since_43); i++)
        if (strcmp(syntax->unsupported, since_43[i]) == 0 && characters_since(10, 43))
            return;
    /* What PCRE2 repeats of it differs between releases. */
    if (strcmp(syntax->unsupported, "quantifier without an item") == 0 && strstr(pattern, ":]]"))
        return;
    fail_msg("mode %u: %s: %s at %zu", mode, pattern, syntax->unsupported, syntax->unsupported_offset);
}

struct tally {
    unsigned long compiled, understood, compared;
};

static void check_pattern(const char *pattern, size_t length, unsigned mode, unsigned texts, struct tally *tally)
{
    struct matcher both[2] = {{.code = compile(pattern, length, mode)}};
    if (!both[0].code)
        return;
    tally->compiled++;
    struct syntax *syntax = parse(pattern, length, mode);
    assert_true(!syntax->root == !!syntax->unsupported && syntax->unsupported_offset <= length);
    free(syntax_describe(syntax));
    static struct unparser out;
    out.text.length = out.captures = 0;
    out.text.overflow = out.unknown = out.ascii_only = false;
    if (syntax->root) {
        tally->understood++;
        unparse(&out, syntax->root);
        assert_int_equal(out.captures, syntax->capture_count);
    } else {
        check_reason(syntax, pattern, mode);
    }
    int error = 0;
    if (syntax->root && !out.unknown && !out.text.overflow)
        both[1].code = try_compile(out.text.bytes, out.text.length, mode & UNICODE, &error);
    /* Within a lookbehind PCRE2 overlooks some quantifiers, but none of a group. */
    if (error != 0 && error != 100 && error != PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH)
        fail_msg("mode %u: the tree of %s does not compile: %s", mode, pattern, out.text.bytes);
    if (both[1].code) {
        tally->compared++;
        pcre2_match_context *context = pcre2_match_context_create(NULL);
        pcre2_set_match_limit(context, 5000);
        for (int i = 0; i < 2; i++)
            both[i].match = pcre2_match_data_create_from_pattern(both[i].code, NULL);
        for (unsigned i = 0; i < texts; i++) {
            char text[64];
            size_t size = make_text(text, pattern, length, mode, out.ascii_only);
            compare_in_text(both, context, pattern, out.text.bytes, mode, text, size);
        }
        pcre2_match_context_free(context);
    }
    syntax_free(syntax);
    for (int i = 0; i < 2; i++) {
        pcre2_match_data_free(both[i].match);
        pcre2_code_free(both[i].code);
    }
}

static void test_described_patterns(void **state)
{
    (void)state;
    struct tally tally = {0, 0, 0};
    random_state = 1;
    for (size_t i = 0; i < COUNT(descriptions); i++)
        for (unsigned mode = 0; mode < 8; mode++)
            check_pattern(descriptions[i].pattern, strlen(descriptions[i].pattern), mode, 20, &tally);
    assert_true(tally.compared > 5 * COUNT(descriptions));
}

/* Pieces of patterns, as many as there are things to say, with ~ between them. */
static const char PIECES[] =
    "a~b~k~s~A~-~0~1~9~ ~\t~\n~#~_~\xC3\xA9~\xE2\x84\xAA~\xC2\x85~{~}~,~*~+~?~*~+~?~{2}~{1,}~{0,2}~{1,3}~"
    "{,2}~{2,~{ 1}~{0}~|~|~^~$~.~(~(~)~)~)~(?:~(?>~(?=~(?!~(?<=~(?<!~(?<n>~(?'m'~(?P<o>~(?P=n)~(?#~(?i)~"
    "(?-i)~(?i:~(?x)~(?xx)~(?-x)~(?s)~(?m)~(?^)~(?^x:~(?n)~(?J)~(?U)~(?im-sx)~(?x-x:~(*pla:~(*nlb:~"
    "(*atomic:~(?|~(?R)~(*F)~[~[~[^~]~]~[a-k]~[^ a]~[[:alpha:]]~[:~:]~[[:^upper:]k]~[[:<:]]~[[:>:]]~\\~"
    "\\Q~\\E~\\Q\\E~\\1~\\2~\\10~\\8~\\0~\\012~\\101~\\x~\\x41~\\x{4b}~\\x{e9}~\\x{17f}~\\o{101}~\\N~"
    "\\N{U+e9}~\\cA~\\a~\\e~\\n~\\r~\\t~\\d~\\D~\\w~\\W~\\s~\\S~\\h~\\H~\\v~\\V~\\R~\\X~\\C~\\b~\\B~\\A~"
    "\\Z~\\z~\\G~\\K~\\pL~\\p{Lu}~\\P{^N}~\\g1~\\g{-1}~\\g{+1}~\\g{n}~\\k<n>~\\k{m}~\\-~\\]~\\\\";

static void add_piece(struct text *text)
{
    enum { PIECE_COUNT = 146 };
    const char *piece = PIECES;
    for (unsigned skipped = draw(PIECE_COUNT); skipped > 0; skipped--)
        piece = strchr(piece, '~') + 1;
    append(text, "%.*s", (int)strcspn(piece, "~"), piece);
}

static void add_soup(struct text *text)
{
    for (unsigned left = 1 + draw(8); left > 0; left--)
        add_piece(text);
}

/* One member of a class, or two. */
static void add_member(struct text *text)
{
    static const char *const members[] = {
        "a",   "k",   "K",   "s",       "Z",   "0",        "9",       "-",         " ",          "^",
        "[",   "\\]", "\\b", "\\x7f",   "\\n", "\\101",    "\\d",     "\\W",       "\\s",        "\\h",
        "\\E", "a-z", "A-K", "0-\\x39", "+--", "\\Qa-\\E", "\\x{e9}", "[:digit:]", "[:^lower:]", "\\pL"};
    append(text, "%s", PICK(members));
}

static void add_class(struct text *text)
{
    append(text, draw(3) ? "[" : "[^");
    for (unsigned left = 1 + draw(4); left > 0; left--)
        add_member(text);
    append(text, "]");
}

/* A pattern of the grammar, so that most of them compile. */
static void add_alternation(struct text *text, unsigned depth)
{
    static const char *const openings[] = {"(",    "(",    "(?:",    "(?>",   "(?=",  "(?!",  "(?i:",   "(?<=",
                                           "(?x:", "(?^:", "(?s-i:", "(?xx:", "(?<!", "(?U:", "(*plb:", "(?im:"};
    static const char *const settings[] = {"(?i)", "(?-i)", "(?x)", "(?-x)", "(?^s)",
                                           "(?m)", "(?n)",  "(?U)", "(?xx)", "(?#(+)"};
    static const char *const quantifiers[] = {"*", "+", "?", "{2}", "{0,2}", "{1,}", "{1}", "{0}"};
    static const char *const modifiers[] = {"", "", "", "?", "+", "\\E?", "(?#)+", "\\Q\\E"};
    for (unsigned left = 1 + draw(4); left > 0; left--) {
        unsigned kind = draw(16);
        if (kind < 4 && depth > 0) {
            append(text, "%s", PICK(openings));
            add_alternation(text, depth - 1);
            append(text, ")");
        } else if (kind < 6) {
            append(text, "%s", PICK(settings));
            continue;
        } else if (kind < 8) {
            add_class(text);
        } else if (kind == 8) {
            append(text, "|");
            continue;
        } else if (kind < 12) {
            add_piece(text);
        } else {
            append(text, "%c", "abkA \n#"[draw(7)]);
        }
        if (draw(3) == 0)
            append(text, "%s%s", PICK(quantifiers), PICK(modifiers));
    }
}

/* One of the patterns above with something put in, taken out or cut off. */
static void add_mutation(struct text *text)
{
    const char *pattern = descriptions[draw(COUNT(descriptions))].pattern;
    int length = (int)strlen(pattern), first = (int)draw((unsigned)length + 1);
    int second = first + (int)draw((unsigned)(length - first) + 1);
    append(text, "%.*s", draw(2) ? first : second, pattern);
    if (draw(2))
        add_piece(text);
    append(text, "%.*s", draw(4) ? length - second : (int)draw((unsigned)(length - second) + 1), pattern + second);
}

static unsigned long setting(const char *name, unsigned long otherwise)
{
    const char *value = getenv(name);
    return value ? strtoul(value, NULL, 10) : otherwise;
}

static void test_random_patterns(void **state)
{
    (void)state;
    unsigned long rounds = setting("MSCAN_TEST_ROUNDS", 60000), seed = setting("MSCAN_TEST_SEED", 1);
    struct tally tally = {0, 0, 0};
    for (unsigned long round = 0; round < rounds; round++) {
        random_state = (seed + round + 1) * UINT64_C(0x9E3779B97F4A7C15);
        static struct text text;
        text.length = 0;
        text.overflow = false;
        unsigned kind = draw(4);
        if (kind == 0)
            add_soup(&text);
        else if (kind == 1)
            add_mutation(&text);
        else
            add_alternation(&text, 3);
        unsigned mode = draw(4) | (draw(64) == 0 ? LITERAL : 0);
        check_pattern(text.bytes, text.length, mode, 6, &tally);
    }
    print_message("%lu patterns: %lu compile, %lu understood, %lu compared\n", rounds, tally.compiled, tally.understood,
                  tally.compared);
    assert_true(rounds < 1000 || tally.compared > rounds / 4);
}

static void test_random_classes(void **state)
{
    (void)state;
    unsigned long rounds = setting("MSCAN_TEST_ROUNDS", 60000) / 20, sets = 0;
    random_state = 12345 + setting("MSCAN_TEST_SEED", 1);
    for (unsigned long round = 0; round < rounds; round++) {
        static struct text text;
        text.length = 0;
        add_class(&text);
        sets += check_set(text.bytes, draw(4));
    }
    assert_true(sets >= rounds / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_beyond),
        cmocka_unit_test(test_described_patterns),
        cmocka_unit_test(test_random_patterns),
        cmocka_unit_test(test_random_classes),
    };
    return cmocka_run_group_tests_name("syntax-tree", tests, NULL, NULL);
}

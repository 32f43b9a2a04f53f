#include "atoms.h"

#include "characters/characters.h"

#include <ctype.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* An escape or a class, and strings that it matches, or nearly. */
struct known {
    const char *text, *samples[6];
};

static const struct known escapes[] = {
    {".", {"a", "\xc3\xa9", "\xff", "\r"}},
    {"\\d", {"0", "7", "9", "\xd9\xa3", "a"}},
    {"\\D", {"a", " ", "\xd9\xa3", "0"}},
    {"\\w", {"a", "Z", "_", "5", "\xc3\xa9", "\xd0\xb6"}},
    {"\\W", {" ", "-", ".", "\xe2\x82\xac", "a"}},
    {"\\s", {" ", "\t", "\r", "\xc2\xa0", "\v", "\xc2\x85"}},
    {"\\S", {"a", "-", "\xc3\xa9", " ", "\x1c"}},
    {"\\h", {" ", "\t", "\xc2\xa0", "\r"}},
    {"\\H", {"a", "\r", "\xc3\xa9", "\t"}},
    {"\\v", {"\r", "\v", "\f", "\xc2\x85", "\xe2\x80\xa8", "a"}},
    {"\\V", {"a", " ", "\xc3\xa9", "\f"}},
    {"\\N", {"a", "\r", "\xd0\xb6"}},
    {"\\p{L}", {"a", "Z", "\xd0\xb6", "1"}},
    {"\\p{Lu}", {"A", "\xd0\x96", "a"}},
    {"\\p{Ll}", {"a", "\xd0\xb6", "A"}},
    {"\\P{L}", {"1", " ", "\xe2\x82\xac", "a"}},
    {"\\pN", {"1", "\xd9\xa3", "\xc2\xb2", "a"}},
    {"\\PN", {"a", "\xd0\xb6", "1"}},
    {"\\p{Nd}", {"1", "\xd9\xa3", "\xc2\xb2"}},
    {"\\p{^Lu}", {"a", "1", "A"}},
    {"\\P{^Ll}", {"a", "\xd0\xb6", "A"}},
    {"\\p{Lt}", {"\xc7\x85", "A", "a"}},
    {"\\P{Lu}", {"a", "\xd0\xb6", "A", "1"}},
    {"\\p{Greek}", {"\xce\xbc", "\xcf\x83", "a"}},
    {"\\p{Cyrillic}", {"\xd0\xb6", "\xd1\x8f", "a"}},
    {"\\p{Han}", {"\xe6\x97\xa5", "\xe6\x9c\xac", "a"}},
    {"\\p{Xan}", {"a", "1", "\xd0\xb6", "_"}},
    {"\\p{Xwd}", {"a", "_", "\xd0\xb6", "-"}},
    {"\\p{Xsp}", {" ", "\xc2\xa0", "a"}},
    {"\\p{Any}", {"a", "\xd0\xb6", "\xff"}},
    {"\\p{L&}", {"a", "\xd0\xb6", "\xe6\x97\xa5"}},
    {"\\p{Zs}", {" ", "\xc2\xa0", "\t"}},
    {"\\p{Sc}", {"$", "\xe2\x82\xac", "a"}},
    {"\\p{P}", {"-", ".", "_", "$"}},
    {"\\p{Mn}", {"\xcc\x81", "a"}},
    {"\\p{Cc}", {"\r", "\t", "a"}},
    {"\\p{greek}", {"\xce\xbc", "a"}},
    {"\\p{ Lu }", {"A", "a"}},
    {"\\p{scx:Greek}", {"\xce\xbc", "a"}},
    {"\\p{sc=Han}", {"\xe6\x97\xa5", "a"}},
    {"\\p{Lowercase}", {"a", "A"}},
    {"\\p{Emoji}", {"1", "\xf0\x9f\x98\x80"}},
    {"\\p{bidi_class:L}", {"a", "1"}},
    {"\\pl", {"a", "1"}},
};

/* What may stand in brackets. */
static const struct known posix[] = {
    {"[:alpha:]", {"a", "Z", "\xd0\xb6", "1"}},
    {"[:digit:]", {"1", "\xd9\xa3", "a"}},
    {"[:alnum:]", {"a", "1", "\xd0\xb6", "_"}},
    {"[:upper:]", {"A", "\xd0\x96", "a"}},
    {"[:lower:]", {"a", "\xd0\xb6", "A"}},
    {"[:space:]", {" ", "\t", "\v", "\xc2\xa0", "a"}},
    {"[:blank:]", {" ", "\t", "\xc2\xa0"}},
    {"[:punct:]", {"-", "$", "_", "\xe2\x82\xac"}},
    {"[:xdigit:]", {"a", "F", "9", "g"}},
    {"[:word:]", {"a", "_", "\xd0\xb6", "-"}},
    {"[:cntrl:]", {"\r", "\x7f", "a"}},
    {"[:print:]", {"a", " ", "\xd0\xb6", "\t"}},
    {"[:graph:]", {"a", "-", "\xd0\xb6", " "}},
    {"[:ascii:]", {"a", "\x7f", "\xc3\xa9"}},
    {"[:^alpha:]", {"1", "-", "a"}},
    {"[:^digit:]", {"a", "1"}},
    {"[:^space:]", {"a", " "}},
    {"[:^word:]", {"-", "a", "\xe2\x82\xac"}},
    {"[:^upper:]", {"a", "\xd0\xb6", "A", "1"}},
    {"[:^lower:]", {"A", "\xd0\x96", "a", "1"}},
};

static const struct known ranges[] = {
    {"a-z", {"a", "m", "z", "A", "\xc5\xbf"}},
    {"A-Z", {"A", "K", "Z", "k", "\xe2\x84\xaa"}},
    {"0-9", {"0", "5", "9", "a"}},
    {"a-f", {"a", "f", "g"}},
    {"0-5", {"0", "5", "6"}},
    {"!-/", {"!", "-", "/", "0"}},
    {" -~", {" ", "~", "a", "\x7f"}},
    {"\\x00-\\x1f", {"\t", "\r", " "}},
    {"\\x80-\\xff", {"\xc3\xa9", "\xff", "a"}},
    {"j-l", {"k", "K", "\xe2\x84\xaa"}},
    {"\\x{400}-\\x{4ff}", {"\xd0\xb6", "\xd0\x96", "a"}},
    {"\\x{100}-\\x{24ff}", {"\xd0\xb6", "\xe2\x84\xaa", "a"}},
    {"\\x{ffff}-\\x{10440}", {"\xf0\x90\x90\x80", "\xf0\x90\x90\xa8", "a"}},
    {"\\x00-\\x{7f}", {"a", "\r", "\xc3\xa9"}},
    {"\\Qa-z]\\E", {"a", "-", "]"}},
    {"\\Qa\\E-\\Qd\\E", {"a", "b", "d"}},
    {"\\Q\\E", {""}},
    {"\\E", {""}},
    {"a b", {"a", " ", "b"}},
    {"\\b", {"\b"}},
    {"[", {"["}},
    {"[:a", {"[", ":", "a"}},
    {"a-\\d", {"a", "-", "1"}},
    {"\\101-\\x5a", {"A", "Z", "a"}},
};

static const struct known assertions[] = {
    {"^", {""}},     {"$", {""}},     {"\\b", {""}},      {"\\B", {""}},       {"^", {""}},        {"$", {""}},
    {"\\b", {""}},   {"\\A", {""}},   {"\\z", {""}},      {"\\Z", {"", "\n"}}, {"(?m:^)", {""}},   {"(?m:$)", {""}},
    {"\\b", {""}},   {"^", {""}},     {"$", {""}},        {"[[:<:]]", {""}},   {"[[:>:]]", {""}},  {"(?-m:^)", {""}},
    {"(?=$)", {""}}, {"(?!^)", {""}}, {"(?<!\\w)", {""}}, {"(?!\\w)", {""}},   {"(?<=\\W)", {""}}, {"(?=\\w)", {""}},
    {"\\G", {""}},   {"\\K", {""}}, /* the rare ones stand last */
};

static const struct known oddities[] = {
    {"\\R", {"\r", "\v", "\xe2\x80\xa8", "\r\n"}},
    {"\\X", {"a", "e\xcc\x81", "\xf0\x9f\x98\x80"}},
    {"\\C", {"a", "\xc3"}},
    {"(*FAIL)", {""}},
    {"(*F)", {""}},
    {"(*ACCEPT)", {""}},
    {"(*COMMIT)", {""}},
    {"(*PRUNE)", {""}},
    {"(*SKIP)", {""}},
    {"(*THEN)", {""}},
    {"(*PRUNE:n)", {""}},
    {"(*SKIP:n)", {""}},
    {"(*MARK:n)", {""}},
    {"(?#a (comment)", {""}},
    {"\\Q\\E", {""}},
    {"\\E", {""}},
    {"(?C)", {""}},
    {"(?C1)", {""}},
    {"(?i)", {""}},
    {"(?-i)", {""}},
    {"(?s)", {""}},
    {"(?m)", {""}},
    {"(?^)", {""}},
    {"(?-m)", {""}},
    {"(?x)", {""}},
    {"(?xx)", {""}},
    {"(?n)", {""}},
    {"(?U)", {""}},
    {"(?J)", {""}},
    {"(?aD)", {""}},
    {"()", {""}},
    {"(?:)", {""}},
    {"(?!)", {""}},
    {"(?=)", {""}},
    {"x{,3}", {"x{,3}", "xx"}},
    {"a{", {"a{"}},
    {"{2}", {"{2}"}},
    {"]", {"]"}},
    {"}", {"}"}},
    {"\\n", {"\n"}},
    {"\\e", {"\x1b"}},
    {"\\N{U+e9}", {"\xc3\xa9"}},
    {"\\N{2}", {"aa"}},
    {"\\g{n1}", {""}},
    {"(?P>n1)", {""}},
    {"\\o{101}", {"A"}},
    {"\\c\\\\", {"\x1c"}},
    {"\\x{4", {""}},
    {"\\Qa.b\\", {"a.b\\"}},
    {"a{2}{3}", {"aaaaaa"}},
    {"a{65535}", {""}},
    {"a{3,2}", {""}},
    {"(?|(a)|(b))", {"a", "b"}},
    {"(?<a>x)|(?<a>y)", {"x", "y"}},
    {"[[.a.]]", {""}},
    {"\\cA", {"\x01"}},
    {"\\a", {"\a"}},
    {"\\0", {""}},
    {"\\8", {"8"}},
    {"\\x", {""}},
};

/* What PCRE2 knows from 10.43 on; the last three from 10.45 on. */
static const struct known recent[] = {
    {"(?r)", {""}},
    {"(?-r)", {""}},
    {"(?a)", {""}},
    {"(?aW)", {""}},
    {"(?-a)", {""}},
    {"(?aP)[[:alpha:]]", {"a", "\xd0\xb6"}},
    {"(?<=a|bc)", {"a", "bc"}},
    {"(?<!a{1,2})", {""}},
    {"x{,2}", {"", "xx"}},
    {"x{ 1, 2 }", {"x", "xx"}},
    {"\\x{ 41 }", {"A"}},
    {"\\g{ n1 }", {""}},
    {"\\N{ 2 }", {"ab"}},
    {"(?[ [a-d] - [c] ])", {"a", "c"}},
    {"(?[ \\w & !\\d ])", {"a", "1", "\xd0\xb6"}},
    {"(*scs:(1)a)", {""}},
    {"[\\k]", {"k", "\\"}},
};

static struct piece *known_leaf(const struct known *known)
{
    struct piece *leaf = piece_create(PIECE_LEAF);
    leaf->single = true;
    bytes_add_string(&leaf->text, known->text);
    for (size_t i = 0; i < COUNT(known->samples) && known->samples[i]; i++)
        piece_add_sample(leaf, known->samples[i], strlen(known->samples[i]));
    return leaf;
}

struct piece *atoms_text(const char *text)
{
    for (size_t i = 0; i < COUNT(escapes); i++)
        if (strcmp(escapes[i].text, text) == 0)
            return known_leaf(&escapes[i]);
    struct piece *leaf = atoms_syntax(text);
    size_t length = strlen(text);
    if (*text == '[') { /* a class: its first characters and its last */
        const char *first = text + 1 + (text[1] == '^');
        piece_add_sample(leaf, first, 1);
        piece_add_sample(leaf, text + length - 2, 1);
        piece_add_sample(leaf, text[1] == '^' ? "q" : first, 1);
    } else if (*text == '\\') {
        piece_add_sample(leaf, text + 1, isalpha((unsigned char)text[1]) ? 0 : 1);
    } else {
        piece_add_sample(leaf, text, length);
    }
    return leaf;
}

struct piece *atoms_syntax(const char *text)
{
    return known_leaf(&(struct known){text, {NULL}});
}

struct piece *atoms_fixed(const char *text, size_t length)
{
    struct piece *leaf = piece_create(PIECE_LEAF);
    bytes_add(&leaf->text, text, length);
    piece_add_sample(leaf, text, length);
    return leaf;
}

/* --- letters --- */

static void write_plain(struct bytes *out, struct letter letter)
{
    unsigned char c = (unsigned char)letter.text[0];
    if (letter.length == 1 && c == 0) {
        bytes_add_string(out, "\\x00");
        return;
    }
    if (letter.length == 1 && c < 0x80 && !isalnum(c) && c != '_' && c != ' ' && c != '\r' && c != '\t')
        bytes_add_char(out, '\\');
    bytes_add(out, letter.text, letter.length);
}

static void write_spelled(const struct atoms *atoms, struct bytes *out, struct letter letter)
{
    bool fits = letter.code != NOT_A_CHARACTER && (atoms->unicode || letter.code < 0x80);
    switch (fits ? dice_below(atoms->dice, 12) : 11) {
    case 0:
        bytes_add_format(out, letter.code < 0x100 ? "\\x%02x" : "\\x{%x}", letter.code);
        break;
    case 1:
        bytes_add_format(out, "\\x{%x}", letter.code);
        break;
    case 2:
        bytes_add_format(out, "\\o{%o}", letter.code);
        break;
    case 3:
        if (letter.code < 0x80) {
            bytes_add_format(out, "\\%03o", letter.code);
            break;
        }
        write_plain(out, letter);
        break;
    default:
        write_plain(out, letter);
    }
}

struct piece *atoms_letter(const struct atoms *atoms)
{
    struct piece *leaf = piece_create(PIECE_LEAF);
    struct letter letter = letters_of_pattern(atoms->letters, atoms->dice);
    leaf->single = atoms->unicode || letter.length == 1;
    write_spelled(atoms, &leaf->text, letter);
    piece_add_sample(leaf, letter.text, letter.length);
    return leaf;
}

struct piece *atoms_literal(const struct atoms *atoms, size_t count)
{
    struct piece *leaf = piece_create(PIECE_LEAF);
    struct bytes plain = {NULL, 0, 0};
    bool quoted = dice_chance(atoms->dice, 8), spelled = dice_chance(atoms->dice, 10);
    if (quoted)
        bytes_add_string(&leaf->text, "\\Q");
    for (size_t i = 0; i < count; i++) {
        struct letter letter = letters_of_pattern(atoms->letters, atoms->dice);
        if (quoted && letter.length == 1 && *letter.text == '\\')
            letter = (struct letter){"b", 1, 'b'};
        bytes_add(&plain, letter.text, letter.length);
        if (quoted)
            bytes_add(&leaf->text, letter.text, letter.length);
        else if (spelled)
            write_spelled(atoms, &leaf->text, letter);
        else
            write_plain(&leaf->text, letter);
    }
    if (quoted && !dice_chance(atoms->dice, 3))
        bytes_add_string(&leaf->text, "\\E");
    piece_add_sample(leaf, plain.text ? plain.text : "", plain.length);
    bytes_free(&plain);
    return leaf;
}

/* --- sets --- */

struct piece *atoms_escape(const struct atoms *atoms)
{
    size_t common = 12;
    return known_leaf(&escapes[dice_below(atoms->dice, dice_chance(atoms->dice, 75) ? common : COUNT(escapes))]);
}

/* One item of a class. */
static void add_class_item(const struct atoms *atoms, struct piece *leaf)
{
    const struct known *known;
    switch (dice_below(atoms->dice, 8)) {
    case 0:
        known = &posix[dice_below(atoms->dice, COUNT(posix))];
        break;
    case 1:
        known = &escapes[dice_between(atoms->dice, 1, COUNT(escapes) - 1)];
        break;
    case 2:
    case 3:
        known = &ranges[dice_below(atoms->dice, COUNT(ranges))];
        break;
    default: {
        struct letter letter = letters_of_pattern(atoms->letters, atoms->dice);
        write_spelled(atoms, &leaf->text, letter);
        piece_add_sample(leaf, letter.text, letter.length);
        return;
    }
    }
    bytes_add_string(&leaf->text, known->text);
    for (size_t i = 0; i < COUNT(known->samples) && known->samples[i]; i++)
        piece_add_sample(leaf, known->samples[i], strlen(known->samples[i]));
}

struct piece *atoms_class(const struct atoms *atoms)
{
    struct piece *leaf = piece_create(PIECE_LEAF);
    leaf->single = true;
    bool negated = dice_chance(atoms->dice, 30);
    bytes_add_string(&leaf->text, negated ? "[^" : "[");
    if (dice_chance(atoms->dice, 4))
        bytes_add_string(&leaf->text, dice_chance(atoms->dice, 50) ? "]" : "-");
    size_t count = dice_between(atoms->dice, 1, 4);
    for (size_t i = 0; i < count; i++)
        add_class_item(atoms, leaf);
    if (dice_chance(atoms->dice, 4))
        bytes_add_string(&leaf->text, dice_chance(atoms->dice, 50) ? "-" : "\\b");
    bytes_add_char(&leaf->text, ']');
    if (negated) {
        piece_add_sample(leaf, "q", 1);
        struct letter letter = letters_of_text(atoms->letters, atoms->dice);
        piece_add_sample(leaf, letter.text, letter.length);
    }
    return leaf;
}

struct piece *atoms_single(const struct atoms *atoms)
{
    switch (dice_below(atoms->dice, 5)) {
    case 0:
        return atoms_escape(atoms);
    case 1:
        return atoms_class(atoms);
    default:
        return atoms_letter(atoms);
    }
}

/* --- what matches no character --- */

struct piece *atoms_assertion(const struct atoms *atoms, bool rare)
{
    struct piece *leaf = known_leaf(&assertions[dice_below(atoms->dice, COUNT(assertions) - (rare ? 0 : 2))]);
    leaf->single = false;
    return leaf;
}

struct piece *atoms_oddity(const struct atoms *atoms)
{
    if (dice_chance(atoms->dice, 25) && characters_since(10, 43))
        return known_leaf(&recent[dice_below(atoms->dice, COUNT(recent))]);
    const struct known *known = &oddities[dice_below(atoms->dice, COUNT(oddities))];
    struct piece *leaf = known_leaf(known);
    leaf->single = known < oddities + 3; /* \R, \X, \C */
    return leaf;
}

#include "pcre2/known-faults.h"

#include "pcre2/early-fail.h"
#include "syntax/tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool has(const char *pattern, size_t length, const char *bytes)
{
    return memmem(pattern, length, bytes, strlen(bytes)) != NULL;
}

static bool has_one_of(const char *pattern, size_t length, const char *const *rows)
{
    for (; *rows; rows++)
        if (has(pattern, length, *rows))
            return true;
    return false;
}

/* --- trees --- */

/* Whether a node passes the test before which no character has to stand. */
static bool any_at_start(const struct node *node, tree_test *test)
{
    if (test(node))
        return true;
    if (node->kind == NODE_LOOK)
        return false;
    for (size_t i = 0; i < node->child_count; i++) {
        if (any_at_start(node->children[i], test))
            return true;
        if (node->kind == NODE_CAT && !tree_can_be_empty(node->children[i]))
            return false;
    }
    return false;
}

static bool is_lookahead(const struct node *node)
{
    return node->kind == NODE_LOOK && !node->u.look.behind && !node->u.look.negative;
}

/* Whether it matches just one character, as what PCRE2 repeats by an instruction of its own. */
static bool is_single(const struct node *node)
{
    return node->kind == NODE_SET || node->kind == NODE_CHAR;
}

static bool is_optional_group(const struct node *node)
{
    return node->kind == NODE_REPEAT && node->u.repeat.min == 0 && !is_single(node->children[0]);
}

static bool is_optional_atom(const struct node *node)
{
    bool atomic = node->kind == NODE_GROUP ? node->u.group.atomic
                  : node->kind == NODE_REPEAT
                      ? node->u.repeat.mode == REPEAT_POSSESSIVE && !is_single(node->children[0])
                      : false;
    return atomic && tree_any(node, is_optional_group);
}

static bool varies(const struct node *node)
{
    return node->kind == NODE_REPEAT ? node->u.repeat.min != node->u.repeat.max
                                     : node->kind == NODE_BACKREF || node->kind == NODE_OTHER;
}

static bool is_variable_lookbehind(const struct node *node)
{
    return node->kind == NODE_LOOK && node->u.look.behind && tree_any(node->children[0], varies);
}

/* --- which patterns a fault affects --- */

static bool starts_with_lookahead(const struct syntax *syntax, const char *pattern, size_t length)
{
    static const char *const spellings[] = {"(?=", "(?*", "(*pla:", "(*napla:", "positive_lookahead:", NULL};
    if (syntax->root)
        return any_at_start(syntax->root, is_lookahead);
    return has_one_of(pattern, length, spellings);
}

static bool misjudges_repeats(const struct syntax *syntax, const char *pattern, size_t length)
{
    return syntax->root ? early_fail_misjudges(syntax->root) : early_fail_may_misjudge(pattern, length);
}

static bool has_optional_atom(const struct syntax *syntax, const char *pattern, size_t length)
{
    static const char *const spellings[] = {"(?>", "(*atomic:", ")?+", ")*+", "}+", NULL};
    if (syntax->root)
        return tree_any(syntax->root, is_optional_atom);
    return has_one_of(pattern, length, spellings);
}

static bool has_variable_lookbehind(const struct syntax *syntax, const char *pattern, size_t length)
{
    static const char *const spellings[] = {
        "(?<=", "(?<!", "(?<*", "(*plb:", "(*nlb:", "(*naplb:", "_lookbehind:", NULL};
    if (syntax->root)
        return tree_any(syntax->root, is_variable_lookbehind);
    return has_one_of(pattern, length, spellings);
}

static bool has_property_class(const struct syntax *syntax, const char *pattern, size_t length)
{
    (void)syntax;
    return memchr(pattern, '[', length) && (has(pattern, length, "\\p") || has(pattern, length, "\\P"));
}

/* The length of a POSIX class such as [:alpha:] at the start of a text; 0. */
static size_t posix_class_length(const char *text, size_t length)
{
    if (length < 4 || text[0] != '[' || text[1] != ':')
        return 0;
    size_t end = 2;
    while (end < length && (text[end] == '^' || (text[end] >= 'a' && text[end] <= 'z')))
        end++;
    return end + 1 < length && text[end] == ':' && text[end + 1] == ']' ? end + 2 : 0;
}

static bool is_graph_or_print(const char *name, size_t length)
{
    return has(name, length, "graph") || has(name, length, "print");
}

/* Whether the class at the start of a text has [:graph:] or [:print:] and something else; *end receives its length. */
static bool class_mixes_graph(const char *text, size_t length, size_t *end)
{
    size_t at = 1, members = 0;
    bool graph = false;
    at += at < length && text[at] == '^';
    for (bool first = true; at < length && (text[at] != ']' || first); first = false, members++) {
        size_t name = posix_class_length(text + at, length - at);
        graph |= name > 0 && is_graph_or_print(text + at, name);
        at += name > 0 ? name : text[at] == '\\' ? 2 : 1;
    }
    *end = at + 1;
    return graph && members > 1;
}

static bool mixes_graph(const struct syntax *syntax, const char *pattern, size_t length)
{
    (void)syntax;
    if (!is_graph_or_print(pattern, length))
        return false;
    if (has(pattern, length, "\\Q") || has(pattern, length, "\\E"))
        return true;
    for (size_t at = 0, step; at < length; at += step) {
        step = pattern[at] == '\\' ? 2 : 1;
        if (pattern[at] == '[' && class_mixes_graph(pattern + at, length - at, &step))
            return true;
    }
    return false;
}

/* The length of what opens a lookaround at the start of a text; 0. */
static size_t lookaround_length(const char *text, size_t length)
{
    static const char *const openings[] = {"(?=", "(?!", "(?<=", "(?<!", "(?*", "(?<*"};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (length > strlen(openings[i]) && memcmp(text, openings[i], strlen(openings[i])) == 0)
            return strlen(openings[i]);
    return 0;
}

static bool is_backtracking_verb(const char *text, size_t length)
{
    static const char *const verbs[] = {"(*COMMIT", "(*PRUNE", "(*SKIP", "(*THEN"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (length > strlen(verbs[i]) && memcmp(text, verbs[i], strlen(verbs[i])) == 0)
            return true;
    return false;
}

/* Whether a backtracking verb stands in a lookaround. */
static bool looks_with_verb(const struct syntax *syntax, const char *pattern, size_t length)
{
    size_t depth = 0, outside = SIZE_MAX; /* the depth around the outermost lookaround */
    if (syntax->root || !has(pattern, length, "(*"))
        return false;
    for (size_t at = 0, step; at < length; at += step) {
        const char *text = pattern + at;
        step = *text == '\\' ? 2 : 1;
        if (*text == '[')
            class_mixes_graph(text, length - at, &step);
        else if (*text == ')' && depth > 0 && --depth == outside)
            outside = SIZE_MAX;
        if (*text != '(')
            continue;
        if (outside != SIZE_MAX && is_backtracking_verb(text, length - at))
            return true;
        if (outside == SIZE_MAX && lookaround_length(text, length - at) > 0)
            outside = depth;
        depth++;
    }
    return false;
}

static const struct known_fault table[] = {
    {
        "a lookahead that fixes the first character, and the same one as the last: wanted twice (10.45 mends it for "
        "the same case)",
        1000,
        RELEASE_NONE,
        REMEDY_CHECK_START,
        starts_with_lookahead,
    },
    {
        "JIT: a repeat is not tried again where it has failed for another length of a choice, or in an atomic group",
        1034,
        1045,
        REMEDY_NO_START,
        misjudges_repeats,
    },
    {
        "a repeat before an atomic group that may be passed over is taken for possessive",
        1000,
        RELEASE_NONE,
        REMEDY_NO_AUTO_POSSESS,
        has_optional_atom,
    },
    {
        "JIT: in a class, what follows [:graph:] or [:print:] is compared with another character",
        1034,
        1046,
        REMEDY_INTERPRET_UNICODE,
        mixes_graph,
    },
    {
        "JIT without UTF: an optional class with a property wants a character at the end of the subject",
        1034,
        RELEASE_NONE,
        REMEDY_INTERPRET_BYTES,
        has_property_class,
    },
    {
        "JIT: a lookbehind of variable length goes back too far, or not far enough",
        1043,
        RELEASE_NONE,
        REMEDY_INTERPRET,
        has_variable_lookbehind,
    },
    {
        "a verb in a lookaround: it depends on the matcher and the release which places are passed over before it",
        1000,
        RELEASE_NONE,
        REMEDY_NO_START,
        looks_with_verb,
    },
};

const struct known_fault *known_faults(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

unsigned known_faults_release(void)
{
    char version[64], *minor;
    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) > (int)sizeof version)
        return 0;
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    unsigned long major = strtoul(version, &minor, 10);
    return (unsigned)(100 * major + (*minor == '.' ? strtoul(minor + 1, NULL, 10) : 0));
}

unsigned known_faults_remedies(const struct syntax *syntax, const char *pattern, size_t length)
{
    const unsigned release = known_faults_release();
    unsigned remedies = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (release >= table[i].first && release < table[i].mended && table[i].affects(syntax, pattern, length))
            remedies |= table[i].remedies;
    return remedies;
}

/* Whether one may be another case of the other; of what is beyond ASCII, any may be. */
static bool may_fold(uint32_t a, uint32_t b)
{
    return a == b || (a > 127 && b > 127) || (isalpha((int)(a & 127)) && (a | 32) == (b | 32));
}

bool known_faults_in_start(const pcre2_code *code)
{
    uint32_t first_type = 0, last_type = 0, first = 0, last = 0;
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &first_type);
    pcre2_pattern_info(code, PCRE2_INFO_LASTCODETYPE, &last_type);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &first);
    pcre2_pattern_info(code, PCRE2_INFO_LASTCODEUNIT, &last);
    return first_type == 1 && last_type == 1 && may_fold(first, last);
}

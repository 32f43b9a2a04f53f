#include "cli/hint.h"

#include "base/diag.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

/* An escape that means another thing in another syntax, or cannot match. */
struct hint {
    char letter;   /* behind the backslash */
    bool extended; /* in -E, too; otherwise only in Perl's syntax */
    bool in_lines; /* not with -z and --record-start */
    const char *sentence;
};

static const struct hint hints[] = {
    {'n', false, true,
     "\\n cannot match: lines are searched one by one; with --record-start records, and with -z lines, hold newlines"},
    {'|', true, false, "\\| is a literal bar here; for 'or' use | without the backslash, or -G"},
    {'<', false, false, "\\< is a literal < here; \\b is the start or end of a word, or use -E or -G"},
    {'>', false, false, "\\> is a literal > here; \\b is the start or end of a word, or use -E or -G"},
};

static const char *sentence_for(char letter, const struct arguments *arguments)
{
    bool extended = arguments->syntax == SYNTAX_EXTENDED;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        const struct hint *hint = &hints[i];
        if (hint->letter == letter && (hint->extended || !extended) &&
            !(hint->in_lines && (arguments->null_lines || arguments->record_starts.count > 0)))
            return hint->sentence;
    }
    return NULL;
}

/* Passes over digits in that base, `most` at the most, and says what number they are. */
static const char *pass_digits(const char *at, const char *end, unsigned base, size_t most, unsigned long *number)
{
    *number = 0;
    for (; most > 0 && at < end && isxdigit((unsigned char)*at); at++, most--) {
        const unsigned digit = (unsigned)(isdigit((unsigned char)*at) ? *at - '0' : (*at | 0x20) - 'a' + 10);
        if (digit >= base)
            break;
        *number = *number * base + digit;
    }
    return at;
}

/* The end of an escape that is a newline in Perl's syntax, such as \n, \x0a, \x{a}, \012, \o{12} and \cJ; NULL when
 * it is none.  `at` is behind the backslash. */
static const char *newline_escape_end(const char *at, const char *end)
{
    const bool braces = end - at > 1 && at[1] == '{';
    unsigned long number = 0;
    if (*at == 'n')
        return at + 1;
    if (*at == 'c')
        return end - at > 1 && (at[1] | 0x20) == 'j' ? at + 2 : NULL;
    if (*at == '0')
        at = pass_digits(at, end, 8, 3, &number);
    else if (*at == 'x' || (*at == 'o' && braces))
        at = pass_digits(at + 1 + braces, end, *at == 'x' ? 16 : 8, braces ? 8 : 2, &number) + braces;
    return number == '\n' && at <= end && (!braces || at[-1] == '}') ? at : NULL;
}

/* Whether the set whose bracket is at `at` holds a newline and nothing else. */
static bool is_newline_set(const char *at, const char *end)
{
    const char *after = end - at > 2 && at[1] == '\\' ? newline_escape_end(at + 2, end) : NULL;
    return after && after < end && *after == ']';
}

/* The end of a bracket expression whose first byte is at `at`. */
static const char *bracket_end(const char *at, const char *end, bool escapes)
{
    at += at < end && *at == '^';
    for (const char *first = at; at < end && (*at != ']' || at == first); at++) {
        const char *name = *at == '[' && at + 1 < end && at[1] == ':' ? memmem(at, (size_t)(end - at), ":]", 2) : NULL;
        if (name)
            at = name + 1;
        else
            at += escapes && *at == '\\' && at + 1 < end;
    }
    return at;
}

static const char *hint_of_pattern(const struct pattern *pattern, const struct arguments *arguments)
{
    const bool perl = arguments->syntax == SYNTAX_PERL;
    const char *end = pattern->text + pattern->length;
    for (const char *at = pattern->text; at < end; at++) {
        if (*at == '[' && !(perl && is_newline_set(at, end)))
            at = bracket_end(at + 1, end, perl);
        if (at >= end || *at != '\\' || ++at >= end)
            continue;
        const char *sentence = sentence_for(perl && newline_escape_end(at, end) ? 'n' : *at, arguments);
        if (sentence)
            return sentence;
        const char *quoted = perl && *at == 'Q' ? memmem(at, (size_t)(end - at), "\\E", 2) : NULL;
        if (perl && *at == 'Q')
            at = quoted ? quoted + 1 : end;
    }
    return NULL;
}

static const char *hint_of_list(const struct pattern_list *list, const struct arguments *arguments)
{
    const char *sentence = NULL;
    for (size_t i = 0; i < list->count && !sentence; i++)
        sentence = hint_of_pattern(&list->items[i], arguments);
    return sentence;
}

const char *hint_find(const struct arguments *arguments)
{
    if (arguments->invert || (arguments->syntax != SYNTAX_PERL && arguments->syntax != SYNTAX_EXTENDED))
        return NULL;
    const char *sentence = hint_of_list(&arguments->patterns, arguments);
    for (size_t i = 0; i < arguments->wanted_count && !sentence; i++)
        sentence = hint_of_list(&arguments->wanted[i], arguments);
    return sentence;
}

void hint_say(const struct arguments *arguments)
{
    if (arguments->quiet || arguments->no_messages || !isatty(STDERR_FILENO))
        return;
    const char *sentence = hint_find(arguments);
    if (sentence)
        diag("note: %s", sentence);
}

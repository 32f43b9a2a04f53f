#include "cli/hint.h"

#include "base/diag.h"

#include <string.h>
#include <unistd.h>

/* An escape that means another thing in another syntax, or cannot match. */
struct hint {
    char letter;   /* behind the backslash */
    bool extended; /* in -E, too; otherwise only in Perl's syntax */
    bool in_lines; /* not with -z */
    const char *sentence;
};

static const struct hint hints[] = {
    {'n', false, true,
     "\\n cannot match: lines are searched one by one; with -z, lines end in NUL and may hold newlines"},
    {'|', true, false, "\\| is a literal bar here; for 'or' use | without the backslash, or -G"},
    {'<', false, false, "\\< is a literal < here; \\b is the start or end of a word, or use -E or -G"},
    {'>', false, false, "\\> is a literal > here; \\b is the start or end of a word, or use -E or -G"},
};

static const char *sentence_for(char letter, const struct arguments *arguments)
{
    bool extended = arguments->syntax == SYNTAX_EXTENDED;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        const struct hint *hint = &hints[i];
        if (hint->letter == letter && (hint->extended || !extended) && !(hint->in_lines && arguments->null_lines))
            return hint->sentence;
    }
    return NULL;
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
        if (*at == '[')
            at = bracket_end(at + 1, end, perl);
        if (at >= end || *at != '\\' || ++at >= end)
            continue;
        const char *sentence = sentence_for(*at, arguments);
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

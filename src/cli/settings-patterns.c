#include "cli/settings-patterns.h"

#include "base/diag.h"
#include "base/visible.h"
#include "match/compile.h"
#include "pattern/casing.h"
#include "task/replacement.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>

/* The pattern and a caret under the place of the mistake, cut to what fits on a line. */
static void show_mistake(const struct pattern *pattern, size_t offset, bool unicode)
{
    enum { BEFORE = 60, AFTER = 18 };
    if (offset > pattern->length)
        offset = pattern->length;
    size_t from = offset > BEFORE ? offset - BEFORE : 0;
    size_t to = pattern->length - offset > AFTER ? offset + AFTER : pattern->length;
    while (unicode && from > 0 && ((unsigned char)pattern->text[from] & 0xc0) == 0x80)
        from--;
    fputs("  ", stderr);
    size_t column = 0, size;
    for (size_t i = from; i < to; i++) {
        unsigned char c = (unsigned char)pattern->text[i];
        if (i < offset && !(unicode && (c & 0xc0) == 0x80))
            column++;
        if (visible_length(pattern->text + i, to - i, &size) > 0) {
            fputc(c, stderr);
            continue;
        }
        fputc('?', stderr);
        i += size - 1;
    }
    fprintf(stderr, "\n  %*s^\n", (int)column, "");
}

static void warn_of_pattern(void *context, const char *message)
{
    (void)context;
    diag("warning: %s", message);
}

static bool is_plain_locale(const char *name)
{
    return strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
}

/* Whether case is ignored, in all patterns or in none. */
static bool ignores_case(const struct arguments *arguments, const struct dialect *dialect)
{
    if (arguments->letter_case != CASE_SMART)
        return arguments->letter_case == CASE_IGNORED;
    struct casing casing = {.letters = false};
    casing_add(&casing, &arguments->patterns, dialect);
    for (size_t i = 0; i < arguments->wanted_count; i++)
        casing_add(&casing, &arguments->wanted[i], dialect);
    casing_add(&casing, &arguments->unwanted, dialect);
    return casing_is_lower(&casing);
}

static bool lists_mark(const struct pattern_list *list, bool fixed)
{
    bool named = false;
    for (size_t i = 0; i < list->count && !named; i++)
        named = pattern_names_mark(&list->items[i], fixed);
    return named;
}

bool settings_names_mark(const struct arguments *arguments)
{
    const bool fixed = arguments->syntax == SYNTAX_FIXED;
    bool named = lists_mark(&arguments->patterns, fixed) || lists_mark(&arguments->unwanted, fixed);
    for (size_t i = 0; i < arguments->wanted_count && !named; i++)
        named = lists_mark(&arguments->wanted[i], fixed);
    return named;
}

static struct matcher *compile_list(struct pattern_list *patterns, const struct matcher_options *options)
{
    struct mistake mistake;
    struct matcher *matcher = compile_patterns(patterns, options, &mistake);
    if (matcher)
        return matcher;
    const struct pattern *pattern = &patterns->items[mistake.pattern];
    if (pattern->file)
        diag("%s:%zu: bad pattern: %s", pattern->file, pattern->line, mistake.message);
    else
        diag("bad pattern: %s", mistake.message);
    show_mistake(pattern, mistake.offset, options->dialect.unicode);
    exit(EXIT_STATUS_ERROR);
}

static noreturn void refuse_replacement(const struct settings *settings, const char *text,
                                        const struct mistake *mistake)
{
    const struct pattern shown = {.text = (char *)(uintptr_t)text, .length = strlen(text)};
    diag("bad replacement: %s", mistake->message);
    show_mistake(&shown, mistake->offset, settings->unicode);
    exit(EXIT_STATUS_ERROR);
}

void settings_resolve_replacement(struct settings *settings, const struct arguments *arguments)
{
    struct mistake mistake;
    if (!arguments->replacement)
        return;
    if (arguments->group)
        diag_die("options '--replace' and '--only-matching=%u' exclude each other", arguments->group);
    settings->replacement = replacement_create(arguments->replacement, settings->unicode, &mistake);
    if (!settings->replacement)
        refuse_replacement(settings, arguments->replacement, &mistake);
}

void settings_resolve_patterns(struct settings *settings, struct arguments *arguments, const struct kernels *kernels)
{
    struct matcher_options options = {
        .dialect = {.fixed = arguments->syntax == SYNTAX_FIXED,
                    .posix = arguments->syntax == SYNTAX_BASIC      ? POSIX_BASIC
                             : arguments->syntax == SYNTAX_EXTENDED ? POSIX_EXTENDED
                                                                    : POSIX_NONE,
                    .unicode = settings->unicode,
                    .boundary = arguments->line   ? BOUNDS_LINE
                                : arguments->word ? BOUNDS_WORD
                                                  : BOUNDS_NONE,
                    .crlf = arguments->crlf,
                    .null_lines = arguments->null_lines || arguments->record_starts.count > 0,
                    .records = arguments->record_starts.count > 0},
        .groups = arguments->group != 0 || (settings->replacement && replacement_has_groups(settings->replacement)),
        .lines_only = !arguments->only_matching && !arguments->count_matches && !arguments->stats &&
                      !arguments->column && !arguments->replacement && !arguments->max_columns && !arguments->json &&
                      !arguments->tally && !settings_wants_color(arguments->color),
        .letters_of_locale = !is_plain_locale(setlocale(LC_CTYPE, NULL)),
        .engine = arguments->engine,
        .interpreted = arguments->interpreted,
        .match_limit = arguments->match_limit,
        .depth_limit = arguments->depth_limit,
        .heap_limit = arguments->heap_limit,
        .kernels = kernels,
        .warn = warn_of_pattern,
    };
    settings->ignore_case = ignores_case(arguments, &options.dialect);
    options.dialect.caseless = settings->ignore_case;
    struct matcher *patterns = compile_list(&arguments->patterns, &options);
    settings->condition = condition_create(patterns);
    struct mistake mistake;
    if (settings->replacement && !replacement_suits(settings->replacement, patterns, &mistake))
        refuse_replacement(settings, arguments->replacement, &mistake);
    if (arguments->group > matcher_groups(patterns))
        diag_die("option '--only-matching': no pattern has a group %u", arguments->group);
    options.groups = false;
    options.lines_only = true;
    for (size_t i = 0; i < arguments->wanted_count; i++)
        condition_add(settings->condition, CLAUSE_AND, compile_list(&arguments->wanted[i], &options));
    if (arguments->unwanted.count > 0)
        condition_add(settings->condition, CLAUSE_NOT, compile_list(&arguments->unwanted, &options));
    if (arguments->record_starts.count == 0)
        return;
    options.dialect.null_lines = options.dialect.records = false;
    options.dialect.boundary = BOUNDS_NONE;
    settings->records = records_create(condition_create(compile_list(&arguments->record_starts, &options)));
}

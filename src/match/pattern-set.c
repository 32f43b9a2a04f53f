#include "match/pattern-set.h"

#include "automaton/nfa.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include "engine/explain.h"
#include "kernels/needle.h"
#include "pcre2/letter-tables.h"
#include "pcre2/source-pattern.h"
#include "syntax/charset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes a source of each pattern.  Call free_sources() in any case. */
static bool make_sources(const struct pattern_list *patterns, const struct source_pattern_options *options,
                         struct source_pattern *sources, struct mistake *mistake)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (!source_pattern_make(&sources[i], &patterns->items[i], options, mistake)) {
            mistake->pattern = i;
            return false;
        }
    return true;
}

static void free_sources(struct source_pattern *sources, size_t count)
{
    for (size_t i = 0; i < count; i++)
        source_pattern_release(&sources[i]);
    free(sources);
}

static struct program_list_options list_options(const struct pattern_set *set)
{
    const struct matcher_options *options = &set->options;
    return (struct program_list_options){
        .program = {.dialect = &options->dialect,
                    .lines_only = options->lines_only,
                    .interpreted = options->interpreted,
                    .tables = set->tables},
    };
}

/* The parser knows only the letters of the C locale, and the engine only lines that end in a newline. */
static bool wants_engine(const struct pattern_set *set)
{
    const struct matcher_options *options = &set->options;
    return options->engine != ENGINE_PCRE2 && !set->tables && !options->dialect.null_lines && !set->all;
}

/* An engine for patterns that are `strings`, or that the parser understood; none if there are no patterns. */
static void create_engine(struct pattern_set *set, const struct pattern_list *patterns, struct syntax **trees,
                          bool strings)
{
    const struct matcher_options *options = &set->options;
    const struct engine_options engine_options = {
        .kind = options->engine,
        .dialect = &options->dialect,
        .strings = strings,
        .ordered = options->dialect.posix == POSIX_NONE && !options->lines_only,
        .kernels = options->kernels,
    };
    if (wants_engine(set) && (patterns->count || !set->programs[PART_APART]))
        set->engine = engine_create(patterns, trees, &engine_options);
    else
        free(trees); /* there are none in it */
}

/* The same for strings, which it may put into another order. */
static void create_engine_of_strings(struct pattern_set *set, struct pattern_list *strings)
{
    /* Where several match at a place, the engine takes the first of the list. */
    if (set->options.dialect.fixed && !set->options.lines_only)
        pattern_list_sort(strings);
    create_engine(set, strings, NULL, true);
}

static bool has(const struct pattern *pattern, const char *bytes)
{
    return memmem(pattern->text, pattern->length, bytes, strlen(bytes)) != NULL;
}

/*
 * Whether the engine cannot look for a string of a list: it is empty, or has characters with cases beyond ASCII but no
 * tree, as it is not UTF-8 or one of many.
 */
static bool is_string_apart(const struct matcher_options *options, const struct pattern_list *list,
                            const struct pattern *string)
{
    if (string->length == 0 || !options->dialect.caseless || !options->dialect.unicode ||
        !(options->kernels->classify(string->text, string->length) & TEXT_HIGH))
        return string->length == 0;
    return list->count > NEEDLE_SET_COUNT || !utf8_is_valid(string->text, string->length);
}

/* Divides strings among the parts, whose items are the caller's to free. */
static void divide_strings(struct pattern_set *set, const struct pattern_list *strings, struct pattern_list *parts)
{
    for (int i = 0; i < PARTS; i++)
        parts[i] = (struct pattern_list){.items = xcalloc(strings->count, sizeof *parts[i].items)};
    for (size_t i = 0; i < strings->count; i++) {
        const struct pattern *string = &strings->items[i];
        bool apart = wants_engine(set) && is_string_apart(&set->options, strings, string);
        struct pattern_list *part = &parts[apart ? PART_APART : PART_COVERED];
        part->items[part->count++] = *string;
        if (apart)
            set->apart_in_ascii |= string->length == 0 || has(string, LONG_S_UTF8) || has(string, KELVIN_SIGN_UTF8);
    }
}

/* Programs and engine of patterns that can wait for PCRE2. */
static void compile_later(struct pattern_set *set, const struct pattern_list *patterns,
                          const struct source_pattern_options *source_options)
{
    const struct matcher_options *options = &set->options;
    const struct program_list_options program_options = list_options(set);
    /* Patterns that can wait mean themselves.  So many have no automaton, and without one, trees tell no more. */
    if (!options->dialect.fixed && patterns->count <= NFA_STATES_MAX) {
        set->programs[PART_COVERED] = lazy_programs_create(patterns, source_options, &program_options);
        create_engine(set, patterns, NULL, false);
        return;
    }
    struct pattern_list parts[PARTS];
    divide_strings(set, patterns, parts);
    for (int i = 0; i < PARTS; i++)
        if (i == PART_COVERED || parts[i].count)
            set->programs[i] = lazy_programs_create(&parts[i], source_options, &program_options);
    create_engine_of_strings(set, &parts[PART_COVERED]);
    for (int i = 0; i < PARTS; i++)
        free(parts[i].items);
}

/*
 * The engine for patterns, by their sources, whose trees it takes over.  It gets POSIX patterns as PCRE2 does,
 * translated.
 */
static void create_engine_for(struct pattern_set *set, const struct pattern_list *patterns,
                              struct source_pattern *sources)
{
    const bool fixed = set->options.dialect.fixed;
    struct pattern_list covered = {.items = xcalloc(patterns->count, sizeof *covered.items)};
    struct syntax **trees = xcalloc(patterns->count, sizeof *trees);
    for (size_t i = 0; i < patterns->count; i++) {
        struct source_pattern *source = &sources[i];
        if (source->apart)
            continue;
        covered.items[covered.count] =
            fixed ? patterns->items[i] : (struct pattern){.text = source->text, .length = source->length};
        trees[covered.count++] = source->syntax;
        source->syntax = NULL;
    }
    if (fixed) {
        free(trees);
        create_engine_of_strings(set, &covered);
    } else {
        create_engine(set, &covered, trees, false);
    }
    free(covered.items);
}

/* The programs of sources.  If several are wrong, *mistake is that of the first. */
static bool compile_sources(struct pattern_set *set, const struct source_pattern *sources, size_t count,
                            struct mistake *mistake)
{
    struct program_list_options options = list_options(set);
    bool compiled = true;
    size_t apart = 0;
    for (size_t i = 0; i < count; i++)
        apart += sources[i].apart;
    for (int i = 0; i < PARTS && (i == PART_COVERED || apart); i++) {
        struct mistake found;
        options.apart = i == PART_APART;
        set->programs[i] = lazy_programs_create_now(sources, count, &options, &found);
        if (set->programs[i] || (!compiled && found.pattern > mistake->pattern))
            continue;
        compiled = false;
        *mistake = found;
    }
    set->apart_in_ascii = true;
    return compiled;
}

/* Programs and engine of patterns that have to be compiled now. */
static bool compile_now(struct pattern_set *set, const struct pattern_list *patterns,
                        const struct source_pattern_options *source_options, struct mistake *mistake)
{
    struct source_pattern *sources = xcalloc(patterns->count, sizeof *sources);
    bool compiled = make_sources(patterns, source_options, sources, mistake);
    for (size_t i = 0; i < patterns->count; i++)
        sources[i].apart &= wants_engine(set);
    if (compiled && source_options->dialect->fixed)
        source_pattern_sort_literals(sources, patterns->count);
    compiled = compiled && compile_sources(set, sources, patterns->count, mistake);
    if (compiled && wants_engine(set))
        create_engine_for(set, patterns, sources);
    free_sources(sources, patterns->count);
    return compiled;
}

static bool are_plain(const struct pattern_list *patterns, bool unicode)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (!pattern_is_plain(&patterns->items[i], unicode))
            return false;
    return true;
}

bool pattern_set_make(struct pattern_set *set, const struct pattern_list *patterns,
                      const struct matcher_options *options, struct mistake *mistake)
{
    *set = (struct pattern_set){.options = *options};
    set->options.dialect.crlf &= !options->dialect.null_lines;
    /* Plain words in POSIX's syntaxes are strings; for both the longest match counts. */
    if (options->dialect.posix && are_plain(patterns, options->dialect.unicode)) {
        set->options.dialect.posix = POSIX_NONE;
        set->options.dialect.fixed = true;
    }
    options = &set->options;
    if (options->letters_of_locale && !options->dialect.unicode)
        set->tables = letter_tables_create();
    for (size_t i = 0; i < patterns->count; i++)
        set->all |= patterns->items[i].length == 0 && options->dialect.boundary == BOUNDS_NONE;

    const struct source_pattern_options source_options = {
        .dialect = &options->dialect,
        .groups = options->groups,
        .alone = patterns->count == 1,
        .warn = options->warn,
    };
    if (!lazy_programs_can_wait(patterns, &source_options))
        return compile_now(set, patterns, &source_options, mistake);
    compile_later(set, patterns, &source_options);
    return true;
}

void pattern_set_release(struct pattern_set *set)
{
    engine_free(set->engine);
    for (int i = 0; i < PARTS; i++)
        lazy_programs_free(set->programs[i]);
    letter_tables_free(set->tables);
}

unsigned pattern_set_groups(const struct pattern_set *set)
{
    unsigned most = 0;
    for (int i = 0; i < PARTS && set->programs[i]; i++) {
        unsigned groups = lazy_programs_groups(set->programs[i]);
        most = groups > most ? groups : most;
    }
    return most;
}

bool pattern_set_has_name(const struct pattern_set *set, const char *name)
{
    bool has = false;
    for (int i = 0; i < PARTS && set->programs[i]; i++)
        has |= lazy_programs_have_name(set->programs[i], name);
    return has;
}

char *pattern_set_explain(const struct pattern_set *set)
{
    const struct matcher_options *options = &set->options;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return xstrdup("");
    if (!set->programs[PART_APART] && lazy_programs_count(set->programs[PART_COVERED]) == 0)
        fprintf(out, "patterns: none, so no line matches\n");
    if (set->all)
        fprintf(out, "engine: none: the empty pattern matches every line\n");
    else if (set->engine)
        engine_explain(set->engine, out);
    else
        fprintf(out, "engine for all text: PCRE2 (%s)\n",
                set->tables                   ? "the letters are those of an 8-bit locale"
                : options->dialect.records    ? "records hold newlines"
                : options->dialect.null_lines ? "lines end in NUL"
                : wants_engine(set)           ? "the engine can look for none of the patterns"
                                              : "as --engine says");
    for (int part = 0; part < PARTS && set->programs[part]; part++) {
        if (part == PART_APART && set->engine)
            fprintf(out, "for PCRE2 alone, in %s:\n", set->apart_in_ascii ? "all text" : "text beyond ASCII");
        lazy_programs_explain(set->programs[part], out);
    }
    fclose(out);
    return text;
}

#include "cli/settings.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "base/number.h"
#include "kernels/kernels.h"
#include "match/compile.h"
#include "output/grep-format.h"
#include "pattern/casing.h"
#include "sys/cpus.h"
#include "task/replacement.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much of a mapped file a worker takes at a time: bench/README.md has the measurement. */
#define CHUNK_SIZE ((size_t)1 << 20)

/* How much is read into a block before it is handed to a worker: likewise. */
#define BLOCK_SIZE ((size_t)512 << 10)

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static bool names_utf8(const char *charset)
{
    return charset && (strcasecmp(charset, "UTF-8") == 0 || strcasecmp(charset, "utf8") == 0);
}

/* Whether text is UTF-8.  Sets the locale of characters to match. */
static void decide_unicode(struct settings *settings, bool refused)
{
    const char *locale = environment("LC_ALL");
    if (!locale)
        locale = environment("LC_CTYPE");
    if (!locale)
        locale = environment("LANG");
    bool known = setlocale(LC_CTYPE, "") != NULL;
    settings->unicode = false;
    if (refused) {
        settings->unicode_reason = "--no-unicode";
    } else if (!locale) {
        settings->unicode = true;
        settings->unicode_reason = "no locale is set";
    } else if (known) {
        settings->unicode = names_utf8(nl_langinfo(CODESET));
        settings->unicode_reason = "by the locale";
    } else {
        /* A locale that is not installed here still says what its text is; macOS has one that is named UTF-8. */
        const char *dot = strchr(locale, '.'), *charset = dot ? dot + 1 : locale;
        char name[16];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(charset, "@"), charset);
        settings->unicode = names_utf8(name);
        settings->unicode_reason = "by the name of the locale, which is not installed";
    }
    /* PCRE2's tables for an 8-bit charset, and what one character of a file's name is to fnmatch(), depend on it. */
    if (settings->unicode && !(known && locale))
        setlocale(LC_CTYPE, "C.UTF-8");
    else if (refused)
        setlocale(LC_CTYPE, "C");
}

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
    size_t column = 0;
    for (size_t i = from; i < to; i++) {
        unsigned char c = (unsigned char)pattern->text[i];
        fputc(c < ' ' || c == 127 ? '?' : c, stderr);
        if (i < offset && !(unicode && (c & 0xc0) == 0x80))
            column++;
    }
    fprintf(stderr, "\n  %*s^\n", (int)column, "");
}

static bool wants_color(enum color_when when)
{
    if (when != COLOR_AUTO)
        return when == COLOR_ALWAYS;
    const char *terminal = environment("TERM");
    return !environment("NO_COLOR") && terminal && strcmp(terminal, "dumb") != 0 && isatty(STDOUT_FILENO);
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

/* Whether a pattern searches for the byte-order mark, which then is text like any other. */
static bool names_mark(const struct arguments *arguments)
{
    const bool fixed = arguments->syntax == SYNTAX_FIXED;
    bool named = lists_mark(&arguments->patterns, fixed) || lists_mark(&arguments->unwanted, fixed);
    for (size_t i = 0; i < arguments->wanted_count && !named; i++)
        named = lists_mark(&arguments->wanted[i], fixed);
    return named;
}

static struct matcher *compile_list(struct pattern_list *patterns, const struct matcher_options *options)
{
    struct matcher_error error;
    struct matcher *matcher = compile_patterns(patterns, options, &error);
    if (matcher)
        return matcher;
    const struct pattern *pattern = &patterns->items[error.pattern];
    if (pattern->file)
        diag("%s:%zu: bad pattern: %s", pattern->file, pattern->line, error.message);
    else
        diag("bad pattern: %s", error.message);
    show_mistake(pattern, error.offset, options->dialect.unicode);
    exit(EXIT_STATUS_ERROR);
}

static noreturn void refuse_replacement(const struct settings *settings, const char *text,
                                        const struct replacement_error *error)
{
    const struct pattern shown = {.text = (char *)(uintptr_t)text, .length = strlen(text)};
    diag("bad replacement: %s", error->message);
    show_mistake(&shown, error->offset, settings->unicode);
    exit(EXIT_STATUS_ERROR);
}

static void read_replacement(struct settings *settings, const struct arguments *arguments)
{
    struct replacement_error error;
    if (!arguments->replacement)
        return;
    if (arguments->group)
        diag_die("options '--replace' and '--only-matching=%u' exclude each other", arguments->group);
    settings->replacement = replacement_create(arguments->replacement, settings->unicode, &error);
    if (!settings->replacement)
        refuse_replacement(settings, arguments->replacement, &error);
}

static void compile(struct settings *settings, struct arguments *arguments, const struct kernels *kernels)
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
                    .null_lines = arguments->null_lines},
        .groups = arguments->group != 0 || (settings->replacement && replacement_has_groups(settings->replacement)),
        .lines_only = !arguments->only_matching && !arguments->count_matches && !arguments->stats &&
                      !arguments->column && !arguments->replacement && !arguments->max_columns &&
                      !wants_color(arguments->color),
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
    struct replacement_error wrong;
    if (settings->replacement && !replacement_suits(settings->replacement, patterns, &wrong))
        refuse_replacement(settings, arguments->replacement, &wrong);
    if (arguments->group > matcher_groups(patterns))
        diag_die("option '--only-matching': no pattern has a group %u", arguments->group);
    options.groups = false;
    options.lines_only = true;
    for (size_t i = 0; i < arguments->wanted_count; i++)
        condition_add(settings->condition, CONDITION_AND, compile_list(&arguments->wanted[i], &options));
    if (arguments->unwanted.count > 0)
        condition_add(settings->condition, CONDITION_NOT, compile_list(&arguments->unwanted, &options));
}

static unsigned wanted_threads(struct settings *settings, unsigned argument)
{
    settings->threads_reason = "-j";
    if (argument)
        return argument;
    const char *variable = environment("MSCAN_THREADS");
    uint64_t value = 0;
    if (variable && !number_parse(variable, false, &value))
        diag_die("MSCAN_THREADS: '%s' is not a number", variable);
    settings->threads_reason = "MSCAN_THREADS";
    if (value)
        return value < THREADS_MAX ? (unsigned)value : THREADS_MAX;
    settings->threads_reason = "the processors that this process may use";
    unsigned cpus = cpus_available();
    return cpus < THREADS_MAX ? cpus : THREADS_MAX;
}

/* Whether there is work for one thread only: starting others would take longer. */
static bool is_small(const struct scan_options *scan)
{
    if (scan->walk.name_count != 1)
        return false;
    struct stat status;
    const char *name = scan->walk.names[0];
    if ((strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &status) : stat(name, &status)) != 0)
        return true;
    return S_ISREG(status.st_mode) && (uint64_t)status.st_size <= scan->chunk_size;
}

static void resolve_context(struct query *query, const struct arguments *arguments)
{
    const uint64_t none = UINT64_MAX;
    uint64_t before = arguments->before != none ? arguments->before : arguments->context;
    uint64_t after = arguments->after != none ? arguments->after : arguments->context;
    query->passthru = arguments->passthru && arguments->last == UINT64_MAX;
    query->context = query->passthru || before != none || after != none;
    query->before = before != none ? before : 0;
    query->after = after != none ? after : 0;
    query->group_separator = arguments->group_separator;
}

/* Where --last makes a difference, lines are only found at first. */
static void resolve_last(struct search *search)
{
    struct query *query = &search->query;
    if (query->mode != QUERY_LINES && query->mode != QUERY_COUNT_MATCHES)
        return;
    search->last_mode = query->mode;
    query->mode = QUERY_BOUNDS;
}

/* Whether no line of any text can be selected. */
static bool selects_nothing(const struct settings *settings, const struct arguments *arguments)
{
    if (settings->search.max_count == 0)
        return true;
    if (!arguments->invert)
        return arguments->patterns.count == 0;
    return arguments->patterns.count == 1 && condition_matches_all(settings->condition);
}

static void resolve_search(struct settings *settings, const struct arguments *arguments)
{
    struct search *search = &settings->search;
    struct query *query = &search->query;
    query->condition = settings->condition;
    query->printer = &settings->printer;
    query->invert = arguments->invert;
    query->only_matching = arguments->only_matching;
    query->group = arguments->group;
    query->replacement = settings->replacement;
    query->max_columns = arguments->max_columns;
    query->preview = arguments->preview;
    query->text = arguments->binary_files == BINARY_FILES_TEXT;
    query->text_only = arguments->binary_files == BINARY_FILES_PASSED_OVER;
    query->null_lines = arguments->null_lines;
    query->crlf = arguments->crlf && !arguments->null_lines;
    query->unicode = settings->unicode;
    query->skips_mark = settings->unicode && !names_mark(arguments);
    query->count_matches = arguments->stats;
    search->quiet = arguments->quiet;
    search->list = arguments->list;
    search->max_count = arguments->max_count;
    search->skip = arguments->skip;
    search->last = arguments->last;
    if (search->last == 0)
        search->max_count = 0;
    search->total = arguments->total;
    query->skips = search->skip > 0;
    if (search->quiet || search->list != LIST_NONE)
        query->mode = QUERY_EXISTS;
    else if (arguments->count_matches && !arguments->invert)
        query->mode = QUERY_COUNT_MATCHES;
    else if (arguments->count || arguments->count_matches || arguments->total != TOTAL_NEVER)
        query->mode = QUERY_COUNT;
    else
        query->mode = QUERY_LINES;
    if (query->mode == QUERY_LINES)
        resolve_context(query, arguments);
    if (arguments->last != UINT64_MAX)
        resolve_last(search);
    settings->selects_nothing =
        search->list != LIST_WITHOUT_MATCH && !query->passthru && selects_nothing(settings, arguments);
    /* One line is enough to know that there is one, unless none is allowed. */
    query->limited = search->max_count == 0 || (search->max_count != UINT64_MAX && query->mode != QUERY_EXISTS);
}

static void resolve_walk(struct walk_options *walk, const struct arguments *arguments)
{
    static const char *const standard_input[] = {"-"}, *const working_directory[] = {"."};
    walk->directories = arguments->directories;
    walk->devices = arguments->devices;
    walk->follow = arguments->follow;
    walk->files = arguments->included;
    walk->folders = arguments->folders;
    walk->names_file = arguments->names_file;
    if (walk->names_file)
        return;
    walk->bare = arguments->file_count == 0 && walk->directories == DIRECTORIES_RECURSE;
    walk->names = arguments->file_count ? arguments->files : walk->bare ? working_directory : standard_input;
    walk->name_count = arguments->file_count ? arguments->file_count : 1;
}

/* Whether there may be more than one file.  A name that cannot be looked at is not opened then. */
static bool has_many_files(struct walk_options *walk)
{
    struct stat status;
    if (walk->name_count != 1)
        return true;
    if (walk->directories != DIRECTORIES_RECURSE || strcmp(walk->names[0], "-") == 0)
        return false;
    if (stat(walk->names[0], &status) != 0) {
        walk->first_error = errno;
        return false;
    }
    return S_ISDIR(status.st_mode);
}

const struct kernels *settings_kernels(void)
{
    const struct kernels *kernels = kernels_choose(getenv("MSCAN_KERNELS"));
    if (!kernels)
        diag_die("MSCAN_KERNELS: there are no kernels '%s' here; see '%s --version' without it",
                 getenv("MSCAN_KERNELS"), program_invocation_short_name);
    return kernels;
}

void settings_resolve_scan(struct settings *settings, const struct arguments *arguments)
{
    struct scan_options *scan = &settings->scan;
    scan->no_messages = arguments->no_messages;
    scan->count_lines = arguments->stats;
    scan->chunk_size = arguments->chunk_size ? (size_t)arguments->chunk_size : CHUNK_SIZE;
    scan->block_size = arguments->chunk_size ? (size_t)arguments->chunk_size : BLOCK_SIZE;
    scan->fill_blocks = arguments->buffering == BUFFER_BLOCK;
    scan->input = (struct input_options){
        .map = arguments->map,
        .huge = arguments->huge,
        .advice = arguments->advice,
        .small_size = INPUT_SMALL_SIZE,
    };
    scan->walk.standard_input = STDIN_FILENO;
    scan->output = STDOUT_FILENO;
    scan->exit_status = EXIT_STATUS_ERROR;
    scan->threads = wanted_threads(settings, arguments->threads);
    if (is_small(scan) && scan->threads > 1) {
        scan->threads = 1;
        settings->threads_reason = "there is work for one only";
    }
}

static void say_of_search(void *context, const struct scan_message *message)
{
    (void)context;
    if (message->name)
        diag_file(message->name, "%s", message->text);
    else
        diag("%s", message->text);
}

void settings_resolve(struct settings *settings, struct arguments *arguments)
{
    *settings = (struct settings){.condition = NULL};
    struct scan_options *scan = &settings->scan;
    resolve_walk(&scan->walk, arguments);

    /* First what may be refused: kernels, then patterns. */
    const struct kernels *kernels = settings_kernels();
    decide_unicode(settings, arguments->no_unicode);
    read_replacement(settings, arguments);
    if (arguments->crlf && !arguments->null_lines)
        pattern_list_drop_returns(&arguments->patterns);
    compile(settings, arguments, kernels);

    resolve_search(settings, arguments);
    settings->search.query.kernels = kernels;
    scan->task = &search_task;
    scan->plan = &settings->search;
    scan->total = &settings->found;
    scan->line_end = arguments->null_lines ? '\0' : '\n';
    scan->kernels = kernels;
    scan->say = say_of_search;
    scan->stdin_name = arguments->label;
    settings_resolve_scan(settings, arguments);

    struct printer *printer = &settings->printer;
    printer->format = &grep_format;
    printer->inverted = arguments->invert;
    printer->with_name =
        arguments->name == NAME_ALWAYS || (arguments->name == NAME_AUTO && has_many_files(&scan->walk));
    printer->initial_tab = arguments->initial_tab;
    printer->null_names = arguments->null_names;
    printer->null_lines = arguments->null_lines;
    printer->line_number = arguments->line_number || arguments->column;
    printer->column = arguments->column;
    printer->byte_offset = arguments->byte_offset;
    printer->line_buffered = arguments->buffering == BUFFER_LINE;
    if (wants_color(arguments->color))
        colors_init(&printer->colors, getenv("GREP_COLORS"));
}

void settings_free(struct settings *settings)
{
    colors_free(&settings->printer.colors);
    condition_free(settings->condition);
    replacement_free(settings->replacement);
    free(settings->names);
    free(settings->names_text);
}

#include "cli/settings-resolve.h"

#include "base/alloc.h"
#include "base/budget.h"
#include "base/diag.h"
#include "base/number.h"
#include "cli/settings-patterns.h"
#include "cli/settings-text.h"
#include "kernels/kernels.h"
#include "output/grep-format.h"
#include "output/json-format.h"
#include "sys/cpus.h"
#include "sys/memory.h"
#include "task/replacement.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much of a mapped file a worker takes at a time: bench/README.md has the measurement. */
#define CHUNK_SIZE ((size_t)1 << 20)

/* How much is read into a block before it is handed to a worker: likewise. */
#define BLOCK_SIZE ((size_t)512 << 10)

static unsigned wanted_threads(struct settings *settings, unsigned argument)
{
    settings->threads_reason = "-j";
    if (argument)
        return argument;
    const char *variable = settings_environment("MSCAN_THREADS");
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

/* What may grow with the input has a quarter of the memory. */
static uint64_t max_memory(const struct arguments *arguments)
{
    return arguments->max_memory ? arguments->max_memory : memory_total() / 4;
}

/* What is compressed may have ten times its size of text. */
#define TEXT_RATIO 10

/* Whether there is work for one thread only: starting others would take longer. */
static bool is_small(const struct scan_options *scan)
{
    const uint64_t ratio = scan->input.decompress ? TEXT_RATIO : 1;
    if (scan->walk.name_count != 1)
        return false;
    struct stat status;
    const char *name = scan->walk.names[0];
    if ((strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &status) : stat(name, &status)) != 0)
        return true;
    return S_ISREG(status.st_mode) && (uint64_t)status.st_size <= scan->chunk_size / ratio;
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
    query->skips_mark = settings->unicode && !settings_names_mark(arguments);
    query->count_matches = arguments->stats;
    search->quiet = arguments->quiet;
    search->list = arguments->list;
    search->max_count = arguments->max_count;
    search->skip = arguments->skip;
    search->last = arguments->last;
    if (search->last == 0)
        search->max_count = 0;
    search->total = arguments->total;
    search->decompresses = arguments->decompress;
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
        .advice = arguments->advice | (arguments->drop_cache ? ADVICE_WINDOW : ADVICE_NONE),
        .drop_cache = arguments->drop_cache,
        .encoding = settings->encoding,
        .marks = settings->marks,
        .decompress = arguments->decompress,
        .record_max = settings->records ? max_memory(arguments) / 2 : 0, /* a block that grows is there twice */
        .line_max = max_memory(arguments) / 2,
        .small_size = INPUT_SMALL_SIZE,
        .range = arguments->range,
        .units = {.next = settings->records ? records_first : NULL, .context = settings->records},
        .sized = arguments->sized,
        .size = arguments->size,
    };
    scan->walk.standard_input = STDIN_FILENO;
    scan->output = STDOUT_FILENO;
    scan->progress = &settings->progress;
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

static void resolve_printer(struct settings *settings, const struct arguments *arguments)
{
    struct printer *printer = &settings->printer;
    printer->format = &grep_format;
    printer->inverted = arguments->invert;
    printer->with_name =
        arguments->name == NAME_ALWAYS || (arguments->name == NAME_AUTO && has_many_files(&settings->scan.walk));
    printer->initial_tab = arguments->initial_tab;
    printer->null_names = arguments->null_names;
    printer->null_lines = arguments->null_lines;
    printer->line_number = arguments->line_number || arguments->column;
    printer->column = arguments->column;
    printer->byte_offset = arguments->byte_offset;
    printer->line_buffered = arguments->buffering == BUFFER_LINE;
    printer->sanitize =
        arguments->sanitize == WHEN_ALWAYS || (arguments->sanitize == WHEN_AUTO && isatty(STDOUT_FILENO));
    printer->escape_names = printer->sanitize || isatty(STDOUT_FILENO);
    if (settings_wants_color(arguments->color))
        colors_init(&printer->colors, getenv("GREP_COLORS"));
}

/* With --json each line has its number and its matches, and what lines look like otherwise has no effect, as in
 * ripgrep.
 */
static void resolve_json(struct settings *settings, const struct arguments *arguments)
{
    struct query *query = &settings->search.query;
    struct printer *printer = &settings->printer;
    query->only_matching = query->count_matches = false;
    query->max_columns = 0;
    query->text = !query->text_only;
    printer->format = &json_format;
    printer->inverted = arguments->invert;
    printer->line_number = true;
    printer->line_buffered = arguments->buffering == BUFFER_LINE;
    if (strcmp(settings->scan.stdin_name, "(standard input)") == 0)
        settings->scan.stdin_name = "<stdin>";
}

static void resolve_records(struct settings *settings, const struct arguments *arguments)
{
    if (settings->search.query.context && arguments->range.kind != RANGE_ALL)
        diag_die("context of records in a part of a file is not known: --record-start, and options -A, -B and -C");
    settings->record_search = (struct record_search){&settings->search, settings->records};
    settings->scan.task = &record_search_task;
    settings->scan.plan = &settings->record_search;
}

static void resolve_tally(struct settings *settings, const struct arguments *arguments)
{
    const char *directory = settings_environment("TMPDIR");
    budget_set(max_memory(arguments));
    settings->tally = (struct tally){
        .search = &settings->search,
        .store = tally_store_create(directory ? directory : "/tmp"),
        .order = arguments->tally_order,
        .most = arguments->tally_most,
        .part = arguments->manifest != NULL,
        .json = arguments->json,
    };
    settings->printer.with_name &= arguments->name == NAME_ALWAYS;
    settings->printer.line_number = false;
    settings->scan.task = &tally_task;
    settings->scan.plan = &settings->tally;
}

/* The lines before a part of a file are known to whoever has counted them. */
static void resolve_line_base(struct settings *settings, const struct arguments *arguments)
{
    struct scan_options *scan = &settings->scan;
    const bool given = arguments->line_base != UINT64_MAX;
    if (arguments->range.kind != RANGE_ALL && !given && (search_task.needs(&settings->search) & TASK_NUMBERS_LINES))
        diag_die(
            "line numbers in a part of a file need an index of it, or --line-base=NUM, the number of lines before the "
            "part; --line-base=count counts them");
    scan->counts_base = arguments->counts_base;
    scan->line_base = given ? arguments->line_base : 0;
}

void settings_resolve(struct settings *settings, struct arguments *arguments)
{
    *settings = (struct settings){.condition = NULL};
    struct scan_options *scan = &settings->scan;
    resolve_walk(&scan->walk, arguments);

    /* First what may be refused: kernels, then patterns. */
    const struct kernels *kernels = settings_kernels();
    settings_resolve_text(settings, arguments->no_unicode);
    settings_resolve_encoding(settings, arguments);
    settings_resolve_replacement(settings, arguments);
    if (arguments->crlf && !arguments->null_lines)
        pattern_list_drop_returns(&arguments->patterns);
    settings_resolve_patterns(settings, arguments, kernels);

    resolve_search(settings, arguments);
    settings->search.query.kernels = kernels;
    scan->task = &search_task;
    scan->plan = &settings->search;
    scan->total = &settings->found;
    scan->line_end = arguments->null_lines ? '\0' : '\n';
    scan->kernels = kernels;
    scan->say = say_of_search;
    scan->stdin_name = arguments->label;
    if (settings->records)
        resolve_records(settings, arguments);
    settings_resolve_scan(settings, arguments);

    if (arguments->json)
        resolve_json(settings, arguments);
    else
        resolve_printer(settings, arguments);
    if (arguments->tally)
        resolve_tally(settings, arguments);
    resolve_line_base(settings, arguments);
}

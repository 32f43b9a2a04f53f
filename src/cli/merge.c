#include "cli/merge.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "cli/option-mistake.h"
#include "cli/option-parser.h"
#include "cli/option-setters.h"
#include "output/output-file.h"
#include "share/merge.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- options --- */

static option_setter show_help;

static const struct option_row rows[] = {
    HEADING("Merging"),
    {0, "todo", NULL, "print the shares that are still to be done", FLAG(merge.todo, true)},
    {0, "line-bases", NULL, "print how many lines come before each share", FLAG(merge.line_bases, true)},
    {0, "force", NULL, "merge shares by other versions, and of copies", FLAG(merge.force, true)},
    {0, "output", "FILE", "write to FILE, which is replaced when all is done", STRING(output)},
    {0, "help", NULL, "print this help", SETTER(show_help)},
};

static const struct option_table table = {
    .name = "mscan",
    .command = "mscan --merge",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .error_status = EXIT_STATUS_ERROR,
};

static noreturn void show_help(struct arguments *a, const struct option_row *row, const char *argument)
{
    (void)a, (void)row, (void)argument;
    puts("Usage: mscan --merge [OPTION]... DIRECTORY|MANIFEST...\n"
         "Print what one run would have printed, by the shares that have these manifests,\n"
         "or all in the directories.\n"
         "Example: mscan --merge parts/");
    option_table_print_help(&table);
    exit(diag_flush_output(EXIT_SUCCESS));
}

/* --- the manifests --- */

static void say(void *context, const char *path, const char *text)
{
    (void)context;
    if (path)
        diag_file(path, "%s", text);
    else
        diag("%s", text);
}

static bool add_manifest(struct merge *merge, const char *path)
{
    merge->parts = xreallocarray(merge->parts, merge->count + 1, sizeof *merge->parts);
    const char *text = manifest_read(&merge->parts[merge->count++], path);
    if (text)
        diag_file(path, "%s", text);
    return !text;
}

static int is_manifest(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

/* All in a directory, whose names end in ".json". */
static bool add_directory(struct merge *merge, const char *name)
{
    struct dirent **entries;
    int count = scandir(name, &entries, is_manifest, alphasort);
    if (count < 0) {
        diag_file(name, "%s", strerror(errno));
        return false;
    }
    bool good = true;
    for (int i = 0; i < count; i++) {
        char *path = xmalloc(strlen(name) + strlen(entries[i]->d_name) + 2);
        sprintf(path, "%s/%s", name, entries[i]->d_name);
        good &= add_manifest(merge, path);
        free(path);
        free(entries[i]);
    }
    free(entries);
    return good;
}

static bool add_operand(struct merge *merge, const char *name)
{
    struct stat status;
    if (stat(name, &status) == 0 && S_ISDIR(status.st_mode))
        return add_directory(merge, name);
    return add_manifest(merge, name);
}

/* --- what is printed --- */

static void print_range(FILE *file, const struct range *range)
{
    if (range->kind == RANGE_SHARD)
        fprintf(file, "%" PRIu64 "/%" PRIu64, range->index, range->count);
    else if (range->kind == RANGE_BYTES)
        fprintf(file, "%" PRIu64 ",%" PRIu64, range->offset, range->length);
    else
        fputs("0/1", file);
}

static void print_missing(void *context, const struct range *range)
{
    print_range(context, range);
    fputc('\n', context);
}

/* Shares that are missing, as those are whose output is not as it was. */
static int print_todo(struct merge *merge, const struct merge_options *options)
{
    struct merge good = {.parts = xcalloc(merge->count, sizeof *merge->parts)};
    for (size_t i = 0; i < merge->count; i++)
        if (!merge_check_output(&merge->parts[i]))
            good.parts[good.count++] = merge->parts[i];
    if (good.count == 0) /* it says how the file is divided */
        good.parts[0] = merge->parts[0];
    merge_is_whole(&good, options, print_missing, stdout);
    free(good.parts);
    return diag_flush_output(EXIT_SUCCESS);
}

static int print_line_bases(const struct merge *merge)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < merge->count; i++) {
        print_range(stdout, &merge->parts[i].range);
        printf(" %" PRIu64 "\n", lines);
        lines += merge->parts[i].lines;
    }
    return diag_flush_output(EXIT_SUCCESS);
}

/* Where the output goes. */
struct sink {
    int fd, error;
};

static bool flush(void *context, struct output *output)
{
    struct sink *sink = context;
    if (!sink->error)
        sink->error = output_write(output, sink->fd, NULL);
    output_clear(output);
    return !sink->error;
}

static int print_all(const struct merge *merge, const struct merge_options *options, const char *name)
{
    struct sink sink = {.fd = STDOUT_FILENO};
    struct output_file file = {.name = NULL};
    struct part_outcome outcome = {.selected = false};
    int error = name ? output_file_open(&file, name) : 0;
    if (error) {
        diag_file(name, "%s", error == EINVAL ? "not a regular file" : strerror(error));
        return EXIT_STATUS_ERROR;
    }
    if (name)
        sink.fd = file.fd;
    struct output *output = output_create();
    output_begin(output, true, 0, flush, &sink);
    bool good = merge_print(merge, options, output, &outcome);
    output_free(output);
    if (name && good && !sink.error)
        sink.error = output_file_finish(&file);
    else if (name)
        output_file_drop(&file);
    else if (close(STDOUT_FILENO) != 0 && errno != EBADF && !sink.error)
        sink.error = errno;
    if (sink.error && sink.error != EPIPE)
        diag("write error: %s", strerror(sink.error));
    if (!good || sink.error)
        return EXIT_STATUS_ERROR;
    return outcome.selected ? EXIT_STATUS_SELECTED : EXIT_STATUS_NONE;
}

static bool check_outputs(const struct merge *merge)
{
    bool good = true;
    for (size_t i = 0; i < merge->count; i++) {
        const char *text = merge_check_output(&merge->parts[i]);
        if (text)
            diag_file(merge->parts[i].path, "%s", text);
        good &= !text;
    }
    return good;
}

static int run(struct merge *merge, const struct arguments *arguments)
{
    const struct merge_options options = {.force = arguments->merge.force, .say = say};
    if (!merge_order(merge, &options))
        return EXIT_STATUS_ERROR;
    if (arguments->merge.todo)
        return print_todo(merge, &options);
    if (!merge_is_whole(merge, &options, NULL, NULL))
        return EXIT_STATUS_ERROR;
    if (arguments->merge.line_bases)
        return print_line_bases(merge);
    return check_outputs(merge) ? print_all(merge, &options, arguments->output) : EXIT_STATUS_ERROR;
}

int merge_main(int argc, char **argv)
{
    struct arguments arguments = {.merge = {false}};
    struct merge merge = {.parts = NULL};
    option_parser_run(&table, &arguments, argc, argv);
    if (!manifest_is_supported())
        diag_die("--merge: this mscan was built without libjansson and libxxhash, which it needs");
    if (optind == argc) {
        diag("--merge: no manifest and no directory given");
        option_usage_error();
    }
    bool good = true;
    for (int i = optind; i < argc; i++)
        good &= add_operand(&merge, argv[i]);
    int status = good ? run(&merge, &arguments) : EXIT_STATUS_ERROR;
    for (size_t i = 0; i < merge.count; i++)
        manifest_free(&merge.parts[i]);
    free(merge.parts);
    arguments_free(&arguments);
    return status;
}

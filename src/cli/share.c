#include "cli/share.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "cli/version.h"
#include "task/outside.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- the digest --- */

/* Options that say where and how a search runs, and not what it prints; patterns are looked at apart. */
static const char *const placement[] = {
    "threads",     "mmap",   "no-mmap",  "huge-pages", "madvise",    "cache",          "chunk-size",    "stats",
    "progress",    "output", "manifest", "shard",      "byte-range", "line-base",      "expect-size",   "no-match-ok",
    "no-messages", "regexp", "file",     "engine",     "no-jit",     "block-buffered", "line-buffered",
};

static void add(uint64_t *digest, const char *text)
{
    *digest = manifest_checksum(*digest, text, strlen(text) + 1);
}

void share_note_option(struct arguments *arguments, const struct option_row *row, const char *argument)
{
    const char letter[] = {row->letter, '\0'};
    for (size_t i = 0; row->name && i < sizeof placement / sizeof *placement; i++)
        if (strcmp(placement[i], row->name) == 0)
            return;
    add(&arguments->options_digest, row->name ? row->name : letter);
    add(&arguments->options_digest, argument ? argument : "");
}

/* With what comes from elsewhere: patterns, and the environment. */
static char *digest_of(const struct settings *settings, const struct arguments *arguments)
{
    uint64_t digest = arguments->options_digest;
    const struct pattern_list *patterns = &arguments->patterns;
    for (size_t i = 0; i < patterns->count; i++)
        digest = manifest_checksum(digest, patterns->items[i].text, patterns->items[i].length);
    add(&digest, settings->unicode ? "unicode" : "");
    if (settings->printer.colors.enabled)
        add(&digest, getenv("GREP_COLORS") ? getenv("GREP_COLORS") : "");
    if (settings->scan.task == &wc_lines_task) {
        add(&digest, setlocale(LC_CTYPE, NULL));
        add(&digest, getenv("POSIXLY_CORRECT") ? "posix" : "");
    }
    char *text = xmalloc(17);
    snprintf(text, 17, "%016" PRIx64, digest);
    return text;
}

/* --- what cannot be merged --- */

static const char *obstacle(const struct settings *settings, const struct arguments *arguments)
{
    if (!manifest_is_supported())
        return "this mscan was built without libjansson and libxxhash, which it needs";
    if (!arguments->output)
        return "it needs --output";
    if (arguments->file_count != 1 || strcmp(arguments->files[0], "-") == 0 || arguments->names_file ||
        arguments->directories == DIRECTORIES_RECURSE)
        return "it is about one file, which is named";
    if (arguments->tally && arguments->replacement && strchr(arguments->replacement, '\n'))
        return "values of a tally that have newlines cannot be merged";
    return settings->selects_nothing ? "no line can be selected" : NULL;
}

/* --- the manifest --- */

static void take_file(void *context, const struct task_file *file, const struct stat *status)
{
    struct share *share = context;
    struct manifest *manifest = &share->manifest;
    share->searched = true;
    manifest->name = xstrdup(file->name);
    manifest->size = (uint64_t)status->st_size;
    manifest->inode = (uint64_t)status->st_ino;
    manifest->seconds = (uint64_t)status->st_mtim.tv_sec;
    manifest->nanoseconds = (uint64_t)status->st_mtim.tv_nsec;
    manifest->first = file->outside ? file->outside->begin : 0;
    manifest->end = file->outside ? file->outside->end : manifest->size;
    struct part_state state = {.kind = NULL};
    share->settings->scan.task->state(share->settings->scan.plan, file, &state);
    for (size_t i = 0; i < state.count; i++)
        state.numbers[i].name = xstrdup(state.numbers[i].name);
    state.kind = xstrdup(state.kind);
    manifest->state = state;
}

/* How the manifest calls the output: by its name alone if it is in the same directory. */
static char *output_name(const char *manifest, const char *output)
{
    const char *last = strrchr(output, '/'), *name = last ? last + 1 : output;
    const char *slash = strrchr(manifest, '/');
    const size_t length = (size_t)(name - output), directory = slash ? (size_t)(slash + 1 - manifest) : 0;
    if (length == directory && memcmp(output, manifest, length) == 0)
        return xstrdup(name);
    char *path = realpath(output, NULL);
    return path ? path : xstrdup(output);
}

void share_begin(struct share *share, struct settings *settings, const struct arguments *arguments, int error_status)
{
    *share = (struct share){.settings = settings, .arguments = arguments};
    if (!arguments->manifest)
        return;
    const char *text = obstacle(settings, arguments);
    if (text) {
        diag("option '--manifest': %s", text);
        exit(error_status);
    }
    share->manifest.path = xstrdup(arguments->manifest);
    share->manifest.task = xstrdup(settings->scan.task->name);
    share->manifest.version = version_text();
    share->manifest.options = digest_of(settings, arguments);
    share->manifest.range = arguments->range;
    settings->scan.count_lines = true;
    settings->scan.done = take_file;
    settings->scan.done_context = share;
}

bool share_take_output(struct share *share, int fd)
{
    if (!share->manifest.path)
        return true;
    int error = manifest_checksum_file(fd, &share->manifest.bytes, &share->manifest.checksum);
    if (error)
        diag_file(share->arguments->output, "%s", strerror(error));
    return error == 0;
}

/* Whether the file is still the one that was searched; a file that changes meanwhile may have both old and new lines.
 */
static bool is_unchanged(const struct share *share)
{
    const struct manifest *manifest = &share->manifest;
    struct stat status;
    return stat(share->arguments->files[0], &status) == 0 && (uint64_t)status.st_size == manifest->size &&
           (uint64_t)status.st_ino == manifest->inode && (uint64_t)status.st_mtim.tv_sec == manifest->seconds &&
           (uint64_t)status.st_mtim.tv_nsec == manifest->nanoseconds;
}

bool share_end(struct share *share, uint64_t lines)
{
    struct manifest *manifest = &share->manifest;
    if (!manifest->path || !share->searched)
        return true;
    if (!is_unchanged(share)) {
        diag_file(manifest->name, "the file has changed while it was searched");
        return false;
    }
    manifest->lines = lines;
    manifest->output = output_name(manifest->path, share->arguments->output);
    int error = manifest_write(manifest);
    if (error)
        diag_file(manifest->path, "%s", error == EINVAL ? "not a regular file" : strerror(error));
    return error == 0;
}

void share_free(struct share *share)
{
    manifest_free(&share->manifest);
}

#include "share/merge.h"

#include "base/alloc.h"
#include "task/record-search.h"
#include "task/search.h"
#include "task/tally.h"
#include "task/wc-lines.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct task *const tasks[] = {&search_task, &record_search_task, &tally_task, &wc_lines_task};

static const struct task *task_of(const struct manifest *part)
{
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (strcmp(tasks[i]->name, part->task) == 0)
            return tasks[i];
    return NULL;
}

static void say(const struct merge_options *options, const struct manifest *part, const char *text)
{
    options->say(options->context, part ? part->path : NULL, text);
}

/* --- order --- */

/* By what was asked for; parts without a line begin at the same place as others. */
static int compare(const void *a, const void *b)
{
    const struct manifest *left = a, *right = b;
    const uint64_t keys[][2] = {
        {left->range.index, right->range.index},
        {left->range.offset, right->range.offset},
        {left->end, right->end},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return strcmp(left->path, right->path);
}

/* What is wrong with a part beside another; NULL: nothing. */
static const char *misfit(const struct manifest *part, const struct manifest *first, bool force)
{
    if (!task_of(part))
        return "this release knows no such task";
    if (strcmp(part->task, first->task) != 0 || strcmp(part->state.kind, first->state.kind) != 0)
        return "it is of another task than others";
    if (part->range.kind != first->range.kind || part->range.count != first->range.count)
        return "the file was divided in another way";
    if (strcmp(part->options, first->options) != 0)
        return "the options that change the output are not those of others";
    if (strcmp(part->name, first->name) != 0)
        return "it is of another file than others";
    if (part->size != first->size)
        return "the file had another size than for others";
    if (force)
        return NULL;
    if (part->inode != first->inode || part->seconds != first->seconds || part->nanoseconds != first->nanoseconds)
        return "the file was another one, or had been changed (--force takes it)";
    if (strcmp(part->version, first->version) != 0)
        return "it is by another version (--force takes it)";
    return NULL;
}

bool merge_order(struct merge *merge, const struct merge_options *options)
{
    bool good = merge->count > 0;
    if (!good)
        say(options, NULL, "there are no manifests");
    else
        qsort(merge->parts, merge->count, sizeof *merge->parts, compare);
    for (size_t i = 0; i < merge->count; i++) {
        const char *text = misfit(&merge->parts[i], &merge->parts[0], options->force);
        if (text)
            say(options, &merge->parts[i], text);
        good &= !text;
    }
    return good;
}

/* --- all of them, once --- */

struct gaps {
    const struct merge *merge;
    const struct merge_options *options;
    merge_missing *found;
    void *context;
    bool whole;
};

static void note_missing(struct gaps *gaps, const struct range *range)
{
    char text[100];
    gaps->whole = false;
    if (gaps->found) {
        gaps->found(gaps->context, range);
        return;
    }
    if (range->kind == RANGE_SHARD)
        snprintf(text, sizeof text, "share %" PRIu64 "/%" PRIu64 " is missing", range->index, range->count);
    else
        snprintf(text, sizeof text, "bytes %" PRIu64 " to %" PRIu64 " are missing", range->offset,
                 range->offset + range->length);
    say(gaps->options, NULL, text);
}

static void note_double(struct gaps *gaps, const struct manifest *part)
{
    gaps->whole = false;
    if (!gaps->found)
        say(gaps->options, part, "the same lines are in another part, too");
}

static void look_at_shards(struct gaps *gaps)
{
    const struct merge *merge = gaps->merge;
    struct range wanted = merge->parts[0].range;
    size_t i = 0;
    for (wanted.index = 0; wanted.index < wanted.count; wanted.index++) {
        size_t before = i;
        while (i < merge->count && merge->parts[i].range.index == wanted.index)
            i++;
        if (i == before)
            note_missing(gaps, &wanted);
        while (++before < i)
            note_double(gaps, &merge->parts[before]);
    }
}

/* Each part begins where the one before it ends. */
static void look_at_ends(struct gaps *gaps)
{
    const struct merge *merge = gaps->merge;
    uint64_t end = 0;
    for (size_t i = 0; i <= merge->count; i++) {
        const struct manifest *part = &merge->parts[i];
        const uint64_t first = i < merge->count ? part->first : merge->parts[0].size;
        if (first > end)
            note_missing(gaps, &(struct range){.kind = RANGE_BYTES, .offset = end, .length = first - end});
        if (i < merge->count && first < end && part->end > first)
            note_double(gaps, part);
        if (i < merge->count && part->end > end)
            end = part->end;
    }
}

bool merge_is_whole(const struct merge *merge, const struct merge_options *options, merge_missing *found, void *context)
{
    struct gaps gaps = {.merge = merge, .options = options, .found = found, .context = context, .whole = true};
    if (merge->parts[0].range.kind == RANGE_SHARD)
        look_at_shards(&gaps);
    if (gaps.whole)
        look_at_ends(&gaps);
    return gaps.whole;
}

/* --- outputs --- */

static int open_output(const struct manifest *part)
{
    char *path = manifest_path_of(part->path, part->output);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    free(path);
    return fd;
}

const char *merge_check_output(const struct manifest *part)
{
    uint64_t bytes, checksum;
    int fd = open_output(part);
    if (fd < 0)
        return errno == ENOENT ? "its output is missing" : strerror(errno);
    int error = manifest_checksum_file(fd, &bytes, &checksum);
    close(fd);
    if (error)
        return strerror(error);
    return bytes != part->bytes || checksum != part->checksum ? "its output is not what it was" : NULL;
}

/* Maps an output, which has been checked; false with errno. */
static bool map_output(const struct manifest *manifest, struct part *part)
{
    *part =
        (struct part){.name = manifest->name, .state = manifest->state, .bytes = (size_t)manifest->bytes, .output = ""};
    if (part->bytes == 0)
        return true;
    int fd = open_output(manifest);
    if (fd < 0)
        return false;
    void *bytes = mmap(NULL, part->bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (bytes == MAP_FAILED)
        return false;
    part->output = bytes;
    return true;
}

bool merge_print(const struct merge *merge, const struct merge_options *options, struct output *output,
                 struct part_outcome *outcome)
{
    struct part *parts = xcalloc(merge->count, sizeof *parts);
    const char *text = NULL;
    size_t mapped = 0;
    while (!text && mapped < merge->count) {
        if (map_output(&merge->parts[mapped], &parts[mapped]))
            mapped++;
        else
            text = strerror(errno);
    }
    if (!text)
        text = task_of(&merge->parts[0])->merge(parts, merge->count, output, outcome);
    if (text)
        say(options, mapped < merge->count ? &merge->parts[mapped] : NULL, text);
    if (!text)
        output_flush_now(output);
    for (size_t i = 0; i < mapped; i++)
        if (parts[i].bytes)
            munmap((void *)(uintptr_t)parts[i].output, parts[i].bytes);
    free(parts);
    return !text;
}

#include "scan/tally.h"

#include "base/diag.h"
#include "base/number.h"
#include "base/quote.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- what is counted --- */

bool tally_refuses(const struct tally *tally, struct file *file, const char *name)
{
    if (*name == '\0')
        file->reason = "invalid zero-length file name";
    else if (tally->names_from && strcmp(tally->names_from, "-") == 0 && strcmp(name, "-") == 0)
        file->reason = "when reading file names from standard input, no file name of '-' allowed";
    file->refused = file->reason != NULL;
    return file->refused;
}

bool tally_take_size(struct file *file)
{
    bool all;
    file->counts.bytes = input_pass_over(&file->input, &all);
    return all;
}

size_t tally_cut_bytes(const char *text, size_t from, size_t length)
{
    (void)from;
    return count_cut_bytes(text, length);
}

size_t tally_cut_utf8(const char *text, size_t from, size_t length)
{
    (void)from;
    return count_cut_utf8(text, length);
}

struct region tally_region(const struct tally *tally, const struct file *file, const struct lease *lease,
                           const struct chunk *chunk, uint64_t limit)
{
    uint64_t most = file->end < limit ? file->end : limit;
    struct region region = {.begin = chunk->begin, .end = chunk->end}; /* no one asks for its last line */
    if (chunk->begin > file->start && chunk->begin < most)
        region.begin += count_seam(&tally->count, lease_at(lease, chunk->begin), (size_t)(most - chunk->begin));
    if (chunk->end < most)
        region.end += count_seam(&tally->count, lease_at(lease, chunk->end), (size_t)(most - chunk->end));
    if (region.end > most)
        region.end = most;
    if (region.begin > region.end)
        region.begin = region.end;
    return region;
}

/* --- what is printed --- */

static void print_line(const struct tally *tally, const uint64_t *values, const char *name, struct output *output)
{
    const char *space = "";
    for (int kind = 0; kind < COUNT_KINDS; kind++) {
        if (!tally->count.wanted[kind])
            continue;
        char digits[NUMBER_DIGITS_MAX];
        char *end = digits + NUMBER_DIGITS_MAX, *begin = number_format(end, values[kind]);
        output_bytes(output, space, strlen(space));
        for (size_t length = (size_t)(end - begin); length < tally->width; length++)
            output_byte(output, ' ');
        output_bytes(output, begin, (size_t)(end - begin));
        space = " ";
    }
    if (name) {
        output_byte(output, ' ');
        output_bytes(output, name, strlen(name));
    }
    output_byte(output, '\n');
}

void tally_end_file(const struct tally *tally, struct tally_total *total, const struct file *file,
                    struct output *output)
{
    const struct count_result *counts = &file->counts;
    const uint64_t values[COUNT_KINDS] = {
        [COUNT_LINES] = counts->lines,
        [COUNT_WORDS] = counts->words,
        [COUNT_CHARACTERS] = tally->count.charset == COUNT_AS_UTF8 ? counts->characters : counts->bytes,
        [COUNT_BYTES] = counts->bytes,
        [COUNT_LONGEST] = count_longest(counts),
    };
    for (int kind = 0; kind < COUNT_LONGEST; kind++)
        total->overflow[kind] |= tally->count.wanted[kind] &&
                                 __builtin_add_overflow(total->values[kind], values[kind], &total->values[kind]);
    if (values[COUNT_LONGEST] > total->values[COUNT_LONGEST])
        total->values[COUNT_LONGEST] = values[COUNT_LONGEST];
    if (tally->total == TOTAL_ONLY)
        return;
    /* A name that would take more than a line is quoted. */
    char *quoted = !tally->unnamed && strchr(file->name, '\n') ? quote_name(file->name, false) : NULL;
    print_line(tally, values, tally->unnamed ? NULL : quoted ? quoted : file->name, output);
    free(quoted);
}

bool tally_end(const struct tally *tally, const struct tally_total *total, uint64_t files, struct output *output)
{
    static const char *const names[COUNT_LONGEST] = {"lines", "words", "characters", "bytes"};
    if (tally->total == TOTAL_NEVER || (tally->total == TOTAL_AUTO && files < 2))
        return true;
    struct tally_total shown = *total;
    bool right = true;
    for (int kind = 0; kind < COUNT_LONGEST; kind++)
        if (total->overflow[kind]) {
            diag("total %s: %s", names[kind], strerror(EOVERFLOW));
            shown.values[kind] = UINT64_MAX;
            right = false;
        }
    print_line(tally, shown.values, tally->total == TOTAL_ONLY ? NULL : "total", output);
    return right;
}

void tally_say_error(const struct tally *tally, const struct file *file)
{
    const char *reason = file->reason ? file->reason : strerror(file->error);
    if (file->refused && (*file->name || !tally->names_from)) {
        diag("%s", reason);
        return;
    }
    char *name = quote_name(file->refused ? tally->names_from : tally->unnamed ? "standard input" : file->name, false);
    if (file->refused)
        diag("%s:%" PRIu64 ": %s", name, file->number + 1, reason);
    else
        diag_file(name, "%s", reason);
    free(name);
}

#include "automaton/bit-sweep.h"

#include "automaton/bit-program.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct bit_sweep {
    const struct bitstream *program;
    struct bitstream_state streams;
    bool ascii_only; /* as in struct nfa */
    const struct kernels *kernels;
};

struct bit_sweep *bit_sweep_create(const struct nfa *nfa, const struct bitstream *program,
                                   const struct kernels *kernels)
{
    struct bit_sweep *sweep = xcalloc(1, sizeof *sweep);
    const size_t bytes = program->slots * BITSTREAM_WORDS * sizeof *sweep->streams.slots;
    sweep->program = program;
    sweep->ascii_only = nfa->ascii_only;
    sweep->kernels = kernels;
    sweep->streams.slots = xnonnull(aligned_alloc(64, bytes));
    memset(sweep->streams.slots, 0, bytes);
    return sweep;
}

void bit_sweep_free(struct bit_sweep *sweep)
{
    if (!sweep)
        return;
    free(sweep->streams.slots);
    free(sweep);
}

/* The last strip, which may be shorter.  It is filled with newlines, the first of which stands for one that the last
 * line lacks.  Says whether a line is accepted, and marks it unless `marks` is NULL. */
static bool stream_rest(struct bit_sweep *sweep, const char *from, size_t length, bool unfinished, struct marks *marks)
{
    bool accepted = false;
    char strip[BITSTREAM_STRIP];
    uint64_t ends[BITSTREAM_WORDS];
    const size_t unit = 64 * BITSTREAM_UNIT, words = (length + unfinished + unit - 1) / unit * BITSTREAM_UNIT;
    memcpy(strip, from, length);
    memset(strip + length, '\n', 64 * words - length);
    sweep->kernels->bitstream_run(sweep->program, &sweep->streams, strip, words, ends);
    for (size_t i = 0; 64 * i < length + unfinished; i++) {
        for (uint64_t rest = ends[i]; rest; rest &= rest - 1) {
            size_t at = 64 * i + (size_t)__builtin_ctzll(rest);
            if (at >= length + unfinished)
                continue;
            accepted = true;
            if (marks)
                marks_add(marks, from + (at < length ? at : length - 1));
        }
    }
    return accepted;
}

void bit_sweep_run(struct bit_sweep *sweep, const char *from, const char *end, bool *described, struct marks *marks)
{
    const bool unfinished = from < end && end[-1] != '\n';
    struct bitstream_state *streams = &sweep->streams;
    bit_program_begin(sweep->program, streams);
    streams->marks_high = sweep->ascii_only && !*described;
    uint64_t *ends = marks->words;
    for (; (size_t)(end - from) >= BITSTREAM_STRIP; from += BITSTREAM_STRIP, ends += BITSTREAM_WORDS)
        marks->count += sweep->kernels->bitstream_run(sweep->program, streams, from, BITSTREAM_WORDS, ends);
    if (from < end || unfinished)
        stream_rest(sweep, from, (size_t)(end - from), unfinished, marks);
    *described = !streams->high;
}

bool bit_sweep_line(struct bit_sweep *sweep, const char *from, const char *end, bool described)
{
    const bool unfinished = from == end || end[-1] != '\n';
    struct bitstream_state *streams = &sweep->streams;
    uint64_t ends[BITSTREAM_WORDS];
    bit_program_begin(sweep->program, streams);
    streams->marks_high = sweep->ascii_only && !described;
    for (; (size_t)(end - from) >= BITSTREAM_STRIP; from += BITSTREAM_STRIP)
        if (sweep->kernels->bitstream_run(sweep->program, streams, from, BITSTREAM_WORDS, ends) || streams->open)
            return true;
    return (from < end || unfinished) && stream_rest(sweep, from, (size_t)(end - from), unfinished, NULL);
}

/*
 * wc-differential.c - whole runs of counting, on random texts, against counting one character at a time.
 *
 * A case is a text, read from a file that is mapped, from one that is read, or from a pipe; a locale, C or UTF-8; the
 * no-break spaces or not; a set of counts; kernels; 1 to 8 threads; and a size of chunks, often tiny.  All of them come
 * from the dice, and so from the number of the case: `wc-differential CASES [FIRST]` runs as many as wanted.
 */
#include "cli/count-locale.h"
#include "plain-wc.h"
#include "scan/scan.h"
#include "task/wc-lines.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* What `make check` runs: some seconds. */
#define CASES 8000

/* A text is at most so long; a pipe takes as much without a reader. */
#define ROOM 60000

static const char *const pieces[] = {
    "a",
    "b ",
    " ",
    "\n",
    "\t",
    "\r",
    "\f",
    "\v",
    "\x01",
    "\x7f",
    "word",
    "two words",
    "\r\n",
    "\0",
    "\xd0\xb6",
    "\xce\xb1",
    "\xc3\xa9",
    "\xcc\x81",
    "\xc2\x85",
    "\xc2\xa0",
    "\xd6\xb0",
    "\xe5\xa5\xbd",
    "\xe3\x81\x82",
    "\xe3\x80\x80",
    "\xe2\x80\x83",
    "\xe2\x80\x87",
    "\xe2\x80\x94",
    "\xe2\x80\xa8",
    "\xe2\x80\xaf",
    "\xe2\x81\xa0",
    "\xe1\x9a\x80",
    "\xed\x9f\xbf",
    "\xe0\xa4\x95",
    "\xef\xbc\x8c",
    "\xf0\x9f\x98\x80",
    "\xf0\x90\x80\x80",
    "\xf4\x8f\xbf\xbf",
    "\xf4\x90\x80\x80",
    "\xf8\x88\x80\x80\x80",
    "\xfc\x84\x80\x80\x80\x80",
    "\x80",
    "\xa0",
    "\xbf\xbf\xbf\xbf\xbf\xbf\xbf\xbf",
    "\xc0\x80",
    "\xc1",
    "\xff",
    "\xfe",
    "\xed\xa0\x80",
    "\xe0\x80\x80",
    "\xf0\x80\x80\x80",
    "\xf8\x87\xbf\xbf\xbf",
    "\xe2",
    "\xe2\x80",
    "\xf0\x9f\x98",
    "\xfc\x84\x80\x80",
    "\xc2",
    "\xe3\x80",
};
#define PIECES (sizeof pieces / sizeof *pieces)

/* Ranges of pieces that a text is mostly made of. */
static const unsigned char mixtures[][2] = {{0, 13}, {0, 3}, {10, 11}, {14, 20}, {21, 33}, {34, 39}, {0, 39}, {40, 56}};

struct trial {
    uint64_t number;
    struct wc_lines plan;
    struct wc_total total;
    struct scan_options options;
    char text[ROOM];
    size_t length;
    bool piped;
};

/* D. Knuth's MMIX generator, as in test.h. */
static uint64_t dice_state;

static size_t below(size_t limit)
{
    dice_state = dice_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)((dice_state >> 31) % limit);
}

static void make_text(struct trial *trial)
{
    static const size_t rooms[] = {8, 40, 200, 700, 4000, ROOM};
    size_t kind = below(100);
    size_t room = below(1 + rooms[kind < 30 ? 0 : kind < 60 ? 1 : kind < 85 ? 2 : kind < 95 ? 3 : kind < 99 ? 4 : 5]);
    size_t mixture = below(sizeof mixtures / sizeof *mixtures), strange = 1 + below(60);
    trial->length = 0;
    if (below(20) == 0) { /* bytes of all kinds */
        while (trial->length < room)
            trial->text[trial->length++] = (char)below(256);
        return;
    }
    for (;;) {
        size_t first = mixtures[mixture][0], last = mixtures[mixture][1];
        const char *piece = pieces[below(strange) ? first + below(last - first + 1) : below(PIECES)];
        size_t length = *piece ? strlen(piece) : 1;
        if (length > room - trial->length)
            return;
        memcpy(trial->text + trial->length, piece, length);
        trial->length += length;
    }
}

static void make_trial(struct trial *trial, uint64_t number)
{
    static const size_t chunks[] = {1, 2, 3, 5, 7, 13, 64, 100, 1000, 4096, 100000};
    static const char *const names[] = {"-"};
    trial->number = number;
    dice_state = number * UINT64_C(0x9e3779b97f4a7c15) + 1;
    size_t kernels = 0;
    while (kernels_get(kernels))
        kernels++;
    if (!setlocale(LC_CTYPE, below(3) ? "C.UTF-8" : "C"))
        setlocale(LC_CTYPE, "C");
    make_text(trial);
    memset(&trial->plan, 0, sizeof trial->plan);
    memset(&trial->total, 0, sizeof trial->total);
    trial->plan.count.kernels = kernels_get(below(kernels));
    count_locale_ask(&trial->plan.count, below(4));
    size_t set = 1 + below((1 << COUNT_KINDS) - 1);
    for (int kind = 0; kind < COUNT_KINDS; kind++)
        trial->plan.count.wanted[kind] = set >> kind & 1;
    trial->plan.width = 1;
    trial->plan.unnamed = true;
    size_t path = below(3), chunk = below(sizeof chunks / sizeof *chunks);
    while (trial->length / chunks[chunk] > 400) /* so many chunks are enough */
        chunk++;
    trial->piped = path == 0;
    trial->options = (struct scan_options){
        .walk.names = names,
        .walk.name_count = 1,
        .stdin_name = "-",
        .task = &wc_lines_task,
        .plan = &trial->plan,
        .total = &trial->total,
        .line_end = '\n',
        .kernels = trial->plan.count.kernels,
        .walk.standard_input = STDIN_FILENO,
        .output = STDOUT_FILENO,
        .threads = below(2) ? 1 : 1 + (unsigned)below(8),
        .chunk_size = chunks[chunk],
        .block_size = chunks[chunk],
        .input = {.map = path == 1 ? MAP_PREFER : MAP_REFUSE, .small_size = 0},
    };
}

/* The line that is expected. */
static void expect(const struct trial *trial, char *line)
{
    const struct count *count = &trial->plan.count;
    struct plain_counts plain = plain_count(trial->text, trial->length, count->rules.no_break);
    const uint64_t values[COUNT_KINDS] = {plain.lines, plain.words, plain.characters, plain.bytes, plain.longest};
    const char *space = "";
    for (int kind = 0; kind < COUNT_KINDS; kind++)
        if (count->wanted[kind]) {
            line += sprintf(line, "%s%" PRIu64, space, values[kind]);
            space = " ";
        }
    strcpy(line, "\n");
}

static void die(const char *what)
{
    perror(what);
    _exit(99);
}

/* Makes the text standard input, at its beginning. */
static void give_input(const struct trial *trial, int file)
{
    int ends[2] = {-1, file};
    if (trial->piped && pipe(ends) != 0)
        die("pipe");
    if (!trial->piped && (ftruncate(file, 0) != 0 || lseek(file, 0, SEEK_SET) != 0))
        die("memfd");
    if (write(ends[1], trial->text, trial->length) != (ssize_t)trial->length)
        die("write");
    if (!trial->piped && lseek(file, 0, SEEK_SET) != 0)
        die("lseek");
    if (dup2(trial->piped ? ends[0] : file, STDIN_FILENO) < 0)
        die("dup2");
    if (trial->piped) {
        close(ends[0]);
        close(ends[1]);
    }
}

static void show(const struct trial *trial, const char *expected, const char *got)
{
    const struct count *count = &trial->plan.count;
    fprintf(stderr,
            "case %" PRIu64
            ": %s, charset %d, no-break %d, %u threads, chunks of %zu, %s, %zu bytes:\nexpected %sgot %s",
            trial->number, count->kernels->name, (int)count->charset, count->rules.no_break, trial->options.threads,
            trial->options.chunk_size,
            trial->piped                             ? "pipe"
            : trial->options.input.map == MAP_PREFER ? "mapped"
                                                     : "read",
            trial->length, expected, got);
    for (size_t i = 0; i < trial->length && i < 1000; i++)
        fprintf(stderr, "\\x%02x", (unsigned char)trial->text[i]);
    fputc('\n', stderr);
}

static bool run(struct trial *trial, int file, int output)
{
    char expected[256], got[256];
    expect(trial, expected);
    give_input(trial, file);
    if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0)
        die("memfd");
    struct scan_outcome outcome = scan_run(&trial->options);
    ssize_t length = pread(output, got, sizeof got - 1, 0);
    got[length > 0 ? length : 0] = '\0';
    if (!outcome.failed && strcmp(expected, got) == 0)
        return true;
    show(trial, expected, got);
    return false;
}

int main(int argc, char **argv)
{
    uint64_t cases = argc > 1 ? strtoull(argv[1], NULL, 0) : CASES, first = argc > 2 ? strtoull(argv[2], NULL, 0) : 0;
    int file = memfd_create("text", 0), output = memfd_create("output", 0), said = dup(STDOUT_FILENO);
    if (file < 0 || output < 0 || dup2(output, STDOUT_FILENO) < 0)
        die("memfd");
    static struct trial trial;
    int failed = 0;
    for (uint64_t number = first; number < first + cases && failed < 5; number++) {
        make_trial(&trial, number);
        failed += !run(&trial, file, output);
    }
    dprintf(said, "%" PRIu64 " cases from %" PRIu64 ": %s\n", cases, first, failed ? "FAILED" : "as expected");
    return failed != 0;
}

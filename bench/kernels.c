/*
 * kernels.c - times every kernel of every set on a text in memory, beside the limit and the C library's functions.
 *
 * usage: kernels [--rounds=N] [--rows=TEXT] FILE
 *
 * Prints GB/s (10^9 bytes a second): of the first MiB again and again, which stays in the cache, and of the whole text
 * once in each round, in huge pages where there are any.  The best round counts.  --rows limits the rows to those whose
 * name contains TEXT. Searches go on behind the line of each find, as the matcher does; the last column says how many
 * lines that were.
 */
#include "config.h"

#include "kernels/kernels.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define EXIT_TROUBLE 2
#define HUGE_PAGE ((size_t)2 << 20)
#define CACHED ((size_t)1 << 20)
#define MAX_ROUNDS 100
#define MAX_SETS 8
#define LONGEST 64

/* How long a text in the cache is searched for, seconds in each round. */
#define CACHED_TIME 0.01

struct text {
    const char *begin;
    size_t length;
};

struct words {
    unsigned char value[NEEDLE_SET_COUNT][LONGEST], mask[NEEDLE_SET_COUNT][LONGEST];
    struct needle needles[NEEDLE_SET_COUNT];
    struct needle_set set;
};

/* One search of the whole text; the number of lines found, or of what the kernel counts. */
typedef size_t run_function(const struct kernels *kernels, const struct words *words, struct text text);

/* The words of a row: of this list, or that many made from the text. */
struct row {
    const char *name;
    run_function *run;
    bool plain; /* not of a set of kernels */
    bool fold;  /* both cases */
    size_t made;
    const char *list[6];
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static size_t run_load(const struct kernels *kernels, const struct words *words, struct text text)
{
    (void)kernels, (void)words;
    uint64_t sum[8] = {0};
    for (size_t i = 0; text.length - i >= 64; i += 64)
        for (size_t k = 0; k < 8; k++) {
            uint64_t word;
            memcpy(&word, text.begin + i + 8 * k, 8);
            sum[k] |= word;
        }
    for (size_t k = 1; k < 8; k++)
        sum[0] |= sum[k];
    __asm__ volatile("" : : "r"(sum[0]));
    return 0;
}

static size_t run_memchr(const struct kernels *kernels, const struct words *words, struct text text)
{
    (void)kernels;
    return memchr(text.begin, words->value[0][0], text.length) != NULL;
}

static size_t run_memmem(const struct kernels *kernels, const struct words *words, struct text text)
{
    (void)kernels;
    return memmem(text.begin, text.length, words->value[0], words->needles[0].length) != NULL;
}

static size_t run_newlines(const struct kernels *kernels, const struct words *words, struct text text)
{
    (void)words;
    return kernels->count_newlines(text.begin, text.length);
}

static size_t run_classify(const struct kernels *kernels, const struct words *words, struct text text)
{
    (void)words;
    return kernels->classify(text.begin, text.length);
}

/* The beginning of the line behind `at`. */
static const char *next_line(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline + 1 : end;
}

static size_t run_needle(const struct kernels *kernels, const struct words *words, struct text text)
{
    const char *at = text.begin, *end = at + text.length;
    size_t lines = 0;
    for (; (at = kernels->find_needle(words->needles, at, (size_t)(end - at))); lines++)
        at = next_line(at, end);
    return lines;
}

static size_t run_in_line(const struct kernels *kernels, const struct words *words, struct text text)
{
    return kernels->find_in_line(words->needles, text.begin, text.length) != NULL;
}

static size_t run_lines(const struct kernels *kernels, const struct words *words, struct text text)
{
    size_t lines;
    if (!kernels->count_needle_lines)
        return run_needle(kernels, words, text);
    kernels->count_needle_lines(words->needles, &(struct needle_test){NULL, NULL, NULL}, text.begin, text.length,
                                &lines);
    return lines;
}

static size_t run_any(const struct kernels *kernels, const struct words *words, struct text text)
{
    const char *at = text.begin, *end = at + text.length;
    size_t lines = 0, index;
    for (; (at = kernels->find_any(&words->set, at, (size_t)(end - at), &index)); lines++)
        at = next_line(at, end);
    return lines;
}

/* Every find, not only one of each line. */
static size_t run_every(const struct kernels *kernels, const struct words *words, struct text text)
{
    const char *at = text.begin, *end = at + text.length;
    size_t finds = 0;
    for (; (at = kernels->find_needle(words->needles, at, (size_t)(end - at))); finds++)
        at++;
    return finds;
}

#define NAMES                                                                                                          \
    {                                                                                                                  \
        "Sherlock Holmes", "John Watson", "Irene Adler", "Inspector Lestrade", "Professor Moriarty"                    \
    }

static const struct row rows[] = {
    {.name = "load only", .run = run_load, .plain = true},
    {.name = "memchr, absent", .run = run_memchr, .plain = true, .list = {"\001"}},
    {.name = "memmem, absent", .run = run_memmem, .plain = true, .list = {"zqxjkvb"}},
    {.name = "count_newlines", .run = run_newlines},
    {.name = "classify", .run = run_classify},
    {.name = "needle, byte, absent", .run = run_needle, .list = {"\001"}},
    {.name = "needle, absent", .run = run_needle, .list = {"zqxjkvb"}},
    {.name = "needle, absent, -i", .run = run_needle, .list = {"zqxjkvb"}, .fold = true},
    {.name = "needle, rare", .run = run_needle, .list = {"Sherlock Holmes"}},
    {.name = "needle, common bytes", .run = run_needle, .list = {"tents"}},
    {.name = "needle, INFO", .run = run_needle, .list = {"INFO"}},
    {.name = "needle, most lines", .run = run_needle, .list = {"er"}},
    {.name = "needle, every", .run = run_every, .list = {"er"}},
    {.name = "in one line, absent", .run = run_in_line, .list = {"zqxjkvb"}},
    {.name = "lines, absent", .run = run_lines, .list = {"zqxjkvb"}},
    {.name = "lines, absent, -i", .run = run_lines, .list = {"zqxjkvb"}, .fold = true},
    {.name = "lines, rare", .run = run_lines, .list = {"Sherlock Holmes"}},
    {.name = "lines, common bytes", .run = run_lines, .list = {"tents"}},
    {.name = "lines, INFO", .run = run_lines, .list = {"INFO"}},
    {.name = "lines, most lines", .run = run_lines, .list = {"er"}},
    {.name = "any, 5 names", .run = run_any, .list = NAMES},
    {.name = "any, 5 names, -i", .run = run_any, .list = NAMES, .fold = true},
    {.name = "any, 2 most lines", .run = run_any, .list = {"er", "in"}},
    {.name = "any, 5 words", .run = run_any, .made = 5},
    {.name = "any, 10 words", .run = run_any, .made = 10},
    {.name = "any, 20 words", .run = run_any, .made = 20},
    {.name = "any, 20 words, -i", .run = run_any, .made = 20, .fold = true},
    {.name = "any, 40 words", .run = run_any, .made = 40},
    {.name = "any, 60 words", .run = run_any, .made = 60},
    {.name = "any, 60 words, -i", .run = run_any, .made = 60, .fold = true},
};
#define ROWS (sizeof rows / sizeof *rows)

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void add_word(struct words *words, size_t n, const char *text, size_t length, bool fold)
{
    struct needle *needle = &words->needles[n];
    *needle = (struct needle){.value = words->value[n], .mask = words->mask[n], .length = length};
    for (size_t i = 0; i < length; i++) {
        words->mask[n][i] = fold && is_letter(text[i]) ? 0xdf : 0xff;
        words->value[n][i] = (unsigned char)text[i] & words->mask[n][i];
    }
}

/* Words of the text, of six letters and more, read backwards: most are found nowhere. */
static size_t make_words(struct words *words, size_t wanted, bool fold, struct text text)
{
    size_t count = 0;
    for (size_t i = 0, step; i < text.length && count < wanted; i += step) {
        char word[LONGEST];
        step = 0;
        while (i + step < text.length && step < 20 && is_letter(text.begin[i + step]))
            step++;
        for (size_t k = 0; k < step; k++)
            word[k] = text.begin[i + step - 1 - k];
        bool taken = step < 6;
        for (size_t n = 0; n < count && !taken; n++)
            taken = words->needles[n].length == step && strncasecmp((char *)words->value[n], word, step) == 0;
        if (!taken)
            add_word(words, count++, word, step, fold);
        step += taken ? 1 : 1000;
    }
    return count;
}

/* False when there are no words. */
static bool prepare(struct words *words, const struct row *row, struct text text, const needle_rarity rarity)
{
    memset(words, 0, sizeof *words);
    size_t count = 0;
    for (; count < 6 && row->list[count]; count++)
        add_word(words, count, row->list[count], strlen(row->list[count]), row->fold);
    if (row->made)
        count = make_words(words, row->made, row->fold, text);
    for (size_t n = 0; n < count; n++)
        needle_choose_rare(&words->needles[n], rarity);
    if (count)
        needle_set_init(&words->set, words->needles, count, rarity);
    return count >= row->made;
}

/* Sixteenths of a bit; the logarithm goes by halves and by a straight line between them. */
static void measure_rarity(needle_rarity rarity, struct text text)
{
    size_t count[256] = {0};
    for (size_t i = 0; i < text.length; i++)
        count[(unsigned char)text.begin[i]]++;
    for (size_t byte = 0; byte < 256; byte++) {
        double ratio = (double)text.length / ((double)count[byte] + 0.5), sixteenths = 0;
        for (; ratio >= 2; ratio /= 2)
            sixteenths += 16;
        sixteenths += 16 * (ratio > 1 ? ratio - 1 : 0);
        rarity[byte] = (unsigned char)(sixteenths < 255 ? sixteenths : 255);
    }
}

static bool read_text(const char *name, struct text *text)
{
    struct stat status;
    int fd = open(name, O_RDONLY);
    if (fd < 0 || fstat(fd, &status) < 0) {
        fprintf(stderr, "kernels: %s: %s\n", name, strerror(errno));
        return false;
    }
    text->length = (size_t)status.st_size;
    char *room = mmap(NULL, text->length + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) {
        fprintf(stderr, "kernels: %s\n", strerror(errno));
        close(fd);
        return false;
    }
    room += -(uintptr_t)room & (HUGE_PAGE - 1);
#if HAVE_DECL_MADV_HUGEPAGE
    (void)madvise(room, text->length, MADV_HUGEPAGE);
#endif
    text->begin = room;
    size_t done = 0;
    for (ssize_t got = 1; done < text->length && got > 0; done += got > 0 ? (size_t)got : 0)
        do
            got = read(fd, room + done, text->length - done);
        while (got < 0 && errno == EINTR);
    close(fd);
    if (done < text->length || !done) {
        fprintf(stderr, "kernels: %s: cannot be read, or is empty\n", name);
        return false;
    }
    return true;
}

static double best(const double *values, size_t count)
{
    double highest = 0;
    for (size_t i = 0; i < count; i++)
        highest = values[i] > highest ? values[i] : highest;
    return highest;
}

/* GB/s of one round. */
static double measure(const struct row *row, const struct kernels *kernels, const struct words *words, struct text text,
                      double least, size_t *lines)
{
    double begin = now(), seconds;
    size_t times = 0;
    do {
        *lines = row->run(kernels, words, text);
        times++;
    } while ((seconds = now() - begin) < least);
    return (double)text.length * (double)times / seconds / 1e9;
}

/* The sets take turns, so that a drift of the machine meets all. */
static void print_row(const struct row *row, const struct words *words, struct text text, size_t rounds)
{
    static double cached[MAX_SETS][MAX_ROUNDS], whole[MAX_SETS][MAX_ROUNDS];
    struct text beginning = {text.begin, text.length < CACHED ? text.length : CACHED};
    size_t lines[MAX_SETS] = {0}, ignored, sets = 0;
    for (size_t round = 0; round < rounds; round++)
        for (sets = 0; sets < MAX_SETS && kernels_get(sets) && !(row->plain && sets); sets++) {
            const struct kernels *kernels = kernels_get(sets);
            cached[sets][round] = measure(row, kernels, words, beginning, CACHED_TIME, &ignored);
            whole[sets][round] = measure(row, kernels, words, text, 0, &lines[sets]);
        }
    printf("| %-20s |", row->name);
    for (size_t k = 0; kernels_get(k) && k < MAX_SETS; k++)
        if (k < sets)
            printf(" %5.1f %5.1f |", best(cached[k], rounds), best(whole[k], rounds));
        else
            printf("             |");
    printf(" %zu |\n", lines[0]);
    for (size_t k = 1; k < sets; k++)
        if (lines[k] != lines[0])
            printf("%s disagrees: %zu\n", kernels_get(k)->name, lines[k]);
    fflush(stdout);
}

static void print_head(void)
{
    const struct kernels *kernels;
    printf("| %-20s |", "GB/s: 1 MiB, all");
    for (size_t k = 0; (kernels = kernels_get(k)); k++)
        printf(" %-11s |", kernels->name);
    printf(" found |\n|---|");
    for (size_t k = 0; kernels_get(k); k++)
        printf("---:|");
    printf("---:|\n");
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"rounds", required_argument, NULL, 'r'}, {"rows", required_argument, NULL, 'o'}, {NULL, 0, NULL, 0}};
    static struct words words;
    const char *wanted = "";
    size_t rounds = 5;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;)
        if (option == 'r')
            rounds = strtoul(optarg, NULL, 10);
        else if (option == 'o')
            wanted = optarg;
        else
            return EXIT_TROUBLE;
    if (argc != optind + 1 || rounds < 1 || rounds > MAX_ROUNDS) {
        fprintf(stderr, "usage: kernels [--rounds=N] [--rows=TEXT] FILE\n");
        return EXIT_TROUBLE;
    }
    struct text text;
    if (!read_text(argv[optind], &text))
        return EXIT_TROUBLE;
    needle_rarity rarity;
    measure_rarity(rarity, (struct text){text.begin, text.length < CACHED ? text.length : CACHED});
    print_head();
    for (const struct row *row = rows; row < rows + ROWS; row++)
        if (strstr(row->name, wanted) && prepare(&words, row, text, rarity))
            print_row(row, &words, text, rounds);
    return EXIT_SUCCESS;
}

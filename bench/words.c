/*
 * words.c - times the search for a large set of words by itself, in one thread.
 *
 *   words [-i] [-r ROUNDS] TEXT WORDS
 *
 * Counts the lines of TEXT that have a line of WORDS in them, as `grep -c -F -f WORDS TEXT` does, and prints
 * the best processor times of some rounds.  bench/word-list makes such WORDS.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "literal/word-set.h"

struct text {
    const char *begin, *end;
};

static struct text open_text(const char *name)
{
    int fd = open(name, O_RDONLY);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) || status.st_size == 0) {
        fprintf(stderr, "words: %s: cannot be read, or is empty\n", name);
        exit(2);
    }
    size_t length = (size_t)status.st_size;
    void *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (bytes == MAP_FAILED) {
        perror(name);
        exit(2);
    }
    close(fd);
    return (struct text){bytes, (const char *)bytes + length};
}

static const char *line_end(const char *from, const char *end)
{
    const char *newline = memchr(from, '\n', (size_t)(end - from));
    return newline ? newline : end;
}

/* The lines of the text that are not empty; the array is the caller's. */
static struct word *split_words(struct text text, size_t *count)
{
    struct word *words = NULL;
    size_t room = 0;
    *count = 0;
    for (const char *line = text.begin, *end; line < text.end; line = end + 1) {
        end = line_end(line, text.end);
        if (end == line)
            continue;
        if (*count == room) {
            room = room ? 2 * room : 1024;
            words = xreallocarray(words, room, sizeof *words);
        }
        words[(*count)++] = (struct word){line, (size_t)(end - line)};
    }
    return words;
}

static size_t count_lines(const struct word_set *set, struct text text)
{
    size_t lines = 0, index;
    const char *from = text.begin, *found_end;
    while ((from = word_set_find(set, from, text.end, NULL, NULL, &index, &found_end))) {
        lines++;
        from = line_end(found_end, text.end);
    }
    return lines;
}

/* The processor's time, as others may be busy on the machine. */
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void time_search(struct text text, struct text list, bool caseless, int rounds)
{
    size_t count, lines = 0;
    struct word *words = split_words(list, &count);
    double best_build = 1e9, best_search = 1e9;
    for (int round = 0; round < rounds; round++) {
        double start = now();
        struct word_set *set = word_set_create(words, count, caseless);
        double built = now();
        lines = count_lines(set, text);
        double searched = now();
        word_set_free(set);
        best_build = built - start < best_build ? built - start : best_build;
        best_search = searched - built < best_search ? searched - built : best_search;
    }
    double bytes = (double)(text.end - text.begin);
    printf("%7zu words: built in %7.2f ms, searched in %7.1f ms, %6.3f ns/byte, %6.2f GB/s, %zu lines\n", count,
           best_build * 1e3, best_search * 1e3, best_search / bytes * 1e9, bytes / best_search / 1e9, lines);
    free(words);
}

int main(int argc, char **argv)
{
    bool caseless = false;
    int rounds = 5;
    for (int option; (option = getopt(argc, argv, "ir:")) != -1;)
        if (option == 'i')
            caseless = true;
        else if (option == 'r' && atoi(optarg) > 0)
            rounds = atoi(optarg);
        else
            optind = argc;
    if (argc - optind != 2) {
        fprintf(stderr, "Usage: words [-i] [-r ROUNDS] TEXT WORDS\n");
        return 2;
    }
    time_search(open_text(argv[optind]), open_text(argv[optind + 1]), caseless, rounds);
    return 0;
}

/* corpus.c - writes large texts to measure searches with: options and output. */

#include "corpus-kinds.h"
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_TROUBLE 2

/* Written at once. From 32 KiB to 1 MiB all sizes take the same time: time bench/corpus log 2G >/dev/null */
#define BUFFER_BYTES (256U << 10)

struct settings {
    const struct kind *kind;
    uint64_t size; /* bytes */
    uint64_t seed;
    const char *output; /* a path; NULL for standard output */
};

/* What the text is made from. */
struct source {
    struct random random;
    struct lexicon *lexicons[2];
    struct pool *pool;
};

static void show_help(void)
{
    printf("Usage: corpus [-o FILE] KIND SIZE [SEED]\n"
           "Write SIZE bytes of text of one KIND, the same on every machine for the same SEED.\n"
           "\n"
           "SIZE may end in K, M, G or T (powers of 1024). The text ends with the last whole line that\n"
           "fits into SIZE bytes; oneline, which has no lines, has exactly SIZE bytes. A longer text\n"
           "begins with the shorter one. SEED is a number, by default 1.\n"
           "\n"
           "  -o, --output=FILE  write to FILE instead of standard output\n"
           "  -h, --help         show this text\n"
           "\n"
           "Kinds:\n");
    for (const struct kind *kind = kinds; kind->name != NULL; kind++)
        printf("  %-9s %s\n", kind->name, kind->help);
    printf("\n"
           "Exit status: 0 when all is written, 2 after an error.\n");
}

/* Reads a decimal number, followed by an optional suffix where suffixes are given; each stands for 1024 times the one
   before. */
static bool parse_number(const char *text, const char *suffixes, uint64_t *number)
{
    char *end;

    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    uintmax_t value = strtoumax(text, &end, 10);
    if (errno != 0 || value > UINT64_MAX)
        return false;
    if (*end != '\0') {
        const char *suffix = strchr(suffixes, *end);
        if (suffix == NULL || end[1] != '\0')
            return false;
        unsigned shift = 10 * (unsigned)(suffix - suffixes + 1);
        if (value > (UINT64_MAX >> shift))
            return false;
        value <<= shift;
    }
    *number = (uint64_t)value;
    return true;
}

static bool parse_operands(int count, char **operands, struct settings *settings)
{
    if (count < 2 || count > 3) {
        fprintf(stderr, "corpus: KIND and SIZE are needed, and at most a SEED after them\n");
        return false;
    }
    settings->kind = kind_find(operands[0]);
    if (settings->kind == NULL) {
        fprintf(stderr, "corpus: unknown kind: %s\n", operands[0]);
        return false;
    }
    if (!parse_number(operands[1], "KMGT", &settings->size)) {
        fprintf(stderr, "corpus: not a size: %s\n", operands[1]);
        return false;
    }
    settings->seed = 1;
    if (count == 3 && !parse_number(operands[2], "", &settings->seed)) {
        fprintf(stderr, "corpus: not a seed: %s\n", operands[2]);
        return false;
    }
    return true;
}

/* Returns false after an error, which has been reported. */
static bool parse_options(int argc, char **argv, struct settings *settings)
{
    static const struct option options[] = {
        {"help", no_argument, NULL, 'h'},
        {"output", required_argument, NULL, 'o'},
        {0},
    };

    settings->output = NULL;
    for (int option; (option = getopt_long(argc, argv, "ho:", options, NULL)) != -1;) {
        switch (option) {
        case 'h':
            show_help();
            exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_TROUBLE);
        case 'o':
            settings->output = optarg;
            break;
        default:
            fprintf(stderr, "Try 'corpus --help'.\n");
            return false;
        }
    }
    if (!parse_operands(argc - optind, argv + optind, settings)) {
        fprintf(stderr, "Try 'corpus --help'.\n");
        return false;
    }
    return true;
}

static void source_free(struct source *source)
{
    pool_free(source->pool);
    lexicon_free(source->lexicons[0]);
    lexicon_free(source->lexicons[1]);
}

/* Returns false when there is no memory. source_free() is right in either case. */
static bool source_prepare(struct source *source, const struct kind *kind, uint64_t seed)
{
    *source = (struct source){0};
    random_seed(&source->random, seed);
    for (int i = 0; i < 2; i++) {
        if (kind->words[i] == NULL)
            continue;
        source->lexicons[i] = lexicon_create(kind->words[i]);
        if (source->lexicons[i] == NULL)
            return false;
    }
    source->pool = pool_create(KIND_POOL_BYTES, source->lexicons[0], source->lexicons[1], &source->random);
    if (source->pool == NULL)
        return false;
    kind->prepare(source->pool, (const struct lexicon *const[]){source->lexicons[0], source->lexicons[1]},
                  &source->random);
    return true;
}

static bool write_all(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, text, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text += written;
        length -= (size_t)written;
    }
    return true;
}

/* The bytes of a piece that still fit into size bytes: whole lines, where there are lines. */
static size_t cut_piece(const char *piece, size_t length, uint64_t size, bool has_lines)
{
    if (length <= size)
        return length;
    length = (size_t)size;
    while (has_lines && length > 0 && piece[length - 1] != '\n')
        length--;
    return length;
}

/* Returns false when a write failed; errno says why. */
static bool write_text(struct pool *pool, int fd, char *buffer, uint64_t size, bool has_lines)
{
    size_t used = 0;

    for (bool whole = true; whole && size > 0;) {
        size_t length = pool_next(pool, buffer + used);
        size_t fitting = cut_piece(buffer + used, length, size, has_lines);
        whole = fitting == length;
        used += fitting;
        size -= fitting;
        if (used > BUFFER_BYTES - PIECE_MAX) {
            if (!write_all(fd, buffer, used))
                return false;
            used = 0;
        }
    }
    return write_all(fd, buffer, used);
}

static int generate(const struct settings *settings, int fd, const char *name)
{
    int status = EXIT_TROUBLE;
    struct source source;
    char *buffer = malloc(BUFFER_BYTES);

    if (!source_prepare(&source, settings->kind, settings->seed) || buffer == NULL) {
        fprintf(stderr, "corpus: out of memory\n");
        goto out;
    }
    if (!write_text(source.pool, fd, buffer, settings->size, settings->kind->has_lines)) {
        fprintf(stderr, "corpus: %s: %s\n", name, strerror(errno));
        goto out;
    }
    status = EXIT_SUCCESS;
out:
    source_free(&source);
    free(buffer);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings;

    if (!parse_options(argc, argv, &settings))
        return EXIT_TROUBLE;

    int fd = STDOUT_FILENO;
    const char *name = "standard output";
    if (settings.output != NULL) {
        name = settings.output;
        fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (fd < 0) {
            fprintf(stderr, "corpus: %s: %s\n", name, strerror(errno));
            return EXIT_TROUBLE;
        }
    }

    int status = generate(&settings, fd, name);
    /* A file system may report a full disk only now. */
    if (close(fd) != 0 && status == EXIT_SUCCESS) {
        fprintf(stderr, "corpus: %s: %s\n", name, strerror(errno));
        status = EXIT_TROUBLE;
    }
    return status;
}

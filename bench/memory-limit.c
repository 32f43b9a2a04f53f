/* memory-limit.c - how fast can the bytes of a mapped file be touched at all?

   A search cannot be faster than its memory. This reads one word of each cache line of a mapping, made as mscan makes
   its own, with one thread and with several; what it prints is the ceiling that bench/compare measures against. */

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <omp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define EXIT_TROUBLE 2

#define HUGE_PAGE ((size_t)2 << 20)

/* What a thread takes at a time. */
#define BLOCK_BYTES ((size_t)1 << 20)

/* A round reads at least so much, the file several times over where it is shorter, and all of it in one parallel loop:
   with a loop for each pass of 1.5 ms over 64 MB, two threads showed 10 GB/s instead of 60 where another process had
   one of the two processors, because each pass waited for it. */
#define ROUND_BYTES ((size_t)2 << 30)

/* Of a file so small that more would be needed, the figures say nothing anyway. */
#define PASSES_MAX 1024

#define THREADS_MAX 4096
#define ROUNDS_MAX 1000

struct settings {
    const char *file;
    int threads;
    int rounds;
    bool json;
};

struct mapping {
    char *reserved; /* the address space, with room to align in */
    size_t reserved_length;
    const char *bytes; /* on a boundary of HUGE_PAGE */
    size_t length;
};

struct figures {
    double one, many; /* GB/s (10^9 bytes), medians */
    uint64_t huge;    /* bytes of the mapping that lie in huge pages */
    size_t line;      /* bytes in a cache line */
};

static void show_help(void)
{
    printf("Usage: memory-limit [OPTION...] FILE [THREADS]\n"
           "Map FILE, read one word of every cache line with 1 and with THREADS threads (by default all\n"
           "processors), and print the median speeds in GB/s (10^9 bytes a second), and how much of the\n"
           "mapping lies in huge pages. FILE should fit into memory.\n"
           "\n"
           "  -r, --rounds=N  measure N times (default 9)\n"
           "      --json      print one JSON object\n"
           "  -h, --help      show this text\n"
           "\n"
           "Exit status: 0, or 2 after an error.\n");
}

/* Reads a whole number from 1 to limit. */
static bool parse_count(const char *text, int limit, int *count)
{
    char *end;

    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || !isdigit((unsigned char)*text) || *end != '\0' || value < 1 || value > limit) {
        fprintf(stderr, "memory-limit: not a number from 1 to %d: %s\n", limit, text);
        return false;
    }
    *count = (int)value;
    return true;
}

/* Returns false after an error, which has been reported. */
static bool parse_options(int argc, char **argv, struct settings *settings)
{
    static const struct option options[] = {
        {"help", no_argument, NULL, 'h'},
        {"json", no_argument, NULL, 'j'},
        {"rounds", required_argument, NULL, 'r'},
        {0},
    };

    *settings = (struct settings){.threads = omp_get_num_procs(), .rounds = 9};
    for (int option; (option = getopt_long(argc, argv, "hr:", options, NULL)) != -1;) {
        switch (option) {
        case 'h':
            show_help();
            exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_TROUBLE);
        case 'j':
            settings->json = true;
            break;
        case 'r':
            if (!parse_count(optarg, ROUNDS_MAX, &settings->rounds))
                return false;
            break;
        default:
            fprintf(stderr, "Try 'memory-limit --help'.\n");
            return false;
        }
    }
    if (argc - optind < 1 || argc - optind > 2) {
        fprintf(stderr, "memory-limit: a FILE is needed, and at most THREADS after it\nTry 'memory-limit --help'.\n");
        return false;
    }
    settings->file = argv[optind];
    return argc - optind < 2 || parse_count(argv[optind + 1], THREADS_MAX, &settings->threads);
}

/* Maps what is open as fd on a 2 MiB boundary, so that the kernel may use huge pages. Returns false with errno set. */
static bool map_aligned(int fd, size_t length, struct mapping *mapping)
{
    size_t reserved_length = length + HUGE_PAGE;
    void *reserved = mmap(NULL, reserved_length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserved == MAP_FAILED)
        return false;

    size_t over = (uintptr_t)reserved % HUGE_PAGE;
    char *aligned = (char *)reserved + (over == 0 ? 0 : HUGE_PAGE - over);
    if (mmap(aligned, length, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED) {
        int error = errno;
        munmap(reserved, reserved_length);
        errno = error;
        return false;
    }
#ifdef MADV_HUGEPAGE
    /* A kernel that refuses gives small pages, and the figures say so. */
    (void)madvise(aligned, length, MADV_HUGEPAGE);
#endif
    *mapping = (struct mapping){reserved, reserved_length, aligned, length};
    return true;
}

/* Returns false after an error, which has been reported. */
static bool map_file(const char *name, struct mapping *mapping)
{
    struct stat status;
    const char *reason = NULL;
    int fd = open(name, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        fprintf(stderr, "memory-limit: %s: %s\n", name, strerror(errno));
        return false;
    }
    if (fstat(fd, &status) != 0)
        reason = strerror(errno);
    else if (!S_ISREG(status.st_mode))
        reason = "not a regular file";
    else if (status.st_size == 0)
        reason = "is empty";
    else if (!map_aligned(fd, (size_t)status.st_size, mapping))
        reason = strerror(errno);
    close(fd);
    if (reason != NULL)
        fprintf(stderr, "memory-limit: %s: %s\n", name, reason);
    return reason == NULL;
}

static size_t cache_line_size(void)
{
    long size = -1;
#ifdef _SC_LEVEL1_DCACHE_LINESIZE
    size = sysconf(_SC_LEVEL1_DCACHE_LINESIZE);
#endif
    return size >= 16 && size <= 512 ? (size_t)size : 64;
}

/* Reads one word of each line. Four sums, so that no addition waits for the one before. */
static uint64_t touch(const char *bytes, size_t length, size_t line)
{
    uint64_t sums[4] = {0};
    size_t lines = length / line;
    size_t i = 0;

    for (; i + 4 <= lines; i += 4)
        for (size_t j = 0; j < 4; j++)
            sums[j] += *(const uint64_t *)(const void *)(bytes + (i + j) * line);
    for (; i < lines; i++)
        sums[0] += *(const uint64_t *)(const void *)(bytes + i * line);
    return sums[0] + sums[1] + sums[2] + sums[3];
}

/* Reads the mapping so many times over. */
static uint64_t touch_all(const struct mapping *mapping, size_t line, int threads, size_t passes)
{
    size_t blocks = (mapping->length + BLOCK_BYTES - 1) / BLOCK_BYTES;
    uint64_t sum = 0;

#pragma omp parallel for schedule(dynamic) num_threads(threads) reduction(+ : sum)
    for (size_t i = 0; i < blocks * passes; i++) {
        size_t start = i % blocks * BLOCK_BYTES;
        size_t left = mapping->length - start;
        sum += touch(mapping->bytes + start, left < BLOCK_BYTES ? left : BLOCK_BYTES, line);
    }
    return sum;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* GB/s of one round. */
static double measure_round(const struct mapping *mapping, size_t line, int threads)
{
    size_t passes = ROUND_BYTES / mapping->length;
    if (passes == 0)
        passes = 1;
    if (passes > PASSES_MAX)
        passes = PASSES_MAX;
    double start = now();
    /* Volatile, so that the reading is not thrown away. */
    volatile uint64_t sink = touch_all(mapping, line, threads, passes);
    double seconds = now() - start;
    (void)sink;
    return (double)passes * (double)mapping->length / seconds / 1e9;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* The sum of what /proc/self/smaps says of huge pages of files (on tmpfs: of shared memory) for the areas that begin in
   the mapping. 0 where there is no such file. */
static uint64_t count_huge_bytes(const struct mapping *mapping)
{
    FILE *smaps = fopen("/proc/self/smaps", "re");
    char line[512];
    bool inside = false;
    uint64_t huge = 0;

    if (smaps == NULL)
        return 0;
    while (fgets(line, sizeof line, smaps) != NULL) {
        uintptr_t start, end;
        uint64_t kilobytes;
        uintptr_t first = (uintptr_t)mapping->bytes;
        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &start, &end) == 2)
            inside = start >= first && start < first + mapping->length;
        else if (inside && (sscanf(line, "FilePmdMapped: %" SCNu64 " kB", &kilobytes) == 1 ||
                            sscanf(line, "ShmemPmdMapped: %" SCNu64 " kB", &kilobytes) == 1))
            huge += kilobytes * 1024;
    }
    fclose(smaps);
    return huge;
}

/* The rounds of one and of several threads alternate, so that a drift of the machine meets both. Returns false when
   there is no memory. */
static bool measure(const struct mapping *mapping, const struct settings *settings, struct figures *figures)
{
    double *one = calloc((size_t)settings->rounds * 2, sizeof *one);
    if (one == NULL)
        return false;
    double *many = one + settings->rounds;

    figures->line = cache_line_size();
    /* Page faults belong to no round, and threads are started here. */
    (void)touch_all(mapping, figures->line, settings->threads, 1);
    figures->huge = count_huge_bytes(mapping);
    for (int i = 0; i < settings->rounds; i++) {
        one[i] = measure_round(mapping, figures->line, 1);
        many[i] = measure_round(mapping, figures->line, settings->threads);
    }
    figures->one = median(one, settings->rounds);
    figures->many = median(many, settings->rounds);
    free(one);
    return true;
}

static void print_json_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            printf("\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            printf("\\u%04x", (unsigned)*text);
        else
            putchar(*text);
    }
    putchar('"');
}

static void print_figures(const struct settings *settings, const struct mapping *mapping, const struct figures *figures)
{
    if (settings->json) {
        printf("{\"file\":");
        print_json_string(settings->file);
        printf(",\"bytes\":%zu,\"huge_bytes\":%" PRIu64 ",\"cache_line\":%zu,\"rounds\":%d,\"threads\":%d,"
               "\"gb_per_s_1\":%.3f,\"gb_per_s_n\":%.3f}\n",
               mapping->length, figures->huge, figures->line, settings->rounds, settings->threads, figures->one,
               figures->many);
    } else {
        printf("1 thread: %.1f GB/s\n", figures->one);
        printf("%d thread%s: %.1f GB/s\n", settings->threads, settings->threads == 1 ? "" : "s", figures->many);
        printf("huge pages: %" PRIu64 " of %zu bytes\n", figures->huge, mapping->length);
    }
}

int main(int argc, char **argv)
{
    struct settings settings;
    struct mapping mapping;
    struct figures figures;

    if (!parse_options(argc, argv, &settings) || !map_file(settings.file, &mapping))
        return EXIT_TROUBLE;

    int status = EXIT_SUCCESS;
    if (measure(&mapping, &settings, &figures)) {
        print_figures(&settings, &mapping, &figures);
    } else {
        fprintf(stderr, "memory-limit: out of memory\n");
        status = EXIT_TROUBLE;
    }
    munmap(mapping.reserved, mapping.reserved_length);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "memory-limit: standard output: %s\n", strerror(errno));
        status = EXIT_TROUBLE;
    }
    return status;
}

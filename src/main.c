/* mscan: searches huge text files on all processors; as mwc, counts them. */
#include "base/alloc.h"
#include "base/diag.h"
#include "cli/hint.h"
#include "cli/merge.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/settings-resolve.h"
#include "cli/share.h"
#include "cli/wc.h"
#include "output/output-file.h"
#include "scan/scan.h"
#include "sys/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/*
 * A closed standard descriptor would be given to the next file that is opened, and be
 * read from or written to by mistake.  Each gets one on which its use fails.
 */
static void fill_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
                abort();
}

/*
 * What must be free before libraries begin: OpenMP's ends the process with status 1 when it has no memory, before
 * main(), and that would mean that no line was selected.
 */
#define START_ROOM ((size_t)1 << 20)

static bool is_mwc(int argc, char **argv);

static void check_memory(int argc, char **argv)
{
    static const char message[] = ": memory exhausted\n";
    void *room = mmap(NULL, START_ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room != MAP_FAILED) {
        munmap(room, START_ROOM);
        return;
    }
    bool mwc = is_mwc(argc, argv);
    const char *name = mwc ? "mwc" : "mscan";
    struct iovec parts[] = {{(char *)(uintptr_t)name, strlen(name)}, {(char *)(uintptr_t)message, sizeof message - 1}};
    ssize_t ignored = writev(STDERR_FILENO, parts, 2);
    (void)ignored;
    _exit(mwc || (argc > 1 && strcmp(argv[1], "--wc") == 0) ? WC_STATUS_ERROR : EXIT_STATUS_ERROR);
}

/* glibc calls it before the constructors of all libraries, with the arguments of main(). */
__attribute__((section(".preinit_array"), used)) static void (*const before_libraries)(int, char **) = check_memory;

static bool counting;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Whether the program was called by a name. */
static bool is_called(int argc, char **argv, const char *name)
{
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    return argc > 0 && strcmp(slash ? slash + 1 : argv[0], name) == 0;
}

static bool is_mwc(int argc, char **argv)
{
    return is_called(argc, argv, "mwc");
}

/* The arguments with --decompress before them, for as long as the process. */
static char **decompressing(int argc, char **argv)
{
    static char option[] = "--decompress";
    static char **longer;
    longer = xcalloc((size_t)argc + 2, sizeof *longer);
    longer[0] = argv[0];
    longer[1] = option;
    memcpy(longer + 2, argv + 1, (size_t)argc * sizeof *argv);
    return longer;
}

/* Decides what is to be done, by the command line. */
static void read_command_line(struct arguments *arguments, struct settings *settings, int argc, char **argv)
{
    static char mscan[] = "mscan", mwc[] = "mwc";
    bool called_mwc = is_mwc(argc, argv), wc_option = !called_mwc && argc > 1 && strcmp(argv[1], "--wc") == 0;
    program_invocation_short_name = called_mwc ? mwc : mscan;
    counting = called_mwc || wc_option;
    const char *command = called_mwc ? "mwc" : is_called(argc, argv, "mzscan") ? "mzscan --wc" : "mscan --wc";
    argc -= wc_option;
    argv += wc_option;
    if (is_called(argc + wc_option, argv - wc_option, "mzscan"))
        argv = decompressing(argc++, argv);
    if (counting) {
        wc_parse(arguments, argc, argv, command);
        wc_resolve(settings, arguments);
    } else {
        options_parse(arguments, argc, argv);
        /* Patterns are compiled here, so that a mistake in one is said before any file is opened. */
        settings_resolve(settings, arguments);
    }
}

static int exit_status(const struct settings *settings, const struct scan_outcome *outcome)
{
    bool selected = settings->found.selected || outcome->decided;
    if (counting)
        return outcome->failed || outcome->closed ? WC_STATUS_ERROR : EXIT_SUCCESS;
    if (settings->search.quiet && selected)
        return EXIT_STATUS_SELECTED;
    if (outcome->failed || outcome->closed)
        return EXIT_STATUS_ERROR;
    return selected ? EXIT_STATUS_SELECTED : EXIT_STATUS_NONE;
}

/* Ends the output, with all that was written.  False when it could not be. */
static bool end_output(struct output_file *file, bool good)
{
    int error = 0;
    /* Some file systems report a full disk only here. */
    if (!file->name)
        error = close(STDOUT_FILENO) != 0 && errno != EBADF ? errno : 0;
    else if (good)
        error = output_file_finish(file);
    else
        output_file_drop(file);
    if (error && good)
        diag("write error: %s", strerror(error));
    return !error;
}

/* Runs the scan, if there is something that it can find. */
static struct scan_outcome run(struct settings *settings, const struct arguments *arguments)
{
    struct output_file file = {.name = NULL};
    struct scan_outcome outcome = {.failed = false};
    struct share share;
    share_begin(&share, settings, arguments, counting ? WC_STATUS_ERROR : EXIT_STATUS_ERROR);
    if (arguments->output) {
        int error = output_file_open(&file, arguments->output);
        if (error) {
            diag_file(arguments->output, "%s", error == EINVAL ? "not a regular file" : strerror(error));
            outcome.failed = true;
            share_free(&share);
            return outcome;
        }
        settings->scan.output = file.fd;
    }
    if (!settings->selects_nothing) {
        progress_begin(settings, arguments->progress);
        signals_init();
        outcome = scan_run(&settings->scan);
        progress_end();
    }
    bool good = !outcome.failed && !outcome.closed && share_take_output(&share, file.fd);
    good &= end_output(&file, good);
    if (!good || !share_end(&share, outcome.lines))
        outcome.failed |= !outcome.closed;
    share_free(&share);
    return outcome;
}

static int run_merge(int argc, char **argv)
{
    static char mscan[] = "mscan";
    program_invocation_short_name = mscan;
    signals_init();
    return merge_main(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    double start = now();
    fill_standard_descriptors();
    progress_watch();

    if (argc > 1 && strcmp(argv[1], "--merge") == 0)
        return run_merge(argc, argv);
    struct arguments arguments;
    struct settings settings;
    read_command_line(&arguments, &settings, argc, argv);

    int status;
    if (arguments.explain) {
        status = report_plan(&settings, &arguments);
    } else {
        struct scan_outcome outcome = run(&settings, &arguments);
        if (arguments.stats && !settings.selects_nothing)
            report_stats(&settings, &outcome, now() - start);
        status = exit_status(&settings, &outcome);
        if (!counting && status == EXIT_STATUS_NONE && !settings.selects_nothing)
            hint_say(&arguments);
        if (!counting && status == EXIT_STATUS_NONE && arguments.no_match_ok)
            status = EXIT_STATUS_SELECTED;
    }

    settings_free(&settings);
    arguments_free(&arguments);
    return status;
}

#include "cli/progress.h"

#include "base/diag.h"
#include "base/number.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND UINT64_C(1000000000) /* nanoseconds */

/* What the handlers look at; all is set before the signals can come, but for what they set themselves. */
static uint64_t began;
static const struct settings *_Atomic current; /* NULL: no scan is running */
static uint64_t total;                         /* bytes of all files; UINT64_MAX: not known */

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

/* --- the line; all of this is called by handlers, too --- */

struct line {
    char text[200];
    size_t length;
};

static void add(struct line *line, const char *text)
{
    size_t length = strlen(text);
    if (length > sizeof line->text - line->length)
        length = sizeof line->text - line->length;
    memcpy(line->text + line->length, text, length);
    line->length += length;
}

static void add_number(struct line *line, uint64_t number)
{
    char digits[NUMBER_DIGITS_MAX + 1];
    char *end = digits + NUMBER_DIGITS_MAX;
    *end = '\0';
    add(line, number_format(end, number));
}

/* With three digits or so, in the unit that leaves them: 9.21 GB, 46.0 GB, 305 MB. */
static void add_bytes(struct line *line, uint64_t bytes)
{
    static const char *const units[] = {" B", " kB", " MB", " GB", " TB", " PB", " EB"};
    uint64_t unit = 1;
    size_t i = 0;
    for (; bytes / unit >= 1000; unit *= 1000)
        i++;
    const uint64_t whole = bytes / unit, thousandths = unit == 1 ? 0 : bytes % unit / (unit / 1000);
    const char fraction[] = {'.', (char)('0' + thousandths / 100), (char)('0' + thousandths / 10 % 10), '\0'};
    add_number(line, whole);
    if (unit > 1 && whole < 100)
        add(line, whole < 10 ? fraction : (const char[]){fraction[0], fraction[1], '\0'});
    add(line, units[i]);
}

/* As 42 s, 12 min or 3 h. */
static void add_time(struct line *line, uint64_t seconds)
{
    bool minutes = seconds >= 600, hours = seconds >= 36000;
    add_number(line, hours ? seconds / 3600 : minutes ? seconds / 60 : seconds);
    add(line, hours ? " h" : minutes ? " min" : " s");
}

static void add_progress(struct line *line, const struct settings *settings)
{
    const uint64_t bytes = atomic_load(&settings->progress.bytes), passed = now() - began;
    const uint64_t rate = passed > 0 ? (uint64_t)((double)bytes / (double)passed * (double)SECOND) : 0;
    add_bytes(line, bytes);
    if (total != UINT64_MAX && total > 0) {
        add(line, " of ");
        add_bytes(line, total);
        add(line, ", ");
        add_number(line, bytes < total ? (uint64_t)((double)bytes * 100 / (double)total) : 100);
        add(line, " %");
    }
    add(line, ", ");
    add_bytes(line, rate);
    add(line, "/s");
    if (total != UINT64_MAX && rate > 0 && bytes < total) {
        add(line, ", ");
        add_time(line, (total - bytes) / rate + 1);
        add(line, " left");
    }
    if (settings->condition) {
        const uint64_t selected = atomic_load(&settings->found.so_far);
        add(line, ", ");
        add_number(line, selected);
        add(line, selected == 1 ? " line selected" : " lines selected");
    }
}

/* Writes the line, and stays on it or ends it. */
static void show(bool stays)
{
    const struct settings *settings = atomic_load(&current);
    struct line line = {.length = 0};
    if (stays || diag_line_shown)
        add(&line, "\r");
    add(&line, program_invocation_short_name);
    add(&line, ": ");
    if (settings)
        add_progress(&line, settings);
    else
        add(&line, "nothing has been read yet");
    if (stays || diag_line_shown)
        add(&line, "\33[K");
    if (!stays)
        add(&line, "\n");
    diag_line_shown = stays;
    ssize_t ignored = write(STDERR_FILENO, line.text, line.length);
    (void)ignored;
}

/* --- signals --- */

static void on_signal(int signal_number)
{
    int saved = errno;
    if (signal_number == SIGUSR1 || atomic_load(&current))
        show(signal_number == SIGALRM);
    errno = saved;
}

static void catch_signal(int signal_number)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGUSR1);
    sigaddset(&action.sa_mask, SIGALRM);
    sigaction(signal_number, &action, NULL);
}

void progress_watch(void)
{
    struct sigaction inherited;
    began = now();
    if (sigaction(SIGUSR1, NULL, &inherited) == 0 && inherited.sa_handler != SIG_IGN)
        catch_signal(SIGUSR1);
}

/* Every second, or not any more. */
static void tick(time_t seconds)
{
    const struct itimerval interval = {.it_interval = {.tv_sec = seconds}, .it_value = {.tv_sec = seconds}};
    setitimer(ITIMER_REAL, &interval, NULL);
}

/* --- the scan --- */

/* The bytes of all files, if these are regular ones that are named. */
static uint64_t count_bytes(const struct scan_options *scan)
{
    const struct walk_options *walk = &scan->walk;
    uint64_t bytes = 0;
    if (walk->names_file || walk->directories == DIRECTORIES_RECURSE || scan->input.decompress)
        return UINT64_MAX;
    for (size_t i = 0; i < walk->name_count; i++) {
        struct stat status;
        bool standard_input = strcmp(walk->names[i], "-") == 0;
        if ((standard_input ? fstat(walk->standard_input, &status) : stat(walk->names[i], &status)) != 0)
            continue;
        if (!S_ISREG(status.st_mode))
            return UINT64_MAX;
        off_t position = standard_input ? lseek(walk->standard_input, 0, SEEK_CUR) : 0;
        uint64_t begin, end;
        range_bytes(&scan->input.range, (uint64_t)status.st_size, &begin, &end);
        if (position > 0 && (uint64_t)position > begin)
            begin = (uint64_t)position;
        bytes += begin < end ? end - begin : 0;
    }
    return bytes;
}

/* Whether standard error is a terminal, and not the one that the output goes to. */
static bool has_terminal(int output)
{
    struct stat error_status, output_status;
    if (!isatty(STDERR_FILENO))
        return false;
    return !isatty(output) || fstat(STDERR_FILENO, &error_status) != 0 || fstat(output, &output_status) != 0 ||
           error_status.st_rdev != output_status.st_rdev;
}

void progress_begin(const struct settings *settings, bool shown)
{
    total = count_bytes(&settings->scan);
    atomic_store(&current, settings);
    if (!shown || !has_terminal(settings->scan.output))
        return;
    catch_signal(SIGALRM);
    tick(1);
}

void progress_end(void)
{
    tick(0);
    atomic_store(&current, NULL);
    if (diag_line_shown) {
        ssize_t ignored = write(STDERR_FILENO, "\r\33[K", 4);
        (void)ignored;
        diag_line_shown = false;
    }
}

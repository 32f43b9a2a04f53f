/*
 * command-fuzz.c - compares what the program prints with what PCRE2, line by line, says it must print.
 *
 *     MSCAN=/path/to/mscan command-fuzz [--cases=N] [--seconds=T] [--seed=S]
 *     MSCAN=/path/to/mscan command-fuzz --seed=S --case=M
 *
 * As engine-fuzz, with a random command line for each trial: every option that prints or counts, every way to read and
 * to split.  It ends at the first failure, with status 1.
 */
#include "command.h"
#include "dice.h"
#include "driver.h"
#include "shrink.h"

#include "../pack.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUN_SECONDS 60

/* One comparison of a trial, which a command belongs to. */
struct run {
    struct command command;
    const char *directory;
    struct bytes words, expected, found; /* of the last run */
    int expected_status, status;
    uint64_t compared, refused, unsure;
};

static void read_file(const char *name, struct bytes *content)
{
    char block[65536];
    size_t length;
    FILE *file = fopen(name, "r");
    bytes_clear(content);
    bytes_add(content, "", 0);
    while (file && (length = fread(block, 1, sizeof block, file)) > 0)
        bytes_add(content, block, length);
    if (file)
        fclose(file);
}

/* Runs the words by a shell, in the run's directory, with its output in the file "out". */
static void execute(struct run *run, bool unicode)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (setpgid(0, 0) != 0 || chdir(run->directory) != 0)
            _exit(126);
        alarm(RUN_SECONDS); /* holds through exec */
        setenv("LC_ALL", unicode ? "C.UTF-8" : "C", 1);
        setenv("MSCAN_KERNELS", run->command.kernels, 1);
        int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (dup2(out, 1) < 0 || dup2(err, 2) < 0)
            _exit(126);
        execl("/bin/sh", "sh", "-c", run->words.text, (char *)NULL);
        _exit(126);
    }
    int status = 0;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFSIGNALED(status))
        kill(-pid, SIGKILL); /* what the shell has started */
    run->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* The text in members of several sizes. */
static void pack_text(struct bytes *text, void add_member(struct packed *, const char *, size_t))
{
    struct packed packed = packed_new(40 * text->length + 100);
    struct dice dice = dice_seeded(text->length, 0);
    for (size_t at = 0; at < text->length;) {
        size_t length = dice_below(&dice, dice_chance(&dice, 50) ? 60 : 50000);
        if (length > text->length - at)
            length = text->length - at;
        add_member(&packed, text->text + at, length);
        at += length;
    }
    bytes_clear(text);
    bytes_add(text, packed.bytes, packed.length);
    free(packed.bytes);
}

static void write_inputs(const struct run *run, const struct trial *trial)
{
    struct pattern_list patterns;
    struct bytes lines = {NULL, 0, 0}, name = {NULL, 0, 0}, text = {NULL, 0, 0};
    trial_patterns(trial, &patterns);
    for (size_t i = 0; i < patterns.count; i++) {
        const struct pattern *pattern = &patterns.items[i];
        bytes_add(&lines, pattern->text, pattern->length);
        if (trial->crlf && pattern->length > 0 &&
            pattern->text[pattern->length - 1] == '\r') /* the program drops one */
            bytes_add_char(&lines, '\r');
        bytes_add_char(&lines, '\n');
    }
    bytes_add_string(&name, run->directory);
    bytes_add_string(&name, "/patterns");
    driver_write_file(name.text, &lines);
    bytes_clear(&name);
    bytes_add_string(&name, run->directory);
    bytes_add_string(&name, "/text");
    bytes_add_string(&text, command_mark(&run->command, trial));
    bytes_add(&text, trial->text.text, trial->text.length);
    if (run->command.bgzf || run->command.zstd)
        pack_text(&text, run->command.bgzf ? pack_bgzf : pack_zstd);
    driver_write_file(name.text, &text);
    pattern_list_free(&patterns);
    bytes_free(&lines);
    bytes_free(&name);
    bytes_free(&text);
}

/* Whether the message is of a limit that the program met and the reference did not: they are counted in two ways. */
static bool met_limit(struct run *run)
{
    struct bytes name = {NULL, 0, 0}, errors = {NULL, 0, 0};
    bytes_add_string(&name, run->directory);
    bytes_add_string(&name, "/err");
    read_file(name.text, &errors);
    bool limit = run->status == 2 && strstr(errors.text, "limit");
    bytes_free(&name);
    bytes_free(&errors);
    return limit;
}

/* What the command must do; false when nobody knows. */
static bool expect(struct run *run, const struct trial *trial, bool careful, bool *refused)
{
    bytes_clear(&run->expected);
    bytes_add(&run->expected, "", 0);
    bool sure = command_expect(&run->command, trial, "text", careful, &run->expected, &run->expected_status, refused);
    if (*refused) {
        bytes_clear(&run->expected);
        run->expected_status = 2;
    }
    return sure || *refused;
}

/* 0 when the program does what it must, or nobody knows. */
static int run_trial(const struct trial *trial, void *context)
{
    struct run *run = context;
    bool refused;
    if (!expect(run, trial, false, &refused)) {
        run->unsure++;
        return 0;
    }
    run->refused += refused;
    write_inputs(run, trial);
    bytes_clear(&run->words);
    command_write(&run->command, trial, "\"$MSCAN\"", "patterns", "text", &run->words);
    execute(run, trial->unicode);
    struct bytes name = {NULL, 0, 0};
    bytes_add_string(&name, run->directory);
    bytes_add_string(&name, "/out");
    read_file(name.text, &run->found);
    bytes_free(&name);
    if (!refused && met_limit(run)) {
        run->unsure++;
        return 0;
    }
    run->compared++;
    bool same = run->status == run->expected_status && run->found.length == run->expected.length &&
                memcmp(run->found.text, run->expected.text, run->found.length) == 0;
    if (same || refused || expect(run, trial, true, &refused))
        return same ? 0 : 1;
    run->unsure++;
    return 0;
}

/* What shows in the output goes first, then what must not. */
static void shrink_command(struct run *run, struct trial *trial)
{
    struct command *command = &run->command;
    bool *flags[] = {&command->color,     &command->line_number, &command->byte_offset, &command->with_name,
                     &command->invert,    &command->map,         &command->no_map,      &command->from_stdin,
                     &command->from_pipe, &command->as_operands, &command->mark,        &command->bgzf,
                     &command->zstd};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        bool before = *flags[i];
        *flags[i] = false;
        if (before && run_trial(trial, run) == 0)
            *flags[i] = true;
    }
    struct command before = *command;
    command->max_count = 0;
    if (before.max_count && run_trial(trial, run) == 0)
        *command = before;
    before = *command;
    command->threads = 1;
    if (before.threads > 1 && run_trial(trial, run) == 0)
        *command = before;
    before = *command;
    command->chunk_size = 0;
    if (before.chunk_size && run_trial(trial, run) == 0)
        *command = before;
}

static void report(struct run *run, struct trial *trial, const char *program)
{
    printf("case %llu of seed %llu fails\n", (unsigned long long)trial->number, (unsigned long long)trial->seed);
    fflush(stdout);
    shrink_command(run, trial);
    shrink_trial(trial, 1, run_trial, run, DRIVER_SHRINK_SECONDS);
    shrink_command(run, trial);
    run_trial(trial, run);
    const char *mark = command_mark(&run->command, trial);
    bytes_insert(&trial->text, 0, mark, strlen(mark));
    char name[2][64];
    driver_write_trial(trial, name);
    driver_show("  expected ", run->expected.text, run->expected.length);
    driver_show("  found    ", run->found.text, run->found.length);
    printf("  status   %d instead of %d\n", run->status, run->expected_status);
    bytes_clear(&run->words);
    command_write(&run->command, trial, "mscan", name[0], name[1], &run->words);
    printf("  repeat: LC_ALL=%s MSCAN_KERNELS=%s; export LC_ALL MSCAN_KERNELS; %s\n", trial->unicode ? "C.UTF-8" : "C",
           run->command.kernels, run->words.text);
    printf("  repeat: %s --seed=%llu --case=%llu\n", program, (unsigned long long)trial->seed,
           (unsigned long long)trial->number);
}

/* False when the case fails. */
static bool run_case(struct run *run, uint64_t seed, uint64_t number, const char *program)
{
    struct trial trial;
    trial_create(&trial, seed, number);
    struct dice dice = trial.dice;
    command_choose(&run->command, &trial, &dice);
    bool same = run_trial(&trial, run) == 0;
    if (!same)
        report(run, &trial, program);
    trial_free(&trial);
    return same;
}

static void remove_directory(const char *directory)
{
    static const char *const names[] = {"patterns", "text", "out", "err"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct bytes name = {NULL, 0, 0};
        bytes_add_string(&name, directory);
        bytes_add_char(&name, '/');
        bytes_add_string(&name, names[i]);
        unlink(name.text);
        bytes_free(&name);
    }
    rmdir(directory);
}

int main(int count, char **arguments)
{
    struct driver settings = {.seed = 1, .cases = UINT64_MAX / 2, .seconds = 6, .jobs = 1, .failures = 1};
    const char *base = getenv("TMPDIR");
    char directory[4096];
    (void)count;
    driver_parse(&settings, arguments);
    snprintf(directory, sizeof directory, "%s/mscan-fuzz-XXXXXX", base && *base ? base : "/tmp");
    struct run run = {.directory = mkdtemp(directory)};
    if (!getenv("MSCAN") || !run.directory) {
        fprintf(stderr, "%s: %s\n", arguments[0], run.directory ? "MSCAN is not set" : "no directory for files");
        return 2;
    }
    time_t deadline = time(NULL) + (time_t)settings.seconds;
    uint64_t failures = 0, number = settings.single ? settings.number : 0;
    uint64_t end = settings.single ? number + 1 : settings.cases;
    for (; number < end && failures < settings.failures && (settings.single || time(NULL) < deadline); number++)
        failures += !run_case(&run, settings.seed, number, arguments[0]);
    printf("seed %llu: %llu commands compared, %llu of them refused patterns, %llu failed; %llu left out\n",
           (unsigned long long)settings.seed, (unsigned long long)run.compared, (unsigned long long)run.refused,
           (unsigned long long)failures, (unsigned long long)run.unsure);
    remove_directory(directory);
    bytes_free(&run.words);
    bytes_free(&run.expected);
    bytes_free(&run.found);
    return failures > 0;
}

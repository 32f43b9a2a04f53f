/*
 * engine-fuzz.c - compares the matcher with PCRE2, line by line, on random patterns and texts.
 *
 *     engine-fuzz [--cases=N] [--seconds=T] [--seed=S] [--jobs=N] [--failures=N]
 *     engine-fuzz --seed=S --case=M
 *
 * A case depends on the seed and its number alone.  It ends after N cases or T seconds, whichever comes first, or at
 * the first failure (--failures: the Nth).  A case that fails, also by a signal or by taking over a minute of a
 * processor's time, is made small, written to two files (patterns and text) and shown with the commands that repeat it;
 * the status is then 1.
 */
#include "compare.h"
#include "driver.h"
#include "shrink.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CASE_SECONDS 60

/* What a worker and its parent share. */
struct worker {
    struct tally tally;
    uint64_t current; /* the number of the case in hand */
    pid_t pid;
};

/* A case ends by SIGPROF when it has taken this much of a processor's time; other work on the machine does not count.
 */
static void watch(void)
{
    const struct itimerval limit = {.it_value = {.tv_sec = CASE_SECONDS}};
    setitimer(ITIMER_PROF, &limit, NULL);
}

/* --- one case in a process of its own --- */

static int run_alone(const struct trial *trial, void *context)
{
    FILE *report = context;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        struct tally tally = {0};
        struct bytes difference = {NULL, 0, 0};
        watch();
        bool same = compare_trial(trial, &tally, &difference);
        if (!same && report) {
            fwrite(difference.text, 1, difference.length, report);
            fflush(report);
        }
        _exit(same ? 0 : 1);
    }
    int status = 0;
    while (pid < 0 || (waitpid(pid, &status, 0) < 0 && errno == EINTR))
        if (pid < 0)
            return 0;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* --- reports --- */

static void report(const struct trial *trial, int outcome, const char *program)
{
    struct pattern_list patterns;
    char name[2][64];
    trial_patterns(trial, &patterns);
    driver_write_trial(trial, name);
    if (outcome < 0)
        printf("%s\n", strsignal(-outcome));
    run_alone(trial, stdout);
    for (size_t i = 0; i < patterns.count && i < 20; i++)
        driver_show("  pattern ", patterns.items[i].text, patterns.items[i].length);
    driver_show("  text    ", trial->text.text ? trial->text.text : "", trial->text.length);
    printf("  repeat: LC_ALL=%s mscan -na%s%s%s%s%s%s -f %s %s\n", trial->unicode ? "C.UTF-8" : "C",
           trial->fixed ? "F" : "", trial->ignore_case ? "i" : "", trial->word ? "w" : "", trial->line ? "x" : "",
           trial->unicode ? "" : " --no-unicode", trial->crlf ? " --crlf" : "", name[0], name[1]);
    printf("  repeat: %s --seed=%llu --case=%llu\n", program, (unsigned long long)trial->seed,
           (unsigned long long)trial->number);
    fflush(stdout);
    pattern_list_free(&patterns);
}

/* Makes a case anew, and small, and shows it.  False when it does not fail now. */
static bool examine(uint64_t seed, uint64_t number, const char *program)
{
    struct trial trial;
    trial_create(&trial, seed, number);
    int outcome = run_alone(&trial, NULL);
    if (outcome != 0) {
        printf("case %llu of seed %llu fails\n", (unsigned long long)number, (unsigned long long)seed);
        fflush(stdout);
        shrink_trial(&trial, outcome, run_alone, NULL, DRIVER_SHRINK_SECONDS);
        report(&trial, outcome, program);
    }
    trial_free(&trial);
    return outcome != 0;
}

/* --- workers --- */

static void work(struct worker *worker, const struct driver *settings, time_t deadline)
{
    for (; worker->current < settings->cases && time(NULL) < deadline; worker->current += settings->jobs) {
        struct trial trial;
        struct bytes difference = {NULL, 0, 0};
        watch();
        trial_create(&trial, settings->seed, worker->current);
        bool same = compare_trial(&trial, &worker->tally, &difference);
        trial_free(&trial);
        bytes_free(&difference);
        if (!same)
            exit(1);
    }
    exit(0); /* and not _exit(), after which gcov has counted nothing */
}

static void start(struct worker *worker, const struct driver *settings, time_t deadline)
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        work(worker, settings, deadline);
    if (pid < 0) {
        perror("fork");
        exit(2);
    }
    worker->pid = pid;
}

/* Runs the workers, and those that fail again from behind the case where they did.  How many failed. */
static uint64_t supervise(struct worker *workers, const struct driver *settings, const char *program)
{
    time_t deadline = time(NULL) + (time_t)settings->seconds;
    uint64_t failures = 0, running = settings->jobs;
    for (uint64_t i = 0; i < settings->jobs; i++) {
        workers[i].current = i;
        start(&workers[i], settings, deadline);
    }
    while (running > 0) {
        int status;
        pid_t pid = wait(&status);
        if (pid < 0)
            break;
        struct worker *worker = workers;
        while (worker < workers + settings->jobs && worker->pid != pid)
            worker++;
        if (worker == workers + settings->jobs)
            continue;
        running--;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            continue;
        if (!examine(settings->seed, worker->current, program))
            printf("case %llu failed, but not when it ran alone\n", (unsigned long long)worker->current);
        worker->current += settings->jobs;
        if (++failures >= settings->failures)
            deadline = 0;
        start(worker, settings, deadline);
        running++;
        /* The others have their own clocks. */
        for (uint64_t i = 0; deadline == 0 && i < settings->jobs; i++)
            kill(workers[i].pid, SIGTERM);
        if (deadline == 0)
            break;
    }
    while (wait(NULL) > 0)
        ;
    return failures;
}

static void summarize(const struct worker *workers, const struct driver *settings, uint64_t failures)
{
    struct tally sum = {0};
    for (uint64_t i = 0; i < settings->jobs; i++)
        tally_add(&sum, &workers[i].tally);
    printf("seed %llu: %llu cases, %llu of them refused patterns, %llu failed\n", (unsigned long long)settings->seed,
           (unsigned long long)sum.trials, (unsigned long long)sum.refused, (unsigned long long)failures);
    printf("%llu lines, %llu of them matching; %llu bounds\n", (unsigned long long)sum.lines,
           (unsigned long long)sum.matching, (unsigned long long)sum.finds);
    printf(
        "left out: %llu lines by PCRE2's limits, %llu by the matcher's; %llu places where PCRE2 contradicts itself\n",
        (unsigned long long)sum.limits, (unsigned long long)sum.troubles, (unsigned long long)sum.disagreed);
    printf("engines, as explained:");
    for (size_t i = 0; i < ENGINE_USES && sum.uses[i].patterns > 0; i++)
        printf("%s %s %llu", i ? ";" : "", sum.uses[i].name, (unsigned long long)sum.uses[i].patterns);
    putchar('\n');
}

int main(int count, char **arguments)
{
    struct driver settings = {.seed = 1, .cases = UINT64_MAX / 2, .seconds = 12, .jobs = 1, .failures = 1};
    (void)count;
    driver_parse(&settings, arguments);
    if (settings.single) {
        if (examine(settings.seed, settings.number, arguments[0]))
            return 1;
        printf("case %llu of seed %llu is right\n", (unsigned long long)settings.number,
               (unsigned long long)settings.seed);
        return 0;
    }
    struct worker *workers =
        mmap(NULL, DRIVER_JOBS * sizeof *workers, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (workers == MAP_FAILED) {
        perror("mmap");
        return 2;
    }
    uint64_t failures = supervise(workers, &settings, arguments[0]);
    summarize(workers, &settings, failures);
    return failures > 0;
}

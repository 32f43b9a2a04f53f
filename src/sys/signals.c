#include "sys/signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

/*
 * A tick, in milliseconds.  Each interrupts the writing thread again: a signal that comes just before a system call
 * does not make that return.
 */
#define TICK 10

enum state {
    FREE,   /* a signal ends the process at once */
    HELD,   /* a thread writes */
    ENDING, /* the process is about to end */
};

/* Handlers have no other place for what they know. */
static struct {
    _Atomic enum state state;
    _Atomic int signal;  /* that waits; 0: none */
    pthread_t writer;    /* set before `state` becomes HELD */
    atomic_uint written; /* counts signals_progress() */
    /* Of the handler for ticks. */
    unsigned seen, idle, ticks;
} signals;

/* Ends the process by a signal. */
static void end(int number)
{
    sigset_t set;
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    abort(); /* not reached: no status is taken for a signal */
}

/* Whether the caller is the one that ends the process. */
static bool begin_to_end(enum state from)
{
    return atomic_compare_exchange_strong(&signals.state, &from, ENDING);
}

static void interrupt_writer(void)
{
    if (!pthread_equal(signals.writer, pthread_self()))
        pthread_kill(signals.writer, SIGALRM);
}

static void on_tick(int number, siginfo_t *info, void *context)
{
    (void)number, (void)context;
    int saved = errno, signal = atomic_load(&signals.signal);
    if (info->si_code != SI_TKILL && signal) { /* else it is from interrupt_writer() */
        unsigned written = atomic_load(&signals.written);
        signals.idle = written == signals.seen ? signals.idle + 1 : 0;
        signals.seen = written;
        bool late = signals.idle >= SIGNALS_WAIT / TICK || ++signals.ticks >= SIGNALS_WAIT_ALL / TICK;
        if (begin_to_end(FREE) || (late && begin_to_end(HELD)))
            end(signal);
        interrupt_writer();
    }
    errno = saved;
}

static void start_ticks(void)
{
    struct sigaction action = {.sa_sigaction = on_tick, .sa_flags = SA_SIGINFO};
    const struct itimerval every = {{0, TICK * 1000}, {0, TICK * 1000}};
    sigemptyset(&action.sa_mask);
    signals.seen = atomic_load(&signals.written);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
}

static void on_signal(int number)
{
    int saved = errno, none = 0;
    bool first = atomic_compare_exchange_strong(&signals.signal, &none, number);
    if (begin_to_end(FREE))
        end(number);
    if (first && atomic_load(&signals.state) == HELD) {
        start_ticks();
        interrupt_writer();
    }
    errno = saved;
}

void signals_init(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action = {.sa_handler = on_signal}, old;
    sigset_t set;
    sigemptyset(&action.sa_mask);
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
}

/* For a thread that has nothing left to do. */
static void wait_for_end(void)
{
    for (;;)
        pause();
}

void signals_hold(void)
{
    enum state state = FREE;
    signals.writer = pthread_self();
    if (!atomic_compare_exchange_strong(&signals.state, &state, HELD))
        wait_for_end();
}

void signals_release(void)
{
    enum state state = HELD;
    if (!atomic_compare_exchange_strong(&signals.state, &state, FREE))
        wait_for_end();
    int signal = atomic_load(&signals.signal);
    if (!signal)
        return;
    if (begin_to_end(FREE))
        end(signal);
    wait_for_end();
}

bool signals_pending(void)
{
    return atomic_load_explicit(&signals.signal, memory_order_relaxed) != 0;
}

void signals_progress(void)
{
    atomic_fetch_add_explicit(&signals.written, 1, memory_order_relaxed);
}

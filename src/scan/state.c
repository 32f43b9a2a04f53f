#include "scan/state.h"

/* Lock held. */
static void stop_file(struct file *file, uint64_t chunk)
{
    file_stop(file, chunk);
    if (file->reading)
        input_cancel(&file->input);
}

void scan_stop_file(struct scan *scan, struct file *file, uint64_t chunk)
{
    pthread_mutex_lock(&scan->monitor.lock);
    stop_file(file, chunk);
    pthread_mutex_unlock(&scan->monitor.lock);
}

void scan_stop(struct scan *scan)
{
    atomic_store(&scan->stop, true);
    pthread_mutex_lock(&scan->monitor.lock);
    for (struct file *file = scan->files; file; file = file->next)
        stop_file(file, 0);
    pthread_cond_broadcast(&scan->counted);
    pthread_mutex_unlock(&scan->monitor.lock);
    walk_cancel(scan->walk);
    queue_stop(scan->queue);
}

void scan_tell(struct scan *scan, const struct file *file, const char *text)
{
    struct scan_message message = {.text = text};
    if (file) {
        message.name = file->task.name;
        message.number = file->number;
        message.refused = file->refused;
    }
    if (scan->options->say)
        scan->options->say(scan->options->say_context, &message);
}

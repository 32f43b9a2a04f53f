#include "base/diag.h"

#include "base/visible.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Atomic bool diag_line_shown;

/* The most bytes of a message. */
#define LINE_MAX ((size_t)8192)

/*
 * Writes a message and a newline.  No control character of a name or a pattern reaches the terminal: it could change
 * its title, hide text or look like another message.
 */
static void put(const char *line, size_t length)
{
    static const char erase[] = "\r\33[K";
    char shown[LINE_MAX * 4 + sizeof erase + 1];
    size_t used = 0;
    if (diag_line_shown)
        used = (size_t)(stpcpy(shown, erase) - shown);
    diag_line_shown = false;
    while (length) {
        size_t size, plain = visible_length(line, length, &size);
        memcpy(shown + used, line, plain);
        used += plain;
        used += visible_escape(shown + used, line + plain, size);
        line += plain + size;
        length -= plain + size;
    }
    shown[used++] = '\n';
    /* Nothing is left to do when standard error itself fails. */
    ssize_t ignored = write(STDERR_FILENO, shown, used);
    (void)ignored;
}

/* No allocation: one of the messages is that memory is exhausted. */
static void emit(const char *name, const char *format, va_list arguments)
{
    char line[LINE_MAX];
    size_t used = 0;
    int length = name ? snprintf(line, sizeof line - 1, "%s: %s: ", program_invocation_short_name, name)
                      : snprintf(line, sizeof line - 1, "%s: ", program_invocation_short_name);
    if (length > 0)
        used = (size_t)length < sizeof line - 1 ? (size_t)length : sizeof line - 2;
    length = vsnprintf(line + used, sizeof line - 1 - used, format, arguments);
    if (length > 0)
        used += (size_t)length < sizeof line - 1 - used ? (size_t)length : sizeof line - 2 - used;
    put(line, used);
}

void diag(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    emit(NULL, format, arguments);
    va_end(arguments);
}

void diag_file(const char *name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    emit(name, format, arguments);
    va_end(arguments);
}

int diag_flush_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno != EPIPE)
        diag("write error: %s", strerror(errno));
    return EXIT_STATUS_ERROR;
}

void diag_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    emit(NULL, format, arguments);
    va_end(arguments);
    exit(EXIT_STATUS_ERROR);
}

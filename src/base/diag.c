#include "base/diag.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Atomic bool diag_line_shown;

/* No allocation: one of the messages is that memory is exhausted. */
static void emit(const char *name, const char *format, va_list arguments)
{
    char line[8192];
    size_t used = 0;
    const char *erase = diag_line_shown ? "\r\33[K" : "";
    int length = name ? snprintf(line, sizeof line - 1, "%s%s: %s: ", erase, program_invocation_short_name, name)
                      : snprintf(line, sizeof line - 1, "%s%s: ", erase, program_invocation_short_name);
    if (length > 0)
        used = (size_t)length < sizeof line - 1 ? (size_t)length : sizeof line - 2;
    length = vsnprintf(line + used, sizeof line - 1 - used, format, arguments);
    if (length > 0)
        used += (size_t)length < sizeof line - 1 - used ? (size_t)length : sizeof line - 2 - used;
    line[used++] = '\n';
    diag_line_shown = false;
    /* Nothing is left to do when standard error itself fails. */
    ssize_t ignored = write(STDERR_FILENO, line, used);
    (void)ignored;
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

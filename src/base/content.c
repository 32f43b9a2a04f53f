#include "base/content.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int content_open(const char *name)
{
    int fd;
    do
        fd = open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    return fd;
}

char *content_read(int fd, size_t *length)
{
    size_t capacity = 4096, used = 0;
    char *content = xmalloc(capacity);
    for (;;) {
        if (used + 1 == capacity) {
            capacity *= 2;
            content = xreallocarray(content, capacity, 1);
        }
        ssize_t got = read(fd, content + used, capacity - used - 1);
        if (got > 0) {
            used += (size_t)got;
        } else if (got == 0) {
            content[used] = '\0';
            *length = used;
            return content;
        } else if (errno != EINTR) {
            int saved = errno;
            free(content);
            errno = saved;
            return NULL;
        }
    }
}

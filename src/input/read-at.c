#include "input/read-at.h"

#include <errno.h>
#include <sys/types.h>
#include <unistd.h>

int read_at(int fd, uint64_t offset, char *to, size_t length, size_t *got)
{
    for (*got = 0; *got < length;) {
        ssize_t more = pread(fd, to + *got, length - *got, (off_t)(offset + *got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return errno;
        if (more == 0)
            return 0;
        *got += (size_t)more;
    }
    return 0;
}

#include "config.h"

#include "sys/pipe.h"

#include <fcntl.h>

/* What an ordinary user may have (/proc/sys/fs/pipe-max-size). */
#define PIPE_SIZE (1 << 20)

void pipe_enlarge(int fd)
{
#if HAVE_DECL_F_SETPIPE_SZ
    int size = fcntl(fd, F_GETPIPE_SZ);
    if (size > 0 && size < PIPE_SIZE)
        fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#else
    (void)fd;
#endif
}

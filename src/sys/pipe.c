#include "config.h"

#include "sys/pipe.h"

#include <fcntl.h>

void pipe_enlarge(int fd)
{
#if HAVE_DECL_F_SETPIPE_SZ
    fcntl(fd, F_SETPIPE_SZ, 1 << 20);
#else
    (void)fd;
#endif
}

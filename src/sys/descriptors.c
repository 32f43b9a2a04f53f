#include "sys/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/resource.h>
#include <unistd.h>

/* The lowest free number is given out: far below the limit there is no need to try. */
#define NEAR 64

unsigned long descriptors_limit(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY ? limit.rlim_cur : ULONG_MAX;
}

bool descriptors_left(int descriptor, unsigned long limit)
{
    if ((unsigned long)descriptor + NEAR < limit)
        return true;
    int another = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (another < 0)
        return false;
    close(another);
    return true;
}

bool descriptors_lack(int error)
{
    return error == EMFILE || error == ENFILE;
}

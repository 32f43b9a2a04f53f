#include "output/output-file.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Other machines may write beside this one, so that the number of the process is not enough. */
static uint64_t random_number(void)
{
    uint64_t number = 0;
    if (getrandom(&number, sizeof number, GRND_NONBLOCK) == sizeof number)
        return number;
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return ((uint64_t)time.tv_nsec << 32) ^ (uint64_t)time.tv_sec ^ (uint64_t)getpid();
}

/* Where a link leads to, if it leads to a file; what is no regular file cannot be replaced by one. */
static int find_place(const char *name, char **place, mode_t *mode)
{
    struct stat status;
    *mode = 0;
    *place = NULL;
    if (stat(name, &status) != 0) {
        if (errno != ENOENT)
            return errno;
        *place = xstrdup(name);
        return 0;
    }
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    if (!S_ISREG(status.st_mode))
        return EINVAL;
    *mode = status.st_mode & 0777;
    *place = realpath(name, NULL);
    return *place ? 0 : errno;
}

/* A name beside the file's, no longer than names may be. */
static char *part_name(const char *name)
{
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    size_t directory = (size_t)(base - name), size = directory + NAME_MAX + 1;
    char *part = xmalloc(size);
    memcpy(part, name, directory);
    snprintf(part + directory, size - directory, ".%.200s.%016" PRIx64 ".part", base, random_number());
    return part;
}

static void release(struct output_file *file)
{
    free(file->name);
    free(file->part);
    *file = (struct output_file){.fd = -1};
}

int output_file_open(struct output_file *file, const char *name)
{
    mode_t mode;
    *file = (struct output_file){.fd = -1};
    int error = *name ? find_place(name, &file->name, &mode) : ENOENT;
    if (error)
        return error;
    do {
        free(file->part);
        file->part = part_name(file->name);
        file->fd = open(file->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
    } while (file->fd < 0 && errno == EEXIST);
    if (file->fd < 0) {
        error = errno;
        release(file);
        return error;
    }
    if (mode)
        (void)!fchmod(file->fd, mode); /* it keeps the mode that it has */
    return 0;
}

/* What the directory says is on the disk, too; where that cannot be had, the file's bytes are. */
static void sync_directory(const char *name)
{
    const char *slash = strrchr(name, '/');
    char *directory = slash ? xmemdup0(name, (size_t)(slash + 1 - name)) : xstrdup(".");
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(directory);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

int output_file_finish(struct output_file *file)
{
    int error = fsync(file->fd) != 0 ? errno : 0;
    if (close(file->fd) != 0 && !error)
        error = errno;
    if (!error && rename(file->part, file->name) != 0)
        error = errno;
    if (error)
        unlink(file->part);
    else
        sync_directory(file->name);
    release(file);
    return error;
}

void output_file_drop(struct output_file *file)
{
    close(file->fd);
    unlink(file->part);
    release(file);
}

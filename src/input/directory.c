#include "input/directory.h"

#include "base/alloc.h"
#include "base/bytes.h"

#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A name, found in `bytes` behind its type. */
struct item {
    uint64_t key; /* its first eight bytes, the first one highest: nearly all comparisons end here */
    const char *name;
};

struct directory {
    atomic_uint references;
    struct directory *parent; /* holds a reference */
    struct directory **known; /* of the walk, by hash_of(): owned by the topmost one */
    struct directory *next_known;
    size_t path_length;
    DIR *stream; /* NULL: suspended */
    dev_t device;
    ino_t inode;
    int error;
    bool loop;
    char *bytes; /* of each name its type and the name with its NUL */
    struct item *items;
    size_t count, next;
};

enum entry_type entry_type_of(mode_t mode)
{
    return S_ISDIR(mode)                                                        ? ENTRY_DIRECTORY
           : S_ISLNK(mode)                                                      ? ENTRY_LINK
           : S_ISCHR(mode) || S_ISBLK(mode) || S_ISFIFO(mode) || S_ISSOCK(mode) ? ENTRY_DEVICE
                                                                                : ENTRY_FILE;
}

static enum entry_type type_of(const struct dirent *entry)
{
#ifdef _DIRENT_HAVE_D_TYPE
    return entry->d_type == DT_UNKNOWN ? ENTRY_UNKNOWN : entry_type_of((mode_t)DTTOIF(entry->d_type));
#else
    (void)entry;
    return ENTRY_UNKNOWN;
#endif
}

static uint64_t key_of(const char *name)
{
    uint64_t key = 0;
    memcpy(&key, name, strnlen(name, sizeof key));
    return be64toh(key);
}

static int compare(const void *a, const void *b)
{
    const struct item *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return strcmp(left->name, right->name);
}

/* Makes the items, sorted, from the bytes. */
static void sort_names(struct directory *directory)
{
    directory->items = xcalloc(directory->count, sizeof *directory->items);
    const char *at = directory->bytes;
    for (size_t i = 0; i < directory->count; i++) {
        directory->items[i] = (struct item){key_of(at + 1), at + 1};
        at += strlen(at + 1) + 2;
    }
    qsort(directory->items, directory->count, sizeof *directory->items, compare);
}

static void read_names(struct directory *directory)
{
    size_t used = 0, room = 0;
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(directory->stream))) {
        const char *name = entry->d_name;
        if (name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2])))
            continue;
        size_t size = strlen(name) + 1;
        if (room - used < size + 1) {
            room = 2 * room + size + 1024;
            directory->bytes = xreallocarray(directory->bytes, room, 1);
        }
        directory->bytes[used] = (char)type_of(entry);
        memcpy(directory->bytes + used + 1, name, size);
        used += size + 1;
        directory->count++;
    }
    directory->error = errno;
    if (used < room) /* deep trees have many directories */
        directory->bytes = xreallocarray(directory->bytes, used ? used : 1, 1);
    sort_names(directory);
}

/* Opens and checks; the descriptor's identity goes into the arguments. */
static DIR *open_stream(int at, const char *name, int flags, dev_t *device, ino_t *inode)
{
    int fd;
    do
        fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC | flags);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return NULL;
    struct stat status;
    DIR *stream = fstat(fd, &status) == 0 ? fdopendir(fd) : NULL;
    if (!stream) {
        int saved = errno;
        close(fd);
        errno = saved;
        return NULL;
    }
    *device = status.st_dev;
    *inode = status.st_ino;
    return stream;
}

/* --- the directories that the walk is in --- */

#define KNOWN_SIZE 4096

static struct directory **bucket_of(const struct directory *directory)
{
    uint64_t hash = ((uint64_t)directory->inode ^ (uint64_t)directory->device << 32) * HASH_FACTOR;
    return &directory->known[hash >> 52];
}

/* Makes it one of them, unless it is the same as one of them. */
static void enter(struct directory *directory)
{
    directory->known = directory->parent ? directory->parent->known : xcalloc(KNOWN_SIZE, sizeof *directory->known);
    struct directory **bucket = bucket_of(directory);
    for (const struct directory *other = *bucket; other && !directory->loop; other = other->next_known)
        directory->loop = other->inode == directory->inode && other->device == directory->device;
    if (directory->loop)
        return;
    directory->next_known = *bucket;
    *bucket = directory;
}

void directory_leave(struct directory *directory)
{
    if (!directory->loop)
        *bucket_of(directory) = directory->next_known;
}

struct directory *directory_open(struct directory *parent, const char *name, size_t path_length, bool follow)
{
    struct directory *directory = xcalloc(1, sizeof *directory);
    directory->stream =
        open_stream(directory_descriptor(parent), name, follow ? 0 : O_NOFOLLOW, &directory->device, &directory->inode);
    if (!directory->stream) {
        int saved = errno;
        free(directory);
        errno = saved;
        return NULL;
    }
    directory->references = 1;
    directory->path_length = path_length;
    directory->parent = parent ? directory_hold(parent) : NULL;
    enter(directory);
    if (!directory->loop)
        read_names(directory);
    return directory;
}

struct directory *directory_hold(struct directory *directory)
{
    atomic_fetch_add(&directory->references, 1);
    return directory;
}

void directory_release(struct directory *directory)
{
    while (directory && atomic_fetch_sub(&directory->references, 1) == 1) {
        struct directory *parent = directory->parent;
        if (directory->stream)
            closedir(directory->stream);
        if (!parent)
            free(directory->known);
        free(directory->bytes);
        free(directory->items);
        free(directory);
        directory = parent;
    }
}

int directory_descriptor(const struct directory *directory)
{
    return directory ? dirfd(directory->stream) : AT_FDCWD;
}

bool directory_has_link(int descriptor, const char *name)
{
    struct stat status;
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

struct directory *directory_parent(const struct directory *directory)
{
    return directory->parent;
}

size_t directory_path_length(const struct directory *directory)
{
    return directory->path_length;
}

int directory_error(const struct directory *directory)
{
    return directory->error;
}

bool directory_is_loop(const struct directory *directory)
{
    return directory->loop;
}

const char *directory_peek(const struct directory *directory, enum entry_type *type)
{
    if (directory->next == directory->count)
        return NULL;
    const char *name = directory->items[directory->next].name;
    *type = (enum entry_type)name[-1];
    return name;
}

void directory_skip(struct directory *directory)
{
    directory->next++;
}

void directory_abandon(struct directory *directory)
{
    directory->next = directory->count;
}

void directory_suspend(struct directory *directory)
{
    if (!directory->stream || atomic_load(&directory->references) > 1)
        return;
    closedir(directory->stream);
    directory->stream = NULL;
}

/* Opens a name that should lead to the directory. */
static bool reopen(struct directory *directory, int at, const char *name)
{
    dev_t device;
    ino_t inode;
    DIR *stream = open_stream(at, name, 0, &device, &inode);
    if (!stream)
        return false;
    if (device != directory->device || inode != directory->inode) {
        closedir(stream);
        errno = ENOENT;
        return false;
    }
    directory->stream = stream;
    return true;
}

bool directory_resume(struct directory *directory, const struct directory *child, const char *path)
{
    if (directory->stream || (child->stream && reopen(directory, dirfd(child->stream), "..")))
        return true;
    return reopen(directory, AT_FDCWD, *path ? path : ".");
}

#include "input/walk.h"

#include "base/alloc.h"
#include "base/content.h"
#include "base/text.h"
#include "input/stream.h"
#include "sys/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Directories that are kept open on the way down, so that files in them are opened by their names alone: in deeper
 * trees the upper ones are closed, and opened again on the way back.
 */
#define OPEN_MAX_DEPTH 16

struct walk {
    const struct walk_options *options;
    size_t next_name;
    struct block_pool *pool; /* these are for a file of names */
    struct stream *stream;
    struct stream_block block;
    size_t block_next; /* where the next name begins in it */
    int names_fd;
    bool owns_names;             /* the descriptor is ours to close */
    int names_error;             /* why there is no stream */
    struct directory *directory; /* the walk is in; one reference; NULL: at the next name */
    struct text path;            /* of that directory, as shown */
    unsigned long descriptors;   /* the most that there may be */
    bool ready;                  /* `entry` is what comes next */
    struct walk_entry entry;
};

/* How much of a file of names is read at a time, at most. */
#define NAMES_SIZE ((size_t)64 << 10)

static void open_names(struct walk *walk)
{
    const char *name = walk->options->names_file;
    walk->owns_names = strcmp(name, "-") != 0;
    walk->names_fd = walk->owns_names ? content_open(name) : walk->options->standard_input;
    if (walk->names_fd < 0) {
        walk->names_error = errno;
        return;
    }
    walk->pool = block_pool_create(HUGE_NEVER);
    const struct stream_options options = {.pool = walk->pool, .block_size = NAMES_SIZE, .null_lines = true};
    walk->stream = stream_open(walk->names_fd, 0, 0, &options);
}

struct walk *walk_create(const struct walk_options *options)
{
    struct walk *walk = xcalloc(1, sizeof *walk);
    walk->options = options;
    walk->names_fd = -1;
    walk->descriptors = descriptors_limit();
    if (options->names_file)
        open_names(walk);
    return walk;
}

void walk_cancel(struct walk *walk)
{
    if (walk->stream)
        stream_cancel(walk->stream);
}

void walk_free(struct walk *walk)
{
    if (!walk)
        return;
    if (walk->ready)
        walk_entry_free(&walk->entry);
    directory_release(walk->directory);
    if (walk->stream) {
        block_put(walk->pool, &walk->block.block);
        stream_close(walk->stream);
        block_pool_free(walk->pool);
    }
    if (walk->owns_names && walk->names_fd >= 0)
        close(walk->names_fd);
    free(walk->path.bytes);
    free(walk);
}

void walk_entry_free(struct walk_entry *entry)
{
    directory_release(entry->directory);
    free(entry->path);
    *entry = (struct walk_entry){.path = NULL};
}

static bool skips_devices(const struct walk *walk, bool named)
{
    const struct walk_options *options = walk->options;
    return options->devices == DEVICES_SKIP || (options->devices == DEVICES_DEFAULT && !named && !options->follow);
}

/* --- names of the command line --- */

static struct walk_entry named_entry(const struct walk *walk, const char *name)
{
    char *path = xstrdup(name);
    struct walk_entry entry = {
        .path = path,
        .name = path,
        .standard_input = strcmp(name, "-") == 0,
        .skip_devices = skips_devices(walk, true),
    };
    if (walk->options->refuse)
        entry.reason = walk->options->refuse(walk->options->refuse_context, name);
    entry.refused = entry.reason != NULL;
    entry.standard_input &= !entry.refused;
    const char *names_file = walk->options->names_file;
    if (names_file && *name == '\0')
        entry.reason = "a file name without characters";
    if (names_file && entry.standard_input && strcmp(names_file, "-") == 0) {
        entry.standard_input = false;
        entry.reason = "standard input holds the file names";
    }
    return entry;
}

/* The next name of those that are known, or NULL. */
static const char *peek_name(const struct walk *walk)
{
    const struct walk_options *options = walk->options;
    if (!options->names_file)
        return walk->next_name < options->name_count ? options->names[walk->next_name] : NULL;
    /* What is behind a block is zero, so the last name needs no NUL. */
    return walk->block_next < walk->block.length ? walk->block.block.bytes + walk->block_next : NULL;
}

static void skip_name(struct walk *walk)
{
    if (walk->options->names_file)
        walk->block_next += strlen(peek_name(walk)) + 1;
    else
        walk->next_name++;
}

static bool has_more_names(const struct walk *walk)
{
    return walk->options->names_file && !walk->block.last && (walk->stream || walk->names_error);
}

/* Reads more names. */
static void read_names_file(struct walk *walk)
{
    if (walk->stream) {
        block_put(walk->pool, &walk->block.block);
        stream_next(walk->stream, &walk->block);
    } else {
        walk->block = (struct stream_block){.last = true, .error = walk->names_error};
    }
    walk->block_next = 0;
    if (walk->block.error || walk->block.reason) {
        const char *name = walk->options->names_file;
        walk->entry = (struct walk_entry){
            .path = xstrdup(strcmp(name, "-") == 0 ? "(standard input)" : name),
            .error = walk->block.error,
            .reason = walk->block.reason,
        };
        walk->ready = true;
    }
}

/* Whether the kind of file that a name stands for matters before it is opened. */
static bool needs_look(const struct walk *walk, const char *name)
{
    const struct walk_options *options = walk->options;
    return strcmp(name, "-") != 0 &&
           (options->directories != DIRECTORIES_READ || options->files.count || options->folders.count);
}

/* How the root of a tree is shown: of many slashes at the end one stays. */
static char *root_path(const char *name)
{
    size_t length = strlen(name);
    while (length > 2 && name[length - 1] == '/' && name[length - 2] == '/')
        length--;
    return xmemdup0(name, length);
}

/* Closes those above a directory that are not in use. */
static void suspend_above(struct directory *directory)
{
    for (struct directory *above = directory_parent(directory); above; above = directory_parent(above))
        directory_suspend(above);
}

/* On the way down: of directories far above, those that were in use when they came to that depth are tried again. */
static void suspend_far(struct directory *directory)
{
    for (size_t depth = 1; directory && depth < 2 * OPEN_MAX_DEPTH; depth++) {
        if (depth >= OPEN_MAX_DEPTH)
            directory_suspend(directory);
        directory = directory_parent(directory);
    }
}

/*
 * Opens a directory below that of the walk.  Unless it `must`, it leaves a descriptor for the file whose turn it is, or
 * fails with EMFILE.
 */
static struct directory *open_below(struct walk *walk, const char *name, size_t path_length, bool follow, bool must)
{
    struct directory *parent = walk->directory;
    suspend_far(parent);
    struct directory *directory = directory_open(parent, name, path_length, follow);
    if (!directory && descriptors_lack(errno) && parent) {
        suspend_above(parent);
        directory = directory_open(parent, name, path_length, follow);
    }
    if (!directory || descriptors_left(directory_descriptor(directory), walk->descriptors))
        return directory;
    if (parent)
        suspend_above(parent);
    if (must || descriptors_left(directory_descriptor(directory), walk->descriptors))
        return directory;
    directory_leave(directory);
    directory_release(directory);
    errno = EMFILE;
    return NULL;
}

/* Goes down into a directory.  Where it cannot, the entry says why; its path is taken over.  False as walk_step(). */
static bool enter(struct walk *walk, struct walk_entry entry, bool named, bool must)
{
    const char *path = named && walk->options->bare ? "" : entry.path;
    bool follow = named || walk->options->follow;
    struct directory *parent = walk->directory;
    struct directory *directory = open_below(walk, entry.name, strlen(path), follow, must);
    if (!directory && descriptors_lack(errno) && !must) {
        free(entry.path);
        return false;
    }
    if (directory && !directory_is_loop(directory)) {
        text_cut(&walk->path, 0);
        text_add(&walk->path, path);
        free(entry.path);
        directory_release(parent); /* the new one holds it */
        walk->directory = directory;
        if (parent && !descriptors_left(directory_descriptor(directory), walk->descriptors))
            directory_suspend(parent);
        return true;
    }
    entry.error = directory ? 0 : errno;
    entry.loop = directory != NULL;
    directory_release(directory);
    /* Linux says ENOTDIR of a symbolic link that O_DIRECTORY and O_NOFOLLOW meet. */
    if (!follow && (entry.error == ELOOP || entry.error == ENOTDIR) &&
        directory_has_link(directory_descriptor(parent), entry.name)) { /* by now */
        free(entry.path);
        return true;
    }
    walk->ready = true;
    walk->entry = entry;
    return true;
}

static bool step_name(struct walk *walk, bool must)
{
    const struct walk_options *options = walk->options;
    const char *name = peek_name(walk);
    struct walk_entry entry = named_entry(walk, name);
    struct stat status;
    int error = walk->next_name == 0 ? options->first_error : 0;
    if (!error && stat(name, &status) != 0)
        error = errno;
    if (error) {
        if (!entry.reason)
            entry.error = error;
    } else {
        bool folder = S_ISDIR(status.st_mode);
        const struct filter *filter = folder ? &options->folders : &options->files;
        entry.excluded = (folder && options->directories == DIRECTORIES_SKIP) ||
                         (!(folder && options->bare) && filter_excludes(filter, name, true));
        if (folder && options->directories == DIRECTORIES_RECURSE && !entry.excluded) {
            free(entry.path);
            entry.path = root_path(name);
            entry.name = entry.path;
            bool entered = enter(walk, entry, true, must);
            if (entered)
                skip_name(walk);
            return entered;
        }
    }
    skip_name(walk);
    walk->entry = entry;
    walk->ready = true;
    return true;
}

/* --- what is in directories --- */

/* An entry for a name in the directory, without the directory. */
static struct walk_entry found_entry(const struct walk *walk, const char *name)
{
    const char *path = walk->path.bytes;
    size_t length = walk->path.length, size = strlen(name) + 1;
    bool slash = length > 0 && path[length - 1] != '/';
    char *joined = xmalloc(length + slash + size), *end = mempcpy(joined, path, length);
    if (slash)
        *end++ = '/';
    memcpy(end, name, size);
    return (struct walk_entry){
        .path = joined,
        .name = end,
        .no_follow = !walk->options->follow,
        .skip_devices = skips_devices(walk, false),
    };
}

/* Hands out the file that the directory is at, unless it is passed over.  True when there is an entry. */
static bool hand_out(struct walk *walk, const char *name, enum entry_type type, struct walk_entry *entry)
{
    bool skip = (type == ENTRY_LINK && !walk->options->follow) ||
                (type == ENTRY_DEVICE && skips_devices(walk, false)) ||
                filter_excludes(&walk->options->files, name, false);
    if (!skip) {
        *entry = found_entry(walk, name);
        entry->directory = directory_hold(walk->directory);
    }
    directory_skip(walk->directory);
    return !skip;
}

/* Whether more than the directory's word is needed to know what a name stands for. */
static bool is_open_question(const struct walk *walk, enum entry_type type)
{
    return type == ENTRY_DIRECTORY || type == ENTRY_UNKNOWN || (type == ENTRY_LINK && walk->options->follow);
}

/*
 * Hands out what could not be looked at, to say why.  A link that leads nowhere is passed over like a file of its name;
 * anything else may be a directory.
 */
static bool hand_out_unknown(struct walk *walk, const char *name, int error)
{
    bool missing = error == ENOENT || error == ELOOP;
    bool skip = missing && filter_excludes(&walk->options->files, name, false);
    if (!skip) {
        walk->entry = found_entry(walk, name);
        walk->entry.error = error;
    }
    directory_skip(walk->directory);
    return !skip;
}

static bool step_found(struct walk *walk, const char *name, enum entry_type type, bool must)
{
    struct directory *directory = walk->directory;
    bool folder = type == ENTRY_DIRECTORY;
    if (!folder) {
        struct stat status;
        int flags = walk->options->follow ? 0 : AT_SYMLINK_NOFOLLOW;
        if (fstatat(directory_descriptor(directory), name, &status, flags) != 0) {
            walk->ready = hand_out_unknown(walk, name, errno);
            return true;
        }
        type = entry_type_of(status.st_mode);
        folder = type == ENTRY_DIRECTORY;
    }
    if (!folder) {
        walk->ready = hand_out(walk, name, type, &walk->entry);
        return true;
    }
    bool entered =
        filter_excludes(&walk->options->folders, name, false) || enter(walk, found_entry(walk, name), false, must);
    if (entered)
        directory_skip(directory); /* still there, as the new one's parent */
    return entered;
}

/* Passes names over until one is to be searched, or looked at. */
static void pass_over(struct walk *walk)
{
    enum entry_type type;
    const char *name;
    while (!walk->ready && (name = directory_peek(walk->directory, &type)) && !is_open_question(walk, type))
        walk->ready = hand_out(walk, name, type, &walk->entry);
}

/* Goes up again. */
static bool leave(struct walk *walk, bool must)
{
    struct directory *directory = walk->directory, *parent = directory_parent(directory);
    int error = directory_error(directory);
    char *above = xmemdup0(walk->path.bytes, parent ? directory_path_length(parent) : 0);
    const char *path = walk->path.bytes;
    bool resumed = !parent || directory_resume(parent, directory, above);
    if (parent && resumed && !must && !descriptors_left(directory_descriptor(parent), walk->descriptors)) {
        directory_suspend(parent);
        errno = EMFILE;
        resumed = false;
    }
    if (!resumed) {
        if (descriptors_lack(errno) && !must) {
            free(above);
            return false;
        }
        error = errno;
        path = above;
        directory_abandon(parent);
    }
    if (error) {
        walk->ready = true;
        walk->entry = (struct walk_entry){.path = xstrdup(path), .error = error};
    }
    text_cut(&walk->path, strlen(above));
    free(above);
    directory_leave(directory);
    walk->directory = parent ? directory_hold(parent) : NULL;
    directory_release(directory);
    return true;
}

/* So many names are passed over in a row by walk_next(): its caller holds a lock, and globs take their time. */
#define PASSED_MAX 16

enum walk_state walk_next(struct walk *walk, struct walk_entry *entry)
{
    for (unsigned passed = 0; passed < PASSED_MAX; passed++) {
        if (walk->ready) {
            *entry = walk->entry;
            walk->ready = false;
            return WALK_ENTRY;
        }
        if (!walk->directory) {
            const char *name = peek_name(walk);
            if (!name)
                return has_more_names(walk) ? WALK_READ : WALK_END;
            if (needs_look(walk, name))
                return WALK_STEP;
            *entry = named_entry(walk, name);
            skip_name(walk);
            return WALK_ENTRY;
        }
        enum entry_type type;
        const char *name = directory_peek(walk->directory, &type);
        if (!name || is_open_question(walk, type))
            return WALK_STEP;
        if (hand_out(walk, name, type, entry))
            return WALK_ENTRY;
    }
    return WALK_STEP;
}

bool walk_step(struct walk *walk, bool must)
{
    if (!walk->directory && peek_name(walk))
        return step_name(walk, must);
    if (!walk->directory) {
        read_names_file(walk);
        return true;
    }
    enum entry_type type;
    const char *name = directory_peek(walk->directory, &type);
    if (name && !is_open_question(walk, type)) {
        pass_over(walk);
        return true;
    }
    return name ? step_found(walk, name, type, must) : leave(walk, must);
}

/*
 * walk.h - the inputs of a run, one after the other: the names of the command line and, with -r, what is below them.
 *
 * A directory is read when its first file is wanted, and its names are sorted by their bytes; apart from the
 * directories that the walk is in, nothing is stored.  What the options mean is as in GNU grep 3.8.
 */
#ifndef MSCAN_INPUT_WALK_H
#define MSCAN_INPUT_WALK_H

#include "input/directory.h"
#include "input/filter.h"

#include <stdbool.h>
#include <stddef.h>

/* -d */
enum directory_action { DIRECTORIES_READ, DIRECTORIES_SKIP, DIRECTORIES_RECURSE };

/* -D; by default devices are read when they are named, and with -R. */
enum device_action { DEVICES_DEFAULT, DEVICES_READ, DEVICES_SKIP };

struct walk_options {
    const char *const *names; /* "-" is standard input */
    int standard_input;       /* its descriptor */
    size_t name_count;
    int first_error; /* why the first name could not be looked at before; 0: it could, or need not */
    const char
        *names_file; /* --files0-from: instead of them, names that end in NUL; "-" is standard input; NULL: none */
    /* Why a name of the command line is refused before it is opened, static text; NULL as the result: it is not. */
    const char *(*refuse)(const void *context, const char *name);
    const void *refuse_context;
    bool bare; /* the only name is ".", and what is in it is shown without "./" */
    enum directory_action directories;
    enum device_action devices;
    bool follow;                  /* -R: symbolic links that are met are followed */
    struct filter files, folders; /* --include and --exclude; --exclude-dir */
};

/* An input, or what is to be said in its place. */
struct walk_entry {
    char *path;                  /* as shown; owned */
    const char *name;            /* to be opened, relative to the directory; part of `path`, or static */
    struct directory *directory; /* NULL: the working directory; owned: one reference */
    bool standard_input;
    bool no_follow;     /* a symbolic link by now is none of ours */
    bool skip_devices;  /* a device is passed over, when that is seen on opening it */
    bool excluded;      /* passed over, unless it cannot be opened */
    int error;          /* an errno: why it cannot be had */
    const char *reason; /* likewise, static text */
    bool refused;       /* by walk_options.refuse; the reason is its */
    bool loop;          /* a directory that holds itself: a warning */
};

/* Releases what an entry owns, and empties it. */
void walk_entry_free(struct walk_entry *entry);

struct walk;

/* The options must stay as they are until walk_free(). */
struct walk *walk_create(const struct walk_options *options);
void walk_free(struct walk *walk);

/* Makes a walk_step() that waits for names give up; there are none any more then.  Any thread. */
void walk_cancel(struct walk *walk);

enum walk_state {
    WALK_ENTRY, /* there is an entry */
    WALK_STEP,  /* walk_step() has to be called first, which may take a while; then there may still be no entry */
    WALK_READ,  /* so it has, and may wait for names; it opens nothing */
    WALK_END,
};

/* What comes next.  Fast: it makes no system call.  walk_next() and walk_step() are for one thread at a time. */
enum walk_state walk_next(struct walk *walk, struct walk_entry *entry);

/*
 * Opens, reads or passes over what stands before the next entry.  False when there is no free descriptor for that, and
 * the call should be repeated when some may have become free; with `must`, it becomes an error of that directory
 * instead.
 */
bool walk_step(struct walk *walk, bool must) MUST_CHECK;

#endif

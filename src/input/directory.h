/*
 * directory.h - an open directory and the names in it, in order.
 *
 * Every user of a directory's descriptor holds a reference, on any thread; the last one to go closes it.
 */
#ifndef MSCAN_INPUT_DIRECTORY_H
#define MSCAN_INPUT_DIRECTORY_H

#include "base/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct directory;

/* What the directory says of a name; unknown where the file system does not tell. */
enum entry_type { ENTRY_UNKNOWN, ENTRY_DIRECTORY, ENTRY_LINK, ENTRY_DEVICE, ENTRY_FILE };

/* The type of a file by its mode. */
enum entry_type entry_type_of(mode_t mode);

/*
 * Opens the directory `name` of `parent` (NULL: of the working directory) and reads it.  `path_length` is that of the
 * path that it is shown by, which the caller keeps.  A symbolic link is refused (ELOOP or ENOTDIR) unless `follow`.
 * NULL with errno.  The result has one reference, and holds one to `parent`.  It counts as entered until
 * directory_leave(); directories are left in reverse order.  One thread at a time.
 */
struct directory *directory_open(struct directory *parent, const char *name, size_t path_length,
                                 bool follow) MUST_CHECK;
void directory_leave(struct directory *directory);

/* Whether a name in an open directory, or in AT_FDCWD, is that of a symbolic link. */
bool directory_has_link(int descriptor, const char *name);

/* One more reference; any thread. */
struct directory *directory_hold(struct directory *directory);
/* One reference less; any thread.  NULL is allowed. */
void directory_release(struct directory *directory);

/* Its descriptor; AT_FDCWD for NULL. */
int directory_descriptor(const struct directory *directory);

struct directory *directory_parent(const struct directory *directory);
size_t directory_path_length(const struct directory *directory);

/* An errno when not all names could be read, else 0. */
int directory_error(const struct directory *directory);

/* Whether it is the same as one that was entered before and has not been left: the walk went in a circle. */
bool directory_is_loop(const struct directory *directory);

/* The name that is next, in the order of bytes, and its type; NULL when there is none any more.  One thread at a time.
 */
const char *directory_peek(const struct directory *directory, enum entry_type *type);
void directory_skip(struct directory *directory);

/* Leaves out the names that are left. */
void directory_abandon(struct directory *directory);

/*
 * For deep trees: gives the descriptor back to the system unless another holds the directory, and later takes a new
 * one, through the still open `child` or by its path.  The second is false with errno when the directory cannot be
 * found any more; with an open descriptor both do nothing.
 */
void directory_suspend(struct directory *directory);
bool directory_resume(struct directory *directory, const struct directory *child, const char *path) MUST_CHECK;

#endif

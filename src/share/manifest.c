#include "config.h"

#include "share/manifest.h"

#include "base/alloc.h"
#include "input/read-at.h"
#include "output/output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef HAVE_MANIFESTS

#include <jansson.h>
#include <xxhash.h>

/* What is checked of the form of a manifest. */
#define FORMAT 1

bool manifest_is_supported(void)
{
    return true;
}

/* --- checksums --- */

uint64_t manifest_checksum(uint64_t seed, const void *bytes, size_t length)
{
    return XXH3_64bits_withSeed(bytes, length, seed);
}

int manifest_checksum_file(int fd, uint64_t *bytes, uint64_t *checksum)
{
    const size_t size = (size_t)1 << 20;
    char *piece = xmalloc(size);
    XXH3_state_t *state = xnonnull(XXH3_createState());
    XXH3_64bits_reset(state);
    size_t got;
    int error;
    for (*bytes = 0; (error = read_at(fd, *bytes, piece, size, &got)) == 0 && got > 0; *bytes += got)
        XXH3_64bits_update(state, piece, got);
    *checksum = XXH3_64bits_digest(state);
    XXH3_freeState(state);
    free(piece);
    return error;
}

/* --- texts --- */

static json_t *encoded(const char *bytes, size_t length)
{
    static const char digits[] = "0123456789ABCDEF";
    char *text = xmalloc(3 * length + 1), *to = text;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte > ' ' && byte < 0x7f && byte != '%') {
            *to++ = (char)byte;
            continue;
        }
        *to++ = '%';
        *to++ = digits[byte >> 4];
        *to++ = digits[byte & 15];
    }
    json_t *string = json_stringn(text, (size_t)(to - text));
    free(text);
    return string;
}

static char *decoded(const char *text, size_t *length)
{
    char *bytes = xmalloc(strlen(text) + 1), *to = bytes;
    for (const char *from = text; *from; from++) {
        unsigned value;
        if (*from == '%' && sscanf(from + 1, "%2x", &value) == 1 && strlen(from) > 2) {
            *to++ = (char)value;
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    if (length)
        *length = (size_t)(to - bytes);
    return bytes;
}

/* --- writing --- */

static void set(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, xnonnull(value)) != 0)
        xnonnull(NULL);
}

/* Numbers of 64 bits, of which JSON's library takes the signed ones. */
static void set_number(json_t *object, const char *name, uint64_t value)
{
    set(object, name, json_integer((json_int_t)value));
}

static void set_text(json_t *object, const char *name, const char *text)
{
    set(object, name, encoded(text, strlen(text)));
}

static json_t *range_of(const struct range *range)
{
    json_t *object = json_object();
    if (range->kind == RANGE_SHARD) {
        set_number(object, "shard", range->index);
        set_number(object, "of", range->count);
    } else if (range->kind == RANGE_BYTES) {
        set_number(object, "offset", range->offset);
        set_number(object, "length", range->length);
    }
    return object;
}

static json_t *state_of(const struct part_state *state)
{
    json_t *object = json_object(), *numbers = json_object();
    set(object, "kind", json_string(state->kind));
    for (size_t i = 0; i < state->count; i++)
        set_number(numbers, state->numbers[i].name, state->numbers[i].value);
    set(object, "numbers", numbers);
    set(object, "text", encoded(state->text ? state->text : "", state->length));
    return object;
}

static json_t *to_json(const struct manifest *manifest)
{
    char checksum[17];
    snprintf(checksum, sizeof checksum, "%016" PRIx64, manifest->checksum);
    json_t *object = json_object();
    set_number(object, "manifest", FORMAT);
    set_text(object, "version", manifest->version);
    set_text(object, "task", manifest->task);
    set_text(object, "options", manifest->options);
    set_text(object, "name", manifest->name);
    set_number(object, "size", manifest->size);
    set_number(object, "inode", manifest->inode);
    set_number(object, "modified", manifest->seconds);
    set_number(object, "modified_nanoseconds", manifest->nanoseconds);
    set(object, "range", range_of(&manifest->range));
    set_number(object, "first", manifest->first);
    set_number(object, "end", manifest->end);
    set_number(object, "lines", manifest->lines);
    set_number(object, "selected", part_state_get(&manifest->state, "selected"));
    set_number(object, "matches", part_state_get(&manifest->state, "matches"));
    set_text(object, "output", manifest->output);
    set_number(object, "bytes", manifest->bytes);
    set(object, "xxh3", json_string(checksum));
    set(object, "state", state_of(&manifest->state));
    set(object, "complete", json_true());
    return object;
}

int manifest_write(const struct manifest *manifest)
{
    struct output_file file;
    int error = output_file_open(&file, manifest->path);
    if (error)
        return error;
    json_t *object = to_json(manifest);
    char *text = xnonnull(json_dumps(object, JSON_INDENT(2)));
    json_decref(object);
    errno = 0;
    bool written = dprintf(file.fd, "%s\n", text) == (int)strlen(text) + 1;
    if (!written)
        error = errno ? errno : EIO;
    free(text);
    if (!error)
        return output_file_finish(&file);
    output_file_drop(&file);
    return error;
}

/* --- reading --- */

/* Reads members, and remembers whether one was missing or of another kind. */
struct reader {
    const json_t *object;
    bool failed;
};

static uint64_t get_number(struct reader *reader, const char *name)
{
    const json_t *value = json_object_get(reader->object, name);
    reader->failed |= !json_is_integer(value);
    return (uint64_t)json_integer_value(value);
}

static char *get_text(struct reader *reader, const char *name, size_t *length)
{
    const json_t *value = json_object_get(reader->object, name);
    reader->failed |= !json_is_string(value);
    return decoded(json_is_string(value) ? json_string_value(value) : "", length);
}

static struct reader get_object(struct reader *reader, const char *name)
{
    const json_t *value = json_object_get(reader->object, name);
    reader->failed |= !json_is_object(value);
    return (struct reader){.object = value};
}

static struct range get_range(struct reader *reader)
{
    struct reader inner = get_object(reader, "range");
    struct range range = {.kind = RANGE_ALL};
    if (json_object_get(inner.object, "shard"))
        range = (struct range){
            .kind = RANGE_SHARD, .index = get_number(&inner, "shard"), .count = get_number(&inner, "of")};
    else if (json_object_get(inner.object, "offset"))
        range = (struct range){
            .kind = RANGE_BYTES, .offset = get_number(&inner, "offset"), .length = get_number(&inner, "length")};
    reader->failed |= inner.failed || (range.kind == RANGE_SHARD && range.index >= range.count);
    return range;
}

static void get_state(struct reader *reader, struct part_state *state)
{
    struct reader inner = get_object(reader, "state"), numbers = get_object(&inner, "numbers");
    const char *name;
    json_t *value;
    state->kind = get_text(&inner, "kind", NULL);
    state->text = get_text(&inner, "text", &state->length);
    json_object_foreach((json_t *)numbers.object, name, value)
    {
        if (state->count < PART_NUMBERS_MAX && json_is_integer(value))
            part_state_add(state, xstrdup(name), (uint64_t)json_integer_value(value));
        else
            inner.failed = true;
    }
    reader->failed |= inner.failed;
}

const char *manifest_read(struct manifest *manifest, const char *path)
{
    json_error_t error;
    *manifest = (struct manifest){.path = xstrdup(path)};
    FILE *file = fopen(path, "re");
    if (!file)
        return strerror(errno);
    json_t *object = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
    fclose(file);
    struct reader reader = {.object = object};
    if (!json_is_object(object) || get_number(&reader, "manifest") != FORMAT ||
        !json_is_true(json_object_get(object, "complete"))) {
        json_decref(object);
        return "not a complete manifest";
    }
    manifest->version = get_text(&reader, "version", NULL);
    manifest->task = get_text(&reader, "task", NULL);
    manifest->options = get_text(&reader, "options", NULL);
    manifest->name = get_text(&reader, "name", NULL);
    manifest->size = get_number(&reader, "size");
    manifest->inode = get_number(&reader, "inode");
    manifest->seconds = get_number(&reader, "modified");
    manifest->nanoseconds = get_number(&reader, "modified_nanoseconds");
    manifest->range = get_range(&reader);
    manifest->first = get_number(&reader, "first");
    manifest->end = get_number(&reader, "end");
    manifest->lines = get_number(&reader, "lines");
    manifest->output = get_text(&reader, "output", NULL);
    manifest->bytes = get_number(&reader, "bytes");
    char *checksum = get_text(&reader, "xxh3", NULL);
    reader.failed |= sscanf(checksum, "%16" SCNx64, &manifest->checksum) != 1;
    free(checksum);
    get_state(&reader, &manifest->state);
    json_decref(object);
    return reader.failed ? "not a manifest of this release" : NULL;
}

#else

bool manifest_is_supported(void)
{
    return false;
}

uint64_t manifest_checksum(uint64_t seed, const void *bytes, size_t length)
{
    (void)bytes, (void)length;
    return seed;
}

int manifest_checksum_file(int fd, uint64_t *bytes, uint64_t *checksum)
{
    (void)fd, (void)bytes, (void)checksum;
    return ENOTSUP;
}

int manifest_write(const struct manifest *manifest)
{
    (void)manifest;
    return ENOTSUP;
}

const char *manifest_read(struct manifest *manifest, const char *path)
{
    *manifest = (struct manifest){.path = xstrdup(path)};
    return strerror(ENOTSUP);
}

#endif

char *manifest_path_of(const char *manifest, const char *name)
{
    const char *slash = strrchr(manifest, '/');
    if (*name == '/' || !slash)
        return xstrdup(name);
    const size_t directory = (size_t)(slash + 1 - manifest), length = strlen(name);
    char *path = xmalloc(directory + length + 1);
    memcpy(path, manifest, directory);
    memcpy(path + directory, name, length + 1);
    return path;
}

void manifest_free(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->state.count; i++)
        free((char *)manifest->state.numbers[i].name);
    free((char *)manifest->state.kind);
    part_state_free(&manifest->state);
    free(manifest->path);
    free(manifest->task);
    free(manifest->version);
    free(manifest->options);
    free(manifest->name);
    free(manifest->output);
    *manifest = (struct manifest){.path = NULL};
}

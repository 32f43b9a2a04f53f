/*
 * unpack-fuzz.c - decodes compressed files that have been damaged at random, in several ways.
 *
 *     unpack-fuzz [--seconds=T] [--seed=S] [FILE...]
 *
 * It ends after T seconds, by default 2.  Where two ways differ, it writes the file to unpack-fuzz.failure, says so,
 * and ends with status 1.  Files that are named are tried instead.
 */
#include "input/compression.h"
#include "input/unpacker.h"

#include "dice.h"
#include "unpack.h"

#include "../pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* --- seeds --- */

#define SEEDS_MAX 64

struct seeds {
    struct packed seeds[SEEDS_MAX];
    size_t count;
};

static void keep(struct seeds *seeds, struct packed seed)
{
    if (seed.length > 0 && seeds->count < SEEDS_MAX)
        seeds->seeds[seeds->count++] = seed;
    else
        free(seed.bytes);
}

/* Text of a length, of lines that repeat what came before, and of others. */
static struct packed make_text(size_t length)
{
    struct packed text = packed_new(length + 1);
    for (; text.length < length; text.length++)
        text.bytes[text.length] = text.length % 40 == 39     ? '\n'
                                  : text.length * 7 % 11 > 5 ? (char)('a' + text.length * text.length % 23)
                                                             : ' ';
    return text;
}

static void make_seeds(struct seeds *seeds)
{
    static const char *const commands[] = {
        "gzip -n",   "gzip -1n",           "bzip2",  "xz",      "xz --block-size=1000", "zstd -q",
        "zstd -q19", "zstd -q --no-check", "lz4 -q", "lz4 -qBD"};
    static const size_t lengths[] = {0, 30, 3000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct packed text = make_text(lengths[i]), bgzf = packed_new(8000), zstd = packed_new(8000);
        for (size_t j = 0; j < sizeof commands / sizeof *commands; j++)
            keep(seeds, pack_by(commands[j], text));
        for (size_t at = 0; at < text.length; at += 1000) {
            const size_t length = text.length - at < 1000 ? text.length - at : 1000;
            pack_bgzf(&bgzf, text.bytes + at, length);
            pack_zstd(&zstd, text.bytes + at, length - (at == 1000));
        }
        keep(seeds, bgzf);
        keep(seeds, zstd);
        free(text.bytes);
    }
}

/* --- damage --- */

#define FILE_MAX 20000

/* Some seeds, one after the other, with some bytes changed, left out or doubled. */
static struct packed make_file(const struct seeds *seeds, struct dice *dice)
{
    struct packed file = packed_new(2 * FILE_MAX);
    const size_t first = dice_below(dice, seeds->count);
    for (size_t members = 1 + dice_below(dice, 3); members > 0; members--) {
        const struct packed *seed = &seeds->seeds[dice_below(dice, 4) > 0 ? first : dice_below(dice, seeds->count)];
        if (file.length + seed->length < FILE_MAX)
            packed_add(&file, seed->bytes, seed->length);
    }
    for (size_t changes = dice_below(dice, 4); changes > 0 && file.length > 0; changes--) {
        const size_t at = dice_below(dice, file.length), rest = file.length - at;
        const size_t length = dice_below(dice, rest < 20 ? rest : 20);
        switch (dice_below(dice, 5)) {
        case 0:
            file.length = at;
            break;
        case 1:
            memmove(file.bytes + at, file.bytes + at + length, rest - length);
            file.length -= length;
            break;
        case 2:
            memmove(file.bytes + at + length, file.bytes + at, rest);
            file.length += length;
            break;
        case 3:
            file.bytes[at] = (char)dice_below(dice, 256);
            break;
        default:
            file.bytes[at] ^= (char)(1 << dice_below(dice, 8));
        }
    }
    return file;
}

static int try_file(const char *bytes, size_t length)
{
    const char *way;
    if (unpack_compare(bytes, length, &way))
        return 0;
    FILE *file = fopen("unpack-fuzz.failure", "w");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        abort();
    printf("decoded %s, unpack-fuzz.failure is not the same\n", way);
    return 1;
}

static int try_named(const char *name)
{
    struct packed file = packed_new(UNPACK_TEXT_MAX);
    FILE *opened = fopen(name, "r");
    if (!opened) {
        perror(name);
        return 1;
    }
    file.length = fread(file.bytes, 1, UNPACK_TEXT_MAX, opened);
    fclose(opened);
    int status = try_file(file.bytes, file.length);
    free(file.bytes);
    return status;
}

int main(int argc, char **argv)
{
    unsigned long seconds = 2, seed = 1, cases = 0;
    int status = 0, named = 0;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--seconds=", 10) == 0)
            seconds = strtoul(argv[i] + 10, NULL, 10);
        else if (strncmp(argv[i], "--seed=", 7) == 0)
            seed = strtoul(argv[i] + 7, NULL, 10);
        else
            status |= try_named(argv[i]), named++;
    }
    if (named > 0)
        return status;
    struct seeds seeds = {.count = 0};
    make_seeds(&seeds);
    const time_t end = time(NULL) + (time_t)seconds;
    for (size_t i = 0; i < seeds.count && status == 0; i++)
        status = try_file(seeds.seeds[i].bytes, seeds.seeds[i].length);
    for (; status == 0 && time(NULL) < end; cases++) {
        struct dice dice = dice_seeded(seed, cases);
        struct packed file = make_file(&seeds, &dice);
        status = try_file(file.bytes, file.length);
        free(file.bytes);
    }
    printf("%lu cases of %zu seeds\n", cases, seeds.count);
    for (size_t i = 0; i < seeds.count; i++)
        free(seeds.seeds[i].bytes);
    return status;
}

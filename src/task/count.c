#include "task/count.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* The most bytes of a character that can follow its first. */
#define FOLLOWING_MAX 5

/* So much is counted in one way and then in another, while it is in the first cache. */
#define PIECE ((size_t)16 << 10)

/* Where the column kernel gives up, so much is done one character at a time before it is asked again. */
#define SLOW_BYTES 192

#define BMP_SIZE 0x10000
#define WIDTH_UNKNOWN 255

struct counter {
    const struct count *count;
    unsigned char *widths; /* of the characters below BMP_SIZE, as they come to be known; NULL until one is needed */
};

bool count_is_size(const struct count *count)
{
    bool characters = count->wanted[COUNT_CHARACTERS] && count->charset == COUNT_AS_UTF8;
    return !count->wanted[COUNT_LINES] && !count->wanted[COUNT_WORDS] && !characters && !count->wanted[COUNT_LONGEST];
}

/* --- joining --- */

static void join_columns(struct count_columns *left, const struct count_columns *right)
{
    uint64_t rest = right->closed ? right->first : right->column;
    if (right->tabbed) {
        left->column += right->lead;
        count_columns_tab(left);
    }
    left->column += rest;
    if (right->closed) {
        count_columns_end_line(left);
        left->column = right->column;
        if (right->longest > left->longest)
            left->longest = right->longest;
    }
}

void count_join(struct count_result *left, const struct count_result *right)
{
    if (right->bytes == 0)
        return;
    left->lines += right->lines;
    left->words += right->words - (left->ends_in_word && right->begins_in_word);
    left->characters += right->characters;
    if (left->bytes == 0)
        left->begins_in_word = right->begins_in_word;
    left->ends_in_word = right->ends_in_word;
    left->bytes += right->bytes;
    join_columns(&left->columns, &right->columns);
}

uint64_t count_longest(const struct count_result *result)
{
    struct count_columns whole = {.closed = true};
    join_columns(&whole, &result->columns);
    count_columns_end_line(&whole);
    return whole.longest;
}

/* --- seams --- */

static bool goes_on(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

size_t count_seam(const struct count *count, const char *text, size_t length)
{
    size_t skipped = 0;
    if (count->charset == COUNT_AS_UTF8)
        while (skipped < length && skipped < FOLLOWING_MAX && goes_on(text[skipped]))
            skipped++;
    return skipped;
}

size_t count_cut(const struct count *count, const char *text, size_t length)
{
    if (count->charset != COUNT_AS_UTF8)
        return length;
    for (size_t back = 1; back <= FOLLOWING_MAX && back <= length; back++) {
        char byte = text[length - back];
        if (!goes_on(byte))
            return utf8_sequence_length(byte) > back ? length - back : length;
    }
    return length;
}

/* --- columns --- */

static void add_byte(struct count_columns *columns, char byte)
{
    if (byte >= ' ' && byte <= '~')
        columns->column++;
    else if (byte == '\t')
        count_columns_tab(columns);
    else if (byte == '\n' || byte == '\r' || byte == '\f')
        count_columns_end_line(columns);
}

static unsigned width_of(struct counter *counter, uint32_t c)
{
    if (c >= BMP_SIZE) {
        int width = counter->count->width(c);
        return width > 0 ? (unsigned)width : 0;
    }
    if (!counter->widths) {
        counter->widths = xmalloc(BMP_SIZE);
        memset(counter->widths, WIDTH_UNKNOWN, BMP_SIZE);
    }
    if (counter->widths[c] == WIDTH_UNKNOWN) {
        int width = counter->count->width(c);
        counter->widths[c] = width > 0 ? (unsigned char)width : 0;
    }
    return counter->widths[c];
}

/* One character after the other, up to `least` bytes and the end of a character; returns how many bytes. */
static size_t add_slowly(struct counter *counter, const char *text, size_t length, size_t least,
                         struct count_columns *columns)
{
    size_t i = 0;
    while (i < length && i < least) {
        uint32_t c;
        size_t taken = 1;
        if ((unsigned char)text[i] < 0x80)
            add_byte(columns, text[i]);
        else if ((taken = utf8_decode(text + i, length - i, &c)) != 0)
            columns->column += width_of(counter, c);
        else
            taken = 1;
        i += taken;
    }
    return i;
}

static void add_columns(struct counter *counter, const char *text, size_t length, struct count_columns *columns)
{
    const struct count *count = counter->count;
    if (count->charset == COUNT_AS_BYTES) {
        count->kernels->count_columns_bytes(text, length, columns);
        return;
    }
    if (count->charset == COUNT_AS_TABLE) {
        for (size_t i = 0; i < length; i++) {
            if ((unsigned char)text[i] < 0x80)
                add_byte(columns, text[i]);
            else if (count->classes[(unsigned char)text[i]] & COUNT_PRINTS)
                columns->column++;
        }
        return;
    }
    for (size_t i = 0; i < length;) {
        i += count->kernels->count_columns_utf8(text + i, length - i, &count->rules, columns);
        i += add_slowly(counter, text + i, length - i, SLOW_BYTES, columns);
    }
}

/* --- sums --- */

static void add_by_table(const struct count *count, const char *text, size_t length, struct count_sums *sums)
{
    bool in_word = sums->in_word;
    for (size_t i = 0; i < length; i++) {
        bool space = count->classes[(unsigned char)text[i]] & COUNT_SPACE;
        sums->lines += text[i] == '\n';
        sums->words += !space && !in_word;
        in_word = !space;
    }
    sums->in_word = in_word;
}

static void add_sums(const struct count *count, const char *text, size_t length, struct count_sums *sums)
{
    const struct kernels *kernels = count->kernels;
    bool words = count->wanted[COUNT_WORDS];
    bool characters = count->wanted[COUNT_CHARACTERS] && count->charset == COUNT_AS_UTF8;
    if (words && characters)
        kernels->count_utf8(text, length, &count->rules, sums);
    else if (characters)
        kernels->count_utf8_characters(text, length, &count->rules, sums);
    else if (words && count->charset == COUNT_AS_UTF8)
        kernels->count_utf8_words(text, length, &count->rules, sums);
    else if (words && count->charset == COUNT_AS_BYTES)
        kernels->count_bytes(text, length, &count->rules, sums);
    else if (words)
        add_by_table(count, text, length, sums);
    else if (count->wanted[COUNT_LINES])
        sums->lines += kernels->count_newlines(text, length);
}

/* Whether a text begins with something else than a space: its first character alone has a word then. */
static bool begins_in_word(const struct count *count, const char *text, size_t length)
{
    size_t first = count->charset == COUNT_AS_UTF8 ? utf8_sequence_length(*text) : 1;
    struct count_sums sums = {.in_word = false};
    add_sums(count, text, first < length ? first : length, &sums);
    return sums.words > 0;
}

struct counter *counter_create(const struct count *count)
{
    struct counter *counter = xcalloc(1, sizeof *counter);
    counter->count = count;
    return counter;
}

void counter_free(struct counter *counter)
{
    if (counter)
        free(counter->widths);
    free(counter);
}

void counter_run(struct counter *counter, const char *text, size_t length, struct count_result *result)
{
    const struct count *count = counter->count;
    *result = (struct count_result){.bytes = length};
    if (length == 0)
        return;
    struct count_sums sums = {.in_word = false};
    size_t piece = count->wanted[COUNT_LONGEST] ? PIECE : length;
    for (size_t i = 0; i < length;) {
        size_t size = length - i;
        if (size > piece)
            size = piece + count_seam(count, text + i + piece, size - piece);
        add_sums(count, text + i, size, &sums);
        if (count->wanted[COUNT_LONGEST])
            add_columns(counter, text + i, size, &result->columns);
        i += size;
    }
    result->lines = sums.lines;
    result->words = sums.words;
    result->characters = count->charset == COUNT_AS_UTF8 ? sums.characters : length;
    result->ends_in_word = sums.in_word;
    result->begins_in_word = count->wanted[COUNT_WORDS] && begins_in_word(count, text, length);
}

/*
 * reader.h - reads a pattern's text character by character.
 */
#ifndef MSCAN_SYNTAX_READER_H
#define MSCAN_SYNTAX_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct reader {
    const char *text;
    size_t length;
    size_t position; /* byte offset of what is read next */
    bool unicode;    /* the text is valid UTF-8, and characters are code points */

    /* Why the pattern is refused and where, once it is: the first reason; static text. */
    const char *refusal;
    size_t refusal_offset;

    bool properties;          /* classes have Unicode's meaning: `unicode`, or (*UCP) */
    struct cased_list *cased; /* takes what cased.h is about; owned by the reader's owner */
};

static inline bool reader_at_end(const struct reader *reader)
{
    return reader->position >= reader->length;
}

/* The byte `ahead` bytes after the next one, or -1 beyond the end. */
static inline int reader_peek(const struct reader *reader, size_t ahead)
{
    size_t rest = reader->length - reader->position;
    return ahead < rest ? (unsigned char)reader->text[reader->position + ahead] : -1;
}

/* True, and moves on, when the next bytes are those of `string`. */
static inline bool reader_skip(struct reader *reader, const char *string)
{
    size_t size = strlen(string);
    if (reader->length - reader->position < size || memcmp(reader->text + reader->position, string, size) != 0)
        return false;
    reader->position += size;
    return true;
}

/* Passes over spaces and tabs, which from 10.43 on may stand within braces. */
static inline void reader_skip_blanks(struct reader *reader)
{
    for (int next; (next = reader_peek(reader, 0)) == ' ' || next == '\t';)
        reader->position++;
}

/* The next character; there has to be one. */
static inline uint32_t reader_next(struct reader *reader)
{
    const unsigned char *byte = (const unsigned char *)reader->text + reader->position;
    size_t rest = reader->length - reader->position;
    size_t size = !reader->unicode || *byte < 0xC0 ? 1 : *byte < 0xE0 ? 2 : *byte < 0xF0 ? 3 : 4;
    if (size > rest)
        size = 1;
    uint32_t character = size == 1 ? *byte : *byte & (0xFFU >> (size + 1));
    for (size_t i = 1; i < size; i++)
        character = character << 6 | (byte[i] & 0x3FU);
    reader->position += size;
    return character;
}

/*
 * Notes why the pattern is refused, though reading may go on: what follows can be told from what stands here.  Always
 * true, to be returned.
 */
static inline bool reader_doubt(struct reader *reader, const char *reason, size_t offset)
{
    if (!reader->refusal) {
        reader->refusal = reason;
        reader->refusal_offset = offset;
    }
    return true;
}

/* The same where reading ends; always false. */
static inline bool reader_refuse(struct reader *reader, const char *reason, size_t offset)
{
    return !reader_doubt(reader, reason, offset);
}

/* Moves past the next byte of that value; false when there is none. */
static inline bool reader_skip_behind(struct reader *reader, char byte)
{
    const char *from = reader->text + reader->position;
    const char *found = memchr(from, byte, reader->length - reader->position);
    if (found)
        reader->position = (size_t)(found + 1 - reader->text);
    return found;
}

/*
 * Reads a decimal number of at least one digit and at most `limit` (below 2^28); false when there
 * is no digit, or the number is greater, which may leave some of its digits unread.
 */
static inline bool reader_number(struct reader *reader, uint32_t limit, uint32_t *number)
{
    size_t start = reader->position;
    int digit;
    *number = 0;
    while ((digit = reader_peek(reader, 0)) >= '0' && digit <= '9' && *number <= limit) {
        *number = *number * 10 + (uint32_t)(digit - '0');
        reader->position++;
    }
    return reader->position > start && *number <= limit;
}

#endif

/*
 * decoder.h - text in another encoding, made UTF-8 piece by piece, by iconv(3).
 *
 * A sequence that is wrong there becomes a byte 0xff, which is wrong in UTF-8, too.  A byte-order mark at the start is
 * left out.
 */
#ifndef MSCAN_INPUT_DECODER_H
#define MSCAN_INPUT_DECODER_H

#include <stdbool.h>
#include <stddef.h>

/* The most bytes that decoder_marked() looks at, and that can be fed at once at first. */
#define DECODER_MARK_MAX 4
#define DECODER_PIECE ((size_t)64 << 10)

struct decoder;

/* The encoding that a byte-order mark at the start of a text says, by iconv's name; NULL: none but perhaps UTF-8. */
const char *decoder_marked(const char *text, size_t length);

/* Whether so few bytes may still become such a mark. */
bool decoder_may_be_marked(const char *text, size_t length);

/* NULL when iconv does not know the encoding.  "UTF-16" and "UTF-32" without a mark have the least byte first. */
struct decoder *decoder_create(const char *encoding);
void decoder_free(struct decoder *decoder);

/* Where bytes of the encoding are put; *room receives how many, at least 1.  Then decoder_feed() says how many it were;
 * none: the text has ended. */
char *decoder_room(struct decoder *decoder, size_t *room);
void decoder_feed(struct decoder *decoder, size_t length);

/* Takes up to `room` bytes of UTF-8; 0: more has to be fed or, after its end, there is no more. */
size_t decoder_take(struct decoder *decoder, char *to, size_t room);
bool decoder_has_ended(const struct decoder *decoder);

#endif

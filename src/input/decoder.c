#include "input/decoder.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct decoder {
    iconv_t conversion;       /* (iconv_t)-1: not opened yet, as the text's beginning says what it is */
    const char *name;         /* then */
    size_t unit;              /* bytes that are passed over where they are wrong */
    bool begun;               /* a mark may not come any more */
    bool ended;               /* nothing more is fed */
    size_t raw, ready, taken; /* bytes in `in`; in `out`; and of these, taken */
    char in[DECODER_PIECE];
    char out[2 * DECODER_PIECE];
};

/* The longer ones first, as UTF-16's begins one of UTF-32. */
static const struct mark {
    const char *bytes;
    size_t length;
    const char *encoding;
} marks[] = {
    {"\xff\xfe\0\0", 4, "UTF-32LE"},
    {"\0\0\xfe\xff", 4, "UTF-32BE"},
    {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
};

const char *decoder_marked(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(text, marks[i].bytes, marks[i].length) == 0)
            return marks[i].encoding;
    return NULL;
}

bool decoder_may_be_marked(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length > 0 && length < marks[i].length && memcmp(text, marks[i].bytes, length) == 0)
            return true;
    return false;
}

/* The bytes of what most characters are made of. */
static size_t unit_of(const char *encoding)
{
    return strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0   ? 2
           : strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0 ? 4
                                                                                               : 1;
}

static bool open_conversion(struct decoder *decoder, const char *encoding)
{
    decoder->unit = unit_of(encoding);
    decoder->conversion = iconv_open("UTF-8", encoding);
    return decoder->conversion != (iconv_t)-1;
}

/* Those of which a mark says the order of bytes; the name without one. */
static const char *without_order(const char *encoding)
{
    return strcasecmp(encoding, "UTF-16") == 0 ? "UTF-16LE" : strcasecmp(encoding, "UTF-32") == 0 ? "UTF-32LE" : NULL;
}

struct decoder *decoder_create(const char *encoding)
{
    const char *named = without_order(encoding);
    struct decoder *decoder = xmalloc(sizeof *decoder);
    decoder->name = named;
    decoder->begun = decoder->ended = false;
    decoder->raw = decoder->ready = decoder->taken = 0;
    if (open_conversion(decoder, named ? named : encoding))
        return decoder;
    free(decoder);
    return NULL;
}

void decoder_free(struct decoder *decoder)
{
    if (!decoder)
        return;
    iconv_close(decoder->conversion);
    free(decoder);
}

char *decoder_room(struct decoder *decoder, size_t *room)
{
    *room = DECODER_PIECE - decoder->raw;
    return decoder->in + decoder->raw;
}

void decoder_feed(struct decoder *decoder, size_t length)
{
    decoder->ended |= length == 0;
    decoder->raw += length;
}

/* Converts what has been fed, as far as it is whole characters or wrong. */
static void convert(struct decoder *decoder)
{
    char *from = decoder->in, *to = decoder->out;
    size_t left = decoder->raw, room = sizeof decoder->out;
    while (left > 0 && room >= UTF8_MAX) {
        if (iconv(decoder->conversion, &from, &left, &to, &room) != (size_t)-1 || errno == E2BIG)
            continue;
        if (errno == EINVAL && !decoder->ended)
            break;
        size_t wrong = left < decoder->unit ? left : decoder->unit;
        from += wrong;
        left -= wrong;
        *to++ = '\xff';
        room--;
        iconv(decoder->conversion, NULL, NULL, NULL, NULL);
    }
    memmove(decoder->in, from, left);
    decoder->raw = left;
    decoder->ready = (size_t)(to - decoder->out);
    decoder->taken = 0;
}

/* At the start: a mark may say the order of bytes.  False when more has to be fed before it is known. */
static bool begin(struct decoder *decoder)
{
    if (decoder->name && decoder->raw < DECODER_MARK_MAX && !decoder->ended)
        return false;
    const char *marked = decoder->name ? decoder_marked(decoder->in, decoder->raw) : NULL;
    if (marked && strncmp(marked, decoder->name, strlen("UTF-16")) == 0 && strcmp(marked, decoder->name) != 0) {
        iconv_close(decoder->conversion);
        open_conversion(decoder, marked);
    }
    return true;
}

size_t decoder_take(struct decoder *decoder, char *to, size_t room)
{
    if (decoder->taken == decoder->ready) {
        if (!decoder->begun && !begin(decoder))
            return 0;
        convert(decoder);
        if (!decoder->begun && decoder->ready > 0) {
            decoder->taken = utf8_mark_length(decoder->out, decoder->ready);
            decoder->begun = true;
        }
    }
    size_t length = decoder->ready - decoder->taken;
    if (length > room)
        length = room;
    memcpy(to, decoder->out + decoder->taken, length);
    decoder->taken += length;
    return length;
}

bool decoder_has_ended(const struct decoder *decoder)
{
    return decoder->ended && decoder->raw == 0 && decoder->taken == decoder->ready;
}

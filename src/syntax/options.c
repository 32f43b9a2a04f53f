#include "syntax/options.h"

/* The option whose letter was read already; 0 when there is none. */
static unsigned option_of_letter(struct reader *reader, uint32_t letter)
{
    switch (letter) {
    case 'i':
        return OPTION_CASELESS;
    case 'm':
        return OPTION_MULTILINE;
    case 's':
        return OPTION_DOTALL;
    case 'n':
        return OPTION_NO_CAPTURE;
    case 'x':
        return reader_skip(reader, "x") ? OPTION_EXTENDED | OPTION_EXTENDED_MORE : OPTION_EXTENDED;
    case 'U':
        return OPTION_UNGREEDY;
    case 'J':
        return OPTION_DUPLICATE_NAMES;
    default:
        return 0;
    }
}

bool options_read(struct reader *reader, struct option_change *change)
{
    unsigned set = 0, unset = 0, forgotten = 0;
    bool unsetting = false, unknown = false;
    /* The caret stands for unsetting i, m, n, s, x and xx before the letters are looked at. */
    if (reader_skip(reader, "^"))
        forgotten = ~(unsigned)(OPTION_UNGREEDY | OPTION_DUPLICATE_NAMES);
    for (int next; (next = reader_peek(reader, 0)) != ')' && next != ':';) {
        reader->position += next >= 0;
        unsigned option = next < 0 ? 0 : option_of_letter(reader, (uint32_t)next);
        if (next == '-' && !unsetting)
            unsetting = true;
        else if (option && unsetting)
            unset |= option;
        else if (option)
            set |= option;
        else if ((next | 0x20) >= 'a' && (next | 0x20) <= 'z')
            unknown = true;
        else
            return false;
    }
    /* x alone, set or unset, ends xx. */
    if (unset & OPTION_EXTENDED || (set & OPTION_EXTENDED && !(set & OPTION_EXTENDED_MORE)))
        unset |= OPTION_EXTENDED_MORE;
    change->unknown = unknown;
    change->set = set & ~unset;
    change->unset = unset | (forgotten & ~change->set);
    return true;
}

#include "match/bounds.h"

static enum side side_of(enum nfa_bounds bounds, bool unicode, bool edge, char byte)
{
    if (edge || byte == '\n')
        return SIDE_FITS;
    unsigned char c = (unsigned char)byte;
    if (unicode && c >= 0x80)
        return SIDE_OPEN;
    unsigned char lower = c | 0x20;
    bool word = (lower >= 'a' && lower <= 'z' && c < 0x80) || (c >= '0' && c <= '9') || c == '_';
    return bounds == BOUNDS_LINE || word ? SIDE_SPOILS : SIDE_FITS;
}

enum side bounds_around(enum nfa_bounds bounds, bool unicode, struct span text, struct span place)
{
    if (bounds == BOUNDS_NONE)
        return SIDE_FITS;
    bool first = place.begin == text.begin, last = place.end == text.end;
    enum side before = side_of(bounds, unicode, first, first ? '\n' : place.begin[-1]);
    if (before == SIDE_SPOILS)
        return before;
    enum side after = side_of(bounds, unicode, last, last ? '\n' : *place.end);
    return before > after ? before : after;
}

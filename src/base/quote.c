#include "base/quote.h"

#include "base/alloc.h"
#include "base/visible.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* What one byte can become: '$'\ooo'' at the most. */
#define GROWTH 12

/* Names with these are not put into double quotes, though a shell would take some of them; nor after the first #, ~.
 */
#define NOT_IN_DOUBLES "\"$`\\!&()*;<=>?[^|{}"

/* The bytes of the printing character at `text`, 0 when there is none. */
static size_t printing(const char *text)
{
    mbstate_t state;
    wchar_t c;
    memset(&state, 0, sizeof state);
    size_t length = mbrtowc(&c, text, strlen(text), &state);
    return length == 0 || length > MB_CUR_MAX || !iswprint((wint_t)c) ? 0 : length;
}

/* What a shell would not take as it is. */
static bool is_special(const char *name, size_t i)
{
    char c = name[i];
    if (c == '#' || c == '~')
        return i == 0;
    if (c == '{' || c == '}')
        return name[1] == '\0';
    return strchr(" !\"$&'()*;<=>?[\\^`|:", c) != NULL;
}

static char *put_escape(char *to, unsigned char byte)
{
    static const char letters[] = "abtnvfr"; /* bytes 7 to 13 */
    *to++ = '\\';
    if (byte >= 7 && byte <= 13) {
        *to++ = letters[byte - 7];
        return to;
    }
    return to + sprintf(to, "%03o", byte);
}

static char *put_quoted(char *to, const char *name)
{
    bool escaping = false;
    *to++ = '\'';
    while (*name) {
        size_t length = printing(name);
        if (length == 0) {
            if (!escaping)
                to = stpcpy(to, "'$'");
            escaping = true;
            to = put_escape(to, (unsigned char)*name++);
            continue;
        }
        if (*name == '\'')
            to = stpcpy(to, "'\\'"); /* which ends an escape as well */
        else if (escaping)
            to = stpcpy(to, "''");
        escaping = false;
        to = mempcpy(to, name, length);
        name += length;
    }
    *to++ = '\'';
    return to;
}

char *quote_name(const char *name, bool always)
{
    bool special = *name == '\0', apostrophe = false, doubles = true;
    for (size_t i = 0; name[i];) {
        size_t length = printing(name + i);
        special |= length == 0 || is_special(name, i);
        apostrophe |= name[i] == '\'';
        doubles &= length > 0 && strchr(i ? "#~" NOT_IN_DOUBLES : NOT_IN_DOUBLES, name[i]) == NULL;
        i += length ? length : 1;
    }
    if (!special && !always)
        return xstrdup(name);
    char *quoted = xmalloc(strlen(name) * GROWTH + 3), *to = quoted;
    if (apostrophe && doubles)
        to += sprintf(to, "\"%s\"", name);
    else
        to = put_quoted(to, name);
    *to = '\0';
    return quoted;
}

char *quote_controls(const char *text, size_t length)
{
    char *copy = xmalloc(4 * length + 1), *to = copy;
    while (length) {
        size_t size, plain = visible_length(text, length, &size);
        to = mempcpy(to, text, plain);
        to += visible_escape(to, text + plain, size);
        text += plain + size;
        length -= plain + size;
    }
    *to = '\0';
    return copy;
}

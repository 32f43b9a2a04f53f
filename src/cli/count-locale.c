#include "cli/count-locale.h"

#include <ctype.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static int width(uint32_t character)
{
    return wcwidth((wchar_t)character);
}

/* Whether the letters that struct count_rules names are one column wide. */
static bool are_narrow(void)
{
    for (wchar_t c = 0xc0; c < 0x480; c++)
        if ((c < 0x300 || c >= 0x384) && c != 0x38b && c != 0x38d && c != 0x3a2 && wcwidth(c) != 1)
            return false;
    return true;
}

void count_locale_ask(struct count *count, bool no_break)
{
    count->rules = (struct count_rules){.no_break = no_break, .narrow = true};
    count->width = width;
    if (MB_CUR_MAX > 1) {
        count->charset = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? COUNT_AS_UTF8 : COUNT_AS_BYTES;
        count->rules.narrow = are_narrow();
        return;
    }
    count->charset = COUNT_AS_BYTES;
    for (int byte = 0; byte < 256; byte++) {
        wint_t c = btowc(byte);
        bool space = isspace(byte) || (no_break && (c == 0xa0 || c == 0x2007 || c == 0x202f || c == 0x2060));
        count->classes[byte] = (unsigned char)((space ? COUNT_SPACE : 0) | (isprint(byte) ? COUNT_PRINTS : 0));
        if (byte >= 0x80 && count->classes[byte])
            count->charset = COUNT_AS_TABLE;
    }
}

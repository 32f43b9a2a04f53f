#include "cli/settings-text.h"

#include "base/diag.h"
#include "input/decoder.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool names_utf8(const char *charset)
{
    return charset && (strcasecmp(charset, "UTF-8") == 0 || strcasecmp(charset, "utf8") == 0);
}

void settings_resolve_text(struct settings *settings, bool refused)
{
    const char *locale = settings_environment("LC_ALL");
    if (!locale)
        locale = settings_environment("LC_CTYPE");
    if (!locale)
        locale = settings_environment("LANG");
    bool known = setlocale(LC_CTYPE, "") != NULL;
    settings->unicode = false;
    if (refused) {
        settings->unicode_reason = "--no-unicode";
    } else if (!locale) {
        settings->unicode = true;
        settings->unicode_reason = "no locale is set";
    } else if (known) {
        settings->unicode = names_utf8(nl_langinfo(CODESET));
        settings->unicode_reason = "by the locale";
    } else {
        /* A locale that is not installed here still says what its text is; macOS has one that is named UTF-8. */
        const char *dot = strchr(locale, '.'), *charset = dot ? dot + 1 : locale;
        char name[16];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(charset, "@"), charset);
        settings->unicode = names_utf8(name);
        settings->unicode_reason = "by the name of the locale, which is not installed";
    }
    /* PCRE2's tables for an 8-bit charset, and what one character of a file's name is to fnmatch(), depend on it. */
    if (settings->unicode && !(known && locale))
        setlocale(LC_CTYPE, "C.UTF-8");
    else if (refused)
        setlocale(LC_CTYPE, "C");
}

void settings_resolve_encoding(struct settings *settings, const struct arguments *arguments)
{
    const char *name = arguments->encoding;
    if (!name || strcasecmp(name, "auto") == 0) {
        settings->marks = settings->unicode && arguments->binary_files != BINARY_FILES_TEXT;
        return;
    }
    if (strcasecmp(name, "none") == 0 || names_utf8(name))
        return;
    struct decoder *decoder = decoder_create(name);
    if (!decoder)
        diag_die("option '--encoding': invalid argument '%s': iconv(1) knows no such encoding", name);
    decoder_free(decoder);
    settings->encoding = name;
}

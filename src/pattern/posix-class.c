#include "pattern/posix-class.h"

#include "characters/characters.h"

#include <string.h>

/*
 * The classes of the C library's C.UTF-8 in Unicode's properties.  Compared at all code points, iswctype() of
 * glibc 2.36 against PCRE2 10.42, they differ in one thing: the C library, which may know no digits but those of
 * ASCII, takes 650 others for letters.  (PCRE2's own [:alpha:] lacks 2290 of 134046 characters, the vowel signs of
 * Hindi among them.)  ASCII comes first: what a class names as characters is looked up in a table, and found several
 * times as fast as by its properties.  `negated` is the content of a negated class, for what no union of properties
 * says: punctuation is everything visible that is nothing else.
 */
#define LETTERS "A-Za-z\\p{Alphabetic}"
#define OLD_LETTERS "A-Za-z\\p{L}\\p{Nl}"
#define DIGITS "0-9\\p{Nd}"
#define NARROW_SPACES " \\x{1680}\\x{2000}-\\x{2006}\\x{2008}-\\x{200a}\\x{205f}\\x{3000}"
#define VISIBLE "!-~\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}"
#define INVISIBLE "\\x00-\\x1f\\x7f\\p{Cc}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}" NARROW_SPACES

static const struct posix_class classes[] = {
    {"alpha", LETTERS, NULL},
    {"upper", "A-Z\\p{Uppercase}\\p{Lt}", NULL},
    {"lower", "a-z\\p{Lowercase}\\p{Lt}", NULL},
    {"digit", "0-9", NULL},
    {"xdigit", "0-9A-Fa-f", NULL},
    {"alnum", LETTERS DIGITS, NULL},
    {"space", "\\x09-\\x0d\\x{2028}\\x{2029}" NARROW_SPACES, NULL},
    {"blank", "\\x09" NARROW_SPACES, NULL},
    {"cntrl", "\\x00-\\x1f\\x7f\\p{Cc}\\x{2028}\\x{2029}", NULL},
    {"graph", VISIBLE "\\x{a0}\\x{2007}\\x{202f}", NULL},
    {"print", VISIBLE "\\p{Zs}", NULL},
    {"punct", NULL, LETTERS DIGITS INVISIBLE},
};

/* Before 10.40 PCRE2 has general categories only: some marks and signs are not letters then. */
static const struct posix_class old_classes[] = {
    {"alpha", OLD_LETTERS, NULL},
    {"upper", "A-Z\\p{Lu}\\p{Lt}", NULL},
    {"lower", "a-z\\p{Ll}\\p{Lt}", NULL},
    {"alnum", OLD_LETTERS DIGITS, NULL},
    {"punct", NULL, OLD_LETTERS DIGITS INVISIBLE},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool has_binary_properties(void)
{
    return characters_since(10, 40);
}

static const struct posix_class *find_in(const struct posix_class *rows, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0)
            return &rows[i];
    return NULL;
}

const struct posix_class *posix_class_find(const char *name, size_t length)
{
    const struct posix_class *old =
        has_binary_properties() ? NULL : find_in(old_classes, COUNT(old_classes), name, length);
    return old ? old : find_in(classes, COUNT(classes), name, length);
}

const char *posix_word_members(bool unicode)
{
    if (!unicode)
        return "\\w";
    return has_binary_properties() ? "_" LETTERS DIGITS : "_" OLD_LETTERS DIGITS;
}

/* corpus-names.h - names of people, for prose and logs. */

#ifndef CORPUS_NAMES_H
#define CORPUS_NAMES_H

#include <stddef.h>

struct names {
    const char *const *given;
    const char *const *family;
    size_t given_count, family_count;
    const char *gap;           /* between the two */
    const char *const *famous; /* FAMOUS_COUNT whole names that come rarely: for searches to find */
};

#define FAMOUS_COUNT 5

extern const struct names names_english;
extern const struct names names_russian;
extern const struct names names_asian;

#endif

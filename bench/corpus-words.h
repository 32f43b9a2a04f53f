/* corpus-words.h - word lists, and words drawn from them by frequency. */

#ifndef CORPUS_WORDS_H
#define CORPUS_WORDS_H

#include "corpus-random.h"
#include <stdbool.h>
#include <stddef.h>

/* The longest word, in bytes. */
#define WORD_LENGTH_MAX 40

/* The lists: words in falling order of frequency, with one space between two. UTF-8. */
extern const char words_english[];
extern const char words_russian[];
extern const char words_chinese[];
extern const char words_japanese[];

struct word {
    const char *text; /* not terminated; points into the list */
    size_t length;    /* bytes */
};

struct lexicon;

/* Reads a list, which must live as long as the lexicon. Returns NULL when there is no memory. */
struct lexicon *lexicon_create(const char *list);
void lexicon_free(struct lexicon *lexicon);

/* A word by Zipf's law: the word of rank r comes with a frequency of about 1 / (r + 2). */
const struct word *lexicon_draw(const struct lexicon *lexicon, struct random *random);

/* The same among the words of this length in bytes: the text of one. The list must have one. */
const char *lexicon_draw_length(const struct lexicon *lexicon, size_t length, struct random *random);

#endif

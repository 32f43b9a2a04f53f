/*
 * word-list.c - writes a list of words to search for, one to a line.
 *
 *   word-list COUNT SHORTEST LONGEST [SEED]
 *
 * Lengths are equally likely.  From any two letters the words go on as the English words of the corpora do, so that
 * their parts are frequent in these, but no word is a part of one of theirs where that can be helped (short
 * ones may be).  The same on every machine for the same SEED.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus-random.h"
#include "corpus-words.h"

#define LENGTH_MAX 1000
#define TRIES 100

/* A letter that follows `pair` in the list, found from a place by chance; any letter if none does. */
static char next_letter(struct random *random, const char *pair)
{
    size_t length = strlen(words_english);
    size_t start = random_below(random, (uint32_t)length);
    for (size_t i = 0; i < length; i++) {
        const char *place = words_english + (start + i) % length;
        if (place[0] == pair[0] && place[1] == pair[1] && place[2] != ' ' && place[2] != 0)
            return place[2];
    }
    return (char)('a' + random_below(random, 26));
}

static void make_word(struct random *random, char *word, size_t length)
{
    const char *start;
    do
        start = words_english + random_below(random, (uint32_t)strlen(words_english) - 1);
    while (start[0] == ' ' || start[1] == ' ');
    word[0] = start[0];
    word[1] = start[1];
    for (size_t i = 2; i < length; i++)
        word[i] = next_letter(random, word + i - 2);
    word[length] = 0;
}

int main(int argc, char **argv)
{
    long count = argc > 3 ? atol(argv[1]) : 0, shortest = argc > 3 ? atol(argv[2]) : 0;
    long longest = argc > 3 ? atol(argv[3]) : 0;
    if (count < 1 || shortest < 1 || longest < shortest || longest > LENGTH_MAX) {
        fprintf(stderr, "Usage: word-list COUNT SHORTEST LONGEST [SEED]\n");
        return 2;
    }
    struct random random;
    random_seed(&random, argc > 4 ? strtoull(argv[4], NULL, 10) : 1);
    for (long i = 0; i < count; i++) {
        size_t length = (size_t)shortest + random_below(&random, (uint32_t)(longest - shortest) + 1);
        char word[LENGTH_MAX + 2];
        for (int tries = 0; tries < TRIES; tries++) {
            make_word(&random, word, length);
            if (!strstr(words_english, word))
                break;
        }
        puts(word);
    }
    return fflush(stdout) || ferror(stdout) ? 2 : 0;
}

/* corpus-words.c - words drawn by frequency: see corpus-words.h. The lists are in corpus-lists.c. */

#include "corpus-words.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 1024

/* Draws are a look into a table in which each word stands as often as its frequency asks. 2^14 entries give the last
   of 600 words four of them. */
#define DRAW_BITS 14
#define LENGTH_DRAW_BITS 9

struct lexicon {
    const char *list;
    size_t count;
    struct word words[WORDS_MAX];
    uint16_t by_rank[1 << DRAW_BITS];                               /* ranks */
    uint16_t by_length[WORD_LENGTH_MAX + 1][1 << LENGTH_DRAW_BITS]; /* places in the list: one look less */
};

static uint64_t word_weight(size_t rank)
{
    return UINT64_C(1000000000) / (rank + 2);
}

/* Fills a table of draws with the places of the words of this length, or with the ranks of all words where length is 0.
   A length that no word has leaves its table empty. */
static void fill_draws(const struct lexicon *lexicon, size_t length, uint16_t *draws, size_t draw_count)
{
    uint64_t total = 0;
    for (size_t rank = 0; rank < lexicon->count; rank++)
        if (length == 0 || lexicon->words[rank].length == length)
            total += word_weight(rank);

    uint64_t sum = 0;
    size_t filled = 0;
    for (size_t rank = 0; rank < lexicon->count; rank++) {
        if (length != 0 && lexicon->words[rank].length != length)
            continue;
        sum += word_weight(rank);
        size_t end = (size_t)(sum * draw_count / total);
        while (filled < end)
            draws[filled++] = (uint16_t)(length == 0 ? rank : (size_t)(lexicon->words[rank].text - lexicon->list));
    }
}

struct lexicon *lexicon_create(const char *list)
{
    struct lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (lexicon == NULL)
        return NULL;

    assert(strlen(list) <= UINT16_MAX);
    lexicon->list = list;
    for (const char *at = list; *at != '\0';) {
        size_t length = strcspn(at, " ");
        assert(length > 0 && length <= WORD_LENGTH_MAX && lexicon->count < WORDS_MAX);
        lexicon->words[lexicon->count++] = (struct word){at, length};
        at += length;
        at += *at == ' ';
    }

    fill_draws(lexicon, 0, lexicon->by_rank, (size_t)1 << DRAW_BITS);
    for (size_t length = 1; length <= WORD_LENGTH_MAX; length++)
        fill_draws(lexicon, length, lexicon->by_length[length], (size_t)1 << LENGTH_DRAW_BITS);
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    free(lexicon);
}

const struct word *lexicon_draw(const struct lexicon *lexicon, struct random *random)
{
    return &lexicon->words[lexicon->by_rank[random_next(random) >> (64 - DRAW_BITS)]];
}

const char *lexicon_draw_length(const struct lexicon *lexicon, size_t length, struct random *random)
{
    return lexicon->list + lexicon->by_length[length][random_next(random) >> (64 - LENGTH_DRAW_BITS)];
}

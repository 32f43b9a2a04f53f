/* corpus-prose.c - sentences in several languages, broken into lines. */

#include "corpus-kinds.h"
#include "corpus-names.h"
#include <string.h>

#define LINES_PER_PIECE 8

/* Of so many words one is a name, and of so many names one is famous: in English that makes about three "Sherlock
   Holmes" in a megabyte, rare enough for a search to be all scanning. */
#define WORDS_PER_NAME 60
#define NAMES_PER_FAMOUS 200

struct language {
    const char *gap;   /* between words */
    const char *comma; /* within sentences */
    const char *stop;  /* at their ends */
    const struct names *names;
    size_t line_min, line_max;         /* a line's length is drawn between these; it ends before the word beyond */
    size_t sentence_min, sentence_max; /* words */
    enum stamp_kind stamp;
    bool capitals;
};

static const struct language english = {" ", ",", ".", &names_english, 60, 80, 5, 20, STAMP_WORD, true};
static const struct language russian = {" ", ",", ".", &names_russian, 110, 145, 4, 16, STAMP_WORD, true};
static const struct language chinese = {"", "，", "。", &names_asian, 80, 130, 6, 24, STAMP_WORD, false};
static const struct language japanese = {"", "、", "。", &names_asian, 80, 130, 6, 24, STAMP_WORD_OTHER, false};

/* What comes next in the text: a word or a whole name. */
struct token {
    char text[2 * WORD_LENGTH_MAX];
    size_t length; /* bytes */
    bool stamped;  /* only the length counts; two of three words, as all would be slower than a disk */
};

/* Where the writing of a piece has got to. */
struct writer {
    const struct language *language;
    const struct lexicon *lexicon;
    struct random *random;
    struct pool *pool;
    size_t column, column_limit; /* bytes */
    unsigned line;
    size_t sentence_left; /* words */
    bool sentence_begins;
    const struct word *last; /* no word comes twice in a row */
    const char *tail;        /* what follows the last token: held back, because a piece ends with a stop */
};

static void token_append(struct token *token, const char *text, size_t length)
{
    memcpy(token->text + token->length, text, length);
    token->length += length;
}

static void draw_name(struct random *random, const struct names *names, struct token *token)
{
    if (random_below(random, NAMES_PER_FAMOUS) == 0) {
        const char *famous = names->famous[random_below(random, FAMOUS_COUNT)];
        token_append(token, famous, strlen(famous));
        return;
    }
    const char *given = names->given[random_below(random, (uint32_t)names->given_count)];
    const char *family = names->family[random_below(random, (uint32_t)names->family_count)];
    token_append(token, given, strlen(given));
    token_append(token, names->gap, strlen(names->gap));
    token_append(token, family, strlen(family));
}

/* Makes the first letter a capital: ASCII, and Cyrillic from а to я and ё in UTF-8. */
static void capitalise(char *text)
{
    unsigned char *at = (unsigned char *)text;

    if (at[0] >= 'a' && at[0] <= 'z') {
        at[0] = (unsigned char)(at[0] - 'a' + 'A');
    } else if (at[0] == 0xd0 && at[1] >= 0xb0) {
        at[1] = (unsigned char)(at[1] - 0x20);
    } else if (at[0] == 0xd1 && at[1] <= 0x8f) {
        at[0] = 0xd0;
        at[1] = (unsigned char)(at[1] + 0x20);
    } else if (at[0] == 0xd1 && at[1] == 0x91) {
        at[0] = 0xd0;
        at[1] = 0x81;
    }
}

static void draw_token(struct writer *writer, struct token *token)
{
    const struct language *language = writer->language;

    token->length = 0;
    token->stamped = false;
    if (random_below(writer->random, WORDS_PER_NAME) == 0) {
        draw_name(writer->random, language->names, token);
        return;
    }
    const struct word *word;
    do
        word = lexicon_draw(writer->lexicon, writer->random);
    while (word == writer->last);
    writer->last = word;
    token_append(token, word->text, word->length);
    if (writer->sentence_begins && language->capitals)
        capitalise(token->text);
    else
        token->stamped = random_below(writer->random, 3) > 0;
}

static void put_text(struct writer *writer, const char *text)
{
    size_t length = strlen(text);
    pool_put(writer->pool, text, length);
    writer->column += length;
}

static void begin_line(struct writer *writer)
{
    const struct language *language = writer->language;
    writer->column = 0;
    writer->column_limit =
        language->line_min + random_below(writer->random, (uint32_t)(language->line_max - language->line_min + 1));
}

static void begin_sentence(struct writer *writer)
{
    const struct language *language = writer->language;
    uint32_t range = (uint32_t)(language->sentence_max - language->sentence_min + 1);
    writer->sentence_left = language->sentence_min + random_below(writer->random, range);
    writer->sentence_begins = true;
}

/* Puts the token, in a new line where it is too long for this one. Returns false when the piece has no more lines. */
static bool put_token(struct writer *writer, const struct token *token)
{
    const struct language *language = writer->language;
    size_t need = strlen(writer->tail) + strlen(language->gap) + token->length + strlen(language->stop);

    if (writer->column > 0 && writer->column + need > writer->column_limit) {
        if (++writer->line == LINES_PER_PIECE)
            return false;
        put_text(writer, writer->tail);
        pool_put(writer->pool, "\n", 1);
        begin_line(writer);
    } else if (writer->column > 0) {
        put_text(writer, writer->tail);
        put_text(writer, language->gap);
    }

    if (token->stamped)
        pool_stamp(writer->pool, language->stamp, token->length);
    else
        pool_put(writer->pool, token->text, token->length);
    writer->column += token->length;
    return true;
}

static void write_piece(struct writer *writer)
{
    struct token token;

    writer->line = 0;
    writer->tail = "";
    begin_line(writer);
    begin_sentence(writer);
    for (;;) {
        draw_token(writer, &token);
        if (!put_token(writer, &token))
            break;
        writer->sentence_begins = false;
        writer->tail = "";
        if (--writer->sentence_left == 0) {
            writer->tail = writer->language->stop;
            begin_sentence(writer);
        } else if (random_below(writer->random, 9) == 0) {
            writer->tail = writer->language->comma;
        }
    }
    put_text(writer, writer->language->stop);
    pool_put(writer->pool, "\n", 1);
}

static bool prepare_piece(struct pool *pool, const struct language *language, const struct lexicon *lexicon,
                          struct random *random)
{
    struct writer writer = {.language = language, .lexicon = lexicon, .random = random, .pool = pool};

    if (!pool_begin(pool))
        return false;
    write_piece(&writer);
    pool_end(pool);
    return true;
}

void prepare_prose(struct pool *pool, const struct lexicon *const lexicons[2], struct random *random)
{
    while (prepare_piece(pool, &english, lexicons[0], random))
        continue;
}

void prepare_cyrillic(struct pool *pool, const struct lexicon *const lexicons[2], struct random *random)
{
    while (prepare_piece(pool, &russian, lexicons[0], random))
        continue;
}

void prepare_cjk(struct pool *pool, const struct lexicon *const lexicons[2], struct random *random)
{
    while (prepare_piece(pool, &chinese, lexicons[0], random) && prepare_piece(pool, &japanese, lexicons[1], random))
        continue;
}

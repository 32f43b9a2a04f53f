/*
 * word-set-test.c - the search for many words, against a look at every place for every word.
 */
#include "literal/word-set.h"

#include "test.h"

#define WORDS_MAX 4000
#define LENGTH_MAX 60

static unsigned char fold(char byte, bool caseless)
{
    unsigned char c = (unsigned char)byte;
    return caseless && c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
}

static bool stands_at(const struct word *word, const char *place, const char *end, bool caseless)
{
    if (word->length > (size_t)(end - place))
        return false;
    for (size_t i = 0; i < word->length; i++)
        if (fold(word->bytes[i], caseless) != fold(place[i], caseless))
            return false;
    return true;
}

struct list {
    struct word words[WORDS_MAX];
    size_t count;
    bool caseless;
};

static const char *plain_find(const struct list *list, const char *from, const char *end, word_fits *fits,
                              void *context, size_t *index, const char **found_end)
{
    for (const char *place = from; place < end; place++)
        for (size_t i = 0; i < list->count; i++) {
            const struct word *word = &list->words[i];
            if (!stands_at(word, place, end, list->caseless) || (fits && !fits(context, place, place + word->length)))
                continue;
            *index = i;
            *found_end = place + word->length;
            return place;
        }
    return NULL;
}

/* Refuses occurrences by chance, but the same ones each time: `context` is the begin of the text. */
static bool fits_sometimes(void *context, const char *begin, const char *end)
{
    const char *text = context;
    struct dice dice = {(uint64_t)(begin - text) * 1000 + (uint64_t)(end - begin)};
    dice_throw(&dice);
    return dice_below(&dice, 4) == 0;
}

static bool fits_never(void *context, const char *begin, const char *end)
{
    (void)context;
    assert_true(begin < end);
    return false;
}

/* The first occurrence from each place where one was found before, of all kinds of `fits`. */
static void check(const struct list *list, const struct word_set *set, const char *text, const char *end)
{
    word_fits *const kinds[] = {NULL, fits_sometimes, fits_never};
    for (size_t k = 0; k < COUNT(kinds); k++) {
        const char *from = text, *found;
        do {
            size_t index = 77, expected_index = 77;
            const char *found_end = NULL, *expected_end = NULL;
            found = word_set_find(set, from, end, kinds[k], (void *)(uintptr_t)text, &index, &found_end);
            const char *expected =
                plain_find(list, from, end, kinds[k], (void *)(uintptr_t)text, &expected_index, &expected_end);
            if (found != expected || index != expected_index || found_end != expected_end)
                fail_msg("%zu words, %zu bytes, from %zu: word %zu at %td instead of word %zu at %td", list->count,
                         (size_t)(end - text), (size_t)(from - text), index, found ? found - text : -1, expected_index,
                         expected ? expected - text : -1);
            from = found ? found + 1 : end;
        } while (found);
    }
}

/* Few letters, so that words and their parts occur often; some differ in the bit that case folding ignores. */
static const char alphabets[][5] = {"ab", "abc", "aAbB", "a\x01\xe1\xc1", "@`kK"};

static char letter(struct dice *dice, size_t alphabet)
{
    const char *letters = alphabets[alphabet];
    return alphabet == 3 && dice_below(dice, 9) == 0 ? 0 : letters[dice_below(dice, strlen(letters))];
}

/* Words in `bytes`: new ones, or parts of the last one, with or without another letter in it. */
static void make_words(struct list *list, char *bytes, struct dice *dice, size_t alphabet)
{
    size_t shortest = 1 + dice_below(dice, dice_below(dice, 2) ? 4 : 20);
    size_t longest = shortest + dice_below(dice, LENGTH_MAX - shortest + 1);
    for (size_t i = 0; i < list->count; i++) {
        size_t length = shortest + dice_below(dice, longest - shortest + 1);
        char *word = bytes + i * LENGTH_MAX;
        for (size_t j = 0; j < LENGTH_MAX; j++)
            word[j] = letter(dice, alphabet);
        size_t kind = i ? dice_below(dice, 5) : 0;
        if (kind == 1 || kind == 2)
            memcpy(word, word - LENGTH_MAX, length); /* the same prefix, or all of it */
        else if (kind == 3)
            memcpy(word + length / 2, word - LENGTH_MAX, length - length / 2);
        if (kind == 1)
            word[dice_below(dice, length)] = letter(dice, alphabet);
        list->words[i] = (struct word){word, length};
    }
}

/* Random letters, and pieces of the words. */
static void make_text(char *text, size_t length, const struct list *list, struct dice *dice, size_t alphabet)
{
    for (size_t i = 0; i < length;) {
        const struct word *word = &list->words[dice_below(dice, list->count)];
        size_t copied = dice_below(dice, 3) ? word->length - dice_below(dice, 2) : 0;
        if (copied > length - i)
            copied = length - i;
        memcpy(text + i, word->bytes, copied);
        i += copied;
        for (size_t noise = dice_below(dice, 12); noise && i < length; noise--)
            text[i++] = letter(dice, alphabet);
    }
}

/* The text ends, then begins, where no byte can be read. */
static void test_random(void **state)
{
    (void)state;
    static char bytes[WORDS_MAX * LENGTH_MAX];
    struct fence fence = fence_create(4096);
    struct dice dice = {3};
    static struct list list;
    for (size_t round = 0; round < 1500; round++) {
        size_t alphabet = round % COUNT(alphabets);
        list.count = round % 50 == 0 ? WORDS_MAX : 1 + dice_below(&dice, round % 3 ? 10 : 300);
        list.caseless = round / 5 % 2;
        make_words(&list, bytes, &dice, alphabet);
        struct word_set *set = word_set_create(list.words, list.count, list.caseless);
        size_t length = dice_below(&dice, list.count == WORDS_MAX ? 150 : 700);
        make_text(fence.end - length, length, &list, &dice, alphabet);
        check(&list, set, fence.end - length, fence.end);
        memmove(fence.begin, fence.end - length, length);
        check(&list, set, fence.begin, fence.begin + length);
        word_set_free(set);
    }
    fence_free(fence);
}

/* One word in a text of other bytes, longer than any stretch that is looked at in one go, at every place. */
static void test_every_place(void **state)
{
    (void)state;
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz";
    struct fence fence = fence_create(4096);
    for (size_t length = 1; length <= 26; length += length < 14 ? 1 : 12) {
        struct word words[] = {{alphabet, length}, {"ABCDEFGHIJKLMNOPQRSTUVWXYZ_", 27}};
        for (size_t caseless = 0; caseless < 2; caseless++) {
            struct word_set *set = word_set_create(words, COUNT(words), caseless);
            for (size_t begin = 0; begin < 40; begin++)
                for (size_t gap = 0; gap < 300; gap++) {
                    char *text = fence.end - begin - gap - length;
                    memset(text - 64, '.', gap + begin + length + 64);
                    memcpy(fence.end - length - begin, alphabet, length);
                    size_t index = 9;
                    const char *end = NULL, *place = fence.end - length - begin;
                    assert_ptr_equal(word_set_find(set, text, fence.end, NULL, NULL, &index, &end), place);
                    assert_int_equal(index, 0);
                    assert_ptr_equal(end, place + length);
                    assert_null(word_set_find(set, text, end - 1, NULL, NULL, &index, &end));
                    assert_null(word_set_find(set, place + 1, fence.end, NULL, NULL, &index, &end));
                }
            word_set_free(set);
        }
    }
    fence_free(fence);
}

/* Far behind the start, where stretches have their full length. */
static void test_far(void **state)
{
    (void)state;
    struct fence fence = fence_create(65536);
    memset(fence.begin, 'x', (size_t)(fence.end - fence.begin));
    static const char *const strings[] = {"b", "ab", "abc", "abcd", "abcdefg", "abcdefghi", "abcdefghijklmnop"};
    struct dice dice = {5};
    for (size_t i = 0; i < COUNT(strings); i++) {
        /* The other word is longer, and so found by other means where it is much longer. */
        struct word words[] = {{"xy0123456789", 12}, {strings[i], strlen(strings[i])}};
        struct word_set *set = word_set_create(words, COUNT(words), false);
        for (size_t round = 0; round < 2000; round++) {
            char *place = fence.begin + 20000 + dice_below(&dice, 20000);
            memcpy(place, strings[i], words[1].length);
            size_t index;
            const char *end;
            assert_ptr_equal(word_set_find(set, fence.begin, fence.end, NULL, NULL, &index, &end), place);
            assert_int_equal(index, 1);
            memset(place, 'x', words[1].length);
        }
        word_set_free(set);
    }
    fence_free(fence);
}

static void test_every_byte(void **state)
{
    (void)state;
    char text[256], bytes[256][3];
    static struct list list;
    for (size_t i = 0; i < 256; i++) {
        text[i] = (char)i;
        bytes[i][0] = bytes[i][1] = bytes[i][2] = (char)i;
    }
    for (size_t length = 1; length <= 3; length++)
        for (size_t caseless = 0; caseless < 2; caseless++)
            for (size_t i = 0; i < 256; i++) {
                list.words[0] = (struct word){bytes[i], length};
                list.count = 1;
                list.caseless = caseless;
                struct word_set *set = word_set_create(list.words, 1, caseless);
                check(&list, set, text, text + 256);
                check(&list, set, bytes[0], bytes[0] + sizeof bytes);
                word_set_free(set);
            }
}

static void test_nothing(void **state)
{
    (void)state;
    size_t index;
    const char *end, *text = "text";
    struct word_set *set = word_set_create(NULL, 0, false);
    assert_null(word_set_find(set, text, text + 4, NULL, NULL, &index, &end));
    word_set_free(set);
    word_set_free(NULL);
    set = word_set_create(&(struct word){"t", 1}, 1, false);
    assert_null(word_set_find(set, text, text, NULL, NULL, &index, &end));
    word_set_free(set);
}

#define MANY 100000

/*
 * Words and texts that all look alike: ends long before watch() does only if a place costs no
 * look at every word.
 */
static void search_alike(char *bytes, size_t stride, size_t length, const char *text, size_t text_length)
{
    struct word *words = calloc(MANY, sizeof *words);
    for (size_t i = 0; i < MANY; i++)
        words[i] = (struct word){bytes + i * stride, length};
    struct word_set *set = word_set_create(words, MANY, false);
    size_t index;
    const char *end;
    word_set_find(set, text, text + text_length, fits_never, NULL, &index, &end);
    word_set_free(set);
    free(words);
}

static void test_alike(void **state)
{
    (void)state;
    size_t length = 1 << 20;
    char *text = malloc(length), *bytes = malloc(MANY * 32 + 1);
    memset(text, 'a', length);
    memset(bytes, 'a', MANY * 32 + 1);
    for (size_t word = 1; word <= 32; word += word < 9 ? 1 : 23)
        search_alike(bytes, 0, word, text, length); /* the same word */
    for (size_t i = 0; i < MANY; i++) {
        char number[16];
        snprintf(number, sizeof number, "%06zu", i);
        memcpy(bytes + i * 32 + 20, number, 6); /* the same prefix */
    }
    search_alike(bytes, 32, 26, text, length);
    search_alike(bytes, 32, 32, text, length); /* and the same suffix */
    for (size_t i = 0; i < length; i += 8)
        memcpy(text + i, "aaaaaaaa1", i + 9 <= length ? 9 : 8);
    search_alike(bytes, 32, 26, text, length);

    /* Each word a prefix of the next one. */
    struct word words[1000];
    memset(text, 'a', length);
    for (size_t i = 0; i < COUNT(words); i++)
        words[i] = (struct word){text, i + 1};
    struct word_set *set = word_set_create(words, COUNT(words), false);
    size_t index;
    const char *end;
    assert_null(word_set_find(set, text, text + 20000, fits_never, NULL, &index, &end));
    word_set_free(set);
    free(bytes);
    free(text);
}

int main(void)
{
    watch();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),     cmocka_unit_test(test_every_place), cmocka_unit_test(test_far),
        cmocka_unit_test(test_every_byte), cmocka_unit_test(test_nothing),     cmocka_unit_test(test_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

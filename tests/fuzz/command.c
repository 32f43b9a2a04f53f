#include "command.h"

#include "input/unpacker.h"

#include "reference.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* THE PLACE FOR ENGINES: the arguments of --engine, NULL for none. */
static const char *const engines[] = {NULL};

#define MARK "\xef\xbb\xbf"

const char *command_mark(const struct command *command, const struct trial *trial)
{
    return command->mark && trial->unicode ? MARK : "";
}

/* A pattern that may search for the mark would find it. */
static bool may_name_mark(const struct trial *trial)
{
    struct pattern_list list;
    bool found = false;
    trial_patterns(trial, &list);
    for (size_t i = 0; i < list.count; i++)
        found |= strcasestr(list.items[i].text, "feff") || strstr(list.items[i].text, MARK) ||
                 strlen(list.items[i].text) < list.items[i].length;
    pattern_list_free(&list);
    return found;
}

void command_choose(struct command *command, const struct trial *trial, struct dice *dice)
{
    static const unsigned sizes[] = {0, 0, 1, 2, 7, 64, 1000, 65536}, threads[] = {1, 2, 3, 8};
    *command = (struct command){.mode = (enum command_mode)dice_below(dice, MODE_COUNT_OF_ALL)};
    if (dice_chance(dice, 25))
        command->mode = dice_chance(dice, 50) ? MODE_LINES : MODE_ONLY_MATCHING;
    command->invert = dice_chance(dice, 15);
    command->line_number = dice_chance(dice, 40);
    command->byte_offset = dice_chance(dice, 20);
    command->with_name = dice_chance(dice, 15);
    command->color = dice_chance(dice, 20);
    command->max_count = dice_chance(dice, 15) ? dice_between(dice, 1, 5) : 0;
    command->chunk_size = sizes[dice_below(dice, COUNT(sizes))];
    if (trial->text.length > 20000 && command->chunk_size < 64) /* each chunk takes a turn */
        command->chunk_size = command->chunk_size ? 1000 : 0;
    command->threads = threads[dice_below(dice, COUNT(threads))];
    command->map = dice_chance(dice, 30);
    command->no_map = !command->map && dice_chance(dice, 30);
    command->from_stdin = dice_chance(dice, 15);
    command->from_pipe = !command->from_stdin && dice_chance(dice, 15);
    command->bgzf = unpacker_library(COMPRESSION_GZIP) && dice_chance(dice, 10);
    command->zstd = !command->bgzf && unpacker_library(COMPRESSION_ZSTD) && dice_chance(dice, 10);
    command->as_operands = trial->pattern_count < 100 && dice_chance(dice, 30);
    size_t kernels = 0;
    while (kernels_get(kernels))
        kernels++;
    command->kernels = kernels_get(dice_below(dice, kernels))->name;
    command->engine = engines[dice_below(dice, COUNT(engines))];
    command->mark = dice_chance(dice, 15) && !may_name_mark(trial);
}

/* --- the words --- */

static void add_flag(struct bytes *words, bool given, const char *flag)
{
    if (given)
        bytes_add_format(words, " %s", flag);
}

static void add_quoted(struct bytes *words, const struct pattern *pattern)
{
    bytes_add_string(words, " -e '");
    for (size_t i = 0; i < pattern->length; i++) {
        if (pattern->text[i] == '\'')
            bytes_add_string(words, "'\\''");
        else
            bytes_add_char(words, pattern->text[i]);
    }
    bytes_add_char(words, '\'');
}

static void add_patterns(const struct command *command, const struct trial *trial, const char *file,
                         struct bytes *words)
{
    struct pattern_list list;
    trial_patterns(trial, &list);
    bool operands = command->as_operands;
    for (size_t i = 0; i < list.count; i++)
        operands &= !memchr(list.items[i].text, '\0', list.items[i].length);
    for (size_t i = 0; operands && i < list.count; i++)
        add_quoted(words, &list.items[i]);
    if (!operands)
        bytes_add_format(words, " -f %s", file);
    pattern_list_free(&list);
}

void command_write(const struct command *command, const struct trial *trial, const char *program, const char *patterns,
                   const char *text, struct bytes *words)
{
    static const char *const modes[] = {"", "-o", "-c", "--count-matches", "-l", "-L", "-q"};
    if (command->from_pipe)
        bytes_add_format(words, "cat %s | ", text);
    bytes_add_format(words, "%s -a", program);
    add_flag(words, command->mode != MODE_LINES, modes[command->mode]);
    add_flag(words, trial->fixed, "-F");
    add_flag(words, trial->ignore_case, "-i");
    add_flag(words, trial->word, "-w");
    add_flag(words, trial->line, "-x");
    add_flag(words, trial->crlf, "--crlf");
    add_flag(words, !trial->unicode, "--no-unicode");
    add_flag(words, command->invert, "-v");
    add_flag(words, command->line_number, "-n");
    add_flag(words, command->byte_offset, "-b");
    add_flag(words, command->with_name, "-H");
    add_flag(words, command->color, "--color=always");
    if (command->max_count)
        bytes_add_format(words, " -m %u", (unsigned)command->max_count);
    if (command->chunk_size)
        bytes_add_format(words, " --chunk-size=%u", command->chunk_size);
    bytes_add_format(words, " -j %u", command->threads);
    add_flag(words, command->map, "--mmap");
    add_flag(words, command->no_map, "--no-mmap");
    add_flag(words, command->bgzf || command->zstd, "--decompress");
    if (command->engine)
        bytes_add_format(words, " --engine=%s", command->engine);
    add_patterns(command, trial, patterns, words);
    if (command->from_stdin || command->from_pipe)
        bytes_add_format(words, " --label=%s -", text);
    if (command->from_stdin)
        bytes_add_format(words, " < %s", text);
    else if (!command->from_pipe)
        bytes_add_format(words, " %s", text);
}

/* --- what is printed --- */

/* A run of the command in thought. */
struct expectation {
    const struct command *command;
    const struct trial *trial;
    const char *name;
    struct bytes *output;
    struct reference *reference;
    bool careful;
    const char *line;
    size_t length, offset, number; /* of the line, behind the mark */
    size_t subject;                /* how much of it patterns see */
    uint64_t selected, matches;
};

static void add_colored(struct expectation *expectation, const char *color, const char *text, size_t length)
{
    bool colored = expectation->command->color;
    if (colored)
        bytes_add_format(expectation->output, "\33[%sm\33[K", color);
    bytes_add(expectation->output, text, length);
    if (colored)
        bytes_add_string(expectation->output, "\33[m\33[K");
}

static void add_number(struct expectation *expectation, size_t number)
{
    struct bytes digits = {NULL, 0, 0};
    bytes_add_format(&digits, "%zu", number);
    add_colored(expectation, "32", digits.text, digits.length);
    add_colored(expectation, "36", ":", 1);
    bytes_free(&digits);
}

/* The first line begins with the mark; its text, and all that follows, begins behind it. */
static void add_prefix(struct expectation *expectation, size_t offset)
{
    if (expectation->command->with_name) {
        add_colored(expectation, "35", expectation->name, strlen(expectation->name));
        add_colored(expectation, "36", ":", 1);
    }
    if (expectation->command->line_number)
        add_number(expectation, expectation->number);
    if (expectation->command->byte_offset)
        add_number(expectation, offset);
}

/* A match that is not empty. */
static void take_match(struct expectation *expectation, size_t begin, size_t end, size_t *done)
{
    expectation->matches++;
    if (expectation->command->mode == MODE_ONLY_MATCHING) {
        add_prefix(expectation, expectation->offset + begin);
        add_colored(expectation, "01;31", expectation->line + begin, end - begin);
        if (expectation->subject < expectation->length)
            bytes_add_char(expectation->output, '\r');
        bytes_add_char(expectation->output, '\n');
    } else if (expectation->command->mode == MODE_LINES) {
        bytes_add(expectation->output, expectation->line + *done, begin - *done);
        add_colored(expectation, "01;31", expectation->line + begin, end - begin);
    }
    *done = end;
}

/* All matches of the line.  False when PCRE2 is not sure of one. */
static bool take_matches(struct expectation *expectation, size_t *done)
{
    for (size_t from = 0; from < expectation->subject;) {
        size_t begin = 0, end = 0;
        enum verdict verdict = reference_find(expectation->reference, from, &begin, &end);
        if (verdict == VERDICT_OPEN || (expectation->careful && !reference_agrees(expectation->reference, from)))
            return false;
        if (verdict == VERDICT_YES && reference_depends(expectation->reference))
            return false;
        begin = begin < from ? from : begin;
        if (verdict == VERDICT_NO || begin == expectation->subject)
            return true;
        from = end;
        if (begin < end) {
            take_match(expectation, begin, end, done);
        } else {
            from = begin + 1;
            while (expectation->trial->unicode && from < expectation->subject &&
                   (expectation->line[from] & 0xc0) == 0x80)
                from++;
        }
    }
    return true;
}

static bool take_line(struct expectation *expectation)
{
    const struct command *command = expectation->command;
    enum command_mode mode = command->mode;
    size_t done = 0;
    expectation->selected++;
    bool wanted = !command->invert &&
                  (mode == MODE_ONLY_MATCHING || mode == MODE_COUNT_MATCHES || (mode == MODE_LINES && command->color));
    const char *mark = expectation->number == 1 ? command_mark(command, expectation->trial) : "";
    if (mode == MODE_LINES)
        add_prefix(expectation, expectation->offset - strlen(mark));
    if (mode == MODE_LINES)
        bytes_add_string(expectation->output, mark);
    if (wanted && !take_matches(expectation, &done))
        return false;
    if (mode == MODE_LINES) {
        bytes_add(expectation->output, expectation->line + done, expectation->length - done);
        bytes_add_char(expectation->output, '\n');
    }
    return true;
}

static bool take_lines(struct expectation *expectation)
{
    const struct command *command = expectation->command;
    const struct bytes *text = &expectation->trial->text;
    for (size_t at = 0; at < text->length; at += expectation->length + 1) {
        expectation->line = text->text + at;
        const char *newline = memchr(expectation->line, '\n', text->length - at);
        expectation->length = newline ? (size_t)(newline - expectation->line) : text->length - at;
        expectation->subject = trial_subject(expectation->trial, expectation->line, expectation->length);
        expectation->offset = at + strlen(command_mark(command, expectation->trial));
        expectation->number++;
        reference_set_line(expectation->reference, expectation->line, expectation->subject);
        enum verdict verdict = reference_line(expectation->reference);
        if (verdict == VERDICT_OPEN || (expectation->careful && !reference_agrees(expectation->reference, 0)))
            return false;
        if ((verdict == VERDICT_YES) == command->invert)
            continue;
        if (!take_line(expectation))
            return false;
        if (command->max_count && expectation->selected >= command->max_count)
            return true;
    }
    return true;
}

static void add_end(struct expectation *expectation)
{
    const struct command *command = expectation->command;
    bool selected = expectation->selected > 0;
    switch (command->mode) {
    case MODE_COUNT:
    case MODE_COUNT_MATCHES:
        if (command->with_name) {
            add_colored(expectation, "35", expectation->name, strlen(expectation->name));
            add_colored(expectation, "36", ":", 1);
        }
        bytes_add_format(expectation->output, "%llu\n",
                         (unsigned long long)(command->mode == MODE_COUNT || command->invert ? expectation->selected
                                                                                             : expectation->matches));
        break;
    case MODE_LIST:
    case MODE_LIST_WITHOUT:
        if (selected == (command->mode == MODE_LIST)) {
            add_colored(expectation, "35", expectation->name, strlen(expectation->name));
            bytes_add_char(expectation->output, '\n');
        }
        break;
    default:
        break;
    }
}

/* No line can be selected: nothing is searched then, nor counted, as in grep. */
static bool selects_nothing(const struct command *command, const struct trial *trial,
                            const struct pattern_list *patterns)
{
    bool empty = command->invert && !trial->word && !trial->line && command->mode != MODE_LIST_WITHOUT;
    for (size_t i = 0; i < patterns->count; i++)
        empty &= patterns->items[i].length == 0;
    return empty;
}

bool command_expect(const struct command *command, const struct trial *trial, const char *name, bool careful,
                    struct bytes *output, int *status, bool *refused)
{
    const struct matcher_options options = {
        .dialect.fixed = trial->fixed,
        .dialect.caseless = trial->ignore_case,
        .dialect.boundary = trial->line   ? BOUNDS_LINE
                            : trial->word ? BOUNDS_WORD
                                          : BOUNDS_NONE,
        .dialect.unicode = trial->unicode,
        .match_limit = 200000,
        .depth_limit = 200000,
        .heap_limit = 32u << 10,
    };
    struct pattern_list patterns;
    struct mistake mistake;
    trial_patterns(trial, &patterns);
    struct expectation expectation = {
        .command = command,
        .trial = trial,
        .name = name,
        .careful = careful,
        .output = output,
        .reference = patterns.count > 0 ? reference_create(&patterns, &options, &mistake) : NULL,
    };
    *refused = patterns.count > 0 && !expectation.reference;
    bool nothing = selects_nothing(command, trial, &patterns);
    pattern_list_free(&patterns);
    bool sure = expectation.reference && take_lines(&expectation);
    if (sure && !nothing)
        add_end(&expectation);
    *status = expectation.selected > 0 ? 0 : 1;
    reference_free(expectation.reference);
    return sure;
}

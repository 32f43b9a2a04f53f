#include "pcre2/program.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pcre2/errors.h"
#include "pcre2/known-faults.h"
#include "pcre2/longest.h"
#include "pcre2/pattern-facts.h"

#include <stdlib.h>
#include <string.h>

/* The options at a pattern's start, "(*UTF)" and the like, have to stay at the start when it is wrapped. */
static size_t start_options_length(const char *pattern, size_t length)
{
    size_t end = 0;
    while (length - end > 3 && pattern[end] == '(' && pattern[end + 1] == '*') {
        static const char *const names[] = {
            "UTF",
            "UCP",
            "NOTEMPTY",
            "NOTEMPTY_ATSTART",
            "NO_AUTO_POSSESS",
            "NO_START_OPT",
            "NO_JIT",
            "NO_DOTSTAR_ANCHOR",
            "CR",
            "LF",
            "CRLF",
            "ANYCRLF",
            "ANY",
            "NUL",
            "BSR_ANYCRLF",
            "BSR_UNICODE",
            "LIMIT_MATCH",
            "LIMIT_HEAP",
            "LIMIT_DEPTH",
            "LIMIT_RECURSION",
        };
        const char *name = pattern + end + 2;
        const char *close = memchr(name, ')', length - end - 2);
        if (!close)
            break;
        size_t name_length = strcspn(name, "=)");
        bool known = false;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            known |= strlen(names[i]) == name_length && memcmp(names[i], name, name_length) == 0;
        if (!known)
            break;
        end = (size_t)(close - pattern) + 1;
    }
    return end;
}

/* The tail that a pattern needs before something can be put after it. */
struct ending {
    bool quoted;   /* it may leave a \Q open */
    bool extended; /* it may end in a comment of (?x) */
};

static struct text wrap(const char *pattern, size_t length, const struct wrapping *wrapping, struct ending ending)
{
    struct text text = {NULL, 0, 0};
    size_t options = start_options_length(pattern, length);
    text_append(&text, pattern, options);
    text_add(&text, wrapping->prefix);
    text_append(&text, pattern + options, length - options);
    if (ending.quoted)
        text_add(&text, "\\E");
    if (ending.extended)
        text_add(&text, "\n");
    text_add(&text, wrapping->suffix);
    return text;
}

#define UNICODE_FLAGS (PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF)

static void mistake_by_code(struct mistake *mistake, int code, size_t offset)
{
    *mistake = (struct mistake){.offset = offset, .too_large = error_is_size(code)};
    error_message(code, mistake->message, sizeof mistake->message);
}

static pcre2_code *compile_code(const struct text *text, uint32_t flags, const unsigned char *tables,
                                struct mistake *mistake)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        mistake_by_code(mistake, PCRE2_ERROR_NOMEMORY, 0);
        return NULL;
    }
    int error;
    size_t offset;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    if (tables && !(flags & PCRE2_UTF))
        pcre2_set_character_tables(context, tables);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text->bytes, text->length, flags, &error, &offset, context);
    uint32_t options = 0;
    if (code)
        pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    if (options & PCRE2_UTF && !(options & PCRE2_MATCH_INVALID_UTF)) {
        /* The pattern said (*UTF) itself.  No text may be taken for valid UTF-8 unseen. */
        pcre2_code_free(code);
        code = pcre2_compile((PCRE2_SPTR)text->bytes, text->length, flags | PCRE2_MATCH_INVALID_UTF, &error, &offset,
                             context);
    }
    if (!code)
        mistake_by_code(mistake, error, offset);
    pcre2_compile_context_free(context);
    return code;
}

/*
 * Compiles the code of a form with the remedies.  Without its start optimization, which may be in doubt, PCRE2 knows no
 * character that every match starts with; the program then sees single lines.
 */
static pcre2_code *compile_mended(const struct text *text, uint32_t flags, unsigned remedies,
                                  const unsigned char *tables, struct mistake *mistake)
{
    flags |= remedies & REMEDY_NO_START ? PCRE2_NO_START_OPTIMIZE : 0;
    flags |= remedies & REMEDY_NO_AUTO_POSSESS ? PCRE2_NO_AUTO_POSSESS : 0;
    pcre2_code *code = compile_code(text, flags, tables, mistake);
    if (code && remedies & REMEDY_CHECK_START && known_faults_in_start(code)) {
        pcre2_code_free(code);
        code = compile_code(text, flags | PCRE2_NO_START_OPTIMIZE, tables, mistake);
    }
    return code;
}

/* Compiles a form.  The interpreter takes it where executable memory is refused, or the JIT cannot. */
static bool compile_form(struct form *form, const struct text *text, uint32_t flags, unsigned remedies,
                         const struct program_options *options, struct mistake *mistake)
{
    const unsigned interpret = flags & PCRE2_UTF ? REMEDY_INTERPRET_UNICODE : REMEDY_INTERPRET_BYTES;
    form->code = compile_mended(text, flags, remedies, options->tables, mistake);
    if (!form->code)
        return false;
    /* "(*NO_JIT)" makes the call succeed without code. */
    size_t size = 0;
    form->jit = !options->interpreted && !(remedies & interpret) &&
                pcre2_jit_compile(form->code, PCRE2_JIT_COMPLETE) == 0 &&
                pcre2_pattern_info(form->code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
    return true;
}

static void form_free(struct form *form)
{
    pcre2_code_free(form->code);
    *form = (struct form){NULL, false};
}

static void forms_free(struct program *program)
{
    form_free(&program->narrow);
    form_free(&program->wide);
}

/*
 * Whether the pattern, which may see many lines, is better given single ones, and why.  Measured on 256 MiB of
 * log lines, seconds by line / by window: "root" 0.06 / 0.03, "^\d{4}-" 0.15 / 0.18, "\d+\.\d+\." 0.18 / 0.20,
 * "(?:\w{5}\s+){7}" 0.41 / 0.55, "\w+=\d+" 0.07 / 0.16: short subjects are refused by their length or by the lack of a
 * required character, long ones are not.
 */
static const char *why_by_line(const struct form *form)
{
    uint32_t type = 0;
    pcre2_pattern_info(form->code, PCRE2_INFO_FIRSTCODETYPE, &type);
    if (!form->jit)
        return "without the JIT";
    if (type == 2)
        return "it matches only at the start of a line";
    return type == 1 ? NULL : "no character that every match starts with";
}

/* What the forms of a program are compiled from. */
struct form_texts {
    struct text wide;
    struct text narrow; /* empty: the same */
    bool has_narrow, has_wide;
    bool line_anchor;  /* as in struct pattern_facts */
    unsigned remedies; /* likewise */
};

/* Replaces a text by the one that the facts have for many lines; false when they have none. */
static bool take_text(struct text *text, const struct pattern_facts *facts)
{
    if (!facts->text)
        return false;
    text_cut(text, 0);
    text_append(text, facts->text, facts->length);
    return true;
}

/* Compiles the forms that are needed.  The narrow one may be too large although the wide one is not. */
static bool compile_forms(struct program *program, const struct form_texts *texts, uint32_t flags,
                          const struct program_options *options, struct mistake *mistake)
{
    const struct text *text = texts->narrow.bytes ? &texts->narrow : &texts->wide;
    bool narrow = texts->has_narrow && compile_form(&program->narrow, text, flags, texts->remedies, options, mistake);
    if (!options->dialect->unicode)
        return narrow;
    if ((narrow && !texts->has_wide) ||
        compile_form(&program->wide, &texts->wide, flags | UNICODE_FLAGS, texts->remedies, options, mistake))
        return true;
    forms_free(program);
    return false;
}

static const struct form *main_form(const struct program *program)
{
    return program->narrow.code ? &program->narrow : &program->wide;
}

static uint32_t base_flags(const struct dialect *dialect)
{
    uint32_t flags = dialect->caseless ? PCRE2_CASELESS : 0;
    if (dialect->records)
        flags |= PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX; /* a record may end with an empty line */
    else if (dialect->null_lines)
        flags |= PCRE2_DOLLAR_ENDONLY | (dialect->posix ? PCRE2_DOTALL : 0);
    return flags;
}

/*
 * The narrow text of a source that has one, wrapped and as its facts want it.  True when it may see many lines, as the
 * wide one may.
 */
static bool make_narrow(struct form_texts *texts, const struct source_pattern *source, const struct wrapping *wrapping,
                        bool by_window, const struct program_options *options)
{
    const struct wrapping narrow = {wrapping->narrow_prefix, wrapping->narrow_suffix, NULL, NULL};
    texts->narrow = wrap(source->narrow, source->narrow_length, &narrow, (struct ending){false, false});
    if (!by_window)
        return false;
    struct dialect bytes = *options->dialect;
    bytes.unicode = false;
    struct pattern_facts facts;
    pattern_facts_find(&facts, texts->narrow.bytes, texts->narrow.length, &bytes);
    bool taken = take_text(&texts->narrow, &facts);
    pattern_facts_free(&facts);
    return taken;
}

/*
 * Writes the texts of a pattern wrapped with that ending, and gives the reason why they must see one line at a time:
 * `refusal`, unless that is NULL.
 */
static struct form_texts make_texts(const struct source_pattern *source, const struct wrapping *wrapping,
                                    struct ending ending, const struct program_options *options, const char *refusal,
                                    const char **reason)
{
    struct form_texts texts = {.wide = wrap(source->text, source->length, wrapping, ending)};
    struct pattern_facts facts, own = {.text = NULL};
    if (texts.wide.length > source->length) {
        pattern_facts_find(&own, texts.wide.bytes, texts.wide.length, options->dialect);
        facts = own;
    } else { /* there is nothing around it */
        facts = *source->facts;
    }
    *reason = refusal ? refusal : facts.line_reason;
    bool by_window = !refusal && take_text(&texts.wide, &facts), ascii = facts.ascii_as_bytes;
    if (options->dialect->unicode && source->narrow) {
        ascii = true;
        if (!make_narrow(&texts, source, wrapping, by_window, options) && by_window)
            *reason = "it can match a newline";
    }
    texts.has_narrow = !options->dialect->unicode || ascii;
    texts.line_anchor = facts.line_anchor;
    texts.remedies = facts.remedies;
    texts.has_wide = options->dialect->unicode && !(facts.always_as_bytes && ascii);
    pattern_facts_free(&own);
    return texts;
}

static void free_texts(struct form_texts *texts)
{
    free(texts->narrow.bytes);
    free(texts->wide.bytes);
}

/* Compiles the forms of a pattern wrapped with that ending. */
static bool compile_wrapped(struct program *program, const struct source_pattern *source,
                            const struct wrapping *wrapping, struct ending ending,
                            const struct program_options *options, struct mistake *mistake)
{
    const char *refusal = options->dialect->records      ? "records hold newlines"
                          : options->dialect->null_lines ? "lines may hold newlines"
                          : options->dialect->crlf       ? "lines may end in CR LF"
                                                         : NULL;
    struct form_texts texts = make_texts(source, wrapping, ending, options, refusal, &program->reason);
    const uint32_t flags = base_flags(options->dialect);
    uint32_t lines = program->reason ? 0 : PCRE2_MULTILINE;
    bool compiled = compile_forms(program, &texts, flags | lines, options, mistake);
    if (!compiled && !program->reason) {
        free_texts(&texts);
        refusal = "it is too large without newlines";
        texts = make_texts(source, wrapping, ending, options, refusal, &program->reason);
        compiled = compile_forms(program, &texts, flags, options, mistake);
    }
    if (compiled && !program->reason) {
        program->reason = why_by_line(main_form(program));
        /* In single lines PCRE2_MULTILINE only costs: a failed ^ would look for the next newline. */
        if (program->reason && texts.line_anchor) {
            forms_free(program);
            compiled = compile_forms(program, &texts, flags, options, mistake);
        }
    }
    program->remedies = texts.remedies;
    program->text = texts.wide.bytes;
    program->length = texts.wide.length;
    free(texts.narrow.bytes);
    if (!compiled) {
        program_free(program);
        return false;
    }
    if (options->dialect->posix)
        program->longest = longest_compile(program->text, program->length,
                                           &(struct longest_options){.dialect = options->dialect,
                                                                     .back_references = source->back_references,
                                                                     .lines_only = options->lines_only,
                                                                     .interpreted = options->interpreted,
                                                                     .tables = options->tables});
    program->from_start = memmem(program->text, program->length, "\\G", 2) != NULL;
    uint32_t type = 0;
    if (program->wide.code)
        pcre2_pattern_info(program->wide.code, PCRE2_INFO_FIRSTCODETYPE, &type);
    program->dot_star = type == 2;
    program->by_window = !program->reason;
    if (program->by_window)
        program->reason = "it never looks beyond a line";
    pcre2_pattern_info(main_form(program)->code, PCRE2_INFO_MINLENGTH, &program->min_length);
    return true;
}

static bool compile_with_facts(struct program *program, const struct source_pattern *source,
                               const struct wrapping *wrapping, const struct program_options *options,
                               struct mistake *mistake)
{
    const struct pattern_facts *facts = source->facts;
    struct ending ending = {facts->quoted_at_end, facts->understood && facts->extended_at_end};
    if (compile_wrapped(program, source, wrapping, ending, options, mistake))
        return true;
    /* If a pattern that is not understood has lost its end now, that was in a comment. */
    ending.extended = true;
    if (!facts->understood && compile_wrapped(program, source, wrapping, ending, options, mistake))
        return true;
    mistake->offset = source->written ? source->written_length : source->length;
    return false;
}

bool program_compile(struct program *program, const struct source_pattern *source, const struct wrapping *wrapping,
                     const struct program_options *options, struct mistake *mistake)
{
    const char *pattern = source->written ? source->written : source->text;
    size_t length = source->written ? source->written_length : source->length;
    *program = (struct program){.reason = NULL};

    /* The pattern by itself first: offsets of mistakes are then those in what the user wrote. */
    uint32_t flags = base_flags(options->dialect) | (options->dialect->unicode ? UNICODE_FLAGS : 0);
    struct text plain = {NULL, 0, 0};
    text_append(&plain, pattern, length);
    pcre2_code *alone = compile_code(&plain, flags, options->tables, mistake);
    free(plain.bytes);
    if (!alone)
        return false;
    pcre2_code_free(alone);

    if (source->facts)
        return compile_with_facts(program, source, wrapping, options, mistake);
    struct pattern_facts facts;
    pattern_facts_find(&facts, source->text, source->length, options->dialect);
    struct source_pattern known = *source;
    known.facts = &facts;
    bool compiled = compile_with_facts(program, &known, wrapping, options, mistake);
    pattern_facts_free(&facts);
    return compiled;
}

void program_free(struct program *program)
{
    forms_free(program);
    longest_free(program->longest);
    program->longest = NULL;
    free(program->text);
    program->text = NULL;
}

void program_explain(const struct program *program, FILE *out)
{
    fprintf(out, "pattern: ");
    fwrite(program->text, 1, program->length < 1000 ? program->length : 1000, out);
    fprintf(out, "%s\n", program->length < 1000 ? "" : "...");
    fprintf(out, "  engine: PCRE2, %s\n",
            main_form(program)->jit ? "compiled (JIT)" : "interpreted (--no-jit, or no JIT for this pattern or here)");
    fprintf(out, "  scope: %s (%s)\n", program->by_window ? "many lines at a time" : "line by line", program->reason);
    fprintf(out, "  form: %s\n",
            !program->wide.code     ? "bytes, for every text"
            : !program->narrow.code ? "UTF-8, for every text"
                                    : "bytes for ASCII text, UTF-8 for other text");
    if (program->remedies)
        fprintf(out, "  with care: this release of PCRE2 is known to be wrong on such patterns\n");
    fprintf(out, "  shortest line that can match: %u bytes\n", (unsigned)program->min_length);
}

#include "match/program.h"

#include "base/alloc.h"
#include "match/facts.h"

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

/* A growing piece of pattern text. */
struct text {
    char *bytes;
    size_t length;
};

static void append(struct text *text, const char *bytes, size_t length)
{
    text->bytes = xreallocarray(text->bytes, text->length + length + 1, 1);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

/* The tail that a pattern needs before something can be put after it. */
struct ending {
    bool quoted;   /* it may leave a \Q open */
    bool extended; /* it may end in a comment of (?x) */
};

static struct text wrap(const char *pattern, size_t length, const struct wrapping *wrapping, struct ending ending)
{
    struct text text = {NULL, 0};
    size_t options = start_options_length(pattern, length);
    append(&text, pattern, options);
    append(&text, wrapping->prefix, strlen(wrapping->prefix));
    append(&text, pattern + options, length - options);
    if (ending.quoted)
        append(&text, "\\E", 2);
    if (ending.extended)
        append(&text, "\n", 1);
    append(&text, wrapping->suffix, strlen(wrapping->suffix));
    return text;
}

#define UNICODE_FLAGS (PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF)

static pcre2_code *compile_code(const struct text *text, uint32_t flags, const unsigned char *tables,
                                struct program_error *error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        error->code = PCRE2_ERROR_NOMEMORY;
        return NULL;
    }
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    if (tables && !(flags & PCRE2_UTF))
        pcre2_set_character_tables(context, tables);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)text->bytes, text->length, flags, &error->code, &error->offset, context);
    uint32_t options = 0;
    if (code)
        pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    if (options & PCRE2_UTF && !(options & PCRE2_MATCH_INVALID_UTF)) {
        /* The pattern said (*UTF) itself.  No text may be taken for valid UTF-8 unseen. */
        pcre2_code_free(code);
        code = pcre2_compile((PCRE2_SPTR)text->bytes, text->length, flags | PCRE2_MATCH_INVALID_UTF, &error->code,
                             &error->offset, context);
    }
    pcre2_compile_context_free(context);
    return code;
}

/* Compiles a form; where executable memory is refused, or the pattern is not for the JIT, the interpreter takes it. */
static bool compile_form(struct form *form, const struct text *text, uint32_t flags, const unsigned char *tables,
                         struct program_error *error)
{
    form->code = compile_code(text, flags, tables, error);
    if (!form->code)
        return false;
    /* "(*NO_JIT)" makes the call succeed without code. */
    size_t size = 0;
    form->jit = pcre2_jit_compile(form->code, PCRE2_JIT_COMPLETE) == 0 &&
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

/* Compiles the forms that are wanted.  The narrow one can be too large where the wide one is not. */
static bool compile_forms(struct program *program, const struct text *text, const struct facts *facts, uint32_t flags,
                          const struct program_options *options, struct program_error *error)
{
    bool narrow = !options->unicode || facts->ascii_as_bytes;
    narrow = narrow && compile_form(&program->narrow, text, flags, options->tables, error);
    if (!options->unicode)
        return narrow;
    if ((narrow && facts->always_as_bytes) || compile_form(&program->wide, text, flags | UNICODE_FLAGS, NULL, error))
        return true;
    forms_free(program);
    return false;
}

static const struct form *main_form(const struct program *program)
{
    return program->narrow.code ? &program->narrow : &program->wide;
}

static uint32_t base_flags(const struct program_options *options)
{
    return (options->caseless ? PCRE2_CASELESS : 0) | (options->null_lines ? PCRE2_DOLLAR_ENDONLY : 0);
}

/* Compiles the forms of a pattern wrapped with that ending. */
static bool compile_wrapped(struct program *program, const char *pattern, size_t length,
                            const struct wrapping *wrapping, struct ending ending,
                            const struct program_options *options, struct program_error *error)
{
    struct text text = wrap(pattern, length, wrapping, ending);
    uint32_t flags = base_flags(options);
    struct facts facts;
    facts_find(&facts, text.bytes, text.length, &(struct fact_options){options->caseless, options->unicode});
    if (options->null_lines) {
        free(facts.text);
        facts.text = NULL;
        facts.line_reason = "lines may hold newlines";
    }
    if (facts.text) {
        free(text.bytes);
        text = (struct text){facts.text, facts.length};
        flags |= PCRE2_MULTILINE;
    }

    bool compiled = compile_forms(program, &text, &facts, flags, options, error);
    if (!compiled && facts.text) {
        free(text.bytes);
        text = wrap(pattern, length, wrapping, ending);
        flags &= ~PCRE2_MULTILINE;
        facts.line_reason = "it is too large without newlines";
        compiled = compile_forms(program, &text, &facts, flags, options, error);
    }
    program->reason = facts.line_reason;
    if (compiled && !program->reason) {
        program->reason = why_by_line(main_form(program));
        /* In single lines PCRE2_MULTILINE only costs: a failed ^ would look for the next newline. */
        if (program->reason) {
            forms_free(program);
            compiled = compile_forms(program, &text, &facts, flags & ~PCRE2_MULTILINE, options, error);
        }
    }
    program->text = text.bytes;
    program->length = text.length;
    if (!compiled) {
        program_free(program);
        return false;
    }
    program->from_start = memmem(text.bytes, text.length, "\\G", 2) != NULL;
    program->by_window = !program->reason;
    if (program->by_window)
        program->reason = "it never looks beyond a line";
    pcre2_pattern_info(main_form(program)->code, PCRE2_INFO_MINLENGTH, &program->min_length);
    return true;
}

bool program_compile(struct program *program, const char *pattern, size_t length, const struct wrapping *wrapping,
                     const struct program_options *options, struct program_error *error)
{
    *program = (struct program){.reason = NULL};

    /* The pattern by itself first: what it says of errors has the offsets that the user can see. */
    uint32_t flags = base_flags(options) | (options->unicode ? UNICODE_FLAGS : 0);
    struct text plain = {NULL, 0};
    append(&plain, pattern, length);
    pcre2_code *alone = compile_code(&plain, flags, options->tables, error);
    free(plain.bytes);
    if (!alone)
        return false;
    pcre2_code_free(alone);

    struct facts facts;
    facts_find(&facts, pattern, length, &(struct fact_options){options->caseless, options->unicode});
    struct ending ending = {facts.quoted_at_end, facts.understood && facts.extended_at_end};
    facts_free(&facts);
    if (compile_wrapped(program, pattern, length, wrapping, ending, options, error))
        return true;
    /* A pattern that is not understood and lost its end now has ended in a comment. */
    ending.extended = true;
    if (!facts.understood && compile_wrapped(program, pattern, length, wrapping, ending, options, error))
        return true;
    error->offset = length;
    return false;
}

void program_free(struct program *program)
{
    forms_free(program);
    free(program->text);
    program->text = NULL;
}

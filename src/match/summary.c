#include "match/summary.h"

#include "engine/explain.h"

/* Long lists are cut short. */
#define LITERALS_SHOWN 3

/* A part of "A, B or C", the first of which is number 0. */
static void begin_part(size_t number, size_t count, FILE *out)
{
    if (number > 0)
        fputs(number + 1 < count ? ", " : " or ", out);
}

static void write_literals(const struct literals *literals, FILE *out)
{
    fputs(literals->count == 1 ? "the literal" : "the literals", out);
    size_t shown = literals->count <= LITERALS_SHOWN + 1 ? literals->count : LITERALS_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        fputs(i == 0 ? " " : i + 1 == literals->count ? " and " : ", ", out);
        literal_explain(&literals->items[i], out);
    }
    if (shown < literals->count)
        fprintf(out, " and %zu more", literals->count - shown);
}

static struct engine_role role_of(const struct pattern_set *set)
{
    return set->engine ? engine_role(set->engine) : (struct engine_role){.pcre2 = true};
}

static size_t count_ways(const struct engine_role *role)
{
    return (size_t)(role->literals != NULL) + (size_t)role->automaton + (size_t)role->pcre2;
}

static void write_ways(const struct engine_role *role, FILE *out)
{
    size_t number = 0, count = count_ways(role);
    if (role->literals) {
        begin_part(number++, count, out);
        write_literals(role->literals, out);
    }
    if (role->automaton) {
        begin_part(number++, count, out);
        fputs("an automaton", out);
    }
    if (role->pcre2) {
        begin_part(number, count, out);
        fputs("PCRE2", out);
    }
    if (count > 1)
        fputs(", whichever proves fastest", out);
}

/* What PCRE2 does besides. */
static const char *need_of_pcre2(const struct pattern_set *set, const struct engine_role *role)
{
    if (set->programs[PART_APART])
        return "PCRE2 finds those of the other patterns.";
    static const char *const needs[] = {
        [ENGINE_CERTAIN] = "PCRE2 is not needed.",
        [ENGINE_CERTAIN_IN_ASCII] = "PCRE2 is needed beyond ASCII only.",
        [ENGINE_UNCERTAIN] = "PCRE2 decides where that is not enough.",
    };
    return needs[role->certainty];
}

static const char *why_only_pcre2(const struct pattern_set *set, const struct engine_role *role)
{
    return role->refusal                         ? role->refusal
           : set->tables                         ? "the letters are those of an 8-bit locale"
           : set->options.dialect.records        ? "records hold newlines"
           : set->options.dialect.null_lines     ? "lines end in NUL"
           : set->options.engine == ENGINE_PCRE2 ? "--engine says so"
                                                 : "there is nothing else to look for";
}

void summary_sentence(const struct pattern_set *set, FILE *out)
{
    const struct engine_role role = role_of(set);
    if (set->all) {
        fputs("Every line is found: a pattern is empty.", out);
        return;
    }
    if (!set->programs[PART_APART] && lazy_programs_count(set->programs[PART_COVERED]) == 0) {
        fputs("No line is found: there is no pattern.", out);
        return;
    }
    fputs("Lines are found by ", out);
    write_ways(&role, out);
    if (count_ways(&role) == 1 && role.pcre2)
        fprintf(out, " alone: %s%s.", role.refusal ? "the engine does not know what a pattern has, " : "",
                why_only_pcre2(set, &role));
    else
        fprintf(out, "; %s", need_of_pcre2(set, &role));
}

#include "engine/explain.h"

#include "base/alloc.h"
#include "engine/plan.h"

#include <stdlib.h>

static void explain_trees(const struct engine *engine, FILE *out)
{
    for (size_t i = 0; i < engine->count && i < EXPLAINED_TREES; i++) {
        char *tree = syntax_describe(engine->syntaxes[i]);
        fprintf(out, "tree: %s\n", tree);
        free(tree);
    }
    if (engine->count > EXPLAINED_TREES)
        fprintf(out, "tree: and %zu more\n", engine->count - EXPLAINED_TREES);
}

static void explain_plan(const struct engine *engine, enum text_kind kind, FILE *out)
{
    static const char *const names[] = {
        [METHOD_LITERAL] = "literals",
        [METHOD_DFA] = "automaton",
        [METHOD_NONE] = "PCRE2",
    };
    const struct plan *plan = &engine->plans[kind];
    struct method_choice choice = {.count = 0};
    plan_offer(engine, plan, &choice);
    fprintf(out, "engine for %s:", kind == TEXT_OF_ASCII ? "ASCII text" : engine->divided ? "other text" : "all text");
    for (size_t i = 0; i < choice.count; i++)
        fprintf(out, "%s %s", i ? " or" : "", names[plan->methods[i]]);
    fprintf(out, " (%s)\n",
            choice.count > 1                                     ? "the clock decides which"
            : plan->methods[0] == METHOD_NONE                    ? "there is nothing else"
            : engine->options.kind != ENGINE_AUTO                ? "as --engine says"
            : plan->hits && literal_hits_are_matches(plan->hits) ? "a line that has one matches"
                                                                 : "PCRE2 decides the lines that have one");
    literal_hits_explain(plan->hits, out);
}

static void explain_automaton(const struct engine *engine, FILE *out)
{
    const struct nfa *nfa = engine->nfa;
    if (!nfa) {
        fprintf(out, "automaton: none (%s)\n",
                engine->strings ? "the patterns are strings" : "it would be too large, or every line matches");
        return;
    }
    static const char *const meanings[2][2] = {
        {"approximate; PCRE2 confirms", "approximate; PCRE2 confirms, and decides lines beyond ASCII"},
        {"exact", "exact for lines of ASCII; PCRE2 decides others"},
    };
    fprintf(out, "automaton: %u states, %u classes of bytes, %s\n", (unsigned)nfa->count, nfa->class_count,
            meanings[nfa->exact][nfa->ascii_only]);
    const char *use = engine->bits ? "DFA for single lines" : "DFA";
    if (engine->bits)
        fprintf(out, "  bit streams: %zu sets of bytes, %zu steps for %zu bytes of text\n",
                engine->bits->lookups + engine->bits->comparison_count, engine->bits->count, BITSTREAM_STRIP);
    if (engine->small)
        fprintf(out, "  %s: %u states, stepped by shuffles of %zu bytes%s\n", use, engine->small->states,
                engine->small->shuffle.row_size,
                !engine->bits && sweep_pairs(engine->small, engine->options.kernels) ? ", two bytes of text a step"
                                                                                     : "");
    else
        fprintf(out, "  %s: more than %zu states, made as the text needs them in up to %zu KiB for each thread\n", use,
                engine->options.kernels->shuffle_limit, DFA_MEMORY >> 10);
}

void engine_explain(const struct engine *engine, FILE *out)
{
    explain_trees(engine, out);
    if (engine->refusal) {
        fprintf(out, "engine for all text: PCRE2 (the pattern is not understood: %s)\n", engine->refusal);
        return;
    }
    if (engine->divided)
        explain_plan(engine, TEXT_OF_ASCII, out);
    explain_plan(engine, TEXT_OF_ANY, out);
    explain_automaton(engine, out);
}

/* How much of what a method finds is certain to match. */
static enum engine_certainty certainty_of(const struct engine *engine, const struct plan *plan, enum method method)
{
    if (method == METHOD_LITERAL)
        return literal_hits_are_matches(plan->hits) ? ENGINE_CERTAIN : ENGINE_UNCERTAIN;
    return !engine->nfa->exact ? ENGINE_UNCERTAIN : engine->nfa->ascii_only ? ENGINE_CERTAIN_IN_ASCII : ENGINE_CERTAIN;
}

struct engine_role engine_role(const struct engine *engine)
{
    struct engine_role role = {.refusal = engine->refusal, .pcre2 = engine->refusal != NULL};
    if (engine->refusal)
        return role;
    if (engine->divided)
        role.certainty = ENGINE_CERTAIN_IN_ASCII;
    const struct plan *plan = &engine->plans[engine->divided ? TEXT_OF_ASCII : TEXT_OF_ANY];
    struct method_choice choice = {.count = 0};
    plan_offer(engine, plan, &choice);
    for (size_t i = 0; i < choice.count; i++) {
        enum method method = plan->methods[i];
        role.literals = method == METHOD_LITERAL ? literal_hits_literals(plan->hits) : role.literals;
        role.automaton |= method == METHOD_DFA;
        role.pcre2 |= method == METHOD_NONE;
        enum engine_certainty certainty = method == METHOD_NONE ? ENGINE_CERTAIN : certainty_of(engine, plan, method);
        role.certainty = certainty > role.certainty ? certainty : role.certainty;
    }
    /* Those for any text are easier to read. */
    if (role.literals && engine->plans[TEXT_OF_ANY].hits)
        role.literals = literal_hits_literals(engine->plans[TEXT_OF_ANY].hits);
    return role;
}

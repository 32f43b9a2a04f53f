#include "match/compile.h"

#include "pattern/alternatives.h"

struct matcher *compile_patterns(struct pattern_list *patterns, const struct matcher_options *options,
                                 struct matcher_error *error)
{
    struct matcher_options again = *options;
    for (;;) {
        pattern_list_unique(patterns);
        struct matcher *matcher = matcher_compile(patterns, &again, error);
        if (matcher || !error->too_large || !options->dialect.posix || options->groups ||
            !alternatives_split(patterns, error->pattern, &options->dialect))
            return matcher;
        again.warn = NULL; /* that was done */
    }
}

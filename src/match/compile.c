#include "match/compile.h"

#include "pattern/alternatives.h"

struct matcher *compile_patterns(struct pattern_list *patterns, const struct matcher_options *options,
                                 struct mistake *mistake)
{
    struct matcher_options again = *options;
    for (;;) {
        pattern_list_unique(patterns);
        struct matcher *matcher = matcher_compile(patterns, &again, mistake);
        if (matcher || !mistake->too_large || !options->dialect.posix || options->groups ||
            !alternatives_split(patterns, mistake->pattern, &options->dialect))
            return matcher;
        again.warn = NULL; /* that was done */
    }
}

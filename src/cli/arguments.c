#include "cli/arguments.h"

#include <stdlib.h>

void arguments_free(struct arguments *arguments)
{
    free(arguments->given);
    pattern_list_free(&arguments->patterns);
    for (size_t i = 0; i < arguments->wanted_count; i++)
        pattern_list_free(&arguments->wanted[i]);
    free(arguments->wanted);
    pattern_list_free(&arguments->unwanted);
    pattern_list_free(&arguments->record_starts);
    filter_free(&arguments->included);
    filter_free(&arguments->folders);
}

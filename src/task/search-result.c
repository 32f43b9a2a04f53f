#include "task/search-result.h"

#include <stdlib.h>

void search_result_clear(struct search_result *result)
{
    free(result->given_up);
    *result = (struct search_result){0};
}

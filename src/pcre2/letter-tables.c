#include "pcre2/letter-tables.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

const unsigned char *letter_tables_create(void)
{
    return pcre2_maketables(NULL);
}

void letter_tables_free(const unsigned char *tables)
{
    if (tables)
        pcre2_maketables_free(NULL, tables);
}

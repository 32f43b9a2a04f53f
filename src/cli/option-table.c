#include "cli/option-table.h"

#include <stdio.h>
#include <string.h>

static const struct option_table *parsed;

void option_table_begin(const struct option_table *table)
{
    parsed = table;
}

const struct option_table *option_table_parsed(void)
{
    return parsed;
}

/* How wide the options are in the help; a longer one has its text on the next line. */
#define HELP_COLUMN 28

void option_table_print_help(const struct option_table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct option_row *row = &table->rows[i];
        if (option_row_is_heading(row)) {
            printf("\n%s:\n", row->argument);
            continue;
        }
        if (!row->help)
            continue;
        char spelled[64];
        snprintf(spelled, sizeof spelled, "%c%c%s --%s%s%s", row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
                 row->letter ? "," : " ", row->name, row->argument && !option_row_is_optional(row) ? "=" : "",
                 row->argument ? row->argument : "");
        bool fits = strlen(spelled) <= HELP_COLUMN;
        printf("  %-*s%s%*s %s\n", HELP_COLUMN, spelled, fits ? "" : "\n", fits ? 0 : HELP_COLUMN + 2, "", row->help);
    }
}

bool option_table_describe(const struct option_table *table, size_t index, struct option_description *description)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct option_row *row = &table->rows[i];
        if (option_row_is_heading(row) || !row->help || index-- > 0)
            continue;
        *description = (struct option_description){
            .letter = row->letter,
            .name = row->name,
            .optional = option_row_is_optional(row),
            .help = row->help,
            .words = row->words,
        };
        if (row->argument) /* "NAME" or "[=NAME]" */
            snprintf(description->argument, sizeof description->argument, "%.*s",
                     (int)strcspn(row->argument + 2 * option_row_is_optional(row), "]"),
                     row->argument + 2 * option_row_is_optional(row));
        return true;
    }
    return false;
}

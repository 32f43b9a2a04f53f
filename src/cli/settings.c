#include "cli/settings.h"

#include "task/replacement.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *settings_environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

bool settings_wants_color(enum when when)
{
    if (when != WHEN_AUTO)
        return when == WHEN_ALWAYS;
    const char *terminal = settings_environment("TERM");
    return !settings_environment("NO_COLOR") && terminal && strcmp(terminal, "dumb") != 0 && isatty(STDOUT_FILENO);
}

void settings_free(struct settings *settings)
{
    colors_free(&settings->printer.colors);
    condition_free(settings->condition);
    tally_store_free(settings->tally.store);
    records_free(settings->records);
    replacement_free(settings->replacement);
    free(settings->names);
    free(settings->names_text);
}

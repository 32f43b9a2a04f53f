#include "base/mistake.h"

#include <stdio.h>

void mistake_set(struct mistake *mistake, size_t offset, const char *message)
{
    *mistake = (struct mistake){.offset = offset};
    snprintf(mistake->message, sizeof mistake->message, "%s", message);
}

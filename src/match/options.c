#include "match/options.h"

#include "pcre2/errors.h"

void matcher_error_message(int error, char *message, size_t size)
{
    error_message(error, message, size);
}

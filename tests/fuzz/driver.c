#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void driver_show(const char *name, const char *text, size_t length)
{
    printf("%s\"", name);
    for (size_t i = 0; i < length && i < 1000; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c == '\n')
            printf("\\n");
        else if (c < 0x20 || c >= 0x7f)
            printf("\\%03o", c);
        else
            putchar(c);
    }
    printf("\"%s\n", length > 1000 ? "..." : "");
}

void driver_write_file(const char *name, const struct bytes *content)
{
    FILE *file = fopen(name, "w");
    if (!file || fwrite(content->text ? content->text : "", 1, content->length, file) != content->length ||
        fclose(file) != 0)
        perror(name);
}

void driver_write_trial(const struct trial *trial, char name[2][64])
{
    struct pattern_list patterns;
    trial_patterns(trial, &patterns);
    struct bytes lines = {NULL, 0, 0};
    for (size_t i = 0; i < patterns.count; i++) {
        bytes_add(&lines, patterns.items[i].text, patterns.items[i].length);
        bytes_add_char(&lines, '\n');
    }
    snprintf(name[0], 64, "fuzz-%llu-%llu.patterns", (unsigned long long)trial->seed,
             (unsigned long long)trial->number);
    snprintf(name[1], 64, "fuzz-%llu-%llu.text", (unsigned long long)trial->seed, (unsigned long long)trial->number);
    driver_write_file(name[0], &lines);
    driver_write_file(name[1], &trial->text);
    bytes_free(&lines);
    pattern_list_free(&patterns);
}

void driver_parse(struct driver *driver, char **arguments)
{
    const struct {
        const char *name;
        uint64_t *value;
    } options[] = {
        {"--seed=", &driver->seed},       {"--case=", &driver->number}, {"--cases=", &driver->cases},
        {"--seconds=", &driver->seconds}, {"--jobs=", &driver->jobs},   {"--failures=", &driver->failures},
    };
    for (char **argument = arguments + 1; *argument; argument++) {
        bool known = false;
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
            size_t length = strlen(options[i].name);
            char *end = *argument;
            if (strncmp(*argument, options[i].name, length) != 0)
                continue;
            *options[i].value = strtoull(*argument + length, &end, 10);
            known = *end == '\0' && end > *argument + length;
            driver->single |= i == 1;
        }
        if (!known) {
            fprintf(stderr, "%s: unknown or incomplete: %s\n", arguments[0], *argument);
            exit(2);
        }
    }
    if (driver->jobs < 1 || driver->jobs > DRIVER_JOBS)
        driver->jobs = 1;
}

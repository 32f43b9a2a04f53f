#include "cli/modes.h"

#include "base/diag.h"
#include "cli/option-mistake.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mode { MODE_JSON, MODE_COUNT };

/* The option that each is. */
static const char *const modes[MODE_COUNT] = {[MODE_JSON] = "json"};

/* What an option is beside a mode. */
enum fit {
    WORKS,   /* it does what it does without the mode, or what the manual says of both */
    IGNORED, /* it has no effect */
    REFUSED,
};

/* clang-format off */
static const struct {
    const char *option; /* its name, or its letter */
    enum fit fits[MODE_COUNT];
} rows[] = {
    /*                      --json */
    {"regexp",              {WORKS}},
    {"file",                {WORKS}},
    {"and",                 {WORKS}},
    {"not",                 {WORKS}},
    {"fixed-strings",       {WORKS}},
    {"extended-regexp",     {WORKS}},
    {"basic-regexp",        {WORKS}},
    {"perl-regexp",         {WORKS}},
    {"ignore-case",         {WORKS}},
    {"no-ignore-case",      {WORKS}},
    {"smart-case",          {WORKS}},
    {"invert-match",        {WORKS}},
    {"word-regexp",         {WORKS}},
    {"line-regexp",         {WORKS}},
    {"null-data",           {WORKS}},
    {"crlf",                {WORKS}},
    {"no-unicode",          {WORKS}},
    {"match-limit",         {WORKS}},
    {"depth-limit",         {WORKS}},
    {"heap-limit",          {WORKS}},
    {"no-jit",              {WORKS}},
    {"engine",              {WORKS}},
    {"count",               {REFUSED}},
    {"count-matches",       {REFUSED}},
    {"total",               {REFUSED}},
    {"files-with-matches",  {REFUSED}},
    {"files-without-match", {REFUSED}},
    {"quiet",               {WORKS}},
    {"no-messages",         {WORKS}},
    {"max-count",           {WORKS}},
    {"skip-matches",        {WORKS}},
    {"last",                {WORKS}},
    {"only-matching",       {IGNORED}},
    {"replace",             {WORKS}},
    {"max-columns",         {IGNORED}},
    {"max-columns-preview", {IGNORED}},
    {"line-number",         {IGNORED}},
    {"byte-offset",         {IGNORED}},
    {"column",              {IGNORED}},
    {"with-filename",       {IGNORED}},
    {"no-filename",         {IGNORED}},
    {"initial-tab",         {IGNORED}},
    {"null",                {IGNORED}},
    {"label",               {WORKS}},
    {"color",               {IGNORED}},
    {"sanitize",            {IGNORED}},
    {"text",                {IGNORED}},
    {"binary-files",        {WORKS}},
    {"binary",              {WORKS}},
    {"line-buffered",       {WORKS}},
    {"block-buffered",      {WORKS}},
    {"after-context",       {WORKS}},
    {"before-context",      {WORKS}},
    {"context",             {WORKS}},
    {"group-separator",     {IGNORED}},
    {"no-group-separator",  {IGNORED}},
    {"passthru",            {WORKS}},
    {"json",                {WORKS}},
    {"recursive",           {WORKS}},
    {"dereference-recursive", {WORKS}},
    {"directories",         {WORKS}},
    {"devices",             {WORKS}},
    {"files0-from",         {WORKS}},
    {"include",             {WORKS}},
    {"exclude",             {WORKS}},
    {"exclude-from",        {WORKS}},
    {"exclude-dir",         {WORKS}},
    {"threads",             {WORKS}},
    {"mmap",                {WORKS}},
    {"no-mmap",             {WORKS}},
    {"huge-pages",          {WORKS}},
    {"madvise",             {WORKS}},
    {"cache",               {WORKS}},
    {"progress",            {WORKS}},
    {"stats",               {WORKS}},
    {"explain",             {WORKS}},
    {"help",                {WORKS}},
    {"version",             {WORKS}},
};
/* clang-format on */

static bool is_given(const struct option_table *table, const struct arguments *arguments, const char *name)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (arguments->given[i] && table->rows[i].name && strcmp(table->rows[i].name, name) == 0)
            return true;
    return false;
}

void modes_check(const struct option_table *table, const struct arguments *arguments)
{
    for (size_t mode = 0; mode < MODE_COUNT; mode++) {
        if (!is_given(table, arguments, modes[mode]))
            continue;
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            if (rows[i].fits[mode] == REFUSED && is_given(table, arguments, rows[i].option)) {
                diag("options '--%s' and '--%s' exclude each other", modes[mode], rows[i].option);
                option_usage_error();
            }
    }
}

noreturn void option_show_modes(struct arguments *a, const struct option_row *row, const char *argument)
{
    static const char *const words[] = {[WORKS] = "works", [IGNORED] = "ignored", [REFUSED] = "refused"};
    (void)a, (void)row, (void)argument;
    for (size_t mode = 0; mode < MODE_COUNT; mode++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            printf("%s %s %s\n", rows[i].option, modes[mode], words[rows[i].fits[mode]]);
    exit(diag_flush_output(EXIT_SUCCESS));
}

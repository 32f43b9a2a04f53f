#include "cli/modes.h"

#include "base/diag.h"
#include "cli/option-mistake.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mode { MODE_JSON, MODE_BYTE_RANGE, MODE_SHARD, MODE_MANIFEST, MODE_COUNT };

/* The option that each is. */
static const char *const modes[MODE_COUNT] = {
    [MODE_JSON] = "json", [MODE_BYTE_RANGE] = "byte-range", [MODE_SHARD] = "shard", [MODE_MANIFEST] = "manifest"};

/* What an option is beside a mode. */
enum fit {
    WORKS,   /* it does what it does without the mode, or what the manual says of both */
    IGNORED, /* it has no effect */
    REFUSED,
};

/* clang-format off */
static const struct {
    const char *option; /* its name */
    enum fit fits[MODE_COUNT];
} rows[] = {
    /*                        --json    range    --shard  --manifest */
    {"regexp",                {WORKS,   WORKS,   WORKS,   WORKS}},
    {"file",                  {WORKS,   WORKS,   WORKS,   WORKS}},
    {"and",                   {WORKS,   WORKS,   WORKS,   WORKS}},
    {"not",                   {WORKS,   WORKS,   WORKS,   WORKS}},
    {"fixed-strings",         {WORKS,   WORKS,   WORKS,   WORKS}},
    {"extended-regexp",       {WORKS,   WORKS,   WORKS,   WORKS}},
    {"basic-regexp",          {WORKS,   WORKS,   WORKS,   WORKS}},
    {"perl-regexp",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"ignore-case",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"no-ignore-case",        {WORKS,   WORKS,   WORKS,   WORKS}},
    {"smart-case",            {WORKS,   WORKS,   WORKS,   WORKS}},
    {"invert-match",          {WORKS,   WORKS,   WORKS,   WORKS}},
    {"word-regexp",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"line-regexp",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"null-data",             {WORKS,   WORKS,   WORKS,   WORKS}},
    {"crlf",                  {WORKS,   WORKS,   WORKS,   WORKS}},
    {"encoding",              {WORKS,   REFUSED, REFUSED, REFUSED}},
    {"no-unicode",            {WORKS,   WORKS,   WORKS,   WORKS}},
    {"match-limit",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"depth-limit",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"heap-limit",            {WORKS,   WORKS,   WORKS,   WORKS}},
    {"no-jit",                {WORKS,   WORKS,   WORKS,   WORKS}},
    {"engine",                {WORKS,   WORKS,   WORKS,   WORKS}},
    {"count",                 {REFUSED, WORKS,   WORKS,   WORKS}},
    {"count-matches",         {REFUSED, WORKS,   WORKS,   WORKS}},
    {"total",                 {REFUSED, WORKS,   WORKS,   REFUSED}},
    {"files-with-matches",    {REFUSED, WORKS,   WORKS,   WORKS}},
    {"files-without-match",   {REFUSED, WORKS,   WORKS,   WORKS}},
    {"quiet",                 {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"no-messages",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"max-count",             {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"skip-matches",          {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"last",                  {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"only-matching",         {IGNORED, WORKS,   WORKS,   WORKS}},
    {"replace",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"max-columns",           {IGNORED, WORKS,   WORKS,   WORKS}},
    {"max-columns-preview",   {IGNORED, WORKS,   WORKS,   WORKS}},
    {"line-number",           {IGNORED, WORKS,   WORKS,   WORKS}},
    {"byte-offset",           {IGNORED, WORKS,   WORKS,   WORKS}},
    {"column",                {IGNORED, WORKS,   WORKS,   WORKS}},
    {"with-filename",         {IGNORED, WORKS,   WORKS,   WORKS}},
    {"no-filename",           {IGNORED, WORKS,   WORKS,   WORKS}},
    {"initial-tab",           {IGNORED, WORKS,   WORKS,   WORKS}},
    {"null",                  {IGNORED, WORKS,   WORKS,   WORKS}},
    {"label",                 {WORKS,   WORKS,   WORKS,   WORKS}},
    {"color",                 {IGNORED, WORKS,   WORKS,   WORKS}},
    {"sanitize",              {IGNORED, WORKS,   WORKS,   WORKS}},
    {"text",                  {IGNORED, WORKS,   WORKS,   WORKS}},
    {"binary-files",          {WORKS,   WORKS,   WORKS,   WORKS}},
    {"binary",                {WORKS,   WORKS,   WORKS,   WORKS}},
    {"line-buffered",         {WORKS,   WORKS,   WORKS,   WORKS}},
    {"block-buffered",        {WORKS,   WORKS,   WORKS,   WORKS}},
    {"after-context",         {WORKS,   WORKS,   WORKS,   WORKS}},
    {"before-context",        {WORKS,   WORKS,   WORKS,   WORKS}},
    {"context",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"group-separator",       {IGNORED, WORKS,   WORKS,   WORKS}},
    {"no-group-separator",    {IGNORED, WORKS,   WORKS,   WORKS}},
    {"passthru",              {WORKS,   WORKS,   WORKS,   WORKS}},
    {"json",                  {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"recursive",             {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"dereference-recursive", {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"directories",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"devices",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"files0-from",           {WORKS,   WORKS,   WORKS,   REFUSED}},
    {"include",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"exclude",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"exclude-from",          {WORKS,   WORKS,   WORKS,   WORKS}},
    {"exclude-dir",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"byte-range",            {WORKS,   WORKS,   REFUSED, WORKS}},
    {"shard",                 {WORKS,   REFUSED, WORKS,   WORKS}},
    {"line-base",             {WORKS,   WORKS,   WORKS,   WORKS}},
    {"expect-size",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"output",                {WORKS,   WORKS,   WORKS,   WORKS}},
    {"manifest",              {REFUSED,   WORKS,   WORKS,   WORKS}},
    {"no-match-ok",           {WORKS,   WORKS,   WORKS,   WORKS}},
    {"threads",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"mmap",                  {WORKS,   WORKS,   WORKS,   WORKS}},
    {"no-mmap",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"huge-pages",            {WORKS,   WORKS,   WORKS,   WORKS}},
    {"madvise",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"cache",                 {WORKS,   WORKS,   WORKS,   WORKS}},
    {"progress",              {WORKS,   WORKS,   WORKS,   WORKS}},
    {"stats",                 {WORKS,   WORKS,   WORKS,   WORKS}},
    {"explain",               {WORKS,   WORKS,   WORKS,   WORKS}},
    {"help",                  {WORKS,   WORKS,   WORKS,   WORKS}},
    {"version",               {WORKS,   WORKS,   WORKS,   WORKS}},
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
        /* What counts as wc does has an object for each line that it prints, whatever the options are. */
        if (mode == MODE_JSON && !table->pattern_first)
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

#include "cli/completion.h"

#include "cli/option-table.h"

#include <stdio.h>
#include <string.h>

static bool takes_argument(const struct option_description *option)
{
    return *option->argument != '\0';
}

static bool is_file(const struct option_description *option)
{
    return strcmp(option->argument, "FILE") == 0;
}

/* --- bash --- */

/* A branch for options whose argument is one of some words. */
static void print_bash_words(const struct option_description *option)
{
    printf("    --%s", option->name);
    if (option->letter && !option->optional)
        printf(" | -%c", option->letter);
    printf(")\n        words='%s' ;;\n", option->words);
}

static void print_bash(const struct option_table *table)
{
    struct option_description option;
    printf("# Completion of %s's options for bash.\n_%s()\n", table->name, table->name);
    puts("{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} option= words=\n"
         "    ((COMP_CWORD > 0)) && option=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "    # bash takes --name=word apart at the =.\n"
         "    if [[ $word == = ]]; then\n"
         "        word=\n"
         "    elif [[ $option == = ]] && ((COMP_CWORD > 1)); then\n"
         "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "    fi\n"
         "    case $option in");
    for (size_t i = 0; option_table_describe(table, i, &option); i++)
        if (option.words)
            print_bash_words(&option);
    puts("    esac\n"
         "    if [[ -z $words && $word == -* ]]; then\n"
         "        words='");
    for (size_t i = 0; option_table_describe(table, i, &option); i++) {
        if (option.letter)
            printf("            -%c\n", option.letter);
        printf("            --%s%s\n", option.name, takes_argument(&option) && !option.optional ? "=" : "");
    }
    puts("        '\n"
         "    fi\n"
         "    # Without words the names of files are completed.\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "    [[ ${COMPREPLY-} == *= ]] && compopt -o nospace\n"
         "    return 0\n"
         "}");
    printf("complete -o bashdefault -o default -F _%s %s\n", table->name, table->name);
}

/* --- zsh --- */

/* Text in a specification of _arguments, within single quotes. */
static void print_zsh_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\'", stdout);
        else if (strchr("[]:\\", *text))
            putchar('\\');
        putchar(*text);
    }
}

static void print_zsh_option(const struct option_description *option)
{
    /* Where only the name takes the argument, which may be missing, _arguments would ask for it behind the letter. */
    bool argument = takes_argument(option) && !(option->letter && option->optional);
    const char *sign = !argument ? "" : option->optional ? "=-" : "=";
    printf("    '*'");
    if (option->letter)
        printf("{-%c%s,--%s%s}", option->letter, argument ? "+" : "", option->name, sign);
    else
        printf("--%s%s", option->name, sign);
    printf("'[");
    print_zsh_text(option->help);
    putchar(']');
    if (argument) {
        printf("%s:%s:", option->optional ? ":" : "", option->argument);
        if (option->words)
            printf("(%s)", option->words);
        else if (is_file(option))
            printf("_files");
    }
    puts("' \\");
}

static void print_zsh(const struct option_table *table)
{
    struct option_description option;
    printf("#compdef %s\n# Completion of %s's options for zsh.\n", table->name, table->name);
    puts("local -a operands\n"
         "operands=('*:file:_files')");
    if (table->pattern_first)
        puts("(( ${words[(I)(-e*|-f*|--regexp*|--file=*|--file)]} )) || operands=('1:pattern:' $operands)");
    puts("_arguments -s -S \\");
    for (size_t i = 0; option_table_describe(table, i, &option); i++)
        print_zsh_option(&option);
    puts("    $operands");
}

/* --- fish --- */

static void print_fish_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
}

static void print_fish(const struct option_table *table)
{
    struct option_description option;
    printf("# Completion of %s's options for fish.\n", table->name);
    for (size_t i = 0; option_table_describe(table, i, &option); i++) {
        printf("complete -c %s", table->name);
        if (option.letter)
            printf(" -s %c", option.letter);
        printf(" -l %s", option.name);
        if (is_file(&option))
            printf(" -r -F");
        else if (takes_argument(&option))
            printf(option.optional ? " -f" : " -x");
        if (option.words)
            printf(" -a '%s'", option.words);
        printf(" -d '");
        print_fish_text(option.help);
        puts("'");
    }
}

bool completion_print(const char *shell, const struct option_table *table)
{
    static const struct {
        const char *shell;
        void (*print)(const struct option_table *table);
    } printers[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; i < sizeof printers / sizeof *printers; i++) {
        if (strcmp(printers[i].shell, shell) == 0) {
            printers[i].print(table);
            return true;
        }
    }
    return false;
}

#include "cli/completion.h"

#include "cli/options.h"

#include <stdio.h>
#include <string.h>

static bool is_file(const struct option_description *option)
{
    return option->argument && strcmp(option->argument, "FILE") == 0;
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

static void print_bash(void)
{
    struct option_description option;
    puts("# Completion of mscan's options for bash.\n"
         "_mscan()\n"
         "{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} option= words=\n"
         "    ((COMP_CWORD > 0)) && option=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "    # bash takes --name=word apart at the =.\n"
         "    if [[ $word == = ]]; then\n"
         "        word=\n"
         "    elif [[ $option == = ]] && ((COMP_CWORD > 1)); then\n"
         "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "    fi\n"
         "    case $option in");
    for (size_t i = 0; options_describe(i, &option); i++)
        if (option.words)
            print_bash_words(&option);
    puts("    esac\n"
         "    if [[ -z $words && $word == -* ]]; then\n"
         "        words='");
    for (size_t i = 0; options_describe(i, &option); i++) {
        if (option.letter)
            printf("            -%c\n", option.letter);
        printf("            --%s%s\n", option.name, option.argument && !option.optional ? "=" : "");
    }
    puts("        '\n"
         "    fi\n"
         "    # Without words the names of files are completed.\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "    [[ ${COMPREPLY-} == *= ]] && compopt -o nospace\n"
         "    return 0\n"
         "}\n"
         "complete -o bashdefault -o default -F _mscan mscan");
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
    const char *sign = !option->argument ? "" : option->optional ? "=-" : "=";
    printf("    '*'");
    if (option->letter)
        printf("{-%c%s,--%s%s}", option->letter, option->argument ? "+" : "", option->name, sign);
    else
        printf("--%s%s", option->name, sign);
    printf("'[");
    print_zsh_text(option->help);
    putchar(']');
    if (option->argument) {
        printf("%s:%s:", option->optional ? ":" : "", option->argument);
        if (option->words)
            printf("(%s)", option->words);
        else if (is_file(option))
            printf("_files");
    }
    puts("' \\");
}

static void print_zsh(void)
{
    struct option_description option;
    puts("#compdef mscan\n"
         "# Completion of mscan's options for zsh.\n"
         "local -a operands\n"
         "operands=('1:pattern:' '*:file:_files')\n"
         "(( ${words[(I)(-e*|-f*|--regexp*|--file=*|--file)]} )) && operands=('*:file:_files')\n"
         "_arguments -s -S \\");
    for (size_t i = 0; options_describe(i, &option); i++)
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

static void print_fish(void)
{
    struct option_description option;
    puts("# Completion of mscan's options for fish.");
    for (size_t i = 0; options_describe(i, &option); i++) {
        printf("complete -c mscan");
        if (option.letter)
            printf(" -s %c", option.letter);
        printf(" -l %s", option.name);
        if (is_file(&option))
            printf(" -r -F");
        else if (option.argument)
            printf(option.optional ? " -f" : " -x");
        if (option.words)
            printf(" -a '%s'", option.words);
        printf(" -d '");
        print_fish_text(option.help);
        puts("'");
    }
}

bool completion_print(const char *shell)
{
    static const struct {
        const char *shell;
        void (*print)(void);
    } printers[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; i < sizeof printers / sizeof *printers; i++) {
        if (strcmp(printers[i].shell, shell) == 0) {
            printers[i].print();
            return true;
        }
    }
    return false;
}

#include "config.h"

#include "cli/version.h"

#include "base/alloc.h"
#include "input/unpacker.h"
#include "kernels/kernels.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

char *version_text(void)
{
    char pcre2[64] = "?", *text = xmalloc(sizeof PACKAGE_STRING + sizeof pcre2 + 16);
    pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
    sprintf(text, "%s, PCRE2 %s", PACKAGE_STRING, pcre2);
    return text;
}

/* What --decompress reads, and by which libraries. */
static void print_formats(void)
{
    fputs("compressed by:", stdout);
    for (enum compression compression = COMPRESSION_NONE + 1; compression < COMPRESSIONS; compression++) {
        const char *library = unpacker_library(compression);
        printf("%s %s (", compression > COMPRESSION_NONE + 1 ? "," : "", compression_name(compression));
        if (library)
            printf("%s %s)", library, unpacker_version(compression));
        else
            printf("not built in)");
    }
    putchar('\n');
}

void version_print(void)
{
    char version[64] = "?", target[64] = "none";
    uint32_t jit = 0;
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    if (pcre2_config(PCRE2_CONFIG_JIT, &jit) == 0 && jit)
        pcre2_config(PCRE2_CONFIG_JITTARGET, target);
    const struct kernels *kernels = kernels_choose(getenv("MSCAN_KERNELS"));
    printf("%s\n", PACKAGE_STRING);
    printf("PCRE2 %s, JIT: %s\n", version, target);
    printf("OpenMP %d\n", _OPENMP);
    printf("kernels: %s (built and usable:", kernels ? kernels->name : "none");
    for (size_t i = 0; kernels_get(i); i++)
        printf(" %s", kernels_get(i)->name);
    printf(")\n");
    print_formats();
}

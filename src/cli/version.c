#include "config.h"

#include "cli/version.h"

#include "base/alloc.h"
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
}

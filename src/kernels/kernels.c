#include "config.h"

#include "kernels/kernels.h"

#include <stdbool.h>
#include <string.h>

extern const struct kernels kernels_c;
#ifdef KERNELS_X86
extern const struct kernels kernels_avx512vbmi, kernels_avx512bw, kernels_avx2, kernels_ssse3, kernels_sse2;

static bool has_avx512vbmi(void)
{
    return __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl");
}

static bool has_avx512bw(void)
{
    return __builtin_cpu_supports("avx512bw");
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

static bool has_ssse3(void)
{
    return __builtin_cpu_supports("ssse3");
}
#endif
#ifdef KERNELS_ARM64
extern const struct kernels kernels_neon;
#endif

static bool always(void)
{
    return true;
}

/* Best first. */
static const struct {
    const struct kernels *kernels;
    bool (*supported)(void);
} candidates[] = {
#ifdef KERNELS_X86
    {&kernels_avx512vbmi, has_avx512vbmi},
    {&kernels_avx512bw, has_avx512bw},
    {&kernels_avx2, has_avx2},
    {&kernels_ssse3, has_ssse3},
    {&kernels_sse2, always},
#endif
#ifdef KERNELS_ARM64
    {&kernels_neon, always},
#endif
    {&kernels_c, always},
};

const struct kernels *kernels_get(size_t index)
{
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (candidates[i].supported() && index-- == 0)
            return candidates[i].kernels;
    return NULL;
}

const struct kernels *kernels_choose(const char *wanted)
{
    const struct kernels *kernels;
    for (size_t i = 0; (kernels = kernels_get(i)); i++)
        if (!wanted || !*wanted || strcmp(wanted, kernels->name) == 0)
            return kernels;
    return NULL;
}

/* The kernels for NEON; the build gives the compiler's flags. */
#define KERNEL_ISA_NEON
#define KERNEL_NAME "neon"
#define KERNEL_TABLE kernels_neon
#include "kernels/text.inc"

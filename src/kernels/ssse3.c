/* The kernels for SSSE3, which is SSE2 and a shuffle of bytes; the build gives the compiler's flags. */
#define KERNEL_ISA_SSSE3
#define KERNEL_NAME "ssse3"
#define KERNEL_TABLE kernels_ssse3
#include "kernels/text.inc"

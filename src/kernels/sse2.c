/* The kernels for SSE2; the build gives the compiler's flags. */
#define KERNEL_ISA_SSE2
#define KERNEL_NAME "sse2"
#define KERNEL_TABLE kernels_sse2
#include "kernels/text.inc"

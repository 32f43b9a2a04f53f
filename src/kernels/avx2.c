/* The kernels for AVX2; the build gives the compiler's flags. */
#define KERNEL_ISA_AVX2
#define KERNEL_NAME "avx2"
#define KERNEL_TABLE kernels_avx2
#include "kernels/text.inc"

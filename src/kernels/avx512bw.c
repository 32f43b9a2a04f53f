/* The kernels for AVX-512BW; the build gives the compiler's flags. */
#define KERNEL_ISA_AVX512BW
#define KERNEL_NAME "avx512bw"
#define KERNEL_TABLE kernels_avx512bw
#include "kernels/text.inc"

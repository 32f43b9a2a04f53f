/* The kernels for AVX-512BW and VBMI, which shuffles 64 bytes; the build gives the compiler's flags. */
#define KERNEL_ISA_AVX512BW
#define KERNEL_VBMI
#define KERNEL_NAME "avx512vbmi"
#define KERNEL_TABLE kernels_avx512vbmi
#include "kernels/text.inc"

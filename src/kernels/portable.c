/* The kernels in plain C, for any processor. */
#define KERNEL_NAME "c"
#define KERNEL_TABLE kernels_c
#include "kernels/text.inc"

/*
 * version.h - what --version prints.
 */
#ifndef MSCAN_CLI_VERSION_H
#define MSCAN_CLI_VERSION_H

/* To standard output: the versions of mscan, PCRE2 and OpenMP, and the kernels chosen. */
void version_print(void);

/* The releases of mscan and PCRE2 in one line; the caller's. */
char *version_text(void);

#endif

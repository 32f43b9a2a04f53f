/*
 * letter-tables.h - PCRE2's tables of the letters of an 8-bit locale.
 */
#ifndef MSCAN_PCRE2_LETTER_TABLES_H
#define MSCAN_PCRE2_LETTER_TABLES_H

/* The tables of the C library's locale, for struct program_options; NULL without memory. */
const unsigned char *letter_tables_create(void);

/* NULL is allowed. */
void letter_tables_free(const unsigned char *tables);

#endif

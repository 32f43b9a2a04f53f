/*
 * modes.h - how options go together with a mode: an option such as --json, which changes what all the others are about.
 *
 * One table has each option beside each mode.  It refuses what cannot be had together, and the manual's section MODES
 * shows it; tests/check-docs compares the two, and finds an option that the table lacks.
 */
#ifndef MSCAN_CLI_MODES_H
#define MSCAN_CLI_MODES_H

#include "cli/arguments.h"
#include "cli/option-table.h"

/* Ends the program with a usage error when an option was given that the mode refuses. */
void modes_check(const struct option_table *table, const struct arguments *arguments);

/* Prints "OPTION MODE works|ignored|refused", one a line, and ends the program: a setter. */
option_setter option_show_modes;

#endif

/*
 * merge.h - the command line of "mscan --merge", which puts shares of a file together.
 */
#ifndef MSCAN_CLI_MERGE_H
#define MSCAN_CLI_MERGE_H

/* Runs it, and returns the exit status.  argv[0] stands for the command. */
int merge_main(int argc, char **argv);

#endif

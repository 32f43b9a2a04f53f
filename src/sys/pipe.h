/*
 * pipe.h - the buffer of a pipe.
 */
#ifndef MSCAN_SYS_PIPE_H
#define MSCAN_SYS_PIPE_H

/*
 * Enlarges the buffer of the pipe that `fd` is an end of, to 1 MiB if it is smaller: both sides
 * then sleep and wake less often.  No pipe, or refused: nothing changes.
 * Printing a third of 1 GiB of log lines into "cat" took 0.37 s with it and 0.74 s without (medians of six).
 */
void pipe_enlarge(int fd);

#endif

/* state.h — files that remember things from one run of the program to the next.
 */
#ifndef CLI_STATE_H
#define CLI_STATE_H

/* $XDG_STATE_HOME/interleave/NAME, whose directories are created; NULL: they could not
 * be created, or there is no home directory. The caller frees it.
 */
char *state_file(const char *name);

#endif

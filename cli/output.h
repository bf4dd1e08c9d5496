/* output.h — where a trace goes: standard output, or a file that was not there.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include "cli/flags.h"
#include "cli/session.h"

/* What --output names, or standard output. An existing file is left alone unless
 * --force is given; a device or a pipe is written to. NULL: complained.
 */
FILE *output_open(struct session *session, const struct flags *flags);

/* Close it, if it is not standard output. `status`, or the worse one of a file that
 * could not be written, with a complaint.
 */
int output_close(struct session *session, const struct flags *flags, FILE *out,
                 int status);

#endif

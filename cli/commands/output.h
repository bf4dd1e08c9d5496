/* output.h — where a trace is written: standard output, or a new file.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include "cli/commands/session.h"
#include "cli/flags.h"

/* For commands that write a trace. */
extern const struct flag flag_force, flag_output;

/* Open the file of --output, or return standard output. A regular file that exists is
 * overwritten only with --force; a device or a pipe is written to. NULL: it could not
 * be opened, and the error has been reported.
 */
FILE *output_open(struct session *session, const struct flags *flags);

/* Close it, if it is not standard output. Returns `status`, or STATUS_FILE if that is
 * worse and the file could not be written, which is reported.
 */
int output_close(struct session *session, const struct flags *flags, FILE *out,
                 int status);

/* At the prompt, say what went into the file of --output; not with --quiet. */
void output_report(const struct session *session, const struct flags *flags,
                   size_t traces, size_t events);

#endif

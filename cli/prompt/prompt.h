/* prompt.h — run commands that are typed, or those of a script.
 */
#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

#include "cli/commands/session.h"

/* Run the commands that are typed, until Ctrl-D or `quit`. */
int prompt_run(struct session *session);

/* Run the commands of standard input, up to the first that fails, or all of them if
 * `keep_going`. Returns the worst status.
 */
int prompt_script(struct session *session, bool keep_going);

#endif

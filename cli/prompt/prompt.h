/* prompt.h — command after command: typed, or from a script.
 */
#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

#include "cli/commands/session.h"

/* Greet, ask and obey until Ctrl-D or `quit`. */
int prompt_run(struct session *session);

/* Obey standard input, up to the first line that fails; all of it if `keep_going`.
 * The worst status there was.
 */
int prompt_script(struct session *session, bool keep_going);

#endif

/* echo.h — a Ctrl-C that leaves no trace on the screen.
 *
 * A terminal shows a key that is a signal as `^C`, wherever the cursor is: at the
 * beginning of a line of the trace, whose columns it moves.
 */
#ifndef CLI_ECHO_H
#define CLI_ECHO_H

/* Let standard input, if it is a terminal, show no such keys, until echo_restore();
 * it shows them again also while the program is stopped, and after a signal has
 * ended it. What is typed otherwise is shown as before.
 */
void echo_hush(void);
void echo_restore(void);

#endif

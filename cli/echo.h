/* echo.h — stop the terminal from showing Ctrl-C as `^C`.
 *
 * The terminal would show it at the cursor, which is at the beginning of a line of the
 * trace, and move the columns of that line.
 */
#ifndef CLI_ECHO_H
#define CLI_ECHO_H

/* Stop standard input, if it is a terminal, from showing the keys of signals, until
 * echo_restore(). They are shown again while the program is stopped, and after a signal
 * or the engine (engine/fatal.h) has ended it. Other keys are shown as before.
 */
void echo_hide_signals(void);
void echo_restore(void);

#endif

/* fatal.h — a function called before the engine ends the process.
 *
 *     static void restore_terminal(void)
 *     {
 *         // tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
 *     }
 *
 *     co_fatal_hook *before = co_at_fatal(restore_terminal);
 *     await(co_sleep(1)); // changes the modes of the terminal meanwhile
 *     co_at_fatal(before);
 *
 * Where no error can be returned, as at a stack overflow or where there is no memory,
 * the engine writes a sentence to standard error and ends the process at once, with
 * status 70. Functions registered with atexit() are not called, and what stdio has not
 * written yet is lost.
 */
#ifndef CO_PUBLIC_FATAL_H
#define CO_PUBLIC_FATAL_H

/* It may run in a signal handler and in any thread, so it may call only what POSIX
 * calls async-signal-safe: write(), tcsetattr(), kill(), _exit(), but neither stdio nor
 * malloc.
 */
typedef void co_fatal_hook(void);

/* Call `hook` before the sentence is written; NULL: nothing. There is one for the
 * process, in place of the one before, which is returned (NULL: none). It is called
 * once at most. From any thread, with or without a loop. Does not suspend.
 *
 * Faults that are no stack overflow of a task are not the engine's: they go to the
 * signal handler that the program had installed before the run.
 */
co_fatal_hook *co_at_fatal(co_fatal_hook *hook);

#endif

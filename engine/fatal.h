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
 * Some failures cannot be returned as an error: a stack overflow, no memory, a call
 * that needs a running event loop where there is none. Then the engine writes a message
 * to standard error and ends the process at once, with status 70. Functions registered
 * with atexit() are not called. What stdio has buffered is written before the message.
 * A stack overflow is noticed in a signal handler, which cannot write these buffers:
 * they are lost.
 */
#ifndef CO_PUBLIC_FATAL_H
#define CO_PUBLIC_FATAL_H

/* It may run in a signal handler and in any thread, so it may call only what POSIX
 * calls async-signal-safe: write(), tcsetattr(), kill(), _exit(), but neither stdio nor
 * malloc.
 */
typedef void co_fatal_hook(void);

/* Call `hook` before the message is written; NULL: call nothing. The process has one
 * hook, which this replaces. Returns the earlier one; NULL: there was none. The hook is
 * called at most once. This function may be called from any thread, with or without a
 * loop. It does not suspend.
 *
 * A memory fault other than a stack overflow of a task does not call the hook. It goes
 * to the signal handler that the program installed before the run.
 */
co_fatal_hook *co_at_fatal(co_fatal_hook *hook);

#endif

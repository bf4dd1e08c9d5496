/* fatal.h — end the program with a message. (Private to the engine.)
 */
#ifndef CO_SYSTEM_FATAL_H
#define CO_SYSTEM_FATAL_H

/* Write what stdio has buffered, call the hook of co_at_fatal(), write the message to
 * stderr, and end the process with CO_FATAL_STATUS.
 */
_Noreturn void co_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for a signal handler. It does not use stdio, which the signal may have
 * interrupted. The format may contain only %s and %zu.
 */
_Noreturn void co_fatal_in_handler(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* The exit status after an internal error (EX_SOFTWARE). */
enum { CO_FATAL_STATUS = 70 };

#endif

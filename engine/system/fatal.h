/* fatal.h — end the program with a message. (Private to the engine.)
 */
#ifndef CO_SYSTEM_FATAL_H
#define CO_SYSTEM_FATAL_H

/* Write what stdio has buffered, call the hook of co_at_fatal(), write why to stderr
 * and end the process.
 */
_Noreturn void co_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same in a signal handler, without stdio: the handler may have interrupted it. The
 * format has nothing but %s and %zu.
 */
_Noreturn void co_fatal_in_handler(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* The exit status after an internal error (EX_SOFTWARE). */
enum { CO_FATAL_STATUS = 70 };

#endif

#include "engine/system/fatal.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/fatal.h"

static co_fatal_hook *_Atomic current_hook;

co_fatal_hook *co_at_fatal(co_fatal_hook *hook)
{
    return atomic_exchange(&current_hook, hook);
}

/* A thread that waits for input holds the lock of its stream, and fflush(NULL) would
 * wait for that lock.
 */
static void flush_stdio(void)
{
    fflush(stdout);
    if (ftrylockfile(stdin) == 0)
        fflush(NULL);
}

/* If the format cannot be filled in, the line is the format itself. */
static void format_line(char *ret_line, size_t size, const char *format,
                        va_list arguments)
{
    if (vsnprintf(ret_line, size - 1, format, arguments) < 0)
        snprintf(ret_line, size - 1, "%s", format);
    strcat(ret_line, "\n");
}

_Noreturn static void end(const char *line)
{
    /* Call the hook before writing: it may leave the alternate screen of the terminal,
     * where the message would not stay visible.
     */
    co_fatal_hook *hook = co_at_fatal(NULL);
    if (hook)
        hook();
    ssize_t written = write(STDERR_FILENO, line, strlen(line));
    (void)written;
    _exit(CO_FATAL_STATUS);
}

void co_fatal(const char *format, ...)
{
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    format_line(line, sizeof(line), format, arguments);
    va_end(arguments);
    flush_stdio();
    end(line);
}

void co_fatal_in_handler(const char *format, ...)
{
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    format_line(line, sizeof(line), format, arguments);
    va_end(arguments);
    end(line);
}

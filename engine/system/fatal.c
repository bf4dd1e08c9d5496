#include "engine/system/fatal.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "engine/fatal.h"

static co_fatal_hook *_Atomic last_call;

co_fatal_hook *co_at_fatal(co_fatal_hook *hook)
{
    return atomic_exchange(&last_call, hook);
}

void co_fatal(const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(text, sizeof(text) - 1, format, arguments);
    va_end(arguments);
    if (length > (int)sizeof(text) - 2)
        length = sizeof(text) - 2;
    text[length++] = '\n';
    /* The hook runs first: on an alternate screen that it has to leave, the message
     * would not be seen.
     */
    co_fatal_hook *hook = co_at_fatal(NULL);
    if (hook)
        hook();
    ssize_t written = write(STDERR_FILENO, text, (size_t)length);
    (void)written;
    _exit(CO_FATAL_STATUS);
}

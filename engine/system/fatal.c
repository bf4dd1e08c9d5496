#include "engine/system/fatal.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

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
    ssize_t written = write(STDERR_FILENO, text, (size_t)length);
    (void)written;
    _exit(CO_FATAL_STATUS);
}

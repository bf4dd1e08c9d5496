#include "cli/commands/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

void session_finish(struct session *session)
{
    flags_finish(&session->defaults);
    trace_finish(&session->last);
    free(session->retry);
    free(session->seen);
}

int session_error(struct session *session, enum status status, const char *format, ...)
{
    va_list arguments;

    /* Standard output comes first where both go to the same place. */
    fflush(stdout);
    if (session->line)
        fprintf(stderr, "stdin:%zu: ", session->line);
    else if (!session->prompt)
        fprintf(stderr, "interleave%s%s: ", session->command ? " " : "",
                session->command ? session->command : "");
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return status;
}

void session_offer(struct session *session, const char *word, const char *instead)
{
    size_t size;

    if (!session->prompt)
        return;
    free(session->retry);
    FILE *out = text_stream(&session->retry, &size);
    for (size_t i = 0; i < session->word_count; i++)
        fprintf(out, "%s%s", i ? " " : "",
                session->words[i] == word ? instead : session->words[i]);
    fclose(out);
}

const char *session_before_command(const struct session *session)
{
    return session->prompt || session->line ? "" : "interleave ";
}

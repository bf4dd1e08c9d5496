/* traces.h — traces from texts, and texts from traces.
 */
#ifndef TRACES_H
#define TRACES_H

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "cli/trace/read.h"
#include "cli/trace/write.h"

static inline enum trace_read read_text(const char *text, struct trace *trace,
                                        char **problem)
{
    struct trace_reader reader;
    FILE *in = fmemopen((void *)text, strlen(text), "r");

    trace_reader_init(&reader, in, "b.trace");
    enum trace_read read = trace_read(&reader, trace, problem);
    trace_reader_finish(&reader);
    fclose(in);
    return read;
}

static inline struct trace parse(const char *text)
{
    struct trace trace = {};
    char *problem = NULL;

    cr_assert(eq(int, (int)read_text(text, &trace, &problem), TRACE_READ_ONE), "%s",
              problem);
    return trace;
}

static inline char *written(const struct trace *trace, struct trace_writer how)
{
    char *text;
    size_t size;

    how.out = open_memstream(&text, &size);
    trace_write(&how, trace);
    fclose(how.out);
    return text;
}

static inline char *written_as(const struct trace *trace,
                               const struct trace_format *format)
{
    return written(trace,
                   (struct trace_writer){ .format = format, .level = LEVEL_LOOP });
}

#endif

#include "cli/trace/read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/read_line.h"

void trace_reader_init(struct trace_reader *reader, FILE *in, const char *name)
{
    *reader = (struct trace_reader){ .in = in, .name = name };
}

void trace_reader_finish(struct trace_reader *reader) { free(reader->line); }

/* Remove what colours a line, as "\033[1;36m", so that a trace from a terminal can be
 * read. Other control sequences stay, and are wrong.
 */
static size_t remove_colours(char *line, size_t length)
{
    const char *from = line, *last = line + length;
    char *to = line;

    while (from < last) {
        size_t digits =
            from[0] == '\033' && from[1] == '[' ? strspn(from + 2, "0123456789;") : 0;
        if (digits && from[2 + digits] == 'm')
            from += 3 + digits;
        else
            *to++ = *from++;
    }
    *to = '\0';
    return (size_t)(to - line);
}

static size_t remove_byte_order_mark(char *line, size_t length)
{
    static const char mark[] = { '\xef', '\xbb', '\xbf' };

    if (length < sizeof(mark) || memcmp(line, mark, sizeof(mark)) != 0)
        return length;
    memmove(line, line + sizeof(mark), length + 1 - sizeof(mark));
    return length - sizeof(mark);
}

/* The next line without its end, and without what is no part of a trace; false: there
 * is none.
 */
static bool next_line(struct trace_reader *reader)
{
    if (reader->kept) {
        reader->kept = false;
        return true;
    }
    errno = 0;
    ssize_t length = getline(&reader->line, &reader->capacity, reader->in);
    if (length < 0) {
        reader->error = ferror(reader->in) ? errno : 0;
        return false;
    }
    reader->number++;
    if (length > 0 && reader->line[length - 1] == '\n')
        reader->line[--length] = '\0';
    if (length > 0 && reader->line[length - 1] == '\r')
        reader->line[--length] = '\0';
    reader->length = (size_t)length;
    if (reader->number == 1)
        reader->length = remove_byte_order_mark(reader->line, reader->length);
    if (memchr(reader->line, '\033', reader->length))
        reader->length = remove_colours(reader->line, reader->length);
    return true;
}

static enum trace_line read_line(struct read_state *state, char *line)
{
    if (!line[strspn(line, " ")])
        return LINE_MORE;
    return *line == '{' ? read_jsonl_line(state, line) : read_text_line(state, line);
}

enum { SHOWN = 18 }; /* characters of a wrong line */

/* The beginning of a line, to be shown: reading a line changes it. */
struct line_begin {
    char text[4 * (SHOWN + 1) + 1]; /* UTF-8 has four bytes at most */
};

static char *report(const struct trace_reader *reader, const char *what,
                    const struct line_begin *begin)
{
    char *quoted = text_quote(begin->text, SHOWN);
    char *problem =
        text_format("%s:%zu: %s: %s", reader->name, reader->number, what, quoted);

    free(quoted);
    return problem;
}

/* Read lines until the trace ends. *ret_problem is set with LINE_WRONG and
 * LINE_VERSION. */
static enum trace_line read_lines(struct trace_reader *reader, struct read_state *state,
                                  char **ret_problem)
{
    while (next_line(reader)) {
        struct line_begin begin = {};
        memcpy(begin.text, reader->line, strnlen(reader->line, sizeof(begin.text) - 1));
        bool whole = strlen(reader->line) == reader->length; /* no NUL in it */
        enum trace_line kind = whole ? read_line(state, reader->line) : LINE_WRONG;
        if (kind == LINE_WRONG)
            *ret_problem = report(reader, "not a trace line", &begin);
        if (kind == LINE_VERSION)
            *ret_problem =
                report(reader, "a later version than 1 of the format", &begin);
        if (kind != LINE_HEAD && kind != LINE_MORE && kind != LINE_EVENT)
            return kind;
        state->begun |= kind != LINE_MORE;
    }
    if (!reader->error)
        return LINE_MORE;
    *ret_problem =
        text_format("cannot read '%s': %s", reader->name, strerror(reader->error));
    return LINE_WRONG;
}

/* Compare the events that were read with the digest at the end. */
static void check_digest(const struct read_state *state)
{
    struct trace *trace = state->trace;
    bool fits = trace->tail.digest == state->digest.crc;

    trace->whole = state->sealed && fits;
    trace->torn = state->sealed && !fits && !state->skipped;
}

enum trace_read trace_read(struct trace_reader *reader, struct trace *trace,
                           char **ret_problem)
{
    struct read_state state = { .trace = trace };
    enum trace_line last = read_lines(reader, &state, ret_problem);

    for (size_t i = 0; i < state.task_count; i++)
        free(state.tasks[i].name);
    free(state.tasks);
    task_table_finish(&state.table);
    reader->kept = last == LINE_NEXT;
    check_digest(&state);
    bool wrong = last == LINE_WRONG || last == LINE_VERSION;
    if (!wrong && (state.begun || last == LINE_TAIL))
        return TRACE_READ_ONE;
    trace_finish(trace);
    return wrong ? TRACE_READ_FAILED : TRACE_READ_END;
}

#include "cli/trace/write.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

/* Seconds, to the millisecond; on the real clock to the microsecond. */
static void print_event_time(FILE *out, int64_t time_us, bool real_clock)
{
    if (real_clock)
        fprintf(out, "%3" PRId64 ".%06" PRId64, time_us / 1000000, time_us % 1000000);
    else
        fprintf(out, "%5" PRId64 ".%03" PRId64, (time_us + 500) / 1000000,
                (time_us + 500) / 1000 % 1000);
}

/* A longer name moves the columns behind it: a reader must get it back whole. */
static void print_task_column(FILE *out, const char *task)
{
    enum { WIDTH = 8 };
    char *word = text_word(task ? task : "-");
    unsigned taken = text_width(word);

    fprintf(out, "%s%*s", word, taken < WIDTH ? (int)(WIDTH - taken) : 0, "");
    free(word);
}

char *trace_line_of(const struct trace_event *event, bool real_clock)
{
    char *line;
    size_t size;
    FILE *out = text_stream(&line, &size);

    print_event_time(out, event->at_us, real_clock);
    fputs("  ", out);
    print_task_column(out, event->task);
    fprintf(out, "  %-9s  ", co_trace_event_word(event->kind));
    event_kind_of(event->kind)->form->print(out, event);
    fclose(out);
    while (line[size - 1] == ' ')
        line[--size] = '\0';
    return line;
}

void trace_write_head(struct trace_writer *writer, const struct trace_head *head)
{
    writer->real_clock = head->real_clock;
    writer->written = 0;
    writer->digest = (struct digest){};
    if (!writer->bare)
        writer->format->head(writer, head);
}

void trace_write_event(struct trace_writer *writer, const struct trace_event *event)
{
    if (event_kind_of(event->kind)->level > writer->level)
        return;

    char *line = trace_line_of(event, writer->real_clock);

    digest_add_line(&writer->digest, line, writer->real_clock);
    writer->format->event(writer, event, line);
    writer->written++;
    free(line);
}

void trace_write_tail(struct trace_writer *writer, const struct trace_tail *tail)
{
    struct trace_tail own = *tail;

    own.digest = writer->digest.crc;
    if (!writer->bare && tail->end != TRACE_CUT)
        writer->format->tail(writer, &own);
}

void trace_write(struct trace_writer *writer, const struct trace *trace)
{
    trace_write_head(writer, &trace->head);
    for (size_t i = 0; i < trace->count; i++)
        trace_write_event(writer, &trace->events[i]);
    trace_write_tail(writer, &trace->tail);
}

/* ---- the text format: the lines as they are, and comments ---------------- */

static void text_head(struct trace_writer *writer, const struct trace_head *head)
{
    fprintf(writer->out, "# interleave-trace 1\n# lesson=%s example=%s\n",
            head->lesson ? head->lesson : "-", head->example ? head->example : "-");
    fprintf(writer->out,
            "# clock=%s policy=%s seed=", head->real_clock ? "real" : "virtual",
            head->policy ? head->policy : "fifo");
    if (head->seeded)
        fprintf(writer->out, "%" PRIu64, head->seed);
    else
        fputc('-', writer->out);
    fputs("\n# cols: seconds task event detail\n", writer->out);
}

/* The next column of a line: a word after blanks. */
static const char *next_column(const char *line, int *ret_length)
{
    line += strspn(line, " ");
    *ret_length = (int)strcspn(line, " ");
    return line;
}

/* Print an event's line: the task in its colour, the word with its weight. */
static void print_coloured(FILE *out, enum colours colours,
                           const struct trace_event *event, const char *line)
{
    const char *colour = colour_of_task(colours, event->id);
    enum weight weight = event_kind_of(event->kind)->weight;
    int length, task_length, word_length;
    const char *seconds = next_column(line, &length);
    const char *task = next_column(seconds + length, &task_length);
    const char *word = next_column(task + task_length, &word_length);

    fprintf(out, "%.*s", (int)(task - line), line);
    colour_begin(out, colours, WEIGHT_NORMAL, colour);
    fprintf(out, "%.*s", task_length, task);
    colour_end(out, colours, WEIGHT_NORMAL, colour);
    fprintf(out, "%.*s", (int)(word - task) - task_length, task + task_length);
    colour_begin(out, colours, weight, NULL);
    fprintf(out, "%.*s", word_length, word);
    colour_end(out, colours, weight, NULL);
    fprintf(out, "%s\n", word + word_length);
}

static void text_event(struct trace_writer *writer, const struct trace_event *event,
                       const char *line)
{
    char *cut;
    size_t size;
    FILE *out = text_stream(&cut, &size);

    text_print_cut(out, line, writer->width ? writer->width : UINT_MAX);
    fclose(out);
    print_coloured(writer->out, writer->colours, event, cut);
    free(cut);
}

static void text_tail(struct trace_writer *writer, const struct trace_tail *tail)
{
    fprintf(writer->out,
            "# end=%s tasks=%u turns=%" PRIu64 " time=", trace_end_word(tail->end),
            tail->tasks, tail->turns);
    if (writer->real_clock)
        fprintf(writer->out, "%" PRId64 ".%06" PRId64, tail->at_us / 1000000,
                tail->at_us % 1000000);
    else
        fprintf(writer->out, "%" PRId64 ".%03" PRId64, (tail->at_us + 500) / 1000000,
                (tail->at_us + 500) / 1000 % 1000);
    fprintf(writer->out, " digest=%08" PRIx32 "\n", tail->digest);
}

const struct trace_format trace_format_text = {
    .name = "text",
    .head = text_head,
    .event = text_event,
    .tail = text_tail,
};

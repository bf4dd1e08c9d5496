/* The events of an observer as lines, for programs that are compared with their traces.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tests/random/world.h"

/* The main task is called main, as in a trace. */
static const char *label(const co_task *task)
{
    return task == NULL ? "-" : co_is_main(task) ? "main" : co_name(task);
}

/* To the nearest one. */
static int64_t microseconds(int64_t ns)
{
    return ns / 1000 + (ns % 1000 >= 500) - (ns % 1000 <= -500);
}

static bool is_one_of(const char *what, const char *const words[])
{
    while (*words && strcmp(*words, what) != 0)
        words++;
    return *words;
}

static void print_wait(FILE *out, const co_trace_event *event)
{
    static const char *const one[] = { "join", "wait_for", NULL };
    static const char *const many[] = { "gather", "wait", "group", "shield", NULL };

    fprintf(out, " %s", event->what);
    if (strcmp(event->what, "sleep") == 0)
        fprintf(out, " %" PRId64, microseconds(event->number));
    if (strcmp(event->what, "queue") == 0)
        fprintf(out, " %s", event->text);
    if (is_one_of(event->what, one) && event->other)
        fprintf(out, " %s", label(event->other));
    for (size_t i = 0; is_one_of(event->what, many) && i < event->count; i++)
        fprintf(out, " %s", label(event->tasks[i]));
}

/* The reason of an error up to the repr of a task, whose places differ. For an error
 * without a reason the engine has a text of its own.
 */
static void print_reason(FILE *out, const co_trace_event *event)
{
    const char *text = event->text ? event->text : "";

    if (*text && strcmp(text, co_strerror((int)event->number)) != 0)
        fprintf(out, " %.*s", (int)strcspn(text, "<"), text);
}

static bool print_details(FILE *out, const co_trace_event *event)
{
    switch (event->kind) {
    case CO_START:
    case CO_RESUME:
    case CO_DONE:
        return true;
    case CO_SPAWN:
        fprintf(out, " %s", label(event->other));
        return true;
    case CO_CANCEL:
        fprintf(out, " %s", label(event->other));
        fprintf(out, "%s%s", event->what ? " " : "", event->what ? event->what : "");
        return true;
    case CO_WAIT:
        print_wait(out, event);
        return true;
    case CO_FAIL:
    case CO_CANCELLED:
        print_reason(out, event);
        return true;
    case CO_TIMEOUT:
    case CO_BUSY:
        fprintf(out, " %" PRId64, microseconds(event->number));
        return true;
    default:
        return false;
    }
}

void trace(struct world *world, const co_trace_event *event)
{
    char *details = NULL;
    size_t size = 0;

    if (world->silent)
        return;
    FILE *out = open_memstream(&details, &size);
    if (!out)
        abort();
    bool is_traced = print_details(out, event);
    fclose(out);
    if (is_traced)
        fprintf(world->out, "trace %" PRId64 " %s %s%s\n", microseconds(event->at_ns),
                label(event->task), co_trace_event_word(event->kind), details);
    free(details);
}

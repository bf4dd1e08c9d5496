#include "cli/trace/recorder.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/event_kinds.h"
#include "engine/error.h"
#include "engine/task.h"
#include "lessons/value.h"

/* The main task is called main, unless its program has named it. */
static char *task_label(const co_task *task)
{
    const char *name = co_name(task);
    bool numbered = strncmp(name, "Task-", 5) == 0 && isdigit((unsigned char)name[5]);

    return text_clean(co_is_main(task) && numbered ? "main" : name);
}

static char *basename_line(const co_site *site)
{
    const char *slash = strrchr(site->file, '/');

    return text_format("%s:%d", slash ? slash + 1 : site->file, site->line);
}

static int64_t microseconds(int64_t ns)
{
    return ns / 1000 + (ns % 1000 >= 500) - (ns % 1000 <= -500);
}

/* The task whose event it is, and the other tasks it is about. */
static void record_tasks(const co_trace_event *record, struct trace_event *event)
{
    if (record->task) {
        event->task = task_label(record->task);
        event->id = co_id(record->task);
        event->step = co_turns(record->task);
    }
    if (record->other) {
        event->other = task_label(record->other);
        event->other_id = co_id(record->other);
        if (record->kind == CO_SPAWN)
            event->function = text_clean(co_function(record->other));
    }
    if (record->count && trace_waits_for_many(record->what)) {
        event->tasks = xnonnull(calloc(record->count, sizeof(char *)));
        for (; event->count < record->count; event->count++)
            event->tasks[event->count] = task_label(record->tasks[event->count]);
    }
}

/* True if the text repeats the word `cancelled`. */
static bool is_redundant(const co_trace_event *record)
{
    return record->kind == CO_CANCELLED && record->text &&
           strcmp(record->text, co_strerror(UV_ECANCELED)) == 0;
}

/* Make one text of a note and its reason. */
static void record_note(const co_trace_event *record, struct trace_event *event)
{
    char *text;

    if (record->kind != CO_NOTE || !record->object ||
        asprintf(&text, "%s: %s", record->text, record->object) < 0)
        return;
    free(event->object);
    free(event->text);
    event->object = NULL;
    event->text = text_clean(text);
    event->number = 0;
    free(text);
}

/* The result of a task may be a value of the lesson, which the event shows as Python
 * does.
 */
static void record_result(const co_trace_event *record, struct trace_event *event)
{
    if (record->kind != CO_DONE || record->number < VALUE_FIRST)
        return;
    event->number = 0;
    if (record->number != None)
        event->text = text_clean(repr((int)record->number));
}

/* ---- why a task resumes ----------------------------------------------------- */

static struct recorder_task *task_at(struct recorder *recorder, int id)
{
    size_t place = (size_t)id;

    if (place >= recorder->task_count) {
        size_t count = 2 * place + 8;
        recorder->tasks =
            xnonnull(reallocarray(recorder->tasks, count, sizeof(*recorder->tasks)));
        memset(recorder->tasks + recorder->task_count, 0,
               (count - recorder->task_count) * sizeof(*recorder->tasks));
        recorder->task_count = count;
    }
    return &recorder->tasks[place];
}

static char *copy_or_null(const char *text)
{
    return text ? xnonnull(strdup(text)) : NULL;
}

/* The cause of the wake, and what the task waited to do with a queue. */
static void copy_reason(struct trace_event *event, const struct trace_event *wait,
                        const struct trace_event *wake)
{
    event->what = copy_or_null(wake->what);
    event->object = copy_or_null(wake->object);
    event->other = copy_or_null(wake->other);
    event->other_id = wake->other_id;
    event->length_us = wake->length_us;
    event->late_us = wake->late_us;
    if (trace_what_of(wake->what) == WHAT_QUEUE && wait)
        event->text = copy_or_null(wait->text);
}

static void record_reason(struct recorder *recorder, struct trace_event *event)
{
    const struct trace_event *events = recorder->trace->events;

    if (event->id < 0)
        return;
    struct recorder_task *task = task_at(recorder, event->id);
    if (event->kind == CO_WAIT)
        *task = (struct recorder_task){ .wait = recorder->trace->count };
    if (event->kind == CO_WAKE)
        task->wake = recorder->trace->count;
    if (event->kind != CO_RESUME)
        return;
    const struct trace_event *wait = task->wait ? &events[task->wait - 1] : NULL;
    if (task->wake)
        copy_reason(event, wait, &events[task->wake - 1]);
    else if (wait && trace_what_of(wait->what) == WHAT_YIELD)
        event->what = copy_or_null(wait->what);
}

static void on_record(co_observer *self, const co_trace_event *record)
{
    struct recorder *recorder = co_container_of(self, struct recorder, observer);
    struct trace_event *event = trace_add(recorder->trace);

    event->kind = record->kind;
    event->at_us = microseconds(record->at_ns);
    event->turn = record->turn;
    event->late_us = microseconds(record->late_ns);
    event->what = text_clean(record->what);
    event->object = text_clean(record->object);
    event->text = is_redundant(record) ? NULL : text_clean(record->text);
    if (event_kind_of(record->kind)->form->length)
        event->length_us = microseconds(record->number);
    else
        event->number = record->number;
    record_tasks(record, event);
    record_note(record, event);
    record_result(record, event);
    record_reason(recorder, event);
    if (record->site)
        event->source = basename_line(record->site);
    if (recorder->each)
        recorder->each(recorder->context, event);
}

void recorder_init(struct recorder *recorder, struct trace *trace)
{
    *recorder = (struct recorder){ .observer = { on_record }, .trace = trace };
}

void recorder_finish(struct recorder *recorder) { free(recorder->tasks); }

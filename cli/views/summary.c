#include "cli/views/summary.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/event_kinds.h"
#include "cli/views/labels.h"

/* ---- a task, and what it has done so far --------------------------------- */

struct task {
    char *label; /* owned; NULL: its spawning is not in the trace */
    bool slept, asleep;
    int64_t since_us, length_us;
    const struct trace_event *waiting; /* its last wait, until it runs or ends */
};

struct tasks {
    struct task *tasks; /* by the order of spawning */
    size_t count;
    int64_t slept_us; /* all together: as long as they were asleep, but no longer than
                         they had asked for */
};

static struct task *task_at(struct tasks *tasks, int id)
{
    size_t place = (size_t)id;

    if (place >= tasks->count) {
        size_t count = 2 * place + 8;
        tasks->tasks = xnonnull(reallocarray(tasks->tasks, count, sizeof(struct task)));
        memset(tasks->tasks + tasks->count, 0,
               (count - tasks->count) * sizeof(struct task));
        tasks->count = count;
    }
    return &tasks->tasks[place];
}

static void task_begin_wait(struct task *task, const struct trace_event *event)
{
    task->waiting = event;
    if (trace_what_of(event->what) != WHAT_SLEEP)
        return;
    task->slept = task->asleep = true;
    task->since_us = event->at_us;
    task->length_us = event->length_us;
}

static void task_end_wait(struct tasks *tasks, struct task *task, int64_t at_us)
{
    int64_t slept_us = at_us - task->since_us;

    if (task->asleep)
        tasks->slept_us += slept_us < task->length_us ? slept_us : task->length_us;
    task->asleep = false;
    task->waiting = NULL;
}

static void tasks_take_event(struct tasks *tasks, const struct trace_event *event)
{
    if (event->kind == CO_SPAWN && event->other && event->other_id >= 0) {
        struct task *task = task_at(tasks, event->other_id);
        free(task->label);
        task->label = label_of(event->other, event->function);
    }
    if (event->id < 0)
        return;
    if (event->kind == CO_WAIT)
        task_begin_wait(task_at(tasks, event->id), event);
    else if (event->kind == CO_RESUME || event->kind == CO_ABANDON)
        task_end_wait(tasks, task_at(tasks, event->id), event->at_us);
}

static void tasks_finish(struct tasks *tasks)
{
    for (size_t i = 0; i < tasks->count; i++)
        free(tasks->tasks[i].label);
    free(tasks->tasks);
}

/* ---- the sentences ------------------------------------------------------- */

/* Seconds, to the millisecond. */
static void print_seconds(FILE *out, int64_t time_us)
{
    text_print_time(out, (time_us + 500) / 1000 * 1000, 1000000);
}

/* "Task-2 producer", or the bare name if its spawning is not in the trace. */
static void print_name(FILE *out, const struct task *task, const char *name)
{
    if (task->label)
        fputs(task->label, out);
    else
        text_print_escaped(out, name, false);
}

static void print_sleepers(FILE *out, const struct tasks *tasks)
{
    const struct task *sleeper = NULL;
    unsigned sleepers = 0;

    for (size_t i = 0; i < tasks->count; i++)
        if (tasks->tasks[i].slept) {
            sleepers++;
            sleeper = &tasks->tasks[i];
        }
    if (sleepers == 0) {
        fputs("No task slept", out);
        return;
    }
    if (sleepers == 1 && sleeper->label)
        fprintf(out, "Only %s slept, ", sleeper->label);
    else
        fprintf(out, "%u task%s slept ", sleepers, sleepers == 1 ? "" : "s");
    print_seconds(out, tasks->slept_us);
    fputs(" s in total", out);
}

/* The tasks that wait at the time of a deadlock, and what they wait for. */
static void print_deadlock(FILE *out, const struct tasks *tasks)
{
    const char *between = " Deadlock: no task can wake another, and asyncio would wait "
                          "forever. ";

    for (size_t i = 0; i < tasks->count; i++) {
        const struct trace_event *wait = tasks->tasks[i].waiting;
        if (!wait)
            continue;
        fputs(between, out);
        print_name(out, &tasks->tasks[i], wait->task);
        fputs(" waits for ", out);
        event_kind_of(CO_WAIT)->form->print(out, wait);
        between = "; ";
    }
    fputc('.', out);
}

char *summary_of(const struct trace *trace)
{
    struct tasks tasks = {};
    char *sentences, *deadlock;
    size_t size;
    FILE *out = text_stream(&deadlock, &size);

    for (size_t i = 0; i < trace->count; i++) {
        if (trace->events[i].kind == CO_DEADLOCK)
            print_deadlock(out, &tasks);
        tasks_take_event(&tasks, &trace->events[i]);
    }
    fclose(out);

    out = text_stream(&sentences, &size);
    print_sleepers(out, &tasks);
    fputs("; the example took ", out);
    print_seconds(out, trace->tail.at_us);
    fprintf(out, " s.%s", deadlock);
    fclose(out);
    free(deadlock);
    tasks_finish(&tasks);
    return sentences;
}

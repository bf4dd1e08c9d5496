#include "cli/views/summary.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/task_table.h"
#include "cli/views/labels.h"

/* ---- a task, and what it has done so far --------------------------------- */

struct task {
    char *label; /* owned; NULL: its spawning is not in the trace */
    bool slept, asleep, ended;
    int64_t since_us, length_us;
    const struct trace_event *waiting; /* its last wait, until it runs or ends */
};

struct tasks {
    struct task *tasks; /* by the order of spawning */
    size_t count;
    struct task_table table; /* of those that were spawned */
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
        task_table_add(&tasks->table, event->other, event->other_id,
                       (size_t)event->other_id);
    }
    if (event->id < 0)
        return;
    if (event->kind == CO_WAIT)
        task_begin_wait(task_at(tasks, event->id), event);
    else if (event->kind == CO_RESUME || event->kind == CO_ABANDON)
        task_end_wait(tasks, task_at(tasks, event->id), event->at_us);
    else if (event->kind == CO_DONE || event->kind == CO_FAIL ||
             event->kind == CO_CANCELLED)
        task_at(tasks, event->id)->ended = true;
}

static void tasks_finish(struct tasks *tasks)
{
    for (size_t i = 0; i < tasks->count; i++)
        free(tasks->tasks[i].label);
    free(tasks->tasks);
    task_table_finish(&tasks->table);
}

/* ---- the sentences ------------------------------------------------------- */

/* Seconds, to the millisecond. */
static void print_seconds(FILE *out, int64_t time_us)
{
    text_print_time(out, (time_us + 500) / 1000 * 1000, 1000000);
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

/* ---- who waits for whom -------------------------------------------------- */

/* The task of this name, or number; NULL: its spawning is not in the trace. */
static const struct task *find_task(const struct tasks *tasks, const char *name, int id)
{
    size_t place = task_table_find(&tasks->table, name, id);

    return place == TASK_NONE ? NULL : &tasks->tasks[place];
}

/* "Task-2 producer", or the bare name if its spawning is not in the trace. */
static void print_name(FILE *out, const struct tasks *tasks, const char *name, int id)
{
    const struct task *task = find_task(tasks, name, id);

    if (task)
        fputs(task->label, out);
    else
        text_print_escaped(out, name, false);
}

/* So many are named, and the others counted: a sentence stays one. */
enum { NAMED = 8 };

/* "A, B or C": those that are not done. A gather() needs all of them, others one. */
static void print_awaited(FILE *out, const struct tasks *tasks,
                          const struct trace_event *wait)
{
    size_t count = 0;

    for (size_t i = 0; i < wait->count; i++) {
        const struct task *task = find_task(tasks, wait->tasks[i], -1);
        if (task && task->ended)
            continue;
        if (count < NAMED) {
            fputs(count ? ", " : "", out);
            print_name(out, tasks, wait->tasks[i], -1);
        }
        count++;
    }
    if (count > NAMED)
        fprintf(out, " and %zu more", count - NAMED);
    if (count == 0)
        text_print_escaped(out, wait->what, false);
}

static void print_named(FILE *out, const char *what, const char *object)
{
    text_print_escaped(out, what, false);
    if (!object)
        return;
    fputc(' ', out);
    text_print_escaped(out, object, false);
}

static void print_queue(FILE *out, const struct trace_event *wait)
{
    const char *verb = wait->text ? wait->text : "";

    fputs(strcmp(verb, "get") == 0   ? "an item from "
          : strcmp(verb, "put") == 0 ? "a free slot in "
                                     : "all items to be done in ",
          out);
    print_named(out, wait->what, wait->object);
}

static void print_wait(FILE *out, const struct tasks *tasks,
                       const struct trace_event *wait)
{
    if (trace_waits_for_many(wait->what)) {
        print_awaited(out, tasks, wait);
    } else if (trace_what_of(wait->what) == WHAT_QUEUE) {
        print_queue(out, wait);
    } else if (trace_waits_for_one(wait->what) && wait->other) {
        print_name(out, tasks, wait->other, wait->other_id);
    } else {
        print_named(out, wait->what ? wait->what : "-", wait->object);
        if (!wait->other)
            return;
        fputs(", held by ", out);
        print_name(out, tasks, wait->other, wait->other_id);
    }
}

/* The tasks that wait at the time of a deadlock, and what they wait for. */
static void print_deadlock(FILE *out, const struct tasks *tasks)
{
    size_t count = 0;

    for (size_t i = 0; i < tasks->count; i++) {
        const struct trace_event *wait = tasks->tasks[i].waiting;
        if (!wait || count++ >= NAMED)
            continue;
        fputs(count > 1 ? "; " : "Deadlock: ", out);
        print_name(out, tasks, wait->task, wait->id);
        fputs(" waits for ", out);
        print_wait(out, tasks, wait);
    }
    if (count == 0)
        fputs("Deadlock", out);
    if (count > NAMED)
        fprintf(out, "; %zu more tasks wait", count - NAMED);
    fputs(". No task, timer or input can wake them: asyncio would hang here.", out);
}

/* Take in all events, and say on `out` how tasks are at a deadlock. */
static void take_events(FILE *out, struct tasks *tasks, const struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++) {
        if (trace->events[i].kind == CO_DEADLOCK)
            print_deadlock(out, tasks);
        tasks_take_event(tasks, &trace->events[i]);
    }
}

/* ---- all ----------------------------------------------------------------- */

char *deadlock_of(const struct trace *trace)
{
    struct tasks tasks = {};
    char *sentences;
    size_t size;
    FILE *out = text_stream(&sentences, &size);

    take_events(out, &tasks, trace);
    fclose(out);
    tasks_finish(&tasks);
    return sentences;
}

char *summary_of(const struct trace *trace)
{
    struct tasks tasks = {};
    char *sentences, *deadlock;
    size_t size;
    FILE *out = text_stream(&deadlock, &size);

    take_events(out, &tasks, trace);
    fclose(out);

    out = text_stream(&sentences, &size);
    print_sleepers(out, &tasks);
    fputs("; the example took ", out);
    print_seconds(out, trace->tail.at_us);
    fprintf(out, " s.%s%s", *deadlock ? " " : "", deadlock);
    fclose(out);
    free(deadlock);
    tasks_finish(&tasks);
    return sentences;
}

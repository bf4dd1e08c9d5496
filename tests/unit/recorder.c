/* recorder.c — the events of a run become a trace. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/trace/recorder.h"
#include "engine/co.h"
#include "tests/support/traces.h"

struct child {
    int result;
};

static int child(void *frame)
{
    const struct child *self = frame;

    await(co_sleep(0.0015));
    co_say("tab\there");
    return self->result;
}

static int main_task(void *)
{
    co_task *task = co_spawn_with((co_spawn_options){ .name = "a child" }, child, 7);
    return await(co_gather(task));
}

static void count_event(void *context, const struct trace_event *event)
{
    size_t *count = context;

    if (event->kind == CO_SAY || event->kind == CO_DONE)
        ++*count;
}

Test(recorder, adds_events_to_the_trace_and_passes_them_on)
{
    struct trace trace = {};
    struct recorder recorder;
    size_t count = 0;

    recorder_init(&recorder, &trace);
    recorder.each = count_event;
    recorder.context = &count;
    int r = co_run(main_task, &(co_options){
                                  .virtual_time = true,
                                  .observer = &recorder.observer,
                              });
    cr_assert(zero(int, r));
    recorder_finish(&recorder);
    trace_close(&trace, TRACE_OK);
    char *text = written(&trace, (struct trace_writer){
                                     .format = &trace_format_text,
                                     .level = LEVEL_LOOP,
                                     .bare = true,
                                 });
    cr_expect(eq(str, text,
                 "    0.000  -         spawn      main\n"
                 "    0.000  main      start\n"
                 "    0.000  main      spawn      a_child child\n"
                 "    0.000  main      wait       gather(a_child)\n"
                 "    0.000  a_child   start\n"
                 "    0.000  a_child   wait       sleep 1.5ms\n"
                 "    0.002  -         clock      +1.5ms\n"
                 "    0.002  a_child   wake       timer 1.5ms\n"
                 "    0.002  a_child   resume     sleep 1.5ms over\n"
                 "    0.002  a_child   say        \"tab\\there\"\n"
                 "    0.002  a_child   done       = 7\n"
                 "    0.002  main      wake       a_child done\n"
                 "    0.002  main      resume     a_child done\n"
                 "    0.002  main      done\n"));
    cr_expect(eq(sz, count, 3));
    cr_expect(eq(uint, trace.tail.tasks, 2));
    cr_expect(eq(u64, trace.tail.turns, 4));
    cr_expect(eq(i64, trace.tail.at_us, 1500));
    cr_expect(eq(int, strncmp(trace.events[5].source, "recorder.c:", 11), 0));
    free(text);
    trace_finish(&trace);
}

struct hog {
};

static int hog(void *)
{
    await(co_sleep(0));
    co_block(0.02);
    return 0;
}

static int punctual(void *)
{
    co_task *task = co_spawn(hog);

    await(co_sleep(0.001));
    return await(co_join(task));
}

Test(recorder, measures_how_late_a_task_wakes)
{
    struct trace trace = {};
    struct recorder recorder;
    int64_t late_us = 0;

    recorder_init(&recorder, &trace);
    cr_assert(zero(int, co_run(punctual, &(co_options){
                                             .virtual_time = true,
                                             .observer = &recorder.observer,
                                         })));
    recorder_finish(&recorder);
    for (size_t i = 0; i < trace.count; i++)
        if (trace.events[i].kind == CO_WAKE)
            late_us += trace.events[i].late_us;
    cr_expect(eq(i64, late_us, 19000));
    trace_finish(&trace);
}

/* ---- why a task resumes ----------------------------------------------------- */

struct consumer {
    co_queue *queue;
};

static int consumer(void *frame)
{
    co_queue *queue = ((const struct consumer *)frame)->queue;
    void *item;

    await(co_queue_get(queue, &item));
    co_queue_task_done(queue);
    await(co_sleep(1));
    await(co_queue_get(queue, &item));
    await(co_queue_get(queue, &item));
    co_queue_task_done(queue);
    co_queue_task_done(queue);
    return 0;
}

static int producer(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 1);
    queue.name = "items";
    co_task *task = co_spawn(consumer, &queue);
    await(co_sleep(0));
    await(co_queue_put(&queue, NULL));
    await(co_sleep(0));
    await(co_queue_put(&queue, NULL));
    await(co_queue_put(&queue, NULL));
    await(co_queue_join(&queue));
    return await(co_join(task));
}

struct waiter {
    co_lock *lock;
};

static int waiter(void *frame)
{
    with_lock(((const struct waiter *)frame)->lock)
        await(co_sleep(1));
    return 0;
}

static int locker(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    lock.name = "L";
    co_task *first = co_spawn(waiter, &lock), *second = co_spawn(waiter, &lock);
    await(co_sleep(1.5));
    co_cancel(second);
    int r = attempt(co_gather(first, second));
    return r == UV_ECANCELED ? 0 : r;
}

/* The details of all resumes, a line each with their task. */
static char *reasons_of(co_fn *main)
{
    struct trace trace = {};
    struct recorder recorder;
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    recorder_init(&recorder, &trace);
    cr_expect(zero(int, co_run(main, &(co_options){
                                         .virtual_time = true,
                                         .observer = &recorder.observer,
                                     })));
    recorder_finish(&recorder);
    for (size_t i = 0; i < trace.count; i++) {
        if (trace.events[i].kind != CO_RESUME)
            continue;
        fprintf(out, "%s: ", trace.events[i].task);
        event_kind_of(CO_RESUME)->form->print(out, &trace.events[i]);
        fputc('\n', out);
    }
    fclose(out);
    trace_finish(&trace);
    return text;
}

static void expect_reasons(co_fn *main, const char *expected)
{
    char *reasons = reasons_of(main);

    cr_expect(eq(str, reasons, (char *)expected));
    free(reasons);
}

Test(recorder, tells_a_task_why_it_resumes)
{
    expect_reasons(producer, "main: yield over\n"
                             "Task-2: item from main\n"
                             "main: yield over\n"
                             "Task-2: sleep 1000ms over\n"
                             "main: slot from Task-2\n"
                             "Task-2: item from main\n"
                             "main: queue items join by Task-2\n");
    expect_reasons(locker, "Task-2: sleep 1000ms over\n"
                           "Task-3: lock L from Task-2\n"
                           "main: sleep 1500ms over\n"
                           "Task-3: cancel by main\n"
                           "main: Task-3 done\n");
}

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
                 "    0.002  a_child   resume\n"
                 "    0.002  a_child   say        \"tab\\there\"\n"
                 "    0.002  a_child   done       = 7\n"
                 "    0.002  main      wake       a_child done\n"
                 "    0.002  main      resume\n"
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
    for (size_t i = 0; i < trace.count; i++)
        late_us += trace.events[i].late_us;
    cr_expect(eq(i64, late_us, 19000));
    trace_finish(&trace);
}

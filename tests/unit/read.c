/* Where traces come from: a file, in which a line may be wrong, or a run. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/recorder.h"
#include "engine/co.h"
#include "tests/support/traces.h"

static void expect_problem(const char *text, const char *expected)
{
    struct trace trace = {};
    char *problem = NULL;

    cr_assert(eq(int, (int)read_text(text, &trace, &problem), TRACE_READ_FAILED), "%s",
              text);
    cr_expect(eq(str, problem, (char *)expected));
    cr_expect(zero(ptr, trace.events), "on failure the trace stays empty");
    free(problem);
}

Test(reader, says_where_a_line_is_wrong)
{
    expect_problem("# interleave-trace 1\nTraceback (most recent call last):\n",
                   "b.trace:2: not a trace line: 'Traceback (most re...'");
    expect_problem("    0.000  A         jump\n",
                   "b.trace:1: not a trace line: '    0.000  A      ...'");
    expect_problem("0.0  A  start\n", "b.trace:1: not a trace line: '0.0  A  start'");
    expect_problem("x.000  A  start\n",
                   "b.trace:1: not a trace line: 'x.000  A  start'");
    expect_problem("0.000  A\n", "b.trace:1: not a trace line: '0.000  A'");
    expect_problem("0.000  A  say  hello\n",
                   "b.trace:1: not a trace line: '0.000  A  say  hel...'");
    expect_problem("0.000  A  wait  sleep long\n",
                   "b.trace:1: not a trace line: '0.000  A  wait  sl...'");
    expect_problem("0.000  A  spawn\n",
                   "b.trace:1: not a trace line: '0.000  A  spawn'");
    expect_problem("9999999999999.000  A  start\n",
                   "b.trace:1: not a trace line: '9999999999999.000 ...'");
    expect_problem("# end=maybe\n", "b.trace:1: not a trace line: '# end=maybe'");
    expect_problem("\033[2J\n", "b.trace:1: not a trace line: '?[2J'");
    expect_problem(
        "# interleave-trace 2\n",
        "b.trace:1: a later version than 1 of the format: '# interleave-trace...'");
}

Test(reader, says_where_json_is_wrong)
{
    expect_problem("{\n", "b.trace:1: not a trace line: '{'");
    expect_problem("{}\n", "b.trace:1: not a trace line: '{}'");
    expect_problem("{\"ev\":\"start\"}\n",
                   "b.trace:1: not a trace line: '{\"ev\":\"start\"}'");
    expect_problem("{\"ev\":\"start\",\"t_us\":\"0\"}\n",
                   "b.trace:1: not a trace line: '{\"ev\":\"start\",\"t_u...'");
    expect_problem("{\"ev\":\"start\",\"t_us\":-5}\n",
                   "b.trace:1: not a trace line: '{\"ev\":\"start\",\"t_u...'");
    expect_problem("{\"end\":\"maybe\"}\n",
                   "b.trace:1: not a trace line: '{\"end\":\"maybe\"}'");
    expect_problem("{\"format\":\"interleave-trace\",\"version\":2}\n",
                   "b.trace:1: a later version than 1 of the format: "
                   "'{\"format\":\"interle...'");
    expect_problem("{\"format\":\"chrome\",\"version\":1}\n",
                   "b.trace:1: not a trace line: '{\"format\":\"chrome\"...'");
}

Test(reader, skips_what_a_later_issue_may_add)
{
    struct trace trace = parse(
        "{\"format\":\"interleave-trace\",\"version\":1,\"lesson\":\"a\",\"host\":1}\n"
        "{\"t_us\":0,\"ev\":\"start\",\"task\":\"A\",\"mood\":[1,2]}\n"
        "{\"t_us\":0,\"ev\":\"teleport\",\"task\":\"A\"}\n"
        "{\"t_us\":5,\"ev\":\"done\",\"task\":\"A\",\"value\":3}\n");

    cr_expect(eq(sz, trace.count, 2));
    cr_expect(eq(i64, trace.events[1].number, 3));
    cr_expect(eq(int, (int)trace.tail.end, TRACE_CUT));
    trace_finish(&trace);
}

Test(reader, takes_several_traces_from_one_file)
{
    static const char one[] = "    0.000  A         start\n"
                              "# end=ok tasks=0 turns=1 time=0.000 digest=00000000\n";
    char *two = text_format("%s\n%s", one, one);
    FILE *in = fmemopen(two, strlen(two), "r");
    struct trace_reader reader;
    struct trace trace = {};
    char *problem = NULL;

    trace_reader_init(&reader, in, "two");
    for (int i = 0; i < 2; i++) {
        cr_assert(eq(int, (int)trace_read(&reader, &trace, &problem), TRACE_READ_ONE));
        cr_expect(eq(sz, trace.count, 1));
        trace_finish(&trace);
    }
    cr_expect(eq(int, (int)trace_read(&reader, &trace, &problem), TRACE_READ_END));
    trace_reader_finish(&reader);
    fclose(in);
    free(two);
}

/* One whose end is missing ends where the next one begins, in either form. */
Test(reader, tells_traces_apart_by_their_heads)
{
    static const char both[] =
        "# interleave-trace 1\n# lesson=one example=a\n    0.000  A         start\n"
        "{\"format\":\"interleave-trace\",\"version\":1,\"lesson\":\"two\"}\n"
        "{\"t_us\":0,\"ev\":\"start\",\"task\":\"B\"}\n"
        "# interleave-trace 1\n# lesson=three example=c\n";
    static const char *const names[] = { "one", "two", "three" };
    FILE *in = fmemopen((void *)both, strlen(both), "r");
    struct trace_reader reader;
    struct trace trace = {};
    char *problem = NULL;

    trace_reader_init(&reader, in, "both");
    for (int i = 0; i < 3; i++) {
        cr_assert(eq(int, (int)trace_read(&reader, &trace, &problem), TRACE_READ_ONE));
        cr_expect(eq(str, trace.head.lesson, (char *)names[i]));
        trace_finish(&trace);
    }
    cr_expect(eq(int, (int)trace_read(&reader, &trace, &problem), TRACE_READ_END));
    trace_reader_finish(&reader);
    fclose(in);
}

Test(reader, finds_nothing_in_an_empty_file)
{
    struct trace trace = {};
    char *problem = NULL;

    cr_expect(eq(int, (int)read_text("\n", &trace, &problem), TRACE_READ_END));
    cr_expect(
        eq(int, (int)read_text("# lesson=a\n", &trace, &problem), TRACE_READ_END));
    cr_expect(zero(ptr, trace.head.lesson));
}

/* ---- the recorder -------------------------------------------------------- */

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

Test(recorder, writes_down_what_happens_and_passes_it_on)
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
    cr_expect(eq(int, strncmp(trace.events[5].source, "read.c:", 7), 0));
    free(text);
    trace_finish(&trace);
}

struct hog {
};

static int hog(void *)
{
    await(co_sleep(0));
    co_busy(0.02);
    return 0;
}

static int punctual(void *)
{
    co_task *task = co_spawn(hog);

    await(co_sleep(0.001));
    return await(co_join(task));
}

Test(recorder, knows_who_woke_late)
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

Test(recorder, keeps_texts_clean)
{
    char *clean = text_clean("a\xff"
                             "b\xc3\xa9\xe2\x82");

    cr_expect(eq(str, clean,
                 "a\xef\xbf\xbd"
                 "b\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd"));
    free(clean);
}

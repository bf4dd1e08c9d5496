/* read.c — traces read from a file, in which a line may be wrong. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
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

Test(reader, reports_which_line_of_text_is_wrong)
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

Test(reader, reports_which_line_of_json_is_wrong)
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

Test(reader, skips_what_a_later_version_may_add)
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

Test(reader, reads_several_traces_from_one_file)
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

/* A trace without an end ends where the next one begins, in either format. */
Test(reader, begins_a_trace_at_each_head)
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

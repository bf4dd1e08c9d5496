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

/* ---- lines that are missing or changed ------------------------------------- */

static const char whole[] = "# interleave-trace 1\n"
                            "# clock=virtual policy=fifo seed=-\n"
                            "    0.000  -         spawn      A\n"
                            "    0.000  A         start\n"
                            "    0.000  A         wait       sleep 1000ms\n"
                            "    1.000  A         resume\n"
                            "    1.000  A         done\n"
                            "# end=ok tasks=1 turns=2 time=1.000 digest=%08x\n";

/* The trace with its digest, written in a format. */
static char *sealed(const struct trace_format *format)
{
    char *text = text_format(whole, 0);
    struct trace trace = parse(text);

    free(text);
    text = written_as(&trace, format);
    trace_finish(&trace);
    return text;
}

static void expect_whole(const char *lines, bool is_whole, bool is_torn)
{
    struct trace trace = parse(lines);

    cr_expect(eq(int, trace.whole, is_whole), "%s", lines);
    cr_expect(eq(int, trace.torn, is_torn), "%s", lines);
    trace_finish(&trace);
}

/* A copy of the text without the first line that contains `word`. */
static char *without_line(const char *text, const char *word)
{
    const char *at = strstr(text, word);
    const char *begin = at;

    while (begin > text && begin[-1] != '\n')
        begin--;
    return text_format("%.*s%s", (int)(begin - text), text, strchr(at, '\n') + 1);
}

Test(reader, compares_the_lines_with_the_digest)
{
    const struct trace_format *const formats[] = { &trace_format_text,
                                                   &trace_format_jsonl };

    for (size_t i = 0; i < 2; i++) {
        char *text = sealed(formats[i]);
        expect_whole(text, true, false);
        char *filtered = without_line(text, "resume");
        expect_whole(filtered, false, true);
        free(filtered);
        filtered = without_line(text, "digest");
        expect_whole(filtered, false, false);
        free(filtered);
        *strstr(text, "1000") = '2';
        expect_whole(text, false, true);
        free(text);
    }
}

Test(reader, does_not_miss_a_digest_that_a_trace_never_had)
{
    expect_whole("    0.000  A         start\n# end=ok\n", false, false);
    expect_whole("{\"t_us\":0,\"ev\":\"start\",\"task\":\"A\"}\n{\"end\":\"ok\"}\n",
                 false, false);
    expect_whole("{\"t_us\":0,\"ev\":\"teleport\",\"task\":\"A\"}\n"
                 "{\"end\":\"ok\",\"digest\":\"12345678\"}\n",
                 false, false);
}

Test(reader, compares_no_times_of_the_real_clock)
{
    static const char real[] =
        "# interleave-trace 1\n# clock=real policy=fifo seed=-\n"
        "  0.000001  main      start\n"
        "# end=ok tasks=0 turns=1 time=0.000001 digest=00000000\n";
    struct trace trace = parse(real);

    cr_expect(trace.torn);
    char *again = written_as(&trace, &trace_format_text);
    expect_whole(again, true, false);
    trace.events[0].at_us = 999;
    char *later = written_as(&trace, &trace_format_text);
    expect_whole(later, true, false);
    free(again);
    free(later);
    trace_finish(&trace);
}

/* ---- what editors and terminals add ---------------------------------------- */

Test(reader, skips_a_byte_order_mark_and_the_ends_of_other_systems)
{
    char *text = sealed(&trace_format_text), *json = sealed(&trace_format_jsonl);
    char *both = text_format("\xef\xbb\xbf%s%s", text, json);
    char *lines = xnonnull(malloc(2 * strlen(both) + 1)), *end = lines;

    for (const char *s = both; *s; s++) {
        if (*s == '\n')
            *end++ = '\r';
        *end++ = *s;
    }
    *end = '\0';
    expect_whole(lines, true, false);
    free(text);
    free(json);
    free(both);
    free(lines);
}

Test(reader, reads_a_trace_in_colour)
{
    char *text = sealed(&trace_format_text);
    struct trace trace = parse(text);
    char *coloured = written(&trace, (struct trace_writer){
                                         .format = &trace_format_text,
                                         .level = LEVEL_LOOP,
                                         .colours = COLOURS_256,
                                     });

    cr_assert(strstr(coloured, "\033[") != NULL);
    expect_whole(coloured, true, false);
    free(text);
    free(coloured);
    trace_finish(&trace);
}

Test(reader, removes_no_control_sequence_but_colours)
{
    expect_problem("    0.000  A  \033[2Kstart\n",
                   "b.trace:1: not a trace line: '    0.000  A  ?[2K...'");
    expect_problem("    0.000  A  start\033[\n",
                   "b.trace:1: not a trace line: '    0.000  A  star...'");
}

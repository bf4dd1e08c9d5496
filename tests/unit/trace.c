/* trace.c and write.c — traces are written and read back in both formats without loss.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/colour.h"
#include "cli/text.h"
#include "cli/trace/play.h"
#include "tests/support/traces.h"

/* ---- the text format ------------------------------------------------------- */

static const char three[] = "# interleave-trace 1\n"
                            "# lesson=gather example=three\n"
                            "# clock=virtual policy=fifo seed=-\n"
                            "# cols: seconds task event detail\n"
                            "    0.000  -         spawn      main\n"
                            "    0.000  main      start\n"
                            "    0.000  main      spawn      A\n"
                            "    0.000  main      spawn      B\n"
                            "    0.000  main      spawn      C\n"
                            "    0.000  main      wait       gather(A,B,C)\n"
                            "    0.000  A         start\n"
                            "    0.000  A         say        \"factorial(2), i=2\"\n"
                            "    0.000  A         wait       sleep 1000ms\n"
                            "    0.000  B         start\n"
                            "    0.000  B         say        \"factorial(3), i=2\"\n"
                            "    0.000  B         wait       sleep 1000ms\n"
                            "    0.000  C         start\n"
                            "    0.000  C         say        \"factorial(4), i=2\"\n"
                            "    0.000  C         wait       sleep 1000ms\n"
                            "    1.000  -         clock      +1000ms\n"
                            "    1.000  A         wake       timer 1000ms\n"
                            "    1.000  B         wake       timer 1000ms\n"
                            "    1.000  C         wake       timer 1000ms\n"
                            "    1.000  A         resume\n"
                            "    1.000  A         say        \"factorial(2) = 2\"\n"
                            "    1.000  A         done       = 2\n"
                            "    1.000  B         resume\n"
                            "    1.000  B         say        \"factorial(3), i=3\"\n"
                            "    1.000  B         wait       sleep 1000ms\n"
                            "    1.000  C         resume\n"
                            "    1.000  C         say        \"factorial(4), i=3\"\n"
                            "    1.000  C         wait       sleep 1000ms\n"
                            "    2.000  -         clock      +1000ms\n"
                            "    2.000  B         wake       timer 1000ms\n"
                            "    2.000  C         wake       timer 1000ms\n"
                            "    2.000  B         resume\n"
                            "    2.000  B         say        \"factorial(3) = 6\"\n"
                            "    2.000  B         done       = 6\n"
                            "    2.000  C         resume\n"
                            "    2.000  C         say        \"factorial(4), i=4\"\n"
                            "    2.000  C         wait       sleep 1000ms\n"
                            "    3.000  -         clock      +1000ms\n"
                            "    3.000  C         wake       timer 1000ms\n"
                            "    3.000  C         resume\n"
                            "    3.000  C         say        \"factorial(4) = 24\"\n"
                            "    3.000  C         done       = 24\n"
                            "    3.000  main      wake       C done\n"
                            "    3.000  main      resume\n"
                            "    3.000  main      say        \"results [2, 6, 24]\"\n"
                            "    3.000  main      done\n"
                            "# end=ok tasks=4 turns=11 time=3.000 digest=a6823671\n";

Test(trace, is_written_as_it_was_read)
{
    struct trace trace = parse(three);
    char *text = written_as(&trace, &trace_format_text);

    cr_expect(eq(str, text, (char *)three));
    free(text);
    trace_close(&trace, TRACE_OK);
    cr_expect(eq(uint, trace.tail.tasks, 4));
    cr_expect(eq(u64, trace.tail.turns, 11));
    cr_expect(eq(i64, trace.tail.at_us, 3000000));
    trace_finish(&trace);
}

/* Every detail that can be written. */
static const char everything[] =
    "# interleave-trace 1\n"
    "# lesson=all example=words\n"
    "# clock=virtual policy=fifo seed=7\n"
    "# cols: seconds task event detail\n"
    "    0.000  -         spawn      main main_task\n"
    "    0.000  main      start\n"
    "    0.000  main      spawn      Task-2 count\n"
    "    0.000  main      spawn      producer_of_items\n"
    "    0.000  main      wait       gather(Task-2,producer_of_items)\n"
    "    0.000  main      wait       gather()\n"
    "    0.000  main      wait       wait(Task-2)\n"
    "    0.000  main      wait       shield(Task-2)\n"
    "    0.000  main      wait       group(producer_of_items,Task-2)\n"
    "    0.000  Task-2    start\n"
    "    0.000  Task-2    wait       sleep 0.125ms\n"
    "    0.000  producer_of_items  start\n"
    "    0.000  producer_of_items  wait       yield\n"
    "    0.000  Task-2    wait       join producer_of_items\n"
    "    0.000  Task-2    wait       wait_for main\n"
    "    0.000  Task-2    wait       wait_for\n"
    "    0.000  Task-2    wait       lock counter held by producer_of_items\n"
    "    0.000  Task-2    wait       lock held by main\n"
    "    0.000  Task-2    wait       lock counter\n"
    "    0.000  Task-2    wait       lock\n"
    "    0.000  Task-2    wait       semaphore requests\n"
    "    0.000  Task-2    wait       event trigger\n"
    "    0.000  Task-2    wait       queue items get\n"
    "    0.000  Task-2    wait       queue put\n"
    "    0.000  Task-2    wait       queue items join\n"
    "    0.000  Task-2    wait       queue join\n"
    "    0.000  Task-2    wait       as_completed\n"
    "    0.000  Task-2    wait       future\n"
    "   12.345  -         clock      +12345ms\n"
    "   12.345  Task-2    wake       timer 12345.678ms late 200ms\n"
    "   12.345  Task-2    wake       main done\n"
    "   12.345  Task-2    wake       future done\n"
    "   12.345  Task-2    wake       cancel by main\n"
    "   12.345  Task-2    wake       timeout\n"
    "   12.345  Task-2    wake       group by main\n"
    "   12.345  Task-2    wake       queue items by main\n"
    "   12.345  Task-2    wake       queue items\n"
    "   12.345  Task-2    wake       future\n"
    "   12.345  Task-2    wake       as_completed by main\n"
    "   12.345  Task-2    resume\n"
    "   12.345  Task-2    resume     sleep 1000ms over\n"
    "   12.345  Task-2    resume     sleep 0.5ms over late 200ms\n"
    "   12.345  Task-2    resume     yield over\n"
    "   12.345  Task-2    resume     main done\n"
    "   12.345  Task-2    resume     item done\n"
    "   12.345  Task-2    resume     future done\n"
    "   12.345  Task-2    resume     item from main\n"
    "   12.345  Task-2    resume     item\n"
    "   12.345  Task-2    resume     slot from producer_of_items\n"
    "   12.345  Task-2    resume     queue items join by main\n"
    "   12.345  Task-2    resume     queue items join\n"
    "   12.345  Task-2    resume     queue join by main\n"
    "   12.345  Task-2    resume     lock counter from main\n"
    "   12.345  Task-2    resume     lock from main\n"
    "   12.345  Task-2    resume     semaphore requests from main\n"
    "   12.345  Task-2    resume     event trigger by main\n"
    "   12.345  Task-2    resume     cancel by main\n"
    "   12.345  Task-2    resume     timeout\n"
    "   12.345  Task-2    resume     future setTimeout(500)\n"
    "   12.345  Task-2    acquire    counter\n"
    "   12.345  Task-2    acquire    requests free 0\n"
    "   12.345  Task-2    release    requests free 1\n"
    "   12.345  Task-2    put        items size 1\n"
    "   12.345  Task-2    get        items size 0\n"
    "   12.345  -         set        trigger\n"
    "   12.345  Task-2    timeout    after 1000ms\n"
    "   12.345  main      cancel     Task-2 timeout\n"
    "   12.345  main      cancel     Task-2 group\n"
    "   12.345  main      cancel     Task-2\n"
    "   12.345  -         cancel     main sigint\n"
    "   12.345  -         say        \"He said \\\"no\\\", C:\\\\ \"\n"
    "   12.345  -         say        \"\"\n"
    "   12.345  -         say        \"\\ttab, \\x1b[2J, \\x9b and \xc3\xa9\"\n"
    "   12.345  Task-2    busy       0.5ms\n"
    "   12.345  Task-2    fail       ValueError: \"bad\" value\\n\\x20\n"
    "   12.345  producer_of_items  cancelled\n"
    "   12.345  -         deadlock   A -> lock right (B) ; B -> lock left (A)\n"
    "   12.345  -         note       never-retrieved: Task exception\n"
    "   12.345  -         note       just so\n"
    "   12.345  Task-2    abandon    Task was destroyed but it is pending!\n"
    "99999.999  main      done       = 5\n";
static const char everything_end[] =
    "# end=error tasks=3 turns=4 time=99999.999 digest=";

Test(trace, goes_to_json_and_back_without_loss)
{
    struct trace first = parse(everything);
    first.tail = (struct trace_tail){ TRACE_ERROR, 3, 4, 99999999000 };
    char *text = written_as(&first, &trace_format_text);
    char *json = written_as(&first, &trace_format_jsonl);

    const char *end = text + strlen(everything);
    cr_assert(eq(int, strncmp(text, everything, strlen(everything)), 0), "%s", text);
    cr_expect(eq(int, strncmp(end, everything_end, strlen(everything_end)), 0));
    struct trace second = parse(json);
    char *again = written_as(&second, &trace_format_text);
    char *json_again = written_as(&second, &trace_format_jsonl);
    cr_expect(eq(str, again, text));
    cr_expect(eq(str, json_again, json));
    free(text);
    free(json);
    free(again);
    free(json_again);
    trace_finish(&first);
    trace_finish(&second);
}

Test(trace, has_the_numbers_that_text_leaves_out)
{
    struct trace trace = parse(everything);
    const struct trace_event *join = &trace.events[13];

    cr_expect(eq(str, join->task, "Task-2"));
    cr_expect(eq(int, join->id, 1));
    cr_expect(eq(uint, join->step, 1));
    cr_expect(eq(u64, join->turn, 3));
    cr_expect(eq(int, join->other_id, 2));
    cr_expect(eq(int, trace.events[11].id, 2));
    trace_finish(&trace);
}

/* Two names that are the same in the width of the column are still two tasks. */
Test(trace, keeps_long_names_whole)
{
    static const char text[] = "    0.000  -         spawn      worker-10\n"
                               "    0.000  -         spawn      worker-11\n"
                               "    0.000  -         spawn      worker-~\n"
                               "    0.000  worker-10  start\n"
                               "    0.000  worker-11  start\n"
                               "    0.000  worker-~  start\n"
                               "    0.000  worker-12  start\n"
                               "    0.000  worker-11  done       = 1\n"
                               "    0.000  worker-10  cancelled\n";
    struct trace trace = parse(text);
    static const int ids[] = { -1, -1, -1, 0, 1, 2, -1, 1, 0 };
    char *again = written(&trace, (struct trace_writer){
                                      .format = &trace_format_text,
                                      .level = LEVEL_LOOP,
                                      .bare = true,
                                  });

    for (size_t i = 0; i < trace.count; i++)
        cr_expect(eq(int, trace.events[i].id, ids[i]), "event %zu", i);
    cr_expect(eq(str, trace.events[6].task, "worker-12"));
    cr_expect(eq(str, again, (char *)text));
    free(again);
    trace_finish(&trace);
}

Test(trace, shows_more_or_less_of_itself)
{
    struct trace trace = parse(three);
    char *say = written(&trace, (struct trace_writer){
                                    .format = &trace_format_text,
                                    .level = LEVEL_SAY,
                                    .bare = true,
                                });
    char *task = written(&trace, (struct trace_writer){
                                     .format = &trace_format_text,
                                     .level = LEVEL_TASK,
                                     .bare = true,
                                 });

    cr_expect(eq(str, say,
                 "    0.000  A         say        \"factorial(2), i=2\"\n"
                 "    0.000  B         say        \"factorial(3), i=2\"\n"
                 "    0.000  C         say        \"factorial(4), i=2\"\n"
                 "    1.000  A         say        \"factorial(2) = 2\"\n"
                 "    1.000  B         say        \"factorial(3), i=3\"\n"
                 "    1.000  C         say        \"factorial(4), i=3\"\n"
                 "    2.000  B         say        \"factorial(3) = 6\"\n"
                 "    2.000  C         say        \"factorial(4), i=4\"\n"
                 "    3.000  C         say        \"factorial(4) = 24\"\n"
                 "    3.000  main      say        \"results [2, 6, 24]\"\n"));
    cr_expect(strstr(task, " wake ") == NULL);
    cr_expect(strstr(task, " clock ") == NULL);
    cr_expect(strstr(task, " resume") != NULL);
    free(say);
    free(task);
    trace_finish(&trace);
}

/* On the real clock two runs take different times, and may have the same events. */
Test(trace, of_real_time_has_microseconds_and_a_digest_without)
{
    static const char head[] = "# interleave-trace 1\n# lesson=a example=b\n"
                               "# clock=real policy=fifo seed=-\n"
                               "# cols: seconds task event detail\n";
    char *one = text_format("%s  0.000001  main      start\n# end=ok tasks=0 turns=1 "
                            "time=0.000001 digest=00000000\n",
                            head);
    char *two = text_format("%s 10.123456  main      start\n# end=ok tasks=0 turns=1 "
                            "time=10.123456 digest=00000000\n",
                            head);
    struct trace first = parse(one), second = parse(two);
    char *first_text = written_as(&first, &trace_format_text);
    char *second_text = written_as(&second, &trace_format_text);

    cr_expect(eq(int, strncmp(first_text, one, strlen(one) - 9), 0), "%s", first_text);
    cr_expect(eq(int, strncmp(second_text, two, strlen(two) - 9), 0), "%s",
              second_text);
    cr_expect(eq(str, strstr(first_text, "digest="), strstr(second_text, "digest=")));
    free(one);
    free(two);
    free(first_text);
    free(second_text);
    trace_finish(&first);
    trace_finish(&second);
}

Test(trace, of_every_example_survives_both_formats)
{
    for (size_t i = 0; i < example_count; i++) {
        const struct play play = {};
        struct trace recorded = {};
        play_head(&play, &examples[i], &recorded.head);
        play_run(&play, &examples[i], &recorded);
        char *text = written_as(&recorded, &trace_format_text);
        char *json = written_as(&recorded, &trace_format_jsonl);
        struct trace from_text = parse(text), from_json = parse(json);
        char *json_of_text = written_as(&from_text, &trace_format_jsonl);
        char *text_of_json = written_as(&from_json, &trace_format_text);
        char *json_of_json = written_as(&from_json, &trace_format_jsonl);
        struct trace back = parse(json_of_text);
        char *text_again = written_as(&back, &trace_format_text);

        cr_expect(eq(str, text_of_json, text), "%s", examples[i].name);
        cr_expect(eq(str, json_of_json, json), "%s", examples[i].name);
        cr_expect(eq(str, text_again, text), "%s", examples[i].name);
        char *texts[] = { text,         json,         json_of_text,
                          text_of_json, json_of_json, text_again };
        for (size_t j = 0; j < sizeof(texts) / sizeof(*texts); j++)
            free(texts[j]);
        trace_finish(&recorded);
        trace_finish(&from_text);
        trace_finish(&from_json);
        trace_finish(&back);
    }
}

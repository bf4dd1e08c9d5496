/* summary.c — a run in a sentence or two. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/views/summary.h"
#include "tests/support/traces.h"

static const char three[] = "    0.000  -         spawn      main\n"
                            "    0.000  main      start\n"
                            "    0.000  main      spawn      A\n"
                            "    0.000  main      spawn      B\n"
                            "    0.000  main      spawn      C\n"
                            "    0.000  main      wait       gather(A,B,C)\n"
                            "    0.000  A         start\n"
                            "    0.000  A         wait       sleep 1000ms\n"
                            "    0.000  B         start\n"
                            "    0.000  B         wait       sleep 1000ms\n"
                            "    0.000  C         start\n"
                            "    0.000  C         wait       sleep 1000ms\n"
                            "    1.000  A         resume\n"
                            "    1.000  A         done       = 2\n"
                            "    1.000  B         resume\n"
                            "    1.000  B         wait       sleep 1000ms\n"
                            "    1.000  C         resume\n"
                            "    1.000  C         wait       sleep 1000ms\n"
                            "    2.000  B         resume\n"
                            "    2.000  B         done       = 6\n"
                            "    2.000  C         resume\n"
                            "    2.000  C         wait       sleep 1000ms\n"
                            "    3.000  C         resume\n"
                            "    3.000  C         done       = 24\n"
                            "    3.000  main      resume\n"
                            "    3.000  main      done\n";

static const char blocking[] = "    0.000  -         spawn      main\n"
                               "    0.000  main      start\n"
                               "    0.000  main      spawn      tick\n"
                               "    0.000  main      spawn      hog\n"
                               "    0.000  main      wait       gather(tick,hog)\n"
                               "    0.000  tick      start\n"
                               "    0.000  tick      wait       sleep 100ms\n"
                               "    0.000  hog       start\n"
                               "    0.000  hog       wait       sleep 100ms\n"
                               "    0.100  tick      resume\n"
                               "    0.100  tick      wait       sleep 100ms\n"
                               "    0.100  hog       resume\n"
                               "    0.400  hog       busy       300ms\n"
                               "    0.400  hog       spawn      late\n"
                               "    0.400  hog       busy       100ms\n"
                               "    0.500  hog       done\n"
                               "    0.500  tick      resume\n"
                               "    0.500  tick      fail       ValueError\n"
                               "    0.500  late      start\n"
                               "    0.500  late      wait       yield\n"
                               "    0.600  main      cancel     late\n"
                               "    0.600  late      resume\n"
                               "    0.600  late      cancelled\n"
                               "    0.600  main      resume\n"
                               "    0.600  main      done\n";

static void expect_summary(const char *text, const char *expected)
{
    struct trace trace = parse(text);

    trace_close(&trace, TRACE_OK);
    char *sentence = summary_of(&trace);
    cr_expect(eq(str, sentence, (char *)expected));
    free(sentence);
    trace_finish(&trace);
}

Test(summary, counts_sleepers_and_how_long_they_slept)
{
    expect_summary(three, "3 tasks slept 6 s in total; the example took 3 s.");
    expect_summary("    0.000  -         spawn      A\n"
                   "    0.000  A         start\n"
                   "    0.500  A         done\n",
                   "No task slept; the example took 0.5 s.");
}

/* A task is not asleep any more while it is late, nor after it was woken early. */
Test(summary, counts_no_sleep_that_was_none)
{
    expect_summary(blocking, "2 tasks slept 0.3 s in total; the example took 0.6 s.");
    expect_summary("    0.000  -         spawn      A\n"
                   "    0.000  A         start\n"
                   "    0.000  A         wait       sleep 5000ms\n"
                   "    1.000  A         resume\n"
                   "    1.000  A         cancelled\n",
                   "Only A slept, 1 s in total; the example took 1 s.");
}

Test(summary, names_the_tasks_of_a_deadlock)
{
    expect_summary(
        "    0.000  -         spawn      main\n"
        "    0.000  main      start\n"
        "    0.000  main      spawn      Task-2 producer\n"
        "    0.000  main      spawn      Task-3 other\n"
        "    0.000  main      wait       gather(Task-2,Task-3)\n"
        "    0.000  Task-2    start\n"
        "    0.000  Task-2    wait       queue items get\n"
        "    0.000  Task-3    start\n"
        "    0.000  Task-3    wait       sleep 500ms\n"
        "    0.500  Task-3    resume\n"
        "    0.500  Task-3    done\n"
        "    0.500  -         deadlock   main -> gather (Task-2)\n"
        "    0.500  Task-2    resume\n"
        "    0.500  Task-2    cancelled\n",
        "Only Task-3 other slept, 0.5 s in total; the example took 0.5 s. "
        "Deadlock: no task can wake another, and asyncio would wait forever. "
        "main waits for gather(Task-2,Task-3); "
        "Task-2 producer waits for queue items get.");
}

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
    expect_summary("    0.000  -         spawn      main\n"
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
                   "Deadlock: main waits for Task-2 producer; "
                   "Task-2 producer waits for an item from queue items. "
                   "No task, timer or input can wake them: asyncio would hang here.");
}

static void expect_deadlock(const char *text, const char *expected)
{
    struct trace trace = parse(text);
    char *sentence = deadlock_of(&trace);

    cr_expect(eq(str, sentence, (char *)expected));
    free(sentence);
    trace_finish(&trace);
}

Test(summary, says_who_waits_for_whom)
{
    expect_deadlock(three, "");
    expect_deadlock("    0.000  -         spawn      main\n"
                    "    0.000  main      spawn      A transfer\n"
                    "    0.000  main      spawn      B transfer\n"
                    "    0.000  main      wait       join A\n"
                    "    0.000  A         start\n"
                    "    0.000  A         acquire    left\n"
                    "    0.000  A         wait       sleep 10ms\n"
                    "    0.000  B         start\n"
                    "    0.000  B         acquire    right\n"
                    "    0.000  B         wait       lock left held by A\n"
                    "    0.010  A         resume     sleep 10ms over\n"
                    "    0.010  A         wait       lock right held by B\n"
                    "    0.010  -         deadlock   A -> right (B) ; B -> left (A)\n",
                    "Deadlock: main waits for A transfer; "
                    "A transfer waits for lock right, held by B transfer; "
                    "B transfer waits for lock left, held by A transfer. "
                    "No task, timer or input can wake them: asyncio would hang here.");
    expect_deadlock("    0.000  -         spawn      main\n"
                    "    0.000  main      start\n"
                    "    0.000  main      wait       queue items put\n"
                    "    0.010  -         deadlock   main -> queue items put\n",
                    "Deadlock: main waits for a free slot in queue items. "
                    "No task, timer or input can wake them: asyncio would hang here.");
    expect_deadlock("    0.000  -         spawn      main\n"
                    "    0.000  main      start\n"
                    "    0.000  main      wait       event go\n"
                    "    0.010  -         deadlock   main -> event go\n",
                    "Deadlock: main waits for event go. "
                    "No task, timer or input can wake them: asyncio would hang here.");
}

Test(summary, counts_the_tasks_of_a_deadlock_that_it_does_not_name)
{
    char *text, *sentence;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    for (int i = 0; i < 12; i++)
        fprintf(out, "    0.000  -         spawn      T%d\n", i);
    fputs("    0.000  T0        wait       gather(T1,T2,T3,T4,T5,T6,T7,T8,T9,T10)\n",
          out);
    for (int i = 1; i < 12; i++)
        fprintf(out, "    0.000  T%d        wait       event go\n", i);
    fputs("    0.000  -         deadlock   T0 -> gather\n", out);
    fclose(out);
    struct trace trace = parse(text);
    sentence = deadlock_of(&trace);
    cr_expect(strstr(sentence,
                     "T0 waits for T1, T2, T3, T4, T5, T6, T7, T8 and 2 more; "
                     "T1 waits") != NULL,
              "%s", sentence);
    cr_expect(strstr(sentence, "T7 waits for event go; 4 more tasks wait. No task") !=
                  NULL,
              "%s", sentence);
    free(text);
    free(sentence);
    trace_finish(&trace);
}

/* timeline.c and rows.c — the charts of traces written by hand. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "tests/support/charts.h"

static const struct term narrow = { .width = 64 };
static const struct term narrow_unicode = { .width = 64, .unicode = true };

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

Test(timeline, draws_a_row_for_each_task)
{
    expect_chart(three, narrow_unicode,
                 "s      0             0.75          1.5          2.25          3\n"
                 "       ┬─────────────┬─────────────┬────────────┬─────────────┬\n"
                 "main   ●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄✔\n"
                 "A      ●─────────────────✔\n"
                 "B      ●─────────────────●──────────────────✔\n"
                 "C      ●─────────────────●──────────────────●─────────────────✔\n"
                 "  ● runs  ─ sleeps  ┄ waits for others  ✔ done\n");
}

Test(timeline, has_a_shape_for_everything_in_ascii_too)
{
    expect_chart(three, narrow,
                 "s      0             0.75          1.5          2.25          3\n"
                 "       +-------------+-------------+------------+-------------+\n"
                 "main   *......................................................D\n"
                 "A      *-----------------D\n"
                 "B      *-----------------*------------------D\n"
                 "C      *-----------------*------------------*-----------------D\n"
                 "  * runs  - sleeps  . waits for others  D done\n");
}

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
                               "    0.500  hog       busy       100ms\n"
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

Test(timeline, shows_which_task_computes_and_which_is_late)
{
    expect_chart(blocking, narrow,
                 "s      0             0.15          0.3          0.45        0.6\n"
                 "       +-------------+-------------+------------+-------------+\n"
                 "main   *......................................................D\n"
                 "tick   *--------*--------!!!!!!!!!!!!!!!!!!!!!!!!!!!!X\n"
                 "hog    *--------#####################################D\n"
                 "late                                        =========*=======cC\n"
                 "  * runs  - sleeps  . waits for others  # busy  ! due but late\n"
                 "  = ready  c asked to cancel  D done  X failed  C cancelled\n");
}

Test(timeline, has_rows_in_the_colours_of_their_tasks)
{
    char *drawn = chart(three, (struct term){ .width = 64, .colours = COLOURS_8 });

    cr_expect(strstr(drawn,
                     "\n\033[33mA\033[0m      \033[33m*\033[0m"
                     "\033[2;33m-----------------\033[0m\033[1;33mD\033[0m\n") != NULL,
              "%s", drawn);
    cr_expect(strstr(drawn, "\n\033[35mB\033[0m ") != NULL, "%s", drawn);
    free(drawn);
}

/* On a terminal each shape is what it is in a pipe: colour adds nothing. */
Test(timeline, means_the_same_without_colour)
{
    char *plain = chart(blocking, narrow);
    char *drawn = chart(blocking, (struct term){ .width = 64, .colours = COLOURS_256 });
    char *end = drawn;

    for (const char *s = drawn; *s; s++) {
        if (*s == '\033')
            s = strchr(s, 'm');
        else
            *end++ = *s;
    }
    *end = '\0';
    cr_expect(eq(str, drawn, plain));
    free(plain);
    free(drawn);
}

Test(timeline, names_the_coroutine_of_a_task)
{
    static const char text[] = "    0.000  -         spawn      main\n"
                               "    0.000  main      start\n"
                               "    0.000  main      spawn      Task-2 set_result\n"
                               "    0.000  Task-2    start\n"
                               "    0.000  Task-2    done\n"
                               "    0.000  main      done\n";

    expect_chart(text, (struct term){ .width = 80 },
                 "s                 0\n"
                 "                  +\n"
                 "main              D\n"
                 "Task-2 set_result D\n"
                 "  D done\n"
                 "No time passes: all of this happens at 0 s.\n");
    expect_chart(text, (struct term){ .width = 40 },
                 "s            0\n"
                 "             +\n"
                 "main         D\n"
                 "Task-2 set_~ D\n"
                 "  D done\n"
                 "No time passes: all of this happens at 0 s.\n");
}

Test(timeline, cuts_long_names_and_needs_no_time)
{
    expect_chart("    0.000  -         spawn      a_very_long_task_name\n"
                 "    0.000  a_very_long_task_name  start\n"
                 "    0.000  a_very_long_task_name  done\n",
                 narrow,
                 "s               0\n"
                 "                +\n"
                 "a_very_long_ta~ D\n"
                 "  D done\n"
                 "No time passes: all of this happens at 0 s.\n");
}

/* The clock of a text is exact to the millisecond, and so is what it can show. */
Test(timeline, calls_no_task_late_by_what_a_text_leaves_out)
{
    expect_chart("    0.000  -         spawn      A\n"
                 "    0.000  A         start\n"
                 "    0.000  A         wait       sleep 1.6ms\n"
                 "    0.002  A         resume\n"
                 "    0.002  A         wait       sleep 1.6ms\n"
                 "    0.003  A         resume\n"
                 "    0.003  A         wait       sleep 1.6ms\n"
                 "    0.005  A         resume\n"
                 "    0.005  A         done\n",
                 (struct term){ .width = 40 },
                 "s      0       0.00125 0.0025     0.005\n"
                 "       +-------+-------+------+-------+\n"
                 "A      *-----------*------*-----------D\n"
                 "  * runs  - sleeps  D done\n");
}

static const char outside[] = "    0.000  -         say        \"One\"\n"
                              "    1.000  -         busy       1000ms\n"
                              "    1.000  -         spawn      main\n"
                              "    1.000  main      start\n"
                              "    1.000  main      wait       sleep 1000ms\n"
                              "    2.000  main      resume\n"
                              "    2.000  main      done\n"
                              "    3.000  -         busy       1000ms\n"
                              "    4.000  -         busy       1000ms\n";

Test(timeline, has_one_row_for_what_blocks_outside_of_tasks)
{
    expect_chart(outside, (struct term){ .width = 49 },
                 "s      0         1         2         3         4\n"
                 "       +---------+---------+---------+---------+\n"
                 "-      ##########          ####################\n"
                 "main             *---------D\n"
                 "  * runs  - sleeps  # busy  D done\n");
}

Test(timeline, draws_nothing_of_a_trace_without_tasks)
{
    expect_chart("    0.000  -         say        \"hello\"\n", narrow, "");
}

/* Of the lines that a filter took away nothing is made up. */
Test(timeline, draws_what_a_filter_left)
{
    expect_chart("    0.000  A         start\n"
                 "    0.000  B         say        \"one\"\n"
                 "    1.000  A         done\n",
                 (struct term){ .width = 40 },
                 "s      0       0.25    0.5    0.75    1\n"
                 "       +-------+-------+------+-------+\n"
                 "A      *                              D\n"
                 "  * runs  D done\n");
    expect_chart("    0.000  A         start\n"
                 "    0.000  A         wait       sleep 250ms\n"
                 "    0.500  A         wait       lock L\n"
                 "    0.750  A         resume\n"
                 "    0.800  B         wait       yield\n"
                 "    1.000  A         done\n"
                 "    1.000  B         cancelled\n",
                 (struct term){ .width = 40 },
                 "s      0       0.25    0.5    0.75    1\n"
                 "       +-------+-------+------+-------+\n"
                 "A      *               .......*       D\n"
                 "B                                     C\n"
                 "  * runs  . waits for others  D done\n"
                 "  C cancelled\n");
}

/* The time between a sleep's end and the next line may belong to lines that are gone.
 */
Test(timeline, makes_up_nothing_where_the_digest_does_not_fit)
{
    expect_chart("# interleave-trace 1\n"
                 "    0.000  A         start\n"
                 "    0.000  A         wait       sleep 250ms\n"
                 "    0.500  B         start\n"
                 "    0.500  B         wait       lock L\n"
                 "    0.500  A         resume\n"
                 "    1.000  A         done\n"
                 "# end=ok tasks=0 turns=1 time=1.000 digest=00000000\n",
                 (struct term){ .width = 40 },
                 "s      0       0.25    0.5    0.75    1\n"
                 "       +-------+-------+------+-------+\n"
                 "A      *-------        *              D\n"
                 "B                      *\n"
                 "  * runs  - sleeps  D done\n");
}

/* On the real clock running takes time that no line tells. */
Test(timeline, shows_what_ran_for_long_on_the_real_clock)
{
    expect_chart("# interleave-trace 1\n"
                 "# clock=real policy=fifo seed=-\n"
                 "  0.000000  -         spawn      A\n"
                 "  0.000000  A         start\n"
                 "  1.000000  A         done\n"
                 "# end=ok tasks=1 turns=1 time=1.000000 digest=28999bae\n",
                 (struct term){ .width = 40 },
                 "s      0       0.25    0.5    0.75    1\n"
                 "       +-------+-------+------+-------+\n"
                 "A      ###############################D\n"
                 "  # busy  D done\n");
}

static void expect_timeline(const char *text, unsigned width, enum timeline expected)
{
    struct trace trace = parse(text);
    char *drawn;
    size_t size;
    FILE *out = open_memstream(&drawn, &size);

    enum timeline timeline =
        timeline_print(out, &trace, NULL, &(struct term){ .width = width });
    fclose(out);
    cr_expect(eq(int, (int)timeline, (int)expected), "%s", text);
    bool nothing = expected == TIMELINE_EMPTY || expected == TIMELINE_NARROW;
    cr_expect(eq(int, size == 0, nothing), "%s", drawn);
    free(drawn);
    trace_finish(&trace);
}

Test(timeline, returns_how_much_it_could_draw)
{
    expect_timeline(three, 64, TIMELINE_WHOLE);
    expect_timeline(three, 40, TIMELINE_WHOLE);
    expect_timeline(three, 39, TIMELINE_NARROW);
    expect_timeline("    0.000  A         say        \"one\"\n", 64, TIMELINE_EMPTY);
    expect_timeline("    0.000  -         spawn      A\n", 64, TIMELINE_OPEN);
    expect_timeline("    0.000  A         wait       yield\n", 64, TIMELINE_OPEN);
    expect_timeline("    0.000  A         start\n    0.000  A         fail\n", 64,
                    TIMELINE_WHOLE);
    expect_timeline("    0.000  A         start\n    0.000  A         abandon\n", 64,
                    TIMELINE_WHOLE);
}

/* ---- a part of a trace ------------------------------------------------------- */

static void expect_part(int64_t from_us, int64_t to_us, const char *expected)
{
    struct trace trace = parse(three);
    char *drawn;
    size_t size;
    FILE *out = open_memstream(&drawn, &size);

    timeline_print(out, &trace, &(struct stretch){ from_us, to_us },
                   &(struct term){ .width = 40 });
    fclose(out);
    cr_expect(eq(str, drawn, (char *)expected));
    free(drawn);
    trace_finish(&trace);
}

Test(timeline, draws_a_part_of_a_trace)
{
    expect_part(500000, 2500000,
                "s      0.5     1       1.5    2     2.5\n"
                "       +-------+-------+------+-------+\n"
                "main   ................................\n"
                "A      --------D\n"
                "B      --------*--------------D\n"
                "C      --------*--------------*--------\n"
                "  * runs  - sleeps  . waits for others\n"
                "  D done\n");
}

Test(timeline, leaves_out_tasks_that_do_nothing_in_a_part)
{
    expect_part(1500000, 2500000,
                "s      1.5     1.75    2      2.25  2.5\n"
                "       +-------+-------+------+-------+\n"
                "main   ................................\n"
                "B      ----------------D\n"
                "C      ----------------*---------------\n"
                "  * runs  - sleeps  . waits for others\n"
                "  D done\n");
}

Test(timeline, says_where_no_time_passes)
{
    expect_part(1000000, 1000000,
                "s      1\n"
                "       +\n"
                "main   .\n"
                "A      D\n"
                "B      *\n"
                "C      *\n"
                "  * runs  . waits for others  D done\n"
                "No time passes: all of this happens at 1 s.\n");
}

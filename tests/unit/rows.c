/* rows.c — which rows a chart has, and what is marked in them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "tests/support/charts.h"

/* In one row the second main would look like the first one, alive after its end. */
Test(rows, gives_each_life_of_a_name_a_row)
{
    expect_chart("    0.000  -         spawn      main\n"
                 "    0.000  main      start\n"
                 "    0.000  main      done\n"
                 "    0.000  -         spawn      main\n"
                 "    0.000  main      start\n"
                 "    0.000  main      wait       sleep 2000ms\n"
                 "    2.000  main      resume\n"
                 "    2.000  main      done\n",
                 (struct term){ .width = 40 },
                 "s        0      0.5     1      1.5    2\n"
                 "         +------+-------+------+------+\n"
                 "main     D\n"
                 "main (2) *----------------------------D\n"
                 "  * runs  - sleeps  D done\n");
}

/* A later task in the same row would be drawn as if it were the first one. */
Test(rows, gives_another_coroutine_a_row_of_its_own)
{
    expect_chart("    0.000  -         spawn      main one\n"
                 "    0.000  main      start\n"
                 "    0.000  main      wait       sleep 1000ms\n"
                 "    1.000  main      resume\n"
                 "    1.000  main      done\n"
                 "    1.000  -         spawn      main two\n"
                 "    1.000  main      start\n"
                 "    1.000  main      wait       sleep 1000ms\n"
                 "    2.000  main      resume\n"
                 "    2.000  main      done\n",
                 (struct term){ .width = 40 },
                 "s        0      0.5     1      1.5    2\n"
                 "         +------+-------+------+------+\n"
                 "main one *--------------D\n"
                 "main two                *-------------D\n"
                 "  * runs  - sleeps  D done\n");
}

/* ---- requests, and tasks that never end ------------------------------------- */

Test(rows, marks_time_limits_requests_and_abandoned_tasks)
{
    static const char text[] = "    0.000  -         spawn      main\n"
                               "    0.000  main      start\n"
                               "    0.000  main      spawn      A\n"
                               "    0.000  main      spawn      B\n"
                               "    0.000  main      wait       wait_for A\n"
                               "    0.000  A         start\n"
                               "    0.000  A         wait       sleep 9000ms\n"
                               "    0.000  B         start\n"
                               "    0.000  B         wait       event E\n"
                               "    0.500  main      resume     timeout\n"
                               "    0.500  main      cancel     A\n"
                               "    0.500  main      wait       sleep 500ms\n"
                               "    0.500  A         resume     cancel by main\n"
                               "    0.500  A         wait       sleep 250ms\n"
                               "    0.750  A         resume     sleep 250ms over\n"
                               "    0.750  A         done\n"
                               "    1.000  main      timeout    after 1000ms\n"
                               "    1.000  main      resume     timeout\n"
                               "    1.000  main      done\n"
                               "    1.000  B         abandon\n";

    expect_chart(text, (struct term){ .width = 40 },
                 "s      0       0.25    0.5    0.75    1\n"
                 "       +-------+-------+------+-------+\n"
                 "main   *...............T-------------TD\n"
                 "A      *---------------c------D\n"
                 "B      *..............................A\n"
                 "  * runs  - sleeps  . waits for others\n"
                 "  c asked to cancel  T timed out\n"
                 "  D done  A abandoned\n");
    expect_chart(text, (struct term){ .width = 40, .unicode = true },
                 "s      0       0.25    0.5    0.75    1\n"
                 "       ┬───────┬───────┬──────┬───────┬\n"
                 "main   ●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄◷─────────────◷✔\n"
                 "A      ●───────────────⊖──────✔\n"
                 "B      ●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄◌\n"
                 "  ● runs  ─ sleeps  ┄ waits for others\n"
                 "  ⊖ asked to cancel  ◷ timed out\n"
                 "  ✔ done  ◌ abandoned\n");
}

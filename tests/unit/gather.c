/* gather.h: results, first error, settling, and the events of a wait. How gather
 * behaves in asyncio, to the iteration, is in facts/gather.c, gather_siblings.c and
 * gather_nested.c there.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

struct fails {
    double seconds;
};

static int fails(void *frame)
{
    await(co_sleep(((const struct fails *)frame)->seconds));
    return co_raise(CO_EVALUE, "after %g", ((const struct fails *)frame)->seconds);
}

static int gathers(void *)
{
    co_task *slow = co_spawn(sleeper, 2, 7), *fast = co_spawn(sleeper, 1, 8);

    line("%d", await(co_gather(slow, fast)));
    ev("%d %d", co_result(slow), co_result(fast));
    return 0;
}

Test(gather, waits_for_all_and_leaves_the_results_in_the_tasks)
{
    expect(gathers, "0\n"
                    "t=2 7 8\n");
}

Test(gather, emits_a_wait_and_a_wake_up)
{
    expect_events(gathers, "wait wake",
                  "Task-1 wait gather\n"
                  "Task-2 wait sleep =2000000000\n"
                  "Task-3 wait sleep =1000000000\n"
                  "Task-3 wake timer =1000000000\n"
                  "Task-2 wake timer =2000000000\n"
                  "Task-1 wake done (Task-2)\n");
}

static int one_fails(void *)
{
    co_task *task = co_spawn(sleeper, 3, 7);

    int r = attempt(co_gather(task, co_spawn(fails, 2), co_spawn(fails, 1)));
    ev("%s %s", py_repr(r).s, py_bool(co_done(task)));
    line("%d", await(co_join(task)));
    return 0;
}

Test(gather, returns_the_first_error_while_the_other_tasks_run_on)
{
    expect(one_fails, "t=1 ValueError('after 1') False\n"
                      "7\n");
}

static int settles(void *)
{
    co_task *failing = co_spawn(fails, 1), *task = co_spawn(sleeper, 2, 7);

    line("%d", await(co_settle(failing, task)));
    ev("%s %s %d", py_exception(co_result(failing)), co_reason(failing),
       co_result(task));
    return 0;
}

Test(gather, that_settles_waits_for_all_and_returns_no_error_of_theirs)
{
    expect(settles, "0\n"
                    "t=2 ValueError after 1 7\n");
}

static int as_a_future(void *)
{
    co_task *task = co_spawn(sleeper, 1, 7);
    co_future *future = co_gather_future(task);

    line("%s", py_bool(co_done(future)));
    line("%d", await(co_join(future)));
    line("%s", py_exception(co_future_set(future, 1)));
    return 0;
}

Test(gather, as_a_future_completes_itself)
{
    expect(as_a_future, "False\n"
                        "0\n"
                        "RuntimeError\n");
}

/* ---- spawned in the arguments -------------------------------------------- */

static int spawns_in_the_arguments(void *)
{
    await(co_gather(co_spawn(ev_task, "A"), co_spawn(ev_task, "B"),
                    co_spawn(ev_task, "C")));
    return await(co_settle(co_spawn(ev_task, "D"), co_spawn(ev_task, "E")));
}

/* C leaves it open; both compilers go from left to right. */
Test(gather, spawns_its_arguments_from_left_to_right)
{
    expect(spawns_in_the_arguments, "t=0 A\nt=0 B\nt=0 C\nt=0 D\nt=0 E\n");
}

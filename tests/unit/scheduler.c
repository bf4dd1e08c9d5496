/* core/scheduler.c: the turns of tasks: when each begins, what it is counted as, and
 * which events it emits. More is in facts/task_order.c and facts/loop_iteration.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

struct three_turns {
};

static int three_turns(void *)
{
    for (int i = 1; i < 3; i++) {
        evi("%s turn %u", co_name(co_self()), co_turns(co_self()));
        await(co_sleep(0));
    }
    evi("%s turn %u", co_name(co_self()), co_turns(co_self()));
    return 7;
}

static int two_tasks(void *)
{
    return await(co_gather(co_spawn(three_turns), co_spawn(three_turns)));
}

Test(scheduler, gives_each_ready_task_one_turn_an_iteration)
{
    expect(two_tasks, "i=2 Task-2 turn 1\n"
                      "i=2 Task-3 turn 1\n"
                      "i=3 Task-2 turn 2\n"
                      "i=3 Task-3 turn 2\n"
                      "i=4 Task-2 turn 3\n"
                      "i=4 Task-3 turn 3\n");
}

Test(scheduler, emits_start_resume_and_done)
{
    expect_events(two_tasks, "start resume done",
                  "Task-1 start\n"
                  "Task-2 start\n"
                  "Task-3 start\n"
                  "Task-2 resume\n"
                  "Task-3 resume\n"
                  "Task-2 resume\n"
                  "Task-2 done =7\n"
                  "Task-3 resume\n"
                  "Task-3 done =7\n"
                  "Task-1 resume\n"
                  "Task-1 done\n");
}

struct fails {
};

static int fails(void *) { return co_raise(CO_EVALUE, "why"); }

static int three_ends(void *)
{
    co_task *failing = co_spawn(fails), *cancelled = co_spawn(sleeper, 1, 0);

    co_cancel_with(cancelled, "not needed");
    await(co_settle(failing, cancelled));
    return 0;
}

Test(scheduler, emits_how_a_task_ends)
{
    expect_events(three_ends, "done fail cancelled",
                  "Task-2 fail: why =-5005\n"
                  "Task-3 cancelled: not needed =-125\n"
                  "Task-1 done\n");
}

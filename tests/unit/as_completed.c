/* as_completed.h: which task is next, and what the end looks like. How as_completed
 * behaves in asyncio is in facts/as_completed.c and facts/as_completed_late.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int in_order_of_completion(void *)
{
    co_task *tasks[] = { co_spawn(sleeper, 2, 7), co_spawn(sleeper, 1, 8) };
    finally(co_as_completed_finish) co_as_completed completed;
    co_task *task;

    co_as_completed_init(&completed, tasks, 2, CO_FOREVER);
    for (int i = 0; i < 2; i++) {
        int r = await(co_as_completed_next(&completed, &task));
        ev("%d %s", r, py_bool(task == tasks[1 - i]));
    }
    line("%s", py_exception(attempt(co_as_completed_next(&completed, &task))));
    return 0;
}

Test(as_completed, returns_results_as_they_arrive_and_then_stops)
{
    expect(in_order_of_completion, "t=1 8 True\n"
                                   "t=2 7 True\n"
                                   "StopAsyncIteration\n");
}

static int too_late(void *)
{
    co_task *tasks[] = { co_spawn(sleeper, 2, 7) };
    finally(co_as_completed_finish) co_as_completed completed;
    co_task *task = tasks[0];

    co_as_completed_init(&completed, tasks, 1, 1);
    int r = attempt(co_as_completed_next(&completed, &task));
    ev("%s %s %s", py_exception(r), py_bool(task == NULL), py_bool(co_done(tasks[0])));
    return await(co_join(tasks[0]));
}

Test(as_completed, names_no_task_when_the_time_is_over)
{
    expect(too_late, "t=1 TimeoutError True False\n");
}

static int left_early(void *)
{
    co_task *tasks[] = { co_spawn(sleeper, 1, 7), co_spawn(sleeper, 2, 8) };

    {
        finally(co_as_completed_finish) co_as_completed completed;
        co_task *task;
        co_as_completed_init(&completed, tasks, 2, CO_FOREVER);
        await(co_as_completed_next(&completed, &task));
    }
    ev("%d", await(co_join(tasks[1])));
    return 0;
}

Test(as_completed, may_be_finished_before_the_tasks_are_done)
{
    expect(left_early, "t=2 8\n");
}

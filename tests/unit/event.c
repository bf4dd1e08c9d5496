/* event.h: setting, clearing, waiting, and the event that is emitted. How events behave
 * in asyncio, to the iteration, is in facts/event.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

struct waits {
    co_event *event;
};

static int waits(void *frame)
{
    int r = await(co_event_wait(((const struct waits *)frame)->event));

    ev("%s %d", co_name(co_self()), r);
    return 0;
}

static int set_wakes_all(void *)
{
    static co_event event;

    co_event_init(&event);
    event.name = "E";
    co_task *first = co_spawn(waits, &event), *second = co_spawn(waits, &event);
    await(co_sleep(1));
    co_event_set(&event);
    co_event_set(&event);
    return await(co_gather(first, second));
}

Test(event, wakes_all_waiting_tasks_in_order)
{
    expect(set_wakes_all, "t=1 Task-2 0\n"
                          "t=1 Task-3 0\n");
}

Test(event, emits_only_the_set_that_changes_it)
{
    expect_events(set_wakes_all, "set", "Task-1 set event E\n");
}

static int clear_blocks_again(void *)
{
    co_event event;

    co_event_init(&event);
    line("%s", py_bool(co_event_is_set(&event)));
    co_event_set(&event);
    line("%s %d", py_bool(co_event_is_set(&event)), await(co_event_wait(&event)));
    co_event_clear(&event);
    line("%s", py_bool(co_event_is_set(&event)));
    line("%s", py_exception(attempt(co_within(1, co_event_wait(&event)))));
    return 0;
}

Test(event, lets_no_task_pass_after_it_is_cleared)
{
    expect(clear_blocks_again, "False\n"
                               "True 0\n"
                               "False\n"
                               "TimeoutError\n");
}

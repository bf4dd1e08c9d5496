/* semaphore.h: values, errors, events. How semaphores behave in asyncio, to the
 * iteration, is in facts/semaphore.c and facts/semaphore_wakes.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

struct uses_a_slot {
    co_semaphore *semaphore;
};

static int uses_a_slot(void *frame)
{
    with_semaphore(((const struct uses_a_slot *)frame)->semaphore) {
        ev("%s", co_name(co_self()));
        await(co_sleep(1));
    }
    return 0;
}

static int two_at_a_time(void *)
{
    static co_semaphore semaphore;

    co_semaphore_init(&semaphore, 2);
    semaphore.name = "S";
    return await(co_gather(co_spawn(uses_a_slot, &semaphore),
                           co_spawn(uses_a_slot, &semaphore),
                           co_spawn(uses_a_slot, &semaphore)));
}

Test(semaphore, admits_as_many_tasks_as_its_value)
{
    expect(two_at_a_time, "t=0 Task-2\n"
                          "t=0 Task-3\n"
                          "t=1 Task-4\n");
}

Test(semaphore, emits_its_name_and_the_value_that_is_left)
{
    expect_events(two_at_a_time, "acquire release",
                  "Task-2 acquire semaphore S =1\n"
                  "Task-3 acquire semaphore S\n"
                  "Task-2 release semaphore S =1\n"
                  "Task-3 release semaphore S =1\n"
                  "Task-4 acquire semaphore S =1\n"
                  "Task-4 release semaphore S =2\n");
}

static int negative(void *)
{
    co_semaphore semaphore;

    line("%s", py_exception(co_semaphore_init(&semaphore, -1)));
    line("%s", py_bool(co_semaphore_locked(&semaphore)));
    line("%d", co_semaphore_init(&semaphore, 0));
    line("%s", py_bool(co_semaphore_locked(&semaphore)));
    line("%d", co_semaphore_release(&semaphore));
    line("%s", py_bool(co_semaphore_locked(&semaphore)));
    return 0;
}

Test(semaphore, takes_a_negative_value_for_zero_and_reports_it)
{
    expect(negative, "ValueError\n"
                     "True\n"
                     "0\n"
                     "True\n"
                     "0\n"
                     "False\n");
}

static int bounded(void *)
{
    co_semaphore semaphore;

    line("%d", co_semaphore_init_bounded(&semaphore, 1));
    with_semaphore(&semaphore)
        line("%s", py_bool(co_semaphore_locked(&semaphore)));
    line("%s", py_repr(co_semaphore_release(&semaphore)).s);
    return 0;
}

Test(semaphore, that_is_bounded_fails_to_release_more_than_was_acquired)
{
    expect(bounded, "0\n"
                    "True\n"
                    "ValueError('BoundedSemaphore released too many times')\n");
}

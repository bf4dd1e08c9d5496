/* core/proxy.h: a callback in the memory of a task is queued as a proxy, which is taken
 * back when that memory ends. More is in facts/loop_callbacks_left.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/core/proxy.h"
#include "tests/support/expect.h"

static unsigned proxies(void)
{
    unsigned count = 0;

    co_list_each(link, &co_loop_now->proxies)
        count++;
    return count;
}

static int queues_its_own(void *)
{
    struct ev_callback local = EV("local");
    static struct ev_callback shared;

    shared = EV("shared");
    co_call_soon(&shared.timer.callback);
    line("%u", proxies());
    co_call_soon(&local.timer.callback);
    line("%u", proxies());
    await(co_sleep(0));
    line("%u", proxies());
    return 0;
}

Test(proxy, stands_for_a_callback_on_the_stack_of_the_task)
{
    expect(queues_its_own, "0\n1\n"
                           "t=0 shared\n"
                           "t=0 local\n"
                           "0\n");
}

static int takes_back(void *)
{
    struct ev_callback timer = EV("timer");

    co_call_later(&timer.timer, 1);
    co_timer_cancel(&timer.timer);
    line("%u", proxies());
    await(co_sleep(2));
    return 0;
}

Test(proxy, goes_when_the_timer_is_cancelled) { expect(takes_back, "0\n"); }

struct leaves {
};

static int leaves(void *)
{
    struct ev_callback timer = EV("timer");

    co_call_later(&timer.timer, 1);
    return 0;
}

static int outlives_a_task(void *)
{
    await(co_join(co_spawn(leaves)));
    await(co_sleep(2));
    line("%u", proxies());
    return 0;
}

Test(proxy, goes_with_the_task) { expect(outlives_a_task, "0\n"); }

/* core/waitq.h: waiting in a list of waiters, being woken, and both at once with a
 * cancellation. Every primitive in engine/sync is made of this.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/core/waitq.h"
#include "tests/support/expect.h"

static const struct co_future_class class = { .what = "thing" };

static struct co_list waiters;
static uint64_t bound;

struct waits {
    const char *name;
};

static int waits(void *frame)
{
    const struct waits *self = frame;
    struct co_waiter me;

    int r = co_waitq_wait(&me, &class, NULL, NULL, &waiters, &bound);
    evi("%s %s woken=%s listed=%s", self->name, r < 0 ? py_exception(r) : "goes on",
        py_bool(co_done(&me.future) && !co_cancelled(&me.future)),
        py_bool(!co_list_empty(&me.link)));
    return r;
}

static void start(void)
{
    co_list_init(&waiters);
    bound = 0;
}

static int wakes_in_order(void *)
{
    start();
    co_task *a = co_spawn(waits, "a"), *b = co_spawn(waits, "b");
    await(co_sleep(0));
    evi("wake");
    co_waitq_wake_all(&waiters);
    return await(co_gather(a, b));
}

Test(waitq, wakes_all_in_order_one_iteration_later)
{
    expect(wakes_in_order, "i=2 wake\n"
                           "i=3 a goes on woken=True listed=False\n"
                           "i=3 b goes on woken=True listed=False\n");
}

static int wakes_and_cancels(void *)
{
    start();
    co_task *a = co_spawn(waits, "a");
    await(co_sleep(0));
    co_waiter_wake(co_waiter_of(waiters.next));
    co_cancel(a);
    return attempt(co_join(a)) == UV_ECANCELED ? 0 : CO_ERUNTIME;
}

Test(waitq, tells_a_woken_waiter_that_was_cancelled_from_one_that_was_not_woken)
{
    expect(wakes_and_cancels, "i=3 a CancelledError woken=True listed=False\n");
}

static int cancels(void *)
{
    start();
    co_task *a = co_spawn(waits, "a");
    await(co_sleep(0));
    co_cancel(a);
    return attempt(co_join(a)) == UV_ECANCELED ? 0 : CO_ERUNTIME;
}

Test(waitq, interrupts_a_wait)
{
    expect(cancels, "i=3 a CancelledError woken=False listed=False\n");
}

static int of_another_loop(void *)
{
    struct co_waiter me;

    start();
    bound = co_loop_now->serial + 1;
    int r = co_waitq_wait(&me, &class, NULL, NULL, &waiters, &bound);
    line("%s %s", py_exception(r), co_why());
    return 0;
}

Test(waitq, refuses_to_wait_in_another_loop)
{
    expect(of_another_loop, "RuntimeError Thing is bound to a different event loop\n");
}

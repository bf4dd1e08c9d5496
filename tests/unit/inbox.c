/* core/inbox.c: callbacks that another thread queues, the wake-up of the loop for them,
 * and the refusal once the run is over. More is in facts/loop_threadsafe.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <pthread.h>

#include "tests/support/expect.h"

static co_loop *loop;
static co_future future;

static void set_future(co_callback *) { co_future_set(&future, 7); }

static co_callback callback = { set_future };

static void *post(void *)
{
    block_thread(0.01);
    co_call_soon_threadsafe(loop, &callback);
    return NULL;
}

/* A timer far away, so that the loop really sleeps until it is woken. */
static int waits_for_a_thread(void *)
{
    pthread_t thread;

    loop = co_get_loop();
    co_future_init(&future);
    pthread_create(&thread, NULL, post, NULL);
    int r = attempt(co_wait_for(&future, 30));
    pthread_join(thread, NULL);
    line("%d %s", r, py_bool(co_now() < 20));
    return r;
}

Test(inbox, wakes_the_loop_for_a_callback_of_another_thread)
{
    expect_in_real_time(waits_for_a_thread, "7 True\n");
}

static void *post_late(void *ret_r)
{
    *(int *)ret_r = co_call_soon_threadsafe(loop, &callback);
    return NULL;
}

static int post_to_an_ended_run(void)
{
    pthread_t thread;
    int r = co_run(waits_for_a_thread, NULL), late = 0;

    pthread_create(&thread, NULL, post_late, &late);
    pthread_join(thread, NULL);
    line("%s", py_exception(late));
    return r;
}

Test(inbox, refuses_callbacks_when_the_run_is_over)
{
    expect_with((co_options){}, NULL, post_to_an_ended_run,
                "7 True\n"
                "RuntimeError\n");
}

static int in_order(void *)
{
    struct ev_callback first = EV("first"), second = EV("second"), third = EV("third");

    co_call_soon(&first.timer.callback);
    line("%d", co_call_soon_threadsafe(co_get_loop(), &second.timer.callback));
    co_call_soon(&third.timer.callback);
    await(co_sleep(0));
    return 0;
}

Test(inbox, keeps_the_order_of_callbacks_of_the_loops_own_thread)
{
    expect(in_order, "0\n"
                     "t=0 first\n"
                     "t=0 second\n"
                     "t=0 third\n");
}

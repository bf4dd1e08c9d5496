/* Callbacks and timers that are variables of a task which ends before they run: they
 * are taken back. In Python they live on, and run.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/support/expect.h"

/* A task that needs a while for its cleanup, so that the loop runs on after main. */
struct cleans_up {
};

static int cleans_up(void *)
{
    int r = attempt(co_sleep(5));
    char overwrites[2048];

    memset(overwrites, 0xa5, sizeof(overwrites));
    __asm__ volatile("" : : "r"(overwrites) : "memory");
    await(co_sleep(1));
    ev("cleaned up");
    return r;
}

static int leaves_a_timer(void *)
{
    struct ev_callback timer = EV("timer");

    co_spawn(cleans_up);
    co_call_later(&timer.timer, 0.5);
    await(co_sleep(0.1));
    return 0;
}

Test(loop_callbacks_left, a_timer_of_main_does_not_run_in_the_shutdown)
{
    expect(leaves_a_timer, "t=1.1 cleaned up\n");
}

static int leaves_callbacks(void *)
{
    struct ev_callback one = EV("one"), two = EV("two"), at = EV("at");

    co_spawn(cleans_up);
    await(co_sleep(0));
    co_call_soon(&one.timer.callback);
    co_call_soon_threadsafe(co_get_loop(), &two.timer.callback);
    co_call_at(&at.timer, 0.3);
    return 0;
}

Test(loop_callbacks_left, callbacks_of_main_do_not_run_in_the_shutdown)
{
    expect(leaves_callbacks, "t=1 cleaned up\n");
}

static int leaves_a_done_callback(void *)
{
    struct ev_callback done = EV("done");
    co_task *task = co_spawn(cleans_up);

    co_on_done(task, &done.timer.callback);
    await(co_sleep(0));
    return 0;
}

Test(loop_callbacks_left, a_done_callback_of_main_does_not_run_in_the_shutdown)
{
    expect(leaves_a_done_callback, "t=1 cleaned up\n");
}

/* ---- of other tasks ------------------------------------------------------ */

struct one_of_many {
    struct ev_callback argument;
};

static int one_of_many(void *frame)
{
    struct one_of_many *self = frame;
    struct ev_callback local = EV("local");

    co_call_later(&local.timer, 0.2);
    co_call_later(&self->argument.timer, 0.2);
    await(co_sleep(0.1));
    return 0;
}

static int outlives_them(void *)
{
    for (int i = 0; i < 20; i++) {
        co_task *task = co_spawn(one_of_many, EV("argument"));
        await(co_join(task));
        co_drop(task);
    }
    await(co_sleep(1));
    line("end");
    return 0;
}

Test(loop_callbacks_left, timers_of_a_task_and_of_its_arguments_end_with_it)
{
    expect(outlives_them, "end\n");
}

static int reads_the_argument(void *)
{
    co_task *task = co_spawn(one_of_many, EV("argument"));

    await(co_join(task));
    await(co_sleep(1));
    line("end");
    return 0;
}

Test(loop_callbacks_left, arguments_last_as_long_as_the_handle_of_the_task)
{
    expect(reads_the_argument, "t=0.2 argument\n"
                               "end\n");
}

struct counting {
    struct ev_callback argument;
};

static int counting(void *frame)
{
    struct counting *self = frame;
    struct ev_callback local = EV("local");

    co_call_later(&local.timer, 0.2);
    co_call_later(&self->argument.timer, 0.2);
    await(co_yield(1));
    return 0;
}

static int iterates(void *)
{
    co_generator *generator = co_generate(counting, EV("argument"));

    async_for(x, co_next(generator))
        line("%d", x);
    co_generator_drop(generator);
    await(co_sleep(1));
    line("end");
    return 0;
}

Test(loop_callbacks_left, timers_of_a_generator_end_with_it)
{
    expect(iterates, "1\n"
                     "end\n");
}

/* ---- as long as the task lasts ------------------------------------------- */

static int takes_back(void *)
{
    struct ev_callback a = EV("a"), b = EV("b"), c = EV("c"), d = EV("d"), e = EV("e");
    co_task *task = co_spawn(sleeper, 0.3);

    co_call_later(&a.timer, 0.1);
    co_call_later(&b.timer, 0.1);
    co_call_soon(&c.timer.callback);
    co_on_done(task, &d.timer.callback);
    co_on_done(task, &e.timer.callback);
    co_timer_cancel(&a.timer);
    co_callback_cancel(&c.timer.callback);
    co_callback_cancel(&d.timer.callback);
    await(co_sleep(0.2));
    co_timer_cancel(&b.timer);
    co_call_later(&b.timer, 0.05);
    await(co_join(task));
    await(co_sleep(0));
    co_on_done(task, &d.timer.callback);
    await(co_sleep(0));
    task = co_spawn(sleeper, 0.1);
    co_on_done(task, &a.timer.callback);
    co_on_done(task, &b.timer.callback);
    line("%zu", co_off_done(task, run_ev_callback));
    await(co_join(task));
    await(co_sleep(0));
    return 0;
}

Test(loop_callbacks_left, as_long_as_the_task_lasts_they_run_and_can_be_taken_back)
{
    expect(takes_back, "t=0.1 b\n"
                       "t=0.25 b\n"
                       "t=0.3 e\n"
                       "t=0.3 d\n"
                       "2\n");
}

static int leaves_it_in_debug_mode(void *)
{
    struct ev_callback timer = EV("timer");

    co_spawn(cleans_up);
    co_call_later(&timer.timer, 0.5);
    await(co_sleep(0.1));
    return 0;
}

Test(loop_callbacks_left, debug_mode_reports_them)
{
    expect_in_debug(leaves_it_in_debug_mode,
                    "LOG ERROR A callback never runs: it lies in the memory of "
                    "a task that has ended\n"
                    "t=1.1 cleaned up\n");
}

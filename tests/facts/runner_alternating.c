/* Two runners that take turns: each has a loop of its own. The lines are CPython's. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static unsigned count_tasks(void)
{
    unsigned count = 0;

    for (co_task *task = co_next_task(NULL); task; task = co_next_task(task))
        count++;
    return count;
}

struct waiter {
    co_future *future;
};

static int waiter(void *frame)
{
    const struct waiter *self = frame;
    int r = attempt(co_join(self->future));

    if (r == UV_ECANCELED)
        ev("A-waiter cancelled");
    else
        ev("A-waiter got %c", r);
    return r;
}

struct tick {
    const char *name;
};

static int tick(void *frame)
{
    const struct tick *self = frame;

    for (int i = 0; i < 3; i++) {
        ev("%s %d", self->name, i);
        await(co_sleep(0.2));
    }
    return 0;
}

struct shared {
    co_future future;
    co_task *waiter, *tick;
    co_exception_handler handler;
    struct ev_callback timer;
    co_callback bad;
};

static int handle(co_exception_handler *, const co_exception_context *context)
{
    ev("A-handler %s", context->message);
    return 0;
}

static int a1(void *frame)
{
    struct shared *shared = frame;

    co_future_init(&shared->future);
    shared->waiter = co_keep(co_spawn(waiter, &shared->future));
    shared->tick = co_keep(co_spawn(tick, "A-tick"));
    co_call_later(&shared->timer.timer, 0.25);
    if (shared->handler.handle)
        co_set_exception_handler(&shared->handler);
    co_set_slow_callback_duration(7);
    await(co_sleep(0.1));
    ev("a1 ends");
    return 0;
}

static int b1(void *frame)
{
    struct shared *shared = frame;

    ev("b1 tasks %u %g %s", count_tasks(), co_slow_callback_duration(),
       co_get_exception_handler() ? "handler" : "None");
    co_future_set(&shared->future, 'x');
    co_spawn(tick, "B-tick");
    await(co_sleep(0.3));
    ev("b1 ends %s", py_bool(co_done(shared->waiter)));
    return 0;
}

static void bad(co_callback *) { co_callback_raise(CO_EVALUE, "x"); }

static int a2(void *frame)
{
    struct shared *shared = frame;

    ev("a2 %u %g %s", count_tasks(), co_slow_callback_duration(),
       py_bool(co_get_exception_handler() != NULL));
    co_call_soon(&shared->bad);
    await(co_sleep(0.1));
    ev("a2 ends %s", py_bool(co_done(shared->waiter)));
    return 0;
}

static int b2(void *frame)
{
    struct shared *shared = frame;

    ev("b2");
    co_cancel(shared->tick);
    await(co_sleep(0.2));
    ev("b2 ends %s", py_bool(co_done(shared->tick)));
    return 0;
}

static int b3(void *frame)
{
    struct shared *shared = frame;
    int r = attempt(co_join(shared->tick));

    ev("%s", py_exception(r));
    return 0;
}

static int alternate(co_runner *a, co_runner *b, struct shared *shared)
{
    await(co_runner_run(a, a1, shared));
    await(co_runner_run(b, b1, shared));
    await(co_runner_run(a, a2, shared));
    await(co_runner_run(b, b2, shared));
    await(co_runner_run(b, b3, shared));
    ev("close B first");
    return 0;
}

static int alternating(void)
{
    struct shared shared = { .handler = { handle },
                             .timer = EV("A-timer"),
                             .bad = { bad } };
    co_runner a, b;

    co_future_init(&shared.future);
    co_runner_init(&a);
    co_runner_init(&b);
    int r = alternate(&a, &b, &shared);
    r = co_runner_close(&b, r);
    r = co_runner_close(&a, r);
    co_drop(shared.waiter);
    co_drop(shared.tick);
    co_future_finish(&shared.future);
    return r;
}

Test(runner_alternating, have_tasks_timers_and_settings_of_their_own)
{
    expect_program(alternating, "t=0 A-tick 0\n"
                                "t=0.1 a1 ends\n"
                                "t=0.1 b1 tasks 1 0.1 None\n"
                                "t=0.1 B-tick 0\n"
                                "t=0.3 B-tick 1\n"
                                "t=0.4 b1 ends False\n"
                                "t=0.4 A-waiter got x\n"
                                "t=0.4 a2 2 7 True\n"
                                "t=0.4 A-timer\n"
                                "t=0.4 A-handler Exception in callback bad()\n"
                                "t=0.4 A-tick 1\n"
                                "t=0.5 a2 ends True\n"
                                "t=0.5 b2\n"
                                "t=0.5 B-tick 2\n"
                                "t=0.7 b2 ends False\n"
                                "t=0.7 RuntimeError\n"
                                "t=0.7 close B first\n");
}

/* ---- by hand, and in a run ------------------------------------------------ */

struct nap {
};

static int nap(void *)
{
    line("hand starts");
    await(co_sleep(0.1));
    line("hand ends");
    return 0;
}

static int sleeps(void *)
{
    await(co_sleep(0.3));
    line("main ends");
    return 0;
}

static int by_hand_around_a_run(void)
{
    co_task *task = co_spawn(nap);

    await(co_run(sleeps, NULL));
    line("between %s", py_bool(co_done(task)));
    await(co_run_until_complete(task));
    return co_close();
}

Test(runner_alternating, do_not_run_what_is_of_the_loop_run_by_hand)
{
    expect_program(by_hand_around_a_run, "main ends\n"
                                         "between False\n"
                                         "hand starts\n"
                                         "hand ends\n");
}

/* ---- what is asked for between the runs ---------------------------------- */

static int nothing(void *)
{
    line("nothing");
    return 0;
}

static int stopped(void *)
{
    await(co_sleep(0));
    line("after the stop");
    return 0;
}

static int stops_one_of_two(void)
{
    static struct ev_callback soon; /* it may be queued when this returns early */
    co_runner a, b;

    soon = EV("A soon");
    co_runner_init(&a);
    co_runner_init(&b);
    await(co_runner_run(&a, nothing, NULL));
    co_call_soon(&soon.timer.callback);
    co_stop();
    await(co_runner_run(&b, nothing, NULL));
    int r = co_runner_run(&a, stopped, NULL);
    line("%s", r < 0 ? co_why() : "");
    await(co_runner_run(&a, nothing, NULL));
    await(co_runner_close(&b, 0));
    return co_runner_close(&a, 0);
}

Test(runner_alternating, are_stopped_one_by_one)
{
    expect_program(stops_one_of_two, "nothing\n"
                                     "nothing\n"
                                     "t=0 A soon\n"
                                     "Event loop stopped before Future completed.\n"
                                     "after the stop\n"
                                     "nothing\n");
}

/* ---- left open ----------------------------------------------------------- */

static int leaves_open(void)
{
    static struct shared shared;
    co_runner a, b;

    shared = (struct shared){ .timer = EV("A-timer") };
    co_runner_init(&a);
    co_runner_init(&b);
    await(co_runner_run(&a, a1, &shared));
    return co_runner_run(&b, b1, &shared);
}

Test(runner_alternating,
     that_are_never_closed_abandon_their_tasks_at_the_end_of_the_program)
{
    expect_program(leaves_open, "t=0 A-tick 0\n"
                                "t=0.1 a1 ends\n"
                                "t=0.1 b1 tasks 1 0.1 None\n"
                                "t=0.1 B-tick 0\n"
                                "t=0.3 B-tick 1\n"
                                "t=0.4 b1 ends False\n"
                                "LOG ERROR Task was destroyed but it is pending!\n"
                                "LOG ERROR Task was destroyed but it is pending!\n"
                                "LOG ERROR Task was destroyed but it is pending!\n");
}

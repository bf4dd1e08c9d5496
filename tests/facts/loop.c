/* The loop: callbacks, timers and results in their order. The iteration of each is in
 * loop_iteration.c, odd calls in loop_callbacks.c, the loop run by hand in
 * loop_by_hand.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static int loop_01(void *)
{
    struct ev_callback callbacks[] = { EV("callback A"), EV("callback B"),
                                       EV("callback C") };

    for (int i = 0; i < 3; i++)
        co_call_soon(&callbacks[i].timer.callback);
    ev("main still running");
    await(co_sleep(0));
    ev("main resumed");
    return 0;
}

Test(loop, LOOP_01_call_soon_is_first_in_first_out)
{
    expect(loop_01, "t=0 main still running\n"
                    "t=0 callback A\n"
                    "t=0 callback B\n"
                    "t=0 callback C\n"
                    "t=0 main resumed\n");
}

/* A callback, or a timer, that prints and then queues another one. */
struct relay {
    struct ev_callback now, then;
};

static void relay(co_callback *self)
{
    struct relay *relay = co_container_of(self, struct relay, now.timer.callback);

    relay->then.timer.callback.run(self);
    co_call_soon(&relay->then.timer.callback);
}

#define RELAY(now, then) ((struct relay){ { { { .run = relay } }, now }, then })

static int loop_02(void *)
{
    struct relay a = RELAY("A", EVI("A2 (scheduled by A)"));
    struct relay b = RELAY("B", EVI("B2 (scheduled by B)"));

    co_call_soon(&a.now.timer.callback);
    co_call_soon(&b.now.timer.callback);
    evi("main");
    await(co_sleep(0));
    evi("main resumed");
    await(co_sleep(0));
    evi("main resumed again");
    return 0;
}

Test(loop, LOOP_02_an_iteration_runs_the_callbacks_ready_at_its_start)
{
    expect(loop_02, "i=1 main\n"
                    "i=2 A\n"
                    "i=2 B\n"
                    "i=2 main resumed\n"
                    "i=3 A2 (scheduled by A)\n"
                    "i=3 B2 (scheduled by B)\n"
                    "i=3 main resumed again\n");
}

static int loop_04(void *)
{
    double start = co_now();
    struct ev_callback third = EV("call_later 0.3");
    struct ev_callback first = EV("call_at +0.1");
    struct ev_callback second = EV("call_later 0.2");

    co_call_later(&third.timer, 0.3);
    co_call_at(&first.timer, start + 0.1);
    co_call_later(&second.timer, 0.2);
    await(co_sleep(0.5));
    ev("main");
    return 0;
}

Test(loop, LOOP_04_timers_run_in_order_of_their_deadlines)
{
    expect(loop_04, "t=0.1 call_at +0.1\n"
                    "t=0.2 call_later 0.2\n"
                    "t=0.3 call_later 0.3\n"
                    "t=0.5 main\n");
}

static int loop_05(void *)
{
    struct relay b = RELAY("timer B(0.2)", EV("follow-up of B(0.2)"));
    struct relay a = RELAY("timer A(0.1)", EV("follow-up of A(0.1)"));
    struct relay c = RELAY("timer C(0.3)", EV("follow-up of C(0.3)"));

    co_call_later(&b.now.timer, 0.2);
    co_call_later(&a.now.timer, 0.1);
    co_call_later(&c.now.timer, 0.3);
    co_block(0.5);
    ev("main blocked for 0.5 s without awaiting");
    await(co_sleep(0.1));
    ev("main end");
    return 0;
}

Test(loop, LOOP_05_timers_that_are_due_run_in_one_iteration)
{
    expect(loop_05, "t=0.5 main blocked for 0.5 s without awaiting\n"
                    "t=0.5 timer A(0.1)\n"
                    "t=0.5 timer B(0.2)\n"
                    "t=0.5 timer C(0.3)\n"
                    "t=0.5 follow-up of A(0.1)\n"
                    "t=0.5 follow-up of B(0.2)\n"
                    "t=0.5 follow-up of C(0.3)\n"
                    "t=0.6 main end\n");
}

/* A timer that cancels other timers or callbacks. Python asks the handle whether it is
 * cancelled; here the canceller remembers it.
 */
struct undoing {
    co_timer timer;
    const char *text; /* printed first; NULL: nothing */
    co_timer *other;
    bool undone;
};

static void undo(co_callback *self)
{
    struct undoing *undoing = co_container_of(self, struct undoing, timer.callback);

    if (undoing->text)
        ev("%s", undoing->text);
    co_timer_cancel(undoing->other);
    co_callback_cancel(&undoing->other->callback);
    undoing->undone = true;
}

static int loop_07(void *)
{
    struct ev_callback second = EV("second (must not run)");
    struct ev_callback third = EV("third");
    struct undoing first = { { { undo } }, "first cancels second", &second.timer };
    struct undoing last = { { { undo } }, NULL, &first.timer };

    co_call_soon(&first.timer.callback);
    co_call_soon(&second.timer.callback);
    co_call_soon(&third.timer.callback);
    await(co_sleep(0));
    undo(&last.timer.callback);
    ev("cancelled flags %s %s %s", py_bool(last.undone), py_bool(first.undone),
       py_bool(false));
    return 0;
}

Test(loop, LOOP_07_a_queued_callback_can_be_cancelled)
{
    expect(loop_07, "t=0 first cancels second\n"
                    "t=0 third\n"
                    "t=0 cancelled flags True True False\n");
}

static int loop_08(void *)
{
    struct ev_callback never = EV("never");
    struct ev_callback other = EV("other timer");
    struct undoing cancel = { { { undo } }, NULL, &never.timer };
    double when = co_now() + 0.5;

    co_call_later(&never.timer, 0.5);
    co_call_later(&cancel.timer, 0.2);
    co_call_later(&other.timer, 0.3);
    await(co_sleep(0.4));
    ev("main end %s %.1f", py_bool(cancel.undone), when - co_now());
    return 0;
}

static int loop_08_program(void)
{
    int r = co_run(loop_08, NULL);

    ev("loop finished (did not wait for the cancelled timer)");
    return r;
}

Test(loop, LOOP_08_a_cancelled_timer_does_not_keep_the_loop)
{
    expect_program(loop_08_program,
                   "t=0.3 other timer\n"
                   "t=0.4 main end True 0.1\n"
                   "t=0.4 loop finished (did not wait for the cancelled timer)\n");
}

/* Only the order is compared: how late a timer is on the real clock, and which timers
 * share an iteration, depends on the load of the machine.
 */
struct named_timer {
    co_timer timer;
    char name;
};

static void ring(co_callback *self)
{
    line("%c", co_container_of(self, struct named_timer, timer.callback)->name);
}

static int loop_10(void *)
{
    struct named_timer timers[8];

    for (int i = 0; i < 8; i++) {
        timers[i] = (struct named_timer){ { { ring } }, (char)('A' + i) };
        co_call_later(&timers[i].timer, 0.02);
    }
    return attempt(co_sleep(0.04));
}

Test(loop, LOOP_10_equal_delays_fire_in_order_of_creation_in_real_time)
{
    expect_in_real_time(loop_10, "A\nB\nC\nD\nE\nF\nG\nH\n");
}

static int loop_11(void *)
{
    struct ev_callback timers[] = { EV("A"), EV("B"), EV("C"), EV("D"),
                                    EV("E"), EV("F"), EV("G"), EV("H") };

    for (int i = 0; i < 8; i++)
        co_call_at(&timers[i].timer, 1.0);
    await(co_sleep(2));
    return 0;
}

/* CPython's heap leaves this order undefined; here it is the order of creation, as on a
 * real clock.
 */
Test(loop, LOOP_11_equal_deadlines_fire_in_order_of_creation)
{
    expect(loop_11, "t=1 A\n"
                    "t=1 B\n"
                    "t=1 C\n"
                    "t=1 D\n"
                    "t=1 E\n"
                    "t=1 F\n"
                    "t=1 G\n"
                    "t=1 H\n");
}

/* A timer that sets a flag. */
struct alarm {
    struct ev_callback saying;
    bool fired;
};

static void fire(co_callback *self)
{
    struct alarm *alarm = co_container_of(self, struct alarm, saying.timer.callback);

    run_ev_callback(self);
    alarm->fired = true;
}

static int loop_26(void *)
{
    struct alarm alarm = { { { { fire } }, "timer fired" } };

    co_call_later(&alarm.saying.timer, 0.25);
    while (!alarm.fired) {
        co_block(0.1);
        await(co_sleep(0));
    }
    ev("busy loop ended");
    return 0;
}

Test(loop, LOOP_26_sleep_0_does_not_starve_timers)
{
    expect(loop_26, "t=0.4 timer fired\n"
                    "t=0.4 busy loop ended\n");
}

struct ticker {
};

static int ticker(void *)
{
    for (int i = 0; i < 4; i++) {
        ev("tick %d", i);
        await(co_sleep(0.2));
    }
    return 0;
}

struct blocker {
};

static int blocker(void *)
{
    await(co_sleep(0.3));
    ev("blocker: block 0.5");
    co_block(0.5);
    ev("blocker: unblocked");
    return 0;
}

static int loop_29(void *)
{
    await(co_gather(co_spawn(ticker), co_spawn(blocker)));
    return 0;
}

Test(loop, LOOP_29_a_blocking_task_delays_the_timers_of_all)
{
    expect(loop_29, "t=0 tick 0\n"
                    "t=0.2 tick 1\n"
                    "t=0.3 blocker: block 0.5\n"
                    "t=0.8 blocker: unblocked\n"
                    "t=0.8 tick 2\n"
                    "t=1 tick 3\n");
}

/* A timer without a delay that sets itself again. */
struct again {
    co_timer timer;
    int count;
};

static void again(co_callback *self)
{
    struct again *again = co_container_of(self, struct again, timer.callback);

    evi("timer %d", ++again->count);
    if (again->count < 3)
        co_call_later(&again->timer, 0);
}

static int loop_31(void *)
{
    struct again timer = { { { again } } };

    co_call_later(&timer.timer, 0);
    for (int i = 0; i < 4; i++) {
        evi("main");
        await(co_sleep(0));
    }
    return 0;
}

Test(loop, LOOP_31_a_timer_without_delay_waits_for_the_next_iteration)
{
    expect(loop_31, "i=1 main\n"
                    "i=2 main\n"
                    "i=2 timer 1\n"
                    "i=3 main\n"
                    "i=3 timer 2\n"
                    "i=4 main\n"
                    "i=4 timer 3\n");
}

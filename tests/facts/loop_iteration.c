/* Which callbacks and timers an iteration runs, when the clock advances, and what still
 * runs after main has ended.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* A callback that computes for a while, and then queues another or sets a timer. */
struct busy {
    struct ev_callback saying; /* a text is NULL: print nothing */
    double seconds;
    struct ev_callback then;
    double later; /* zero: queue it at once */
};

static void compute(co_callback *self)
{
    struct busy *busy = co_container_of(self, struct busy, saying.timer.callback);

    co_block(busy->seconds);
    if (busy->saying.text)
        run_ev_callback(self);
    if (busy->later > 0)
        co_call_later(&busy->then.timer, busy->later);
    else
        co_call_soon(&busy->then.timer.callback);
}

/* ---- timers come last ---------------------------------------------------- */

static int loop_03(void *)
{
    struct ev_callback later = EVI("later 0"), soon = EVI("soon 1"), at = EVI("at -5");
    struct ev_callback again = EVI("soon 2"), before = EVI("later -1");

    co_call_later(&later.timer, 0);
    co_call_soon(&soon.timer.callback);
    co_call_at(&at.timer, co_now() - 5);
    co_spawn(evi_task, "task");
    co_call_soon(&again.timer.callback);
    co_block(1);
    co_call_later(&before.timer, -1);
    evi("main");
    await(co_sleep(0));
    evi("main 2");
    await(co_sleep(0));
    evi("main 3");
    return 0;
}

Test(loop_iteration, LOOP_03_due_timers_run_after_ready_callbacks)
{
    expect(loop_03, "i=1 main\n"
                    "i=2 soon 1\n"
                    "i=2 task\n"
                    "i=2 soon 2\n"
                    "i=2 main 2\n"
                    "i=2 at -5\n"
                    "i=2 later 0\n"
                    "i=2 later -1\n"
                    "i=3 main 3\n");
}

static int loop_03_on_the_way(void *)
{
    struct busy timer = { { { { compute } }, NULL }, 0, EVI("from the timer"), 0 };
    struct busy soon = { { { { compute } }, NULL }, 0.2, EVI("from the callback"), 0 };

    co_call_later(&timer.saying.timer, 0.1);
    co_call_soon(&soon.saying.timer.callback);
    for (int i = 1; i < 4; i++) {
        await(co_sleep(0));
        evi("main %d", i);
    }
    return attempt(co_sleep(0));
}

Test(loop_iteration,
     LOOP_03_timers_that_become_due_during_an_iteration_run_after_ready_callbacks)
{
    expect(loop_03_on_the_way, "i=2 main 1\n"
                               "i=3 from the callback\n"
                               "i=3 main 2\n"
                               "i=4 main 3\n"
                               "i=4 from the timer\n");
}

/* ---- the clock ----------------------------------------------------------- */

static int loop_06(void *)
{
    struct ev_callback first = EV("from 0.3"), second = EV("from 0.35");
    struct ev_callback brief = EV("from 0.35, short"), same = EV("same deadline");
    struct busy blocks = {
        { { { compute } }, "blocked" }, 0.2, EV("from the callback"), 0.1
    };

    ev("%g", co_now());
    co_block(0.3);
    ev("%g", co_now());
    co_call_later(&first.timer, 0.1);
    co_block(0.05);
    co_call_later(&second.timer, 0.1);
    co_call_later(&brief.timer, 0.02);
    co_call_later(&blocks.saying.timer, 0.25);
    co_call_later(&same.timer, 0.25);
    await(co_sleep(0.5));
    ev("main %g", co_now());
    return attempt(co_sleep(0.2));
}

Test(loop_iteration, LOOP_06_the_clock_advances_while_a_task_computes)
{
    expect(loop_06, "t=0 0\n"
                    "t=0.3 0.3\n"
                    "t=0.37 from 0.35, short\n"
                    "t=0.4 from 0.3\n"
                    "t=0.45 from 0.35\n"
                    "t=0.8 blocked\n"
                    "t=0.8 same deadline\n"
                    "t=0.85 main 0.85\n"
                    "t=0.9 from the callback\n");
}

struct naps {
    char name;
    double busy;
};

static int naps(void *frame)
{
    const struct naps *self = frame;

    co_block(self->busy);
    await(co_sleep(0.1));
    ev("%c", self->name);
    return 0;
}

static int loop_06_sleeps(void *)
{
    return attempt(
        co_gather(co_spawn(naps, 'a'), co_spawn(naps, 'b', 0.1), co_spawn(naps, 'c')));
}

Test(loop_iteration, LOOP_06_a_sleep_is_measured_from_where_it_begins)
{
    expect(loop_06_sleeps, "t=0.1 a\n"
                           "t=0.2 b\n"
                           "t=0.2 c\n");
}

struct tiny {
    const char *name;
    double seconds;
};

static int tiny(void *frame)
{
    const struct tiny *self = frame;

    await(co_sleep(self->seconds));
    evi("%s", self->name);
    return 0;
}

static int sleep_03(void *)
{
    await(co_gather(co_spawn(tiny, "1e-9", 1e-9), co_spawn(tiny, "0", 0),
                    co_spawn(tiny, "-1", -1), co_spawn(tiny, "0.001", 0.001),
                    co_spawn(tiny, "1e-9 b", 1e-9)));
    evi("end");
    ev("t");
    return 0;
}

Test(loop_iteration, SLEEP_03_the_shortest_sleep_is_a_timer)
{
    expect(sleep_03, "i=3 0\n"
                     "i=3 -1\n"
                     "i=6 1e-9\n"
                     "i=6 1e-9 b\n"
                     "i=9 0.001\n"
                     "i=11 end\n"
                     "t=0.001 t\n");
}

static int sleep_03_alone(void *)
{
    const double seconds[] = { 1e-9, 0, 0.1, 1e-6 };

    for (int i = 0; i < 4; i++) {
        evi("%g", seconds[i]);
        await(co_sleep(seconds[i]));
    }
    evi("end");
    return 0;
}

Test(loop_iteration, SLEEP_03_a_timer_takes_two_iterations_and_sleep_0_one)
{
    expect(sleep_03_alone, "i=1 1e-09\n"
                           "i=3 0\n"
                           "i=4 0.1\n"
                           "i=6 1e-06\n"
                           "i=8 end\n");
}

/* ---- nothing left to do -------------------------------------------------- */

static void take_back(co_callback *self)
{
    struct busy *busy = co_container_of(self, struct busy, saying.timer.callback);

    co_timer_cancel(&busy->then.timer);
}

static int loop_09(void)
{
    struct busy taken_back = { { { { take_back } }, NULL }, 0, EV("never"), 0 };
    struct ev_callback last = EV("last");

    co_call_later(&taken_back.then.timer, 5);
    co_call_later(&last.timer, 1);
    co_call_later(&taken_back.saying.timer, 2);
    return co_run_forever() == CO_EDEADLK ? 0 : CO_ERUNTIME;
}

Test(loop_iteration, LOOP_09_an_idle_loop_does_not_wait_for_a_cancelled_timer)
{
    expect_program(loop_09, "t=1 last\n"
                            "t=2 DEADLOCK (nothing ready, no timer: "
                            "the loop would block forever)\n");
}

static int waits_forever(void *)
{
    co_future never;

    co_future_init(&never);
    await(co_sleep(0.1));
    ev("waits");
    return attempt(co_join(&never));
}

static int loop_09_main(void)
{
    return co_run(waits_forever, NULL) == CO_EDEADLK ? 0 : CO_ERUNTIME;
}

Test(loop_iteration, LOOP_09_a_main_that_waits_forever_does_so)
{
    expect_program(loop_09_main, "t=0.1 waits\n"
                                 "t=0.1 DEADLOCK (nothing ready, no timer: "
                                 "the loop would block forever)\n");
}

/* ---- the end of main ----------------------------------------------------- */

struct late {
};

static int late(void *)
{
    evi("late starts");
    int r = attempt(co_sleep(0));
    evi(r == UV_ECANCELED ? "late cancelled" : "never");
    return r;
}

static int loop_18(void *)
{
    static struct ev_callback callback, timer;
    static struct busy calls;

    callback = EVI("callback");
    timer = EVI("timer 0");
    calls = (struct busy){ { { { compute } }, NULL }, 0, EVI("second callback"), 0 };
    co_spawn(late);
    co_spawn(evi_task, "runs to its end");
    co_call_soon(&callback.timer.callback);
    co_call_later(&timer.timer, 0);
    co_call_soon(&calls.saying.timer.callback);
    evi("main ends");
    return 0;
}

static int loop_18_program(void)
{
    int r = co_run(loop_18, NULL);

    ev("run returned");
    return r;
}

Test(loop_iteration, LOOP_18_after_main_ready_callbacks_have_one_more_turn)
{
    expect_program(loop_18_program, "i=1 main ends\n"
                                    "i=2 late starts\n"
                                    "i=2 runs to its end\n"
                                    "i=2 callback\n"
                                    "i=2 timer 0\n"
                                    "i=3 late cancelled\n"
                                    "i=3 second callback\n"
                                    "t=0 run returned\n");
}

struct counts {
    char name;
};

static int counts(void *frame)
{
    const struct counts *self = frame;

    for (int i = 0; i < 4; i++) {
        evi("%c %d", self->name, i);
        int r = attempt(co_sleep(0));
        if (r == UV_ECANCELED)
            evi("%c cancelled", self->name);
        await(r);
    }
    return 0;
}

static int spawns_and_waits(void *)
{
    co_spawn(counts, 'A');
    await(co_sleep(0));
    evi("main ends");
    return 0;
}

Test(loop_iteration, LOOP_18_after_main_a_started_task_has_one_more_turn)
{
    expect(spawns_and_waits, "i=2 A 0\n"
                             "i=2 main ends\n"
                             "i=3 A 1\n"
                             "i=4 A cancelled\n");
}

struct spawns {
    co_task **ret_task;
};

static int spawns(void *frame)
{
    *((const struct spawns *)frame)->ret_task = co_keep(co_spawn(counts, 'B'));
    evi("main ends");
    return 5;
}

struct gives_way {
};

static int gives_way(void *)
{
    await(co_sleep(0));
    evi("main ends");
    return 5;
}

static int loop_18_by_hand(void)
{
    co_task *task = NULL;
    int r = attempt(co_run_until_complete(co_spawn(spawns, &task)));

    evi("%d", r);
    r = attempt(co_run_until_complete(co_spawn(gives_way)));
    evi("%d", r);
    if (task)
        r = attempt(co_run_until_complete(task));
    co_drop(task);
    return r < 0 ? r : co_close();
}

Test(loop_iteration, LOOP_18_run_until_complete_leaves_the_other_tasks_suspended)
{
    expect_program(loop_18_by_hand, "i=1 main ends\n"
                                    "i=2 B 0\n"
                                    "i=2 5\n"
                                    "i=3 B 1\n"
                                    "i=4 B 2\n"
                                    "i=4 main ends\n"
                                    "i=5 B 3\n"
                                    "i=5 5\n");
}

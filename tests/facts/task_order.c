/* The order in which several tasks, timers and callbacks run, and where the clock
 * stands.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- the loop ------------------------------------------------------------ */

static int timers_last(void *)
{
    struct ev_callback early = EV("timer 0.1"), at = EV("timer at 0.05"),
                       zero = EV("timer 0");
    struct ev_callback soon = EV("soon"), again = EV("soon 2");

    co_call_later(&early.timer, 0.1);
    co_call_at(&at.timer, 0.05);
    co_call_soon(&soon.timer.callback);
    co_spawn(ev_task, "task");
    co_block(0.2);
    co_call_later(&zero.timer, 0);
    co_call_soon(&again.timer.callback);
    await(co_sleep(0));
    ev("main");
    await(co_sleep(0));
    ev("main 2");
    return 0;
}

Test(task_order, LOOP_03_ready_callbacks_run_before_timers_however_late)
{
    expect(timers_last, "t=0.2 soon\n"
                        "t=0.2 task\n"
                        "t=0.2 soon 2\n"
                        "t=0.2 main\n"
                        "t=0.2 timer at 0.05\n"
                        "t=0.2 timer 0.1\n"
                        "t=0.2 timer 0\n"
                        "t=0.2 main 2\n");
}

/* Computes for a while, and sets a timer then. */
struct computing {
    co_callback callback;
    struct ev_callback then;
};

static void compute(co_callback *self)
{
    struct computing *computing = co_container_of(self, struct computing, callback);

    co_block(0.3);
    ev("cb %g", co_now());
    co_call_later(&computing->then.timer, 0.1);
}

static int live_clock(void *)
{
    struct computing soon = { { compute }, EV("from here") };
    struct ev_callback start = EV("from the start");

    co_call_soon(&soon.callback);
    co_call_later(&start.timer, 0.35);
    await(co_sleep(0));
    ev("main %g", co_now());
    await(co_sleep(0.2));
    ev("end");
    return 0;
}

Test(task_order, LOOP_06_the_clock_advances_within_an_iteration)
{
    expect(live_clock, "t=0.3 cb 0.3\n"
                       "t=0.3 main 0.3\n"
                       "t=0.35 from the start\n"
                       "t=0.4 from here\n"
                       "t=0.5 end\n");
}

static int idle_forever(void)
{
    struct ev_callback last = EV("last timer");

    co_call_later(&last.timer, 1);
    cr_expect(eq(int, co_run_forever(), CO_EDEADLK));
    return 0;
}

Test(task_order, LOOP_09_a_loop_without_work_waits_forever)
{
    expect_program(idle_forever, "t=1 last timer\n"
                                 "t=1 DEADLOCK (nothing ready, no timer: "
                                 "the loop would block forever)\n");
}

static int idle_until(void)
{
    struct ev_callback last = EV("last timer");
    co_future future;

    co_future_init(&future);
    co_call_later(&last.timer, 1);
    cr_expect(eq(int, co_run_until_complete(&future), CO_EDEADLK));
    return 0;
}

Test(task_order,
     LOOP_09_a_loop_that_runs_until_a_future_that_is_never_set_waits_forever)
{
    expect_program(idle_until, "t=1 last timer\n"
                               "t=1 DEADLOCK (nothing ready, no timer: "
                               "the loop would block forever)\n");
}

/* ---- the end of main ----------------------------------------------------- */

struct starts {
};

static int starts(void *)
{
    ev("a starts");
    int r = attempt(co_sleep(0));
    ev("%s", r == UV_ECANCELED ? "a cancelled" : "never");
    return r;
}

struct spawns {
};

static int spawns(void *)
{
    co_spawn(ev_task, "never: it is cancelled before its first turn");
    ev("c");
    return 0;
}

static int last_line(void *)
{
    static struct ev_callback callback, timer;

    callback = EV("callback");
    timer = EV("timer");
    co_spawn(starts);
    co_spawn(spawns);
    co_call_soon(&callback.timer.callback);
    co_call_later(&timer.timer, 0);
    ev("main ends");
    return 0;
}

Test(task_order, LOOP_18_a_task_made_on_the_last_line_of_main_still_starts)
{
    expect(last_line, "t=0 main ends\n"
                      "t=0 a starts\n"
                      "t=0 c\n"
                      "t=0 callback\n"
                      "t=0 timer\n"
                      "t=0 a cancelled\n");
}

struct forgotten {
    char name;
    double seconds;
};

static int forgotten(void *frame)
{
    const struct forgotten *self = frame;
    int r = attempt(co_sleep(self->seconds));

    ev("%c %s", self->name, r == UV_ECANCELED ? "cancelled" : "ends");
    return r;
}

static int fire_and_forget(void *)
{
    co_drop(co_spawn(forgotten, 'A', 0.1));
    co_drop(co_spawn(forgotten, 'B', 0.5));
    await(co_sleep(0.2));
    ev("main ends");
    return 0;
}

Test(task_order, a_task_without_a_reference_runs_until_main_ends)
{
    expect(fire_and_forget, "t=0.1 A ends\n"
                            "t=0.2 main ends\n"
                            "t=0.2 B cancelled\n");
}

/* ---- turns --------------------------------------------------------------- */

struct counts {
    char name;
};

static int counts(void *frame)
{
    for (int i = 0; i < 3; i++) {
        evi("%c %d", ((const struct counts *)frame)->name, i);
        await(co_sleep(0));
    }
    return 0;
}

static int alternate(void *)
{
    co_task *a = co_spawn(counts, 'A');

    await(co_sleep(0));
    co_task *b = co_spawn(counts, 'B');
    await(co_join(a));
    evi("A over");
    await(co_join(b));
    evi("B over");
    return 0;
}

Test(task_order, tasks_that_sleep_0_take_turns)
{
    expect(alternate, "i=2 A 0\n"
                      "i=3 A 1\n"
                      "i=3 B 0\n"
                      "i=4 A 2\n"
                      "i=4 B 1\n"
                      "i=5 B 2\n"
                      "i=6 A over\n"
                      "i=7 B over\n");
}

struct works {
    char name;
    double seconds, busy, more;
};

static int works(void *frame)
{
    const struct works *self = frame;

    await(co_sleep(self->seconds));
    ev("%c", self->name);
    co_block(self->busy);
    if (self->more >= 0)
        await(co_sleep(self->more));
    ev("%c end", self->name);
    return 0;
}

static int overslept(void *)
{
    await(co_gather(co_spawn(works, 'a', 0.1, 0.5, -1),
                    co_spawn(works, 'b', 0.2, 0, 0.1),
                    co_spawn(works, 'c', 0.3, 0, 0)));
    return 0;
}

Test(task_order, sleepers_whose_deadlines_have_passed_wake_in_order)
{
    expect(overslept, "t=0.1 a\n"
                      "t=0.6 a end\n"
                      "t=0.6 b\n"
                      "t=0.6 c\n"
                      "t=0.6 c end\n"
                      "t=0.7 b end\n");
}

struct level {
    int n;
};

static void say_level(const struct level **self) { evi("level %d", (*self)->n); }

static int level(void *frame)
{
    const struct level *self = frame;

    if (self->n == 0) {
        await(co_sleep(0));
        return co_raise(CO_EVALUE, "deep");
    }
    finally(say_level) const struct level *leaving = self;
    return await(co_call(level, leaving->n - 1));
}

static int levels(void *)
{
    int r = attempt(co_call(level, 3));

    evi("%s", py_repr(r).s);
    return 0;
}

Test(task_order, an_error_goes_up_through_calls_without_an_iteration)
{
    expect(levels, "i=2 level 1\n"
                   "i=2 level 2\n"
                   "i=2 level 3\n"
                   "i=2 ValueError('deep')\n");
}

/* ---- one after the other ------------------------------------------------- */

struct chain {
    int n;
};

static int chain(void *frame)
{
    const int n = ((const struct chain *)frame)->n;

    evi("%d", n);
    if (n)
        co_spawn(chain, n - 1);
    return 0;
}

static int chained(void *)
{
    await(co_join(co_spawn(chain, 3)));
    evi("main");
    for (int i = 0; i < 3; i++)
        await(co_sleep(0));
    return 0;
}

Test(task_order, an_awaiter_continues_in_the_iteration_in_which_a_new_task_starts)
{
    expect(chained, "i=2 3\n"
                    "i=3 2\n"
                    "i=3 main\n"
                    "i=4 1\n"
                    "i=5 0\n");
}

struct side {
    co_future *futures;
    bool first;
};

static int side(void *frame)
{
    const struct side *self = frame;
    const char name = self->first ? 'a' : 'b';

    if (!self->first)
        co_future_set(&self->futures[0], 0);
    for (int i = !self->first; i < 4; i += 2) {
        await(co_join(&self->futures[i]));
        evi("%c%d", name, i);
        if (i < 3)
            co_future_set(&self->futures[i + 1], 0);
    }
    return 0;
}

static int handed_over(void *)
{
    co_future futures[4];

    for (int i = 0; i < 4; i++)
        co_future_init(&futures[i]);
    await(co_gather(co_spawn(side, futures, true), co_spawn(side, futures, false)));
    evi("end");
    return 0;
}

Test(task_order, passing_a_future_back_and_forth_takes_an_iteration_each_time)
{
    expect(handed_over, "i=3 a0\n"
                        "i=4 b1\n"
                        "i=5 a2\n"
                        "i=6 b3\n"
                        "i=8 end\n");
}

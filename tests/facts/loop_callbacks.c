/* Callbacks and timers added, removed or cancelled at unusual moments, and unusual
 * delays.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static int in_the_past(void *)
{
    struct ev_callback now = EV("now"), half = EV("half a second ago");
    struct ev_callback at = EV("at 0.2"), at_now = EV("at now"), soon = EV("soon");
    struct ev_callback before = EV("at -5");

    await(co_sleep(1));
    co_call_later(&now.timer, 0);
    co_call_later(&half.timer, -0.5);
    co_call_at(&at.timer, 0.2);
    co_call_at(&at_now.timer, co_now());
    co_call_soon(&soon.timer.callback);
    co_call_at(&before.timer, -5);
    await(co_sleep(0));
    ev("main");
    return attempt(co_sleep(0));
}

Test(loop_callbacks, timers_in_the_past_run_after_ready_callbacks_oldest_first)
{
    expect(in_the_past, "t=1 soon\n"
                        "t=1 main\n"
                        "t=1 at -5\n"
                        "t=1 at 0.2\n"
                        "t=1 half a second ago\n"
                        "t=1 now\n"
                        "t=1 at now\n");
}

/* Prints its text, and cancels two others. */
struct undoing {
    struct ev_callback saying;
    co_timer *others[2];
};

static void undo(co_callback *self)
{
    struct undoing *undoing =
        co_container_of(self, struct undoing, saying.timer.callback);

    evi("%s", undoing->saying.text);
    for (int i = 0; i < 2; i++)
        if (undoing->others[i])
            co_timer_cancel(undoing->others[i]);
}

static int takes_back(void *)
{
    struct ev_callback b = EVI("b"), timer = EVI("timer"), c = EVI("c");
    struct undoing a = { { { { undo } }, "a" }, { &b.timer, &timer.timer } };

    co_call_soon(&a.saying.timer.callback);
    co_call_soon(&b.timer.callback);
    co_call_later(&timer.timer, 0);
    co_call_soon(&c.timer.callback);
    await(co_sleep(0));
    await(co_sleep(0));
    evi("end");
    return 0;
}

Test(loop_callbacks, a_callback_cancels_others_of_its_iteration)
{
    expect(takes_back, "i=2 a\n"
                       "i=2 c\n"
                       "i=3 end\n");
}

static int takes_back_a_timer(void *)
{
    struct ev_callback b = EV("b"), c = EV("c");
    struct undoing a = { { { { undo } }, "a" }, { &b.timer } };

    co_call_later(&a.saying.timer, 0.1);
    co_call_later(&b.timer, 0.1);
    co_call_later(&c.timer, 0.1);
    await(co_sleep(0.2));
    co_timer_cancel(&a.saying.timer);
    ev("end");
    return 0;
}

Test(loop_callbacks, a_timer_cancels_another_that_is_due_too)
{
    expect(takes_back_a_timer, "i=2 a\n"
                               "t=0.1 c\n"
                               "t=0.2 end\n");
}

/* Prints its text, and adds another to the callbacks of a future. */
struct adding {
    struct ev_callback saying;
    co_future *future;
    struct ev_callback *other;
};

static void add(co_callback *self)
{
    struct adding *adding = co_container_of(self, struct adding, saying.timer.callback);

    evi("%s", adding->saying.text);
    co_on_done(adding->future, &adding->other->timer.callback);
}

static int adds_to_done(void *)
{
    co_future future;
    struct ev_callback second = EVI("second"), soon = EVI("soon");
    struct adding first = { { { { add } }, "first" }, &future, &second };

    co_future_init(&future);
    co_future_set(&future, 1);
    co_on_done(&future, &first.saying.timer.callback);
    co_call_soon(&soon.timer.callback);
    await(co_sleep(0));
    evi("main");
    await(co_sleep(0));
    evi("main");
    return 0;
}

Test(loop_callbacks, a_callback_added_to_a_done_future_runs_in_the_next_iteration)
{
    expect(adds_to_done, "i=2 first\n"
                         "i=2 soon\n"
                         "i=2 main\n"
                         "i=3 second\n"
                         "i=3 main\n");
}

static int adds_to_pending(void *)
{
    co_future future;
    struct ev_callback second = EVI("second"), third = EVI("third");
    struct adding first = { { { { add } }, "first" }, &future, &second };

    co_future_init(&future);
    co_on_done(&future, &first.saying.timer.callback);
    co_on_done(&future, &third.timer.callback);
    co_future_set(&future, 1);
    int r = await(co_join(&future));
    evi("%d", r);
    await(co_sleep(0));
    evi("end");
    return attempt(co_sleep(0));
}

Test(loop_callbacks, a_done_callback_adds_another_which_runs_after_all)
{
    expect(adds_to_pending, "i=1 1\n"
                            "i=2 first\n"
                            "i=2 third\n"
                            "i=2 end\n"
                            "i=3 second\n");
}

static void g(co_callback *) { evi("g"); }

static int too_late(void *)
{
    co_future future;
    co_callback callback = { g };

    co_future_init(&future);
    co_on_done(&future, &callback);
    co_future_set(&future, 1);
    evi("%zu", co_off_done(&future, g));
    await(co_sleep(0));
    evi("end");
    return 0;
}

Test(loop_callbacks, a_done_callback_that_is_queued_cannot_be_removed)
{
    expect(too_late, "i=1 0\n"
                     "i=2 g\n"
                     "i=2 end\n");
}

static int nothing_but(void *)
{
    struct ev_callback never = EV("never");

    co_call_soon(&never.timer.callback);
    co_callback_cancel(&never.timer.callback);
    evi("main");
    await(co_sleep(1));
    evi("main");
    return 0;
}

Test(loop_callbacks, a_cancelled_callback_still_takes_an_iteration)
{
    expect(nothing_but, "i=1 main\n"
                        "i=4 main\n");
}

/* ---- sleeps of tiny delays ----------------------------------------------- */

static int next_to_nothing(void *)
{
    evi("main");
    await(co_sleep(__builtin_nan("")));
    evi("main");
    await(co_sleep(1e-12));
    evi("main");
    ev("t");
    return 0;
}

Test(loop_callbacks, a_sleep_of_a_tiny_delay_or_nan_takes_two_iterations)
{
    expect(next_to_nothing, "i=1 main\n"
                            "i=3 main\n"
                            "i=5 main\n"
                            "t=0 t\n");
}

struct sleeps {
    const char *text;
    double seconds;
};

static int sleeps(void *frame)
{
    const struct sleeps *self = frame;

    await(co_sleep(self->seconds));
    evi("%s", self->text);
    return 0;
}

static int three_sleeps(void *)
{
    await(co_gather(co_spawn(sleeps, "tiny", 1e-10), co_spawn(sleeps, "sleep(0)", 0),
                    co_spawn(sleeps, "negative", -1)));
    evi("end");
    ev("t");
    return 0;
}

Test(loop_callbacks, SLEEP_03_the_shortest_sleep_takes_longer_than_sleep_0)
{
    expect(three_sleeps, "i=3 sleep(0)\n"
                         "i=3 negative\n"
                         "i=4 tiny\n"
                         "i=6 end\n"
                         "t=0 t\n");
}

/* ---- cancelled callbacks --------------------------------------------------- */

static int taken_back_alone(void *)
{
    struct ev_callback never = EVI("never");

    co_call_soon(&never.timer.callback);
    co_callback_cancel(&never.timer.callback);
    await(co_sleep(1));
    evi("alone");
    return 0;
}

Test(loop_callbacks, a_cancelled_callback_takes_an_iteration)
{
    expect(taken_back_alone, "i=4 alone\n");
}

static int taken_back_among_others(void *)
{
    struct ev_callback never = EVI("never"), other = EVI("other");

    co_call_soon(&never.timer.callback);
    co_call_soon(&other.timer.callback);
    co_callback_cancel(&never.timer.callback);
    await(co_sleep(1));
    evi("among others");
    return 0;
}

Test(loop_callbacks, a_cancelled_callback_takes_no_iteration_beside_another)
{
    expect(taken_back_among_others, "i=2 other\ni=4 among others\n");
}

/* ---- the latest deadline --------------------------------------------------- */

static int waits_until_the_end(void *)
{
    for (int i = 0; i < 4; i++) {
        double before = co_now();
        int slept = attempt(co_sleep(3e9));
        cr_expect(eq(int, slept, i < 3 ? 0 : CO_EVALUE));
        cr_expect(eq(int, co_block(INFINITY), CO_EVALUE));
        cr_expect(ge(dbl, co_now(), before));
    }
    await(co_sleep(NAN));
    await(co_sleep(-INFINITY));
    return 0;
}

Test(loop_callbacks, the_latest_deadline_does_not_wrap_around)
{
    cr_assert(
        zero(int, co_run(waits_until_the_end, &(co_options){ .virtual_time = true })));
}

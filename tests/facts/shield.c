/* shield: the waiting task is cancelled and the shielded one is not; errors that reach
 * the shield or come too late.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct job {
};

static int job(void *)
{
    int r = attempt(co_sleep(0.5));

    if (r == UV_ECANCELED) {
        ev("job cancelled");
        return r;
    }
    ev("job done");
    return 'r';
}

/* Awaits it through a shield, and prints the error. */
struct shielding {
    co_future *inner;
};

static int shielding(void *frame)
{
    const struct shielding *self = frame;
    int r = attempt(co_join(co_shield(self->inner)));

    if (r == UV_ECANCELED)
        ev("outer cancelled");
    return r;
}

static int shield_01(void *)
{
    co_task *task = co_spawn(job);
    co_task *outer = co_spawn(shielding, task);

    await(co_sleep(0.1));
    co_cancel(outer);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, outer));
    ev("job done? %s", py_bool(co_done(task)));
    ev("%c", await(co_join(task)));
    return 0;
}

Test(shield, SHIELD_01_the_waiting_task_is_cancelled_and_the_shielded_one_continues)
{
    expect(shield_01, "t=0.1 outer cancelled\n"
                      "t=0.1 job done? False\n"
                      "t=0.5 job done\n"
                      "t=0.5 r\n");
}

static int shield_02(void *)
{
    co_task *task = co_spawn(sleeper, 5);
    struct future_callback cancel = CANCEL(task);

    co_call_later(&cancel.timer, 0.1);
    if (attempt(co_join(co_shield(task))) == UV_ECANCELED)
        ev("CancelledError, cancelling() = %u", co_cancelling(co_self()));
    return 0;
}

Test(shield, SHIELD_02_cancelling_the_task_itself_goes_through)
{
    expect(shield_02, "t=0.1 CancelledError, cancelling() = 0\n");
}

struct ends {
};

static int ends(void *)
{
    evi("job ends");
    return 'r';
}

struct bad {
};

static int bad(void *)
{
    evi("bad ends");
    return co_raise(CO_EVALUE, "v");
}

static int shield_04(void *)
{
    evi("%c", await(co_join(co_shield(co_spawn(ends)))));
    int r = attempt(co_join(co_shield(co_spawn(bad))));
    if (r == CO_EVALUE)
        evi("%s", py_repr(r).s);
    return 0;
}

Test(shield, SHIELD_04_results_and_errors_take_one_iteration_more)
{
    expect(shield_04, "i=2 job ends\n"
                      "i=4 r\n"
                      "i=5 bad ends\n"
                      "i=7 ValueError('v')\n");
}

struct fails {
    double seconds;
};

static int fails(void *frame)
{
    await(co_sleep(((const struct fails *)frame)->seconds));
    return co_raise(CO_EVALUE, "v");
}

struct shields_its_own {
};

static int shields_its_own(void *)
{
    return await(co_join(co_shield(co_spawn(fails, 0.3))));
}

static int shield_05(void *)
{
    co_task *outer = co_spawn(shields_its_own);

    await(co_sleep(0.1));
    co_cancel(outer);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, outer));
    ev("outer cancelled");
    await(co_sleep(0.4));
    ev("end");
    return 0;
}

Test(shield, SHIELD_05_a_failure_after_the_cancellation_is_only_logged)
{
    expect(shield_05, "t=0.1 outer cancelled\n"
                      "LOG ERROR Task exception was never retrieved | ValueError('v')\n"
                      "t=0.5 end\n");
    expect_as(314, shield_05,
              "t=0.1 outer cancelled\n"
              "LOG ERROR ValueError exception in shielded future | ValueError('v')\n"
              "t=0.5 end\n");
}

struct outer_07 {
};

static int outer_07(void *)
{
    co_task *task = co_spawn(job);

    if (attempt(co_join(co_shield(task))) == UV_ECANCELED) {
        ev("first cancel: wait for the job anyway");
        await(co_join(task));
        ev("never");
    }
    return 0;
}

static int shield_07(void *)
{
    co_task *outer = co_spawn(outer_07);

    await(co_sleep(0.1));
    co_cancel(outer);
    await(co_sleep(0.1));
    co_cancel(outer);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, outer));
    ev("outer cancelled %s", py_bool(co_cancelled(outer)));
    return 0;
}

Test(shield, SHIELD_07_waiting_once_more_without_a_shield_is_no_protection)
{
    expect(shield_07, "t=0.1 first cancel: wait for the job anyway\n"
                      "t=0.2 job cancelled\n"
                      "t=0.2 outer cancelled True\n");
}

static int waitfor_11(void *)
{
    co_task *task = co_spawn(job);

    if (attempt(co_wait_for(co_shield(task), 0.2)) == UV_ETIMEDOUT)
        ev("TimeoutError; job done: %s", py_bool(co_done(task)));
    ev("%c", await(co_join(task)));
    return 0;
}

Test(shield, WAITFOR_11_a_shielded_task_survives_the_timeout)
{
    expect(waitfor_11, "t=0.2 TimeoutError; job done: False\n"
                       "t=0.5 job done\n"
                       "t=0.5 r\n");
}

/* ---- beside the numbered facts ------------------------------------------- */

static int never_retrieved(void *)
{
    co_task *task = co_spawn(fails, 0.1);
    co_future *shield = co_shield(task);

    await(co_sleep(0.2));
    co_drop(shield);
    co_drop(task);
    ev("end");
    return 0;
}

Test(shield, is_reported_itself_for_a_failure_that_has_reached_it)
{
    expect(never_retrieved,
           "LOG ERROR Future exception was never retrieved | ValueError('v')\n"
           "t=0.2 end\n");
}

struct joins {
    co_future *shield;
};

static int joins(void *frame)
{
    const struct joins *self = frame;
    int r = attempt(co_join(self->shield));

    ev("%s", py_repr(r).s);
    return r;
}

static int cancelled_both(void *)
{
    co_future future;
    co_future_init(&future);
    co_task *task = co_spawn(joins, co_shield(&future));
    await(co_sleep(0));
    co_cancel_with(task, "m");
    co_future_fail(&future, CO_EVALUE, "at the same time");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    co_future_finish(&future);

    co_future_init(&future);
    task = co_spawn(joins, co_shield(&future));
    await(co_sleep(0));
    co_cancel_with(&future, "gone");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    return 0;
}

Test(shield, has_only_the_message_of_its_own_cancellation)
{
    expect(cancelled_both, "t=0 CancelledError('m')\n"
                           "t=0 CancelledError()\n");
    expect_as(314, cancelled_both,
              "t=0 CancelledError('m')\n"
              "LOG ERROR Future exception was never retrieved | "
              "ValueError('at the same time')\n"
              "t=0 CancelledError()\n");
}

static co_task *failed(void)
{
    co_task *task = co_spawn(fails);
    int r = attempt(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));

    return r < 0 ? NULL : task;
}

static int of_what_is_done(void *)
{
    co_task *task = failed();
    if (!task)
        return UV_ECANCELED;
    evi("before");
    co_future *shield = co_shield(task);
    int r = attempt(co_join(shield));
    evi("%s", py_repr(r).s);
    co_drop(shield);
    co_drop(task);

    co_future future;
    co_future_init(&future);
    co_future_set(&future, 1);
    shield = co_shield(&future);
    evi("%d", await(co_join(shield)));
    co_drop(shield);

    task = failed();
    if (!task)
        return UV_ECANCELED;
    co_drop(co_shield(task));
    evi("still %s", py_exception(co_result(task)));
    co_drop(co_shield(task)); /* retrieved by now */
    return 0;
}

Test(shield, of_a_future_that_is_done_is_done_and_can_be_dropped)
{
    expect(of_what_is_done,
           "i=5 before\n"
           "i=5 ValueError('v')\n"
           "i=5 1\n"
           "LOG ERROR Task exception was never retrieved | ValueError('v')\n"
           "i=9 still ValueError\n");
}

static int twice(void *)
{
    co_task *task = co_spawn(fails, 0.1);
    co_future *shields[] = { co_shield(task), co_shield(task) };

    co_cancel(shields[0]);
    co_cancel(shields[1]);
    await(co_sleep(0.2));
    co_drop(task);
    ev("end");
    return 0;
}

Test(shield, however_often_a_task_is_shielded_its_failure_is_reported_once)
{
    expect_as(314, twice,
              "LOG ERROR ValueError exception in shielded future | ValueError('v')\n"
              "t=0.2 end\n");
}

static int dropped(void *)
{
    co_task *task = co_spawn(job);

    co_drop(co_shield(task));
    co_drop(task);
    await(co_sleep(1));
    return 0;
}

Test(shield, that_is_dropped_changes_nothing) { expect(dropped, "t=0.5 job done\n"); }

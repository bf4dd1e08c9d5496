/* timeout: a limit of zero, an error raised instead of the cancellation, and a timeout
 * in a cleanup.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- a timeout of zero --------------------------------------------------- */

struct child {
};

static int child(void *)
{
    evi("child runs");
    return 1;
}

static int sleeps_twice(co_timeout *limit)
{
    evi("in %s", py_bool(co_timeout_expired(limit)));
    await(co_sleep(0));
    evi("after sleep(0) %s", py_bool(co_timeout_expired(limit)));
    await(co_sleep(0));
    evi("never");
    return 0;
}

static int timeout_03(void *)
{
    for (int seconds = 0; seconds >= -1; seconds--) {
        finally(co_timeout_close) co_timeout limit = co_timeout_after(seconds);
        await(co_timeout_enter(&limit));
        int r = attempt(co_timeout_leave(&limit, attempt(sleeps_twice(&limit))));
        evi("%s %s %u", py_exception(r), py_bool(co_timeout_expired(&limit)),
            co_cancelling(co_self()));
    }
    return 0;
}

Test(timeout_edges, TIMEOUT_03_a_timeout_of_zero_cancels_in_the_next_iteration)
{
    expect(timeout_03, "i=1 in False\n"
                       "i=2 TimeoutError True 0\n"
                       "i=2 in False\n"
                       "i=3 TimeoutError True 0\n");
}

static int entered(void)
{
    evi("entered");
    return attempt(co_sleep(5));
}

static int calls_and_joins(void)
{
    evi("%d", await(co_call(child)));
    await(co_join(co_spawn(child)));
    evi("never");
    return 0;
}

static int timeout_03_waits(void *)
{
    evi("%s", py_exception(attempt(co_within(0, entered()))));
    evi("%s", py_exception(attempt(co_within(0, calls_and_joins()))));
    co_task *task = co_spawn(evi_task, "other");
    int r = attempt(co_within(-1, co_join(task)));
    evi("%s %s %s", py_exception(r), py_bool(co_done(task)),
        py_bool(co_cancelled(task)));
    r = attempt(co_until(co_now() - 1, co_sleep(5)));
    evi("%s", py_exception(r));
    return 0;
}

Test(timeout_edges, TIMEOUT_03_a_timeout_of_zero_cancels_any_wait)
{
    expect(timeout_03_waits, "i=1 entered\n"
                             "i=3 TimeoutError\n"
                             "i=3 child runs\n"
                             "i=3 1\n"
                             "i=5 TimeoutError\n"
                             "i=6 other\n"
                             "i=7 TimeoutError True False\n"
                             "i=9 TimeoutError\n");
}

static int blocks(co_timeout *limit)
{
    co_block(0.5);
    evi("blocked %s", py_bool(co_timeout_expired(limit)));
    return 0;
}

static int does_not_wait(co_future *done, co_lock *lock)
{
    evi("%d done future", await(co_join(done)));
    with_lock(lock)
        evi("lock");
    return 0;
}

static int timeout_03_waits_not(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0);
    co_lock lock;
    co_future done;

    await(co_timeout_enter(&limit));
    await(co_timeout_leave(&limit, blocks(&limit)));
    evi("left %s", py_bool(co_timeout_expired(&limit)));
    await(co_sleep(0));
    await(co_sleep(0));
    evi("nothing comes after");
    co_lock_init(&lock);
    co_future_init(&done);
    co_future_set(&done, 5);
    await(co_within(-5, does_not_wait(&done, &lock)));
    ev("t");
    return 0;
}

Test(timeout_edges, TIMEOUT_03_a_timeout_of_zero_does_not_cancel_a_body_without_a_wait)
{
    expect(timeout_03_waits_not, "i=1 blocked False\n"
                                 "i=1 left False\n"
                                 "i=3 nothing comes after\n"
                                 "i=3 5 done future\n"
                                 "i=3 lock\n"
                                 "t=0.5 t\n");
}

/* ---- an error instead of the cancellation -------------------------------- */

static int raises_instead(double cleanup, int code, const char *why)
{
    if (attempt(co_sleep(5)) != UV_ECANCELED)
        return 0;
    if (cleanup > 0)
        await(co_sleep(cleanup));
    return co_raise(code, "%s", why);
}

static void report(const co_timeout *limit, int r)
{
    ev("%s %s %u", py_repr(r).s, py_bool(co_timeout_expired(limit)),
       co_cancelling(co_self()));
}

static int timeout_12(void *)
{
    const struct {
        double seconds;
        int code;
        const char *why;
    } errors[] = { { 0, CO_EVALUE, "instead" },
                   { 0, UV_ENOENT, "finally" },
                   { 0.2, CO_EVALUE, "late" },
                   { 0, UV_ETIMEDOUT, "own" } };

    for (int i = 0; i < 4; i++) {
        finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);
        await(co_timeout_enter(&limit));
        int r =
            attempt(raises_instead(errors[i].seconds, errors[i].code, errors[i].why));
        r = attempt(co_timeout_leave(&limit, r));
        report(&limit, r);
    }
    await(co_sleep(0.1));
    ev("goes on");
    return 0;
}

Test(timeout_edges, TIMEOUT_12_an_error_raised_instead_of_the_cancellation_stays)
{
    const char *lines = "t=0.1 ValueError('instead') True 0\n"
                        "t=0.2 KeyError('finally') True 0\n"
                        "t=0.5 ValueError('late') True 0\n"
                        "t=0.6 TimeoutError('own') True 0\n"
                        "t=0.7 goes on\n";

    expect(timeout_12, lines);
    expect_as(313, timeout_12, lines);
}

static int timeout_12_nested(void *)
{
    finally(co_timeout_close) co_timeout outer = co_timeout_after(0.1);
    finally(co_timeout_close) co_timeout inner = co_timeout_after(0.5);

    await(co_timeout_enter(&outer));
    await(co_timeout_enter(&inner));
    int r = attempt(raises_instead(0, CO_EVALUE, "through both"));
    r = attempt(co_timeout_leave(&inner, r));
    r = attempt(co_timeout_leave(&outer, r));
    ev("%s %s %s %u", py_repr(r).s, py_bool(co_timeout_expired(&outer)),
       py_bool(co_timeout_expired(&inner)), co_cancelling(co_self()));
    return 0;
}

Test(timeout_edges, TIMEOUT_12_an_error_passes_through_two_timeouts)
{
    expect(timeout_12_nested, "t=0.1 ValueError('through both') True False 0\n");
}

/* The exit of a manager that replaces a cancellation by an error. */
static int raises(co_context_manager *, int r)
{
    return r == UV_ECANCELED ? co_raise(CO_EVALUE, "instead") : r;
}

static void report_contexts(const co_error *error)
{
    for (; error; error = co_error_context(error))
        line("%s", py_repr_error(error).s);
}

static int timeout_12_context(void *)
{
    co_context_manager manager = { .exit = raises };
    int r = attempt(co_within(0.1, co_with(&manager, co_sleep(5))));

    report_contexts(co_error_now());
    return r == CO_EVALUE ? 0 : r;
}

Test(timeout_edges, TIMEOUT_12_the_context_of_the_error_is_a_cancellation)
{
    expect(timeout_12_context, "ValueError('instead')\n"
                               "CancelledError()\n");
}

Test(timeout_edges, TIMEOUT_12_the_context_of_the_error_has_a_timeout_since_313)
{
    expect_as(313, timeout_12_context,
              "ValueError('instead')\n"
              "TimeoutError()\n"
              "CancelledError()\n");
}

struct cleans_badly {
};

static int cleans_badly(void *) { return raises_instead(0, CO_EVALUE, "cleanup"); }

static int timeout_12_group(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);
    finally(co_group_close) co_group group = {};

    await(co_timeout_enter(&limit));
    await(co_group_enter(&group));
    co_group_spawn(&group, cleans_badly);
    int r = attempt(co_group_leave(&group, 0));
    r = attempt(co_timeout_leave(&limit, r));
    report(&limit, r);
    return 0;
}

Test(timeout_edges, TIMEOUT_12_an_error_of_a_group_stays)
{
    expect(timeout_12_group, "t=0.1 ExceptionGroup('unhandled errors in a TaskGroup', "
                             "[ValueError('cleanup')]) True 0\n");
}

struct managed {
};

static int managed(void *)
{
    co_context_manager manager = { .exit = raises };

    return await(co_with(&manager, co_sleep(5)));
}

static int in_a_group(void)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_group_spawn(&group, managed);
    return await(co_group_leave(&group, 0));
}

static int timeout_12_parts(void *)
{
    int r = attempt(co_within(0.1, in_a_group()));

    if (r == CO_EGROUP)
        report_contexts(co_error_at(co_error_now(), 0));
    return 0;
}

Test(timeout_edges,
     TIMEOUT_12_the_contexts_of_errors_in_a_group_have_a_timeout_since_313)
{
    expect(timeout_12_parts, "ValueError('instead')\n"
                             "CancelledError()\n");
    expect_as(313, timeout_12_parts,
              "ValueError('instead')\n"
              "TimeoutError()\n"
              "CancelledError()\n");
}

/* ---- while a cancellation is handled ------------------------------------- */

struct cleans {
    double seconds;
};

static int cleans(void *frame)
{
    const struct cleans *self = frame;
    int r = attempt(co_sleep(5));
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.2);

    await(co_timeout_enter(&limit));
    ev("cleanup %u", co_cancelling(co_self()));
    int late = attempt(co_timeout_leave(&limit, attempt(co_sleep(self->seconds))));
    ev("%s %s %u",
       late >= 0              ? "in time"
       : late == UV_ETIMEDOUT ? "late"
                              : py_exception(late),
       py_bool(co_timeout_expired(&limit)), co_cancelling(co_self()));
    return late == UV_ECANCELED ? late : r;
}

static int timeout_18(void *)
{
    for (int seconds = 1; seconds >= 0; seconds--) {
        co_task *task = co_spawn(cleans, seconds);
        await(co_sleep(0.1));
        co_cancel(task);
        await(co_settle(task));
        ev("over %s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    }
    return 0;
}

Test(timeout_edges, TIMEOUT_18_a_timeout_in_a_cleanup_expires)
{
    expect(timeout_18, "t=0.1 cleanup 1\n"
                       "t=0.3 late True 1\n"
                       "t=0.3 over True 1\n"
                       "t=0.4 cleanup 1\n"
                       "t=0.4 in time False 1\n"
                       "t=0.4 over True 1\n");
}

static int timeout_18_twice(void *)
{
    co_task *task = co_spawn(cleans, 1);

    for (int i = 0; i < 2; i++) {
        await(co_sleep(0.1));
        co_cancel(task);
    }
    await(co_settle(task));
    ev("over %s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(timeout_edges,
     TIMEOUT_18_a_second_cancellation_passes_through_a_timeout_in_a_cleanup)
{
    expect(timeout_18_twice, "t=0.1 cleanup 1\n"
                             "t=0.2 CancelledError False 2\n"
                             "t=0.2 over True 2\n");
}

struct cancels_itself {
};

static int cancels_itself(void *)
{
    co_cancel(co_self());
    if (attempt(co_sleep(1)) == UV_ECANCELED) {
        int r = attempt(co_within(0, co_sleep(1)));
        ev("%s %u", py_exception(r), co_cancelling(co_self()));
    }
    return 0;
}

static int timeout_18_itself(void *)
{
    co_task *task = co_spawn(cancels_itself);

    await(co_join(task));
    ev("over %s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(timeout_edges, TIMEOUT_18_a_timeout_of_zero_in_a_cleanup_expires)
{
    expect(timeout_18_itself, "t=0 TimeoutError 1\n"
                              "t=0 over False 1\n");
}

#include "engine/timeout.h"

#include <math.h>

#include "engine/core/emit.h"

/* Replace the current error, a cancellation, by a timeout with that as its context. */
static int time_out(void)
{
    struct co_error *cancelled = co_current_error_object(UV_ECANCELED);

    co_set_current_error(UV_ETIMEDOUT, NULL);
    co_error_chain(UV_ETIMEDOUT, cancelled);
    co_error_drop(cancelled);
    return UV_ETIMEDOUT;
}

/* ---- wait_for, as CPython 3.11 does it ----------------------------------- */

/* The task waits for `first`. It completes when `other` is done or at the deadline,
 * whichever comes first.
 */
struct race {
    co_future first;
    co_callback done;
    co_timer timer;
    co_future *other;
};

static void describe(const co_future *future, co_trace_event *record)
{
    const co_future *other = co_container_of(future, struct race, first)->other;

    record->other = other->class == &co_task_class ? other : NULL;
}

static co_future *awaits(const co_future *future, size_t i)
{
    return i == 0 ? co_container_of(future, struct race, first)->other : NULL;
}

static void complete(struct race *race)
{
    if (co_is_pending(&race->first))
        co_future_complete(&race->first, CO_HAS_RESULT, 0, NULL);
}

static void on_done(co_callback *callback)
{
    complete(co_container_of(callback, struct race, done));
}

static void prepare(struct race *race, co_future *other)
{
    static const struct co_future_class class = {
        .what = "wait_for",
        .function = "co_wait_for",
        .describe = describe,
        .awaits = awaits,
    };

    *race = (struct race){ .done.run = on_done, .other = other };
    co_future_prepare(&race->first, &class, NULL);
}

static void on_deadline(co_callback *callback)
{
    struct race *race = co_container_of(callback, struct race, timer.callback);
    struct co_loop *loop = co_loop_now;

    loop->cause.what = "timeout";
    complete(race);
    loop->cause = (struct co_cause){};
}

/* asyncio's _cancel_and_wait(): cancel the future, and wait until it is done. */
static int cancel_and_wait(co_future *future)
{
    struct race race;

    prepare(&race, future);
    co_future_add_callback(future, &race.done);
    co_cancel(future);
    int r = co_park(&race.first);
    co_callback_cancel(&race.done);
    return r;
}

/* The future is late: cancel it. If it ends cancelled, return a timeout. */
static int cancel_late(co_future *future)
{
    await(cancel_and_wait(future));
    int r = co_future_outcome(future);
    return r == UV_ECANCELED ? time_out() : r;
}

static int wait_for_first(struct race *race, co_future *future)
{
    int r = co_park(&race->first);

    /* The callback may still be ready, if both came in the same iteration. */
    co_callback_cancel(&race->done);
    if (co_done(future))
        return co_future_outcome(future);
    if (r >= 0)
        return cancel_late(future);
    struct co_error *reason = co_error_keep(co_current_error_with_code(r));
    int again = cancel_and_wait(future);
    if (again >= 0)
        again = co_set_current_error(r, reason);
    co_error_drop(reason);
    return again;
}

static int set_timer(co_timer *timer, double seconds)
{
    int64_t deadline_ns;

    if (!co_time_after(co_now_ns(), seconds, &deadline_ns))
        return co_time_too_far(seconds);
    return co_set_timer(timer, deadline_ns);
}

static int wait_until(co_future *future, double seconds)
{
    struct race race;

    prepare(&race, future);
    race.timer.callback.run = on_deadline;
    await(set_timer(&race.timer, seconds));
    co_future_add_callback(future, &race.done);
    int r = wait_for_first(&race, future);
    co_timer_cancel(&race.timer);
    return r;
}

int(co_wait_for)(co_future *future, double seconds)
{
    co_task_here(co_loop_now, "co_wait_for");
    if (isinf(seconds) && seconds > 0)
        return co_join(future);

    if (co_asyncio_at_least(co_loop_now, 312) && seconds > 0)
        return co_within(seconds, co_join(future));
    co_ref(future);
    int r = co_done(future) && seconds <= 0 ? co_future_outcome(future)
            : seconds <= 0                  ? cancel_late(future)
                                            : wait_until(future, seconds);
    co_unref(future);
    return r;
}

int co_wait_for_made(co_future *future, double seconds)
{
    int r = co_wait_for(future, seconds);

    co_drop(future);
    return r;
}

/* ---- timeout() ----------------------------------------------------------- */

static void expire(co_callback *callback)
{
    co_timeout *timeout = co_container_of(callback, co_timeout, timer.callback);
    struct co_loop *loop = co_loop_now;

    timeout->state = CO_TIMEOUT_EXPIRING;
    if (co_is_observed(loop))
        co_emit(loop, &(co_trace_event){
                          .kind = CO_TIMEOUT,
                          .task = timeout->task,
                          .number = timeout->length_ns,
                      });
    loop->cause.what = "timeout";
    co_cancel(timeout->task);
    loop->cause = (struct co_cause){};
}

co_timeout co_timeout_at(double when)
{
    co_timeout timeout = { .timer.callback.run = expire, .when = when };

    timeout.too_far = !co_time_at(when, &timeout.deadline_ns);
    return timeout;
}

/* Add in nanoseconds: a double is too coarse when the clock has run for long. */
co_timeout co_timeout_after(double seconds)
{
    const int64_t now_ns = co_time_here("co_within() or co_timeout_after");
    co_timeout timeout = {
        .timer.callback.run = expire,
        .when = (double)now_ns / 1e9 + seconds,
    };

    timeout.too_far = !co_time_after(now_ns, seconds, &timeout.deadline_ns);
    return timeout;
}

/* A deadline that has passed expires in the next iteration. */
static void set_deadline(co_timeout *timeout)
{
    int64_t now_ns = co_now_ns();

    if (__builtin_sub_overflow(timeout->deadline_ns, now_ns, &timeout->length_ns))
        timeout->length_ns = INT64_MIN;
    if (timeout->deadline_ns <= now_ns)
        co_schedule(&timeout->timer.callback);
    else
        co_set_timer(&timeout->timer, timeout->deadline_ns);
}

int co_timeout_enter(co_timeout *timeout)
{
    if (timeout->state != CO_TIMEOUT_CREATED)
        return co_raise(CO_ERUNTIME, "Timeout has already been entered");
    if (!co_self())
        return co_raise(CO_ERUNTIME, "Timeout should be used inside a task");
    if (timeout->too_far)
        return co_time_too_far(timeout->when);
    timeout->state = CO_TIMEOUT_ACTIVE;
    timeout->task = co_self();
    /* In a generator the limit may be left after the task is done: keep the task. */
    co_ref(timeout->task);
    timeout->cancelling = co_cancelling(timeout->task);
    set_deadline(timeout);
    return 0;
}

int co_timeout_reschedule(co_timeout *timeout, double when)
{
    static const char *const words[] = {
        [CO_TIMEOUT_EXPIRING] = "expiring",
        [CO_TIMEOUT_EXPIRED] = "expired",
        [CO_TIMEOUT_FINISHED] = "finished",
    };
    int64_t deadline_ns;

    if (timeout->state == CO_TIMEOUT_CREATED)
        return co_raise(CO_ERUNTIME, "Timeout has not been entered");
    if (timeout->state != CO_TIMEOUT_ACTIVE)
        return co_raise(CO_ERUNTIME, "Cannot change state of %s Timeout",
                        words[timeout->state]);
    if (!co_time_at(when, &deadline_ns))
        return co_time_too_far(when);
    co_timer_cancel(&timeout->timer);
    timeout->when = when;
    timeout->deadline_ns = deadline_ns;
    set_deadline(timeout);
    return 0;
}

double co_timeout_when(const co_timeout *timeout) { return timeout->when; }

/* Insert a timeout between the error and the cancellation in its context, if any. */
static void insert_timeout(struct co_error *error)
{
    while (error->context && error->context->code != UV_ECANCELED)
        error = error->context;
    if (!error->context)
        return;
    struct co_error *late = co_error_object(UV_ETIMEDOUT, NULL);
    late->context = error->context;
    error->context = late;
}

/* An error other than the cancellation leaves the block. From 313 on insert a timeout
 * into its context, and into that of each error of a group.
 */
static int leave_with_error(int r)
{
    struct co_error *error = co_current_error_with_code(r);

    if (!error || !co_asyncio_at_least(co_loop_now, 313))
        return r;
    insert_timeout(error);
    for (size_t i = 0; i < error->count; i++)
        insert_timeout(error->parts[i]);
    return r;
}

int co_timeout_leave(co_timeout *timeout, int r)
{
    if (timeout->state == CO_TIMEOUT_ACTIVE) {
        co_timer_cancel(&timeout->timer);
        timeout->state = CO_TIMEOUT_FINISHED;
        co_unref(timeout->task);
    }
    if (timeout->state != CO_TIMEOUT_EXPIRING)
        return r;
    timeout->state = CO_TIMEOUT_EXPIRED;
    /* Take back the cancellation request of this limit. If there were other requests
     * since entry, the cancellation belongs to them.
     */
    const bool is_ours = co_uncancel(timeout->task) <= timeout->cancelling;
    co_unref(timeout->task);
    if (!is_ours || r >= 0)
        return r;
    return r == UV_ECANCELED ? time_out() : leave_with_error(r);
}

void co_timeout_close(co_timeout *timeout)
{
    int ignored = co_timeout_leave(timeout, 0);
    (void)ignored;
}

bool co_timeout_expired(const co_timeout *timeout)
{
    return timeout->state == CO_TIMEOUT_EXPIRING ||
           timeout->state == CO_TIMEOUT_EXPIRED;
}

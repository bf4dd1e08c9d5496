/* timeout.h — a limit on how long something may take.
 *
 * Both forms cancel what is late and then wait for its cleanup, however long that
 * takes; both report UV_ETIMEDOUT. They differ in what they cancel: co_wait_for
 * another task, co_within this one, at what it waits for. The co_error_context() of the
 * timeout is the cancellation.
 */
#ifndef CO_TIMEOUT_H
#define CO_TIMEOUT_H

#include "engine/await.h"
#include "engine/loop.h"

/* wait_for(future, seconds): suspend until it is done and return its result or
 * error. CO_EVALUE: the limit is beyond the end of the clock (loop.h). UV_ETIMEDOUT: it
 * was late, was cancelled and has ended; if it ends with another error or with a result
 * meanwhile, that is returned. Infinite: no limit. UV_ECANCELED: this task was
 * cancelled, and so was the future.
 *
 * From 312 on it is co_within(seconds, co_join(future)): a cancellation that comes when
 * the future is done already is not lost, and of a result and the limit at the same
 * instant the limit wins.
 */
#define co_wait_for(future, seconds) \
    co_wait_for_as_((future), (seconds), CO_MAKES_(#future))
co_checked int(co_wait_for)(co_future *future, double seconds);
co_checked int co_wait_for_made(co_future *future, double seconds); /* and drop it */

static inline co_checked int co_wait_for_as_(co_future *future, double seconds,
                                             bool made)
{
    return made ? co_wait_for_made(future, seconds) : (co_wait_for)(future, seconds);
}

/* async with timeout(seconds): evaluate `expression`, an int like co_call(…), in
 * this task:
 *
 *     int r = attempt(co_within(1.0, co_call(slow_operation)));
 *
 * When the time is over whatever it waits for is cancelled; a cancellation that
 * comes out of it for that reason, and no other, becomes UV_ETIMEDOUT. If it never
 * waits, or swallows the cancellation, nothing is reported.
 *
 * Another error that came of the cancellation stays as it is. From 313 on there is a
 * timeout between the two, in the co_error_context() of that error, or of those in a
 * group.
 */
#define co_within(seconds, expression) co_within_(co_timeout_after(seconds), expression)

/* The same until co_now() is `when`: async with timeout_at(when). */
#define co_until(when, expression) co_within_(co_timeout_at(when), expression)

#define co_within_(limit, expression)                           \
    ({                                                          \
        finally(co_timeout_close) co_timeout co_limit_ = limit; \
        int co_outcome_ = co_timeout_enter(&co_limit_);         \
        if (co_outcome_ >= 0)                                   \
            co_outcome_ = (expression);                         \
        co_timeout_leave(&co_limit_, co_outcome_);              \
    })

/* The same in parts, where the limit is moved, or asked whether it has passed:
 *
 *     finally(co_timeout_close) co_timeout limit = co_timeout_after(1.0);
 *     await(co_timeout_enter(&limit));
 *     int r = co_timeout_leave(&limit, attempt(co_call(slow_operation)));
 */
typedef struct co_timeout {
    /* private */
    co_timer timer;
    co_task *task;
    double when;
    int64_t deadline_ns, length_ns;
    bool too_far;        /* beyond the end of the clock: it cannot be entered */
    unsigned cancelling; /* of the task, on entry */
    enum {
        CO_TIMEOUT_CREATED,
        CO_TIMEOUT_ACTIVE,
        CO_TIMEOUT_EXPIRING, /* it has cancelled the task */
        CO_TIMEOUT_EXPIRED,
        CO_TIMEOUT_FINISHED,
    } state;
} co_timeout;

/* A limit so many seconds from now, or at a time of co_now(); infinite: none. */
co_timeout co_timeout_after(double seconds);
co_timeout co_timeout_at(double when);

/* Begin: call in a task, leave in the same one. In a generator that another task goes
 * on with it remains the limit of this one. CO_ERUNTIME: it was entered before, or this
 * is no task. CO_EVALUE: the limit is finite and beyond the end of the clock (loop.h).
 */
int co_timeout_enter(co_timeout *timeout);

/* Move it; to a time that has passed: it strikes in the next iteration. CO_ERUNTIME: it
 * is not entered, has expired or was left. CO_EVALUE: as above; it stays where it was.
 */
int co_timeout_reschedule(co_timeout *timeout, double when);
double co_timeout_when(const co_timeout *timeout);

/* End with outcome `r` of what stands between; the outcome of the whole. */
co_checked int co_timeout_leave(co_timeout *timeout, int r);

/* End without an outcome, if it has not ended; for `finally`. */
void co_timeout_close(co_timeout *timeout);

bool co_timeout_expired(const co_timeout *timeout);

#endif

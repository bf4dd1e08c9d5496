/* timeout.h — asyncio.wait_for() and asyncio.timeout(): a limit for the time of a wait.
 *
 *     async_def(fetch, double seconds)
 *     {
 *         return co_sleep(self->seconds);
 *     }
 *
 *     int r = attempt(co_wait_for(co_spawn(fetch, .seconds = 5), 0.5));
 *     if (r == UV_ETIMEDOUT)
 *         r = attempt(co_within(0.5, co_call(fetch, .seconds = 0.2)));
 *
 * When the time is over both cancel, wait until the cleanup is done, and return
 * UV_ETIMEDOUT, whose co_error_context() is the cancellation. co_wait_for() cancels
 * another task or future; co_within() cancels the wait of this task.
 */
#ifndef CO_TIMEOUT_H
#define CO_TIMEOUT_H

#include "engine/await.h"
#include "engine/loop.h"

/* wait_for(future, seconds): suspend until it is done and return its result or error.
 * CO_FOREVER: no limit. Zero or less: the time is over at once, unless it is done.
 *
 * UV_ETIMEDOUT: the time was over, and the future was cancelled and has ended by that.
 * If it ends with a result or another error instead, that is returned. UV_ECANCELED:
 * this task was cancelled, and so was the future. CO_EVALUE: the limit is finite and
 * beyond the end of the clock (loop.h).
 *
 * A future that is made in the argument, as in co_wait_for(co_spawn(…), 1), is dropped
 * when the call returns. A task that never ends drops other futures by co_drop().
 *
 * From `asyncio` 312 on this is co_within(seconds, co_join(future)). Two cases differ:
 * a cancellation of this task after the future is done is not lost; and if the future
 * is done in the iteration in which the time is over, that is a timeout.
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

/* async with timeout(seconds): evaluate `expression`, an int like co_call(…), in this
 * task. When the time is over, the task is cancelled. If the expression then returns
 * UV_ECANCELED, and no other request to cancel the task was made, the value is
 * UV_ETIMEDOUT. If the expression never waits, or handles the cancellation, the value
 * is its result. CO_FOREVER: no limit.
 *
 * If an await() within the expression leaves the function, the function returns
 * UV_ECANCELED and not UV_ETIMEDOUT. Call a coroutine that awaits (co_call), or use
 * attempt().
 *
 * If the expression returns another error because of the cancellation, that is the
 * value. From `asyncio` 313 on its co_error_context() is a UV_ETIMEDOUT, whose context
 * is the cancellation; for a group this holds for each of its errors.
 */
#define co_within(seconds, expression) co_within_(co_timeout_after(seconds), expression)

/* async with timeout_at(when): the same until co_now() is `when`. */
#define co_until(when, expression) co_within_(co_timeout_at(when), expression)

#define co_within_(limit, expression)                           \
    ({                                                          \
        finally(co_timeout_close) co_timeout co_limit_ = limit; \
        int co_outcome_ = co_timeout_enter(&co_limit_);         \
        if (co_outcome_ >= 0)                                   \
            co_outcome_ = (expression);                         \
        co_timeout_leave(&co_limit_, co_outcome_);              \
    })

/* The same in parts, to move the limit or to ask whether it has expired:
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

/* Make a limit that expires after `seconds` seconds, or when co_now() is `when`.
 * CO_FOREVER: it never expires. Does not suspend.
 */
co_timeout co_timeout_after(double seconds);
co_timeout co_timeout_at(double when);

/* Enter the limit in the running task, which must also leave it. Returns 0. In a
 * generator, the limit applies to the task that asks for a value at this time, even if
 * another task asks for the next value. CO_ERUNTIME: it was entered before, or no task
 * runs. CO_EVALUE: the limit is finite and beyond the end of the clock (loop.h). Does
 * not suspend.
 */
int co_timeout_enter(co_timeout *timeout);

/* reschedule(), when(): move the limit to this time, and return 0. If the time has
 * passed, it expires in the next iteration. CO_FOREVER: no limit. CO_ERUNTIME: it is
 * not entered, has expired or was left. CO_EVALUE: as above, and the limit stays as it
 * was.
 */
int co_timeout_reschedule(co_timeout *timeout, double when);
double co_timeout_when(const co_timeout *timeout);

/* Leave the limit: `r` is the outcome of the block. Returns UV_ETIMEDOUT if `r` is the
 * cancellation by this limit, else `r`, whose context is as for co_within(). Does not
 * suspend.
 */
co_checked int co_timeout_leave(co_timeout *timeout, int r);

/* For `finally`: leave the limit without an outcome, if it was entered and not left. */
void co_timeout_close(co_timeout *timeout);

/* expired(): true if the time was over while the limit was entered. */
bool co_timeout_expired(const co_timeout *timeout);

#endif

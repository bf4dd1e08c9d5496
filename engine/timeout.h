/* timeout.h — a limit on how long something may take.
 *
 * Both forms cancel what is late and then wait for its cleanup, however long that
 * takes; both report UV_ETIMEDOUT. They differ in what they cancel: co_wait_for
 * another task, co_within this one, at what it waits for.
 */
#ifndef CO_TIMEOUT_H
#define CO_TIMEOUT_H

#include "engine/loop.h"
#include "engine/words.h"

/* wait_for(future, seconds): suspend until it is done and return its result or
 * error. UV_ETIMEDOUT: it was late, was cancelled and has ended; if it ends with
 * another error or with a result meanwhile, that is returned. Infinite: no limit.
 * UV_ECANCELED: this task was cancelled, and so was the future.
 */
co_checked int co_wait_for(co_future *future, double seconds);

/* async with timeout(seconds): evaluate `expression`, an int like co_call(…), in
 * this task:
 *
 *     int r = attempt(co_within(1.0, co_call(slow_operation)));
 *
 * When the time is over whatever it waits for is cancelled; a cancellation that
 * comes out of it for that reason, and no other, becomes UV_ETIMEDOUT. If it never
 * waits, or swallows the cancellation, nothing is reported.
 */
#define co_within(seconds, expression)                  \
    ({                                                  \
        finally(co_timeout_close) co_timeout co_limit_; \
        co_timeout_enter(&co_limit_, (seconds));        \
        int co_outcome_ = (expression);                 \
        co_timeout_leave(&co_limit_, co_outcome_);      \
    })

/* The same in parts, where the limit must be asked whether it has passed. */
typedef struct co_timeout {
    /* private */
    co_timer timer;
    co_task *task;
    int64_t length_ns;
    unsigned cancelling; /* of the task, on entry */
    bool armed, expired;
} co_timeout;

/* Begin: call in a task, leave in the same one. Infinite seconds: no limit. */
void co_timeout_enter(co_timeout *timeout, double seconds);

/* End with outcome `r` of what stands between; the outcome of the whole. */
co_checked int co_timeout_leave(co_timeout *timeout, int r);

/* End without an outcome, if it has not ended; for `finally`. */
void co_timeout_close(co_timeout *timeout);

bool co_timeout_expired(const co_timeout *timeout);

#endif

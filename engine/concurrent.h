/* concurrent.h — a coroutine spawned from another thread, and its result there.
 *
 * For functions in threads (executor.h) that need the loop, and for threads of the
 * program's own. On the virtual clock the run does not wait for these, and they have no
 * co_why(). They must block SIGINT, or else Ctrl-C is lost if it meets them.
 */
#ifndef CO_CONCURRENT_H
#define CO_CONCURRENT_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/loop.h"
#include "engine/task.h"

/* concurrent.futures.Future: the outcome of the task, for any thread to wait for. */
typedef struct co_concurrent_future co_concurrent_future;

/* run_coroutine_threadsafe: have the loop make a task of fn(arguments), as co_spawn()
 * does, which sees the context variables of this thread. The caller owns what is
 * returned and drops it, before or after the run; the task goes on without it. Where
 * the run is over it has failed: CO_ERUNTIME, "Event loop is closed".
 */
#define co_spawn_threadsafe(loop, fn, ...) \
    CO_MAKE_(co_concurrent_future *, fn,   \
             co_spawn_threadsafe_copy((loop), fn, #fn, CO_FRAME_(__VA_ARGS__)))
co_concurrent_future *co_spawn_threadsafe_copy(co_loop *loop, co_fn *fn,
                                               const char *fn_name, const void *frame,
                                               size_t size);

/* Block this thread until the task has ended, but no longer than so many real seconds,
 * INFINITY for no limit; and return its result or error, whose reason is then that of
 * the thread (co_why). UV_ETIMEDOUT: it has not ended, and goes on. UV_ECANCELED: it
 * was cancelled. CO_ERUNTIME: the run ended before it could. CO_EVALUE: `seconds` is
 * finite, and more than 64-bit nanoseconds hold.
 */
int co_concurrent_future_result(co_concurrent_future *remote, double seconds);

/* Cancel it: it counts as cancelled at once, and the loop then cancels the task. False:
 * it has ended, with a result or an error.
 */
bool co_concurrent_future_cancel(co_concurrent_future *remote);

bool co_concurrent_future_done(co_concurrent_future *remote);

/* NULL is allowed. */
void co_concurrent_future_drop(co_concurrent_future *remote);

#endif

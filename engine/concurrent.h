/* concurrent.h — a coroutine spawned from another thread, and its result there.
 *
 *     async_def(answer, int question)
 *     {
 *         return self->question + 41;
 *     }
 *
 *     struct ask { co_loop *loop; };
 *
 *     static int ask(void *frame) // in another thread
 *     {
 *         co_loop *loop = ((struct ask *)frame)->loop;
 *         co_concurrent_future *future = co_spawn_threadsafe(loop, answer, 1);
 *         int r = co_concurrent_future_result(future, CO_FOREVER); // 42
 *         co_concurrent_future_drop(future);
 *         return r;
 *     }
 *
 *     co_say("%d", await(co_thread(ask, co_get_loop())));
 *
 * The functions of this header may be called in threads of executors (executor.h), and
 * in threads that the program makes itself (pthread_create, thrd_create). A thread of
 * the second kind may also call these functions, and no others of the engine:
 *
 *   co_call_soon_threadsafe(), co_contextvar_get(), co_contextvar_set()
 *   co_block(), which is a sleep in real time there
 *   co_get_loop(), which is NULL there
 *
 * It has no co_why(). A run on the virtual clock does not wait for it. It must block
 * SIGINT, since a Ctrl-C that the system delivers to it is lost.
 *
 * A co_loop and a future are valid without a time limit: when the run is over, a call
 * with them returns an error and has no other effect.
 */
#ifndef CO_CONCURRENT_H
#define CO_CONCURRENT_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/loop.h"
#include "engine/task.h"

/* concurrent.futures.Future: the outcome of the task. Any thread may wait for it. */
typedef struct co_concurrent_future co_concurrent_future;

/* run_coroutine_threadsafe: make the loop spawn a task of fn(arguments), as co_spawn()
 * does. The task sees the context variables of this thread. The caller owns the future
 * and drops it, before or after the end of the run; the task continues without it. If
 * the run of this loop is over, the future has failed: CO_ERUNTIME, "Event loop is
 * closed".
 */
#define co_spawn_threadsafe(loop, fn, ...) \
    CO_MAKE_(co_concurrent_future *, fn,   \
             co_spawn_threadsafe_copy((loop), fn, #fn, CO_FRAME_(__VA_ARGS__)))
co_concurrent_future *co_spawn_threadsafe_copy(co_loop *loop, co_fn *fn,
                                               const char *fn_name, const void *frame,
                                               size_t size);

/* result(timeout): block this thread until the task is done, but at most for `seconds`
 * seconds of real time. CO_FOREVER: no limit. 0 or less: do not block. Returns the
 * result or error of the task, which becomes the current error of this thread (co_why).
 * Do not block in the thread of the loop: the task cannot run meanwhile.
 *
 * UV_ETIMEDOUT: the task is not done, and continues. UV_ECANCELED: it was cancelled.
 * CO_ERUNTIME: the run ended before the task. CO_EVALUE: `seconds` is finite, and more
 * than 64-bit nanoseconds hold.
 */
int co_concurrent_future_result(co_concurrent_future *future, double seconds);

/* cancel(): the future is cancelled at once, and the loop cancels the task afterwards.
 * False: it has a result or an error already.
 */
bool co_concurrent_future_cancel(co_concurrent_future *future);

/* done(): it has a result or an error, or was cancelled. */
bool co_concurrent_future_done(co_concurrent_future *future);

/* Drop it: no thread may use it any more. NULL is allowed. */
void co_concurrent_future_drop(co_concurrent_future *future);

#endif

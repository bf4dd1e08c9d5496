/* executor.h — functions that block, each in a thread, while the loop goes on.
 *
 *     struct reading { const char *path; char text[256]; };
 *
 *     static int reading(void *frame) { … read(2) … }
 *
 *     await(co_thread(reading, .path = "/etc/hostname"));
 *
 * Such a function looks like a coroutine but is none: it runs on its thread's own
 * stack and waits by blocking. It returns a result from zero up or an error, and may
 * call co_raise(), co_why(), co_contextvar_get() and co_contextvar_set(), co_say(),
 * co_now(), co_get_loop(), co_call_soon_threadsafe() and what is in concurrent.h, but
 * nothing that needs a task. Errors it keeps are its own: none may be handed to another
 * thread, or come from one.
 *
 * The virtual clock stands still while such functions run: what they do takes real
 * time, of which it knows nothing. While all of them wait for the loop (concurrent.h)
 * it goes on. The threads have all signals blocked, so that Ctrl-C reaches the loop.
 */
#ifndef CO_EXECUTOR_H
#define CO_EXECUTOR_H

#include "engine/future.h"
#include "engine/task.h"

/* ThreadPoolExecutor: so many threads at most, each started when there is a function
 * for it. More functions wait, and are taken in the order they came.
 */
typedef struct co_executor co_executor;

/* Of so many threads; 0: four more than there are processors, but at most 32. It
 * belongs to the program, or the run, that makes it.
 */
co_executor *co_executor_new(unsigned threads);

/* shutdown(wait=True): block this thread, and with it the loop, until all functions
 * that were submitted have run; the executor takes no more. Returns 0. NULL is allowed,
 * and a second time does nothing. The end of the program does it for all executors, and
 * frees them.
 *
 * CO_ERUNTIME: this is not the thread of the loop, or the program that made the
 * executor is over.
 */
int co_executor_finish(co_executor *executor);

/* How many threads it may have; 0: it is of another program, or that is over. */
unsigned co_executor_threads(const co_executor *executor);

/* run_in_executor: give it fn(arguments) at once, and return a future of its outcome,
 * a handle of the running task's as of co_spawn(). NULL: the default executor, made
 * when it is first needed. Tasks that wait for the results of several functions go on
 * in the order in which these end. Does not suspend.
 *
 * Cancelling the future while the function is queued: it never runs. While it runs: the
 * future is cancelled, the thread goes on. The arguments are copied as those of a task;
 * what a pointer in them points at must outlive the function, not just the future.
 * Whatever context variables the function sets its thread keeps, for the next one.
 *
 * The future has failed already where the executor takes no more: CO_ERUNTIME, "cannot
 * schedule new futures after shutdown" or, of the default one, "Executor shutdown has
 * been called"; or where there is no thread to be had.
 */
#define co_execute(executor, fn, ...) \
    CO_MAKE_(co_future *, fn, co_execute_copy((executor), fn, CO_FRAME_(__VA_ARGS__)))
co_future *co_execute_copy(co_executor *executor, co_fn *fn, const void *frame,
                           size_t size);

/* The arguments and results of such a function, as co_frame() has them of a task. Good
 * as long as the handle, and to be looked at once the future has a result.
 */
#define co_job_frame(fn, future) ((struct fn *)co_job_frame_of(future))
void *co_job_frame_of(co_future *future);

/* await to_thread(fn, arguments): run it in the default executor, with a copy of the
 * task's context variables, and return its result or error. UV_ECANCELED: interrupted;
 * the function is not, if it runs already.
 */
#define co_thread(fn, ...) \
    co_thread_copy(fn, &(struct fn){ __VA_ARGS__ }, sizeof(struct fn))
co_checked int co_thread_copy(co_fn *fn, const void *frame, size_t size);

/* The default executor is one for each run, or runner. Before main's end is that of the
 * run, its functions are waited for, as long as that may take also under a later
 * `asyncio`; one that was replaced is not. NULL: none was needed yet.
 */
void co_set_default_executor(co_executor *executor);
co_executor *co_default_executor(void);

/* Suspend until the default executor has run all it was given; it takes no more from
 * now on. Without one it does not suspend. UV_ECANCELED: interrupted, but not before
 * the executor is done: the loop is blocked until then.
 */
co_checked int co_shutdown_default_executor(void);

#endif

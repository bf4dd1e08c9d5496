/* executor.h — functions that block, each in a thread, while the loop goes on.
 *
 *     struct reading { const char *path; char text[256]; };
 *
 *     static int reading(void *frame)
 *     {
 *         struct reading *self = frame;
 *         FILE *file = fopen(self->path, "r");
 *         size_t size = file ? fread(self->text, 1, sizeof(self->text) - 1, file) : 0;
 *         return file && fclose(file) == 0 ? (int)size : co_raise(UV_EIO, "not read");
 *     }
 *
 *     co_future *future = co_execute(NULL, reading, .path = "/etc/hostname");
 *     await(co_join(future));
 *     co_say("%s", co_job_frame(reading, future)->text);
 *
 * Such a function looks like a coroutine but is none: it runs on the thread's own stack
 * and waits by blocking. It returns a result from zero up or an error below. It may
 * call
 *
 *   co_raise(), co_why() and what else is in error.h; an error it keeps belongs to its
 *   thread, and must not be given to another one,
 *   co_contextvar_get(), co_contextvar_set(), co_say(), co_now(), co_get_loop(),
 *   co_call_soon_threadsafe(), and what is in concurrent.h;
 *   co_call_soon(), co_call_later() and co_call_at(), which do not wake the loop; and
 *   co_callback_cancel() and co_timer_cancel() for these, until the loop has seen them;
 *   co_executor_threads(),
 *
 * and nothing else of the engine: whatever needs a task ends the program with a
 * message.
 *
 * The virtual clock stands still while such functions run: what they do takes real
 * time. It goes on while all of them wait for the loop (concurrent.h). The threads
 * block all signals, so that Ctrl-C reaches the loop.
 */
#ifndef CO_EXECUTOR_H
#define CO_EXECUTOR_H

#include "engine/future.h"
#include "engine/task.h"

/* ThreadPoolExecutor: so many threads at most, each started when a function is
 * submitted and no thread is idle. More functions wait, and run in the order they were
 * submitted.
 */
typedef struct co_executor co_executor;

/* Make one of so many threads; 0: four more than there are processors, but at most 32.
 * It belongs to the program, or the run, that makes it, and to its thread. Does not
 * suspend.
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

/* run_in_executor: submit fn(arguments), and return a future of its outcome, a handle
 * of the running task's as of co_spawn(). NULL: the default executor, made when it is
 * first needed. Tasks that wait for the results of several functions go on in the order
 * in which the functions return. Does not suspend.
 *
 * If the future is cancelled before the function runs, it never runs; if it runs
 * already, the future is cancelled and the thread goes on. The arguments are copied as
 * those of a task; what a pointer in them points at must outlive the function, not just
 * the future. The context variables that the function sets stay with its thread, for
 * the next function.
 *
 * The future has failed from the start where the executor takes no more: CO_ERUNTIME,
 * "cannot schedule new futures after shutdown" (it was finished, or its program is
 * over) or, of the default one, "Executor shutdown has been called"; or where no thread
 * can be started: "can't start new thread".
 */
#define co_execute(executor, fn, ...) \
    CO_MAKE_(co_future *, fn, co_execute_copy((executor), fn, CO_FRAME_(__VA_ARGS__)))
co_future *co_execute_copy(co_executor *executor, co_fn *fn, const void *frame,
                           size_t size);

/* The arguments and results of such a function, as co_frame() has them of a task. Good
 * as long as the handle; to be read only when the future has a result.
 */
#define co_job_frame(fn, future) ((struct fn *)co_job_frame_of(future))
void *co_job_frame_of(co_future *future);

/* await to_thread(fn, arguments): run it in the default executor, with a copy of the
 * task's context variables, and return its result or error. UV_ECANCELED: interrupted;
 * the function goes on if it runs already.
 */
#define co_thread(fn, ...) \
    co_thread_copy(fn, &(struct fn){ __VA_ARGS__ }, sizeof(struct fn))
co_checked int co_thread_copy(co_fn *fn, const void *frame, size_t size);

/* set_default_executor; and the default executor of this run, or runner; NULL: none was
 * needed yet. At the end of a run, after main and the tasks that are left, its
 * functions are waited for, however long they take, under each `asyncio` of co_options;
 * those of one that was replaced are waited for at the end of the program. Do not
 * suspend.
 */
void co_set_default_executor(co_executor *executor);
co_executor *co_default_executor(void);

/* Suspend until the default executor has run all functions that were submitted; it
 * takes no more from now on. Without one it does not suspend. Returns 0. UV_ECANCELED:
 * interrupted, but not before the executor is done: the loop is blocked until then.
 */
co_checked int co_shutdown_default_executor(void);

#endif

/* executor.h — functions that block, each in a thread, while the loop continues.
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
 * Such a function has the form of a coroutine, but it is an ordinary function: it runs
 * on the stack of the thread, and what it waits for blocks the thread. It returns a
 * result from zero up, or an error below zero. It may call these functions of the
 * engine and no others; a function that needs a task ends the program with a message:
 *
 *   all of error.h; an error that it keeps must not be passed to another thread
 *   all of concurrent.h, co_call_soon_threadsafe(), co_get_loop()
 *   co_contextvar_get(), co_contextvar_set(), co_say(), co_now(), co_executor_threads()
 *   co_block(), as time.sleep()
 *   co_call_soon(), co_call_later(), co_call_at(), which do not wake the loop
 *   co_callback_cancel(), co_timer_cancel(), for callbacks that it has queued and that
 *   the loop has not taken yet
 *
 * The virtual clock does not advance while such functions compute, since they take real
 * time. It advances while each of them sleeps (co_block) or waits for the loop
 * (concurrent.h). A function that waits by other means, as for a mutex, counts as one
 * that computes. So what it waits for must not need a later time: if it waits for a
 * mutex that a sleeping thread holds, the clock stops for ever.
 *
 * On the virtual clock the trace is the same in every run. A function begins at once,
 * inside co_execute(), as it usually does in CPython. If no thread is free, it begins
 * when the function before it in its thread returns. A thread that sleeps continues
 * when the clock reaches its time. The earliest time comes first. Equal times, of
 * threads and of timers, come in the order in which the sleeps and timers began. The
 * first sleep of a function counts as begun when the function was submitted, or when a
 * thread became free for it. While a thread runs, the loop waits until the thread
 * sleeps again, waits for the loop (concurrent.h) or has no function left. I/O and
 * Ctrl-C let the loop continue earlier. At the beginning of a function, and when a
 * thread has the result it waited for, a second of real time does.
 *
 * The threads block all signals, so that the thread of the loop gets a Ctrl-C.
 */
#ifndef CO_EXECUTOR_H
#define CO_EXECUTOR_H

#include "engine/future.h"
#include "engine/task.h"

/* ThreadPoolExecutor. When a function is submitted and no thread is idle, a thread is
 * started, up to the number of threads that the executor may have. Further functions
 * wait, and run in the order in which they were submitted.
 */
typedef struct co_executor co_executor;

/* ThreadPoolExecutor(max_workers): make one with at most `threads` threads; 0: four
 * more than there are processors, but at most 32. It belongs to the program, and all
 * runs of the program may use it; outside a program it belongs to the run. Loops in
 * other threads cannot use it. Does not suspend.
 */
co_executor *co_executor_new(unsigned threads);

/* shutdown(wait=True): accept no more functions. Block this thread, and with it the
 * loop, until all functions that were submitted have run. The virtual clock advances
 * meanwhile for those that sleep. Returns 0. NULL is allowed. A second call does
 * nothing. At its end the program does this for all executors, and frees them.
 *
 * CO_ERUNTIME: this is not the thread of the loop, or the program that made the
 * executor is over.
 */
int co_executor_finish(co_executor *executor);

/* How many threads it may have; 0: it belongs to another program, or its program is
 * over.
 */
unsigned co_executor_threads(const co_executor *executor);

/* run_in_executor(): submit fn(arguments), and return a future of its outcome. The
 * future is a handle that belongs to the running task, like that of co_spawn().
 * `executor` NULL: the default executor, which is made when it is first needed. Tasks
 * that wait for several functions continue in the order in which the functions return.
 * Does not suspend.
 *
 * If the future is cancelled before the function has started, the function never runs.
 * If it runs already, the future is cancelled and the function continues. The arguments
 * are copied as those of a task; what a pointer in them points at must outlive the
 * function, which may run longer than the future. Context variables that the function
 * sets keep their values for the next function in the same thread.
 *
 * The future may fail at once with CO_ERUNTIME:
 *
 *   "cannot schedule new futures after shutdown"  the executor was finished, or its
 *                                                 program is over
 *   "Executor shutdown has been called"           the default executor was shut down
 *   "can't start new thread"                      the system refused to start it
 */
#define co_execute(executor, fn, ...) \
    CO_MAKE_(co_future *, fn, co_execute_copy((executor), fn, CO_FRAME_(__VA_ARGS__)))
co_future *co_execute_copy(co_executor *executor, co_fn *fn, const void *frame,
                           size_t size);

/* The arguments and results of such a function, as co_frame() has those of a task.
 * Valid as long as the handle. Read them only when the future has a result.
 */
#define co_job_frame(fn, future) ((struct fn *)co_job_frame_of(future))
void *co_job_frame_of(co_future *future);

/* await to_thread(fn, arguments): run it in the default executor, with a copy of the
 * task's context variables; suspend until it returns, and return its result or error.
 * UV_ECANCELED: interrupted; if the function runs already it continues.
 */
#define co_thread(fn, ...) \
    co_thread_copy(fn, &(struct fn){ __VA_ARGS__ }, sizeof(struct fn))
co_checked int co_thread_copy(co_fn *fn, const void *frame, size_t size);

/* set_default_executor(). co_default_executor() returns the default executor of this
 * run or runner; NULL: none was needed yet. Do not suspend.
 *
 * The end of a run waits for the functions of its default executor, after all tasks are
 * done and without a time limit, whatever the `asyncio` of co_options. If a default
 * executor was replaced, the end of the program waits for its functions.
 */
void co_set_default_executor(co_executor *executor);
co_executor *co_default_executor(void);

/* shutdown_default_executor(): the default executor accepts no more functions; suspend
 * until it has run all that were submitted. Without a default executor this does not
 * suspend. Returns 0. UV_ECANCELED: interrupted; even then this returns only when the
 * executor is done, and it blocks the loop until then.
 */
co_checked int co_shutdown_default_executor(void);

#endif

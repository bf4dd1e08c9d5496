/* loop.h — the event loop: callbacks, timers, the clock, and running it by hand.
 *
 *     struct tick {
 *         co_timer timer;
 *         int count;
 *     };
 *
 *     static void tick(co_callback *callback)
 *     {
 *         struct tick *self = co_container_of(callback, struct tick, timer.callback);
 *         co_say("%.1f", co_now());
 *         if (--self->count > 0)
 *             co_call_later(&self->timer, 0.5);
 *     }
 *
 *     struct tick ticks = { .timer.callback.run = tick, .count = 3 };
 *     co_call_later(&ticks.timer, 0.5);
 *     await(co_sleep(2));
 *
 * An iteration of the loop has the steps of asyncio's. It polls for I/O. It appends the
 * callbacks of the I/O events to the ready queue, and then the timers that are due:
 * the earliest first, equal ones in the order of creation. Then it runs all that is in
 * the queue at that time. What becomes ready meanwhile runs in the next iteration.
 * Nothing in this header suspends.
 *
 * Memory: the program owns callbacks and timers. Each must stay in place until it has
 * run or was cancelled. The engine cancels a callback that is on the stack of the task
 * that queued it when that task ends, and one in the arguments of that task when the
 * handle of the task is dropped. In asyncio such a callback still runs, even in the
 * shutdown after main. If it must run, keep it in the frame of co_run_with(), in static
 * memory or in allocated memory. Debug mode reports each callback that is cancelled
 * like this. The engine does not detect a callback in a local variable of a function
 * that returns while its task continues; that is an error of the program.
 *
 * Time: a double in seconds here, 64-bit nanoseconds inside. The clock ends after
 * 9.2e9 s (292 years). Up to that end, lengths and times are exact to the nanosecond,
 * within the precision of a double. An infinite one (CO_FOREVER) means no limit, and is
 * never reached. A finite one beyond the end is CO_EVALUE. asyncio has no such end.
 *
 * There is no loop outside of co_run() and co_program(), and in a thread that neither
 * runs a loop nor belongs to an executor. There these functions work: co_get_loop(),
 * co_is_running(), co_is_closed(), co_iteration(), co_block(), co_callback_cancel(),
 * co_timer_cancel(), and co_call_soon_threadsafe() for the loop of another thread. Each
 * other function of this header ends the program with a sentence that names it
 * (fatal.h). So do the functions of other headers that need a loop, and those that
 * would suspend where no task runs.
 */
#ifndef CO_LOOP_H
#define CO_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/future.h"

/* A handle of a loop, for use in other threads. It is a number in the form of a
 * pointer: it stays valid after the loop has ended, is unique, and is not freed.
 */
typedef struct co_loop_serial co_loop;

/* A number of seconds that means: no limit. */
#define CO_FOREVER (__builtin_inf())

/* get_event_loop(): the loop of this task, callback or program. In a thread of an
 * executor: the loop from which the function was submitted. NULL: there is none.
 */
co_loop *co_get_loop(void);

/* loop.is_running(): true in a task or a callback, where get_running_loop() succeeds in
 * Python. False between runs and in a thread of an executor.
 */
bool co_is_running(void);

/* loop.is_closed(): nothing can be scheduled, because co_close() was called or there is
 * no loop here.
 */
bool co_is_closed(void);

/* A callback with a deadline. */
typedef struct co_timer {
    co_callback callback; /* set callback.run */
    /* private */
    int64_t deadline_ns;
    uint32_t id; /* while it is in the heap; else 0 */
} co_timer;

/* call_soon: run the callback in the next iteration, after all that is ready already.
 * Returns 0. CO_ERUNTIME: the loop is closed.
 *
 * A call from a thread of an executor does not wake the loop: the callback runs only
 * when the loop wakes for another reason. In debug mode such a call is CO_ERUNTIME.
 */
int co_call_soon(co_callback *callback);

/* call_soon_threadsafe: the same from any thread, and it wakes the loop. Returns 0.
 * CO_ERUNTIME, "Event loop is closed": the run or the runner of this loop has ended.
 */
int co_call_soon_threadsafe(co_loop *loop, co_callback *callback);

/* call_later: run the callback `seconds` seconds from now; if that is zero or less, in
 * the next iteration. call_at: run it when co_now() reaches `when`. If the time is
 * infinite it never runs. Return 0. CO_EVALUE: a finite time beyond the end of the
 * clock. CO_ERUNTIME: the loop is closed. A call from a thread of an executor is as for
 * co_call_soon().
 */
int co_call_later(co_timer *timer, double seconds);
int co_call_at(co_timer *timer, double when);

/* handle.cancel(): the callback does not run. Does nothing if it has run or was never
 * queued. A thread of an executor can cancel a callback that it has queued, while the
 * loop has not taken it yet; other threads cannot cancel any.
 */
void co_callback_cancel(co_callback *callback);
void co_timer_cancel(co_timer *timer);

/* loop.time(): the time since the program began. The real clock also advances while a
 * task computes; the virtual clock advances only by co_block() and by waiting. A large
 * time as a double is coarse (half a microsecond at 4e9 s); co_now_ns() is exact.
 */
double co_now(void);
int64_t co_now_ns(void);

/* The number of the current iteration. Iterations are counted over the whole program;
 * the first main starts in iteration 1. 0: there is no loop.
 */
uint64_t co_iteration(void);

/* time.sleep(): block the calling thread for `seconds` seconds. It does not suspend: in
 * a task or a callback, nothing else runs in this loop meanwhile, and timers that are
 * due run late. It may be called in any thread, with or without a loop. In a run
 * nothing interrupts it: a Ctrl-C that comes meanwhile is delivered when it returns.
 *
 * On the virtual clock it blocks
 *   the thread of the loop: first until no function in a thread computes (executor.h).
 *     Then the clock advances by that time, also between the runs of a program, and
 *     threads of executors that sleep continue when it reaches their times.
 *   a thread of an executor: until the clock reaches that time (executor.h). 0 s last
 *     until the loop has nothing else to do at the present time.
 *
 * It sleeps in real time, and does nothing for 0 s, on the real clock, without a loop,
 * and in threads that the program made itself. Only the clock of this thread's loop
 * counts: a run inside a thread has its own.
 *
 * Returns 0. CO_EVALUE: negative, NaN, infinite (in Python an OverflowError), or beyond
 * the end of the clock. UV_EINTR: between runs, co_interrupt() was called meanwhile or
 * before (KeyboardInterrupt).
 */
int co_block(double seconds);

/* ---- running by hand, in a program outside of co_run() -------------------
 *
 * These functions run a loop of co_program() itself. co_run() and each runner
 * (runner.h) have other loops, which do not run what is scheduled in this one.
 */

/* run_until_complete: iterate until the future is done, and return its result or error.
 * Tasks that are not done by then continue when the loop runs again.
 *
 * CO_ERUNTIME: the loop runs already, is closed, or was stopped before the future was
 * done. CO_EDEADLK: no event can wake any task. CO_EXIT, UV_EINTR: a task or callback
 * raised it. UV_EINTR also: co_interrupt() was called, or SIGINT came and the options
 * catch it.
 */
int co_run_until_complete(co_future *future);

/* run_forever: iterate until co_stop(). Errors as above. */
int co_run_forever(void);

/* loop.close(): tasks and callbacks that are left never run again. From then on,
 * scheduling a callback and running the loop return CO_ERUNTIME, and spawned tasks
 * never start. CO_ERUNTIME: the loop runs. A second call does nothing.
 */
int co_close(void);

/* loop.stop(): the loop stops after its current iteration. If it does not run, it stops
 * after the first iteration of its next run. Between the runs of a runner this acts on
 * the loop of that runner.
 */
void co_stop(void);

#endif

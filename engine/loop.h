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
 * One iteration of the loop is asyncio's: poll for I/O, append the callbacks of what
 * came to the ready queue, append the timers that are due (earliest first, equal ones
 * in order of creation), then run exactly what was ready by then. What becomes ready
 * meanwhile runs in the next iteration. Nothing in this header suspends.
 *
 * Memory: the program owns callbacks and timers. Each stays in place until it has run
 * or was cancelled. One that lies on the stack of the task which queues it, or in the
 * arguments of that task, is taken back when the task ends (its arguments: when its
 * handle is dropped); in asyncio it would live on and run, also in the shutdown after
 * main. Where it has to run, keep it in the frame of co_run_with(), in static or in
 * allocated memory. Debug mode reports each one that is taken back. A local variable of
 * a function that returns while its task goes on is the program's mistake.
 *
 * Time: a double in seconds here, 64-bit nanoseconds inside. Lengths and times up to
 * the end of the clock (9.2e9 s, 292 years) are exact to the nanosecond, as far as a
 * double can say them; an infinite one (CO_FOREVER) is none and never comes; a finite
 * one beyond the end is CO_EVALUE. asyncio has no such end.
 *
 * Without a loop, outside of co_run() and co_program(): what returns an int returns
 * CO_ERUNTIME, co_now(), co_now_ns() and co_stop() end the program with a sentence, and
 * the rest is harmless.
 */
#ifndef CO_LOOP_H
#define CO_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/future.h"

/* A loop, to other threads. It is a number in the form of a pointer: it stays good when
 * the loop has ended, no other loop ever has it, and there is nothing to free.
 */
typedef struct co_loop_serial co_loop;

/* As a limit in seconds: none. */
#define CO_FOREVER (__builtin_inf())

/* get_event_loop(): the loop of this task, callback or program, or the one from which
 * the function in this thread of an executor was submitted; NULL: there is none here.
 */
co_loop *co_get_loop(void);

/* True where get_running_loop() succeeds: in a task or callback. While a loop runs
 * loop.is_running() is true in its thread just there, so this stands for both; false in
 * a thread of an executor.
 */
bool co_is_running(void);

/* loop.is_closed(): nothing can be scheduled, since co_close() has been called, or
 * there is no loop here.
 */
bool co_is_closed(void);

/* A callback with a deadline. */
typedef struct co_timer {
    co_callback callback; /* set callback.run */
    /* private */
    int64_t deadline_ns;
    uint32_t id; /* while it is in the heap; else 0 */
} co_timer;

/* call_soon: run it in the next iteration, after everything that is ready already.
 * Returns 0. CO_ERUNTIME: the loop is closed.
 *
 * From a thread of an executor nothing wakes the loop for it: it waits until the loop
 * wakes for another reason. In debug mode that is CO_ERUNTIME.
 */
int co_call_soon(co_callback *callback);

/* call_soon_threadsafe: the same from any thread, and the loop wakes for it. Returns 0,
 * or CO_ERUNTIME, "Event loop is closed": the run, or the runner, of this loop has
 * ended.
 */
int co_call_soon_threadsafe(co_loop *loop, co_callback *callback);

/* call_later: run it `seconds` from now (in the next iteration if negative); call_at:
 * when co_now() reaches `when`. Returns 0; infinite: never, which is 0 as well.
 * CO_EVALUE: beyond the end of the clock. CO_ERUNTIME: the loop is closed. From a
 * thread of an executor: as co_call_soon().
 */
int co_call_later(co_timer *timer, double seconds);
int co_call_at(co_timer *timer, double when);

/* handle.cancel(): take it back. Harmless if it has run or was never queued. From a
 * thread of an executor it is taken back only if the loop has not seen it yet; other
 * threads cannot.
 */
void co_callback_cancel(co_callback *callback);
void co_timer_cancel(co_timer *timer);

/* loop.time(): the clock, since the program began. It advances while a task computes;
 * the virtual clock only by co_busy() and by waiting. Far from the beginning a double
 * is coarse (half a microsecond at 4e9 s), the nanoseconds are exact.
 */
double co_now(void);
int64_t co_now_ns(void);

/* The number of the iteration that runs, counted over the program; 1 runs the first
 * step of the first main. 0: there is no loop.
 */
uint64_t co_iteration(void);

/* time.sleep(): compute for this long; no other task runs. The virtual clock advances,
 * on the real clock the processor spins. Zero or negative: nothing. Returns 0, or
 * CO_EVALUE if that is beyond the end of the clock.
 */
int co_busy(double seconds);

/* ---- running by hand, in a program outside of co_run() -------------------
 *
 * The loop of co_program() that no runner has. co_run() and each runner (runner.h) have
 * loops of their own, which do not run what is scheduled here.
 */

/* run_until_complete: iterate until it is done, and return its result or error.
 * CO_ERUNTIME: the loop runs already, is closed, or was stopped before. CO_EDEADLK:
 * nothing can happen any more. CO_EXIT, UV_EINTR: a task or callback raised it, or
 * Ctrl-C did: co_interrupt(), and SIGINT if the options catch it. What is left stays as
 * it is, and goes on when the loop runs again.
 */
int co_run_until_complete(co_future *future);

/* run_forever: iterate until co_stop(). Errors as above. */
int co_run_forever(void);

/* loop.close(): what is left never runs again. Whatever is to be scheduled or run after
 * that is CO_ERUNTIME, and what is spawned never begins. CO_ERUNTIME: it runs. A second
 * time it does nothing.
 */
int co_close(void);

/* loop.stop(): have the loop stop when its current iteration is over; if it does not
 * run, when the first one of its next run is. Between the runs of a runner it is the
 * loop of that runner.
 */
void co_stop(void);

#endif

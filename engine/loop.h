/* loop.h — callbacks, time, and running by hand: the event loop seen from a program.
 *
 * One iteration of the loop is asyncio's: poll for I/O, append what came to the
 * ready queue, append the timers that are due (earliest first, equal ones in order
 * of creation), then run exactly what was ready by then. What becomes ready on the
 * way runs in the next iteration.
 *
 * None of these suspends. The caller owns callbacks and timers.
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

/* The loop of this task, callback or program, or the one from which the function in
 * this thread of an executor was submitted; NULL: there is none here.
 */
co_loop *co_get_loop(void);

/* True where get_running_loop() succeeds: in a task or callback. */
bool co_is_running(void);

/* A callback with a deadline. */
typedef struct co_timer {
    co_callback callback; /* set callback.run */
    /* private */
    int64_t deadline_ns;
    uint32_t id; /* while it is in the heap; else 0 */
} co_timer;

/* Run it in the next iteration, after everything that is ready already. Returns 0.
 *
 * From a thread of an executor nothing wakes the loop for it: it waits until the loop
 * wakes for another reason. In debug mode that is CO_ERUNTIME.
 */
int co_call_soon(co_callback *callback);

/* The same from any thread, and the loop wakes for it. Returns 0, or CO_ERUNTIME,
 * "Event loop is closed": the run, or the runner, of this loop has ended.
 */
int co_call_soon_threadsafe(co_loop *loop, co_callback *callback);

/* Run it `seconds` from now (at once if negative), or when co_now() reaches `when`.
 * Returns 0. From a thread of an executor: as co_call_soon().
 */
int co_call_later(co_timer *timer, double seconds);
int co_call_at(co_timer *timer, double when);

/* Take it back. Harmless if it has run or was never queued. From a thread of an
 * executor it is taken back only if the loop has not seen it yet; other threads cannot.
 */
void co_callback_cancel(co_callback *callback);
void co_timer_cancel(co_timer *timer);

/* The clock, in seconds since the program began. Live: it advances while a task
 * computes, but on the virtual clock only by co_busy() and by waiting.
 */
double co_now(void);
int64_t co_now_ns(void);

/* The number of the loop's current iteration; 1 runs the first step of main. */
uint64_t co_iteration(void);

/* Compute for this long without letting anybody else run: the virtual clock
 * advances, on the real clock the processor spins. Zero or negative: nothing.
 */
int co_busy(double seconds);

/* ---- running by hand, in a program outside of co_run() ------------------- */

/* run_until_complete: iterate until it is done, and return its result or error.
 * CO_ERUNTIME: the loop runs already, or was stopped before. CO_EDEADLK: nothing can
 * happen any more. What is left stays as it is, and goes on when the loop runs again.
 */
int co_run_until_complete(co_future *future);

/* Iterate until co_stop(). CO_ERUNTIME, CO_EDEADLK: as above. */
int co_run_forever(void);

/* Close the loop: what is left never runs again. Whatever is to be scheduled or run
 * after that is CO_ERUNTIME, and what is spawned never begins; until co_run() or a
 * runner, which begin a loop of their own. CO_ERUNTIME: it runs. A second time it does
 * nothing.
 */
int co_close(void);

/* Have the loop stop when its current iteration is over; if it does not run, when the
 * first one is.
 */
void co_stop(void);

#endif

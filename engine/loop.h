/* loop.h — callbacks and time: the event loop seen from a program.
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

#include <stdint.h>

#include "engine/future.h"

/* A callback with a deadline. */
typedef struct co_timer {
    co_callback callback; /* set callback.run */
    /* private */
    int64_t deadline_ns;
    uint32_t id; /* while it is in the heap; else 0 */
} co_timer;

/* Run it in the next iteration, after everything that is ready already. */
void co_call_soon(co_callback *callback);

/* Run it `seconds` from now (at once if negative), or when co_now() reaches `when`. */
void co_call_later(co_timer *timer, double seconds);
void co_call_at(co_timer *timer, double when);

/* Take it back. Harmless if it has run or was never queued. */
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
void co_busy(double seconds);

#endif

/* block.h — threads that sleep on the virtual clock. (Private to the engine.)
 *
 * co_block() in a thread of an executor parks the thread: it does not count as busy, so
 * the clock advances. When the clock gets to the deadline, the thread has its turn: it
 * continues, and the loop waits until it sleeps again, waits for the loop, or has no
 * function left. So threads that slept continue one at a time: the earliest deadline
 * first, and equal ones, also those of timers, in the order of creation.
 *
 * That order must not depend on when the system runs a thread. So it is a number from
 * the loop's thread: a function gets it when it is submitted, and a thread gets a new
 * one with each turn. A thread sleeps at most once with each number.
 */
#ifndef CO_BLOCK_H
#define CO_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct co_loop;

/* The deadline of the thread that continues next; CO_TIME_NEVER: no thread sleeps. */
int64_t co_sleepers_deadline(struct co_loop *loop);

/* True if some thread sleeps, and nothing comes before it: no thread is busy, so that
 * none will sleep with an earlier deadline, and no callback is ready.
 */
bool co_sleepers_may_run(struct co_loop *loop);

/* Move the turns of threads to the ready queue: those that come before a timer with
 * this deadline and order.
 */
void co_sleepers_move_due(struct co_loop *loop, int64_t deadline_ns, uint64_t order);

/* The loop stops: the turns that it has not run leave the ready queue. The threads
 * still sleep.
 */
void co_sleepers_put_back(struct co_loop *loop);

/* With the mutex held, which is released meanwhile: a function begins in a thread, or
 * goes on there. On the virtual clock, wait until no thread is busy, so that the order
 * of what the threads and the loop do is the same in every run. A thread that waits for
 * the loop by means unknown here would never stop, so the wait has a limit in real
 * time.
 */
void co_let_threads_run(struct co_loop *loop);

/* On the virtual clock: block the thread of the loop until the counter is 0, which
 * threads decrease with the mutex held. Threads that sleep have their turns meanwhile.
 */
void co_block_until_zero(struct co_loop *loop, const unsigned *counter);

#endif

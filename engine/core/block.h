/* block.h — threads that sleep on the virtual clock. (Private to the engine.)
 *
 * co_block() in a thread of an executor makes the thread sleep. A thread that sleeps
 * does not count as busy, so the clock can advance. When the clock reaches the
 * deadline, the thread has its turn: it continues, and the loop waits until it sleeps
 * again, waits for the loop, or has no function left. So only one of the threads that
 * slept runs at a time. The earliest deadline comes first; equal deadlines, of threads
 * and of timers, come in the order of creation.
 *
 * That order must not depend on when the system runs a thread. So it is a number that
 * the loop's thread assigns: to a function when it is submitted, and to a thread in
 * each turn. A thread sleeps at most once with each number.
 */
#ifndef CO_BLOCK_H
#define CO_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct co_loop;

/* The earliest deadline of a sleeping thread; CO_TIME_NEVER: no thread sleeps. */
int64_t co_sleepers_deadline(struct co_loop *loop);

/* True if a thread sleeps, no thread is busy, and no callback is ready. A busy thread
 * could still begin to sleep with an earlier deadline.
 */
bool co_sleepers_may_run(struct co_loop *loop);

/* Append the turns of threads to the ready queue: each turn that comes before a timer
 * with this deadline and order.
 */
void co_sleepers_move_due(struct co_loop *loop, int64_t deadline_ns, uint64_t order);

/* When the loop stops, remove the turns that have not run from the ready queue. Their
 * threads still sleep.
 */
void co_sleepers_put_back(struct co_loop *loop);

/* A function begins in a thread, or continues there. On the virtual clock, wait until
 * no thread is busy: so what the threads and the loop do has the same order in every
 * run. The wait ends after a second of real time, since a thread may wait for the loop
 * by means that the engine does not see. Call it with the mutex held; it is released
 * meanwhile.
 */
void co_let_threads_run(struct co_loop *loop);

/* On the virtual clock, block the thread of the loop until the counter is 0. Threads
 * decrease the counter with the mutex held. Sleeping threads have their turns
 * meanwhile.
 */
void co_block_until_zero(struct co_loop *loop, const unsigned *counter);

#endif

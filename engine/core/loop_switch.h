/* loop_switch.h — the asyncio loops of one program: one is current, the others idle.
 * (Private to the engine.)
 *
 * Each runner has a loop of its own, and so has the program that runs a loop by hand.
 * struct co_loop is what all of them share (clock, memory, stacks, poll, observer)
 * together with the state of the current one. When another becomes current, the state
 * of the first moves into a struct co_idle_loop.
 *
 * What becomes ready for a task or a callback of an idle loop goes to the ready queue
 * of that loop, and runs when it becomes current again. As long as no idle loop can
 * have tasks or futures this costs nothing: co_future_completes_fast.
 */
#ifndef CO_LOOP_SWITCH_H
#define CO_LOOP_SWITCH_H

#include "engine/core/loop_internal.h"

struct co_idle_loop {
    struct co_list link; /* of co_loop.idle */
    uint64_t serial;
    struct co_list ready;   /* co_callback: what its next iteration will run */
    struct co_list posted;  /* co_callback: the same, by other threads since */
    struct co_list handles; /* co_handle.all; the pending ones have its mark */
    struct co_list owns;    /* co_handle.owned, of the program */
    struct co_timer_heap timers;
    co_exception_handler *handler;
    struct co_extension *extensions; /* its own; see extension.h */
    double slow;
    bool closed, has_run, stopping, skipped_callback, asyncgens_shut_down;
};

/* Make the loop of this serial the current one; a new one if there is none. */
void co_loop_switch(struct co_loop *loop, uint64_t serial);

/* The current loop is closed and discarded: forget it, and go back to that of the
 * program, or else to any. Handles that the program keeps go along. False: it is the
 * last one, and stays.
 */
bool co_loop_leave(struct co_loop *loop);

/* Set co_future_completes_fast. */
void co_loop_choose_speed(struct co_loop *loop);

/* The ready queue of the loop the task is of. */
co_cold struct co_list *co_ready_queue_of(struct co_loop *loop,
                                          const struct co_task_impl *task);

/* The idle loop whose heap the timer is in; NULL: none. */
co_cold struct co_timer_heap *co_idle_timers_with(struct co_loop *loop,
                                                  const co_timer *timer);

/* The queue for what another thread posts to the loop of this serial: NULL if it is not
 * idle. With the mutex of the inbox.
 */
struct co_list *co_idle_posted(struct co_loop *loop, uint64_t serial);

#endif

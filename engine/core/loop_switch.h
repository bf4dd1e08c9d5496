/* loop_switch.h — the asyncio loops of one program: one is current, others are idle.
 * (Private to the engine.)
 *
 * Each runner has its own loop. The program has one more, which it may run by hand.
 * struct co_loop holds what all loops share (clock, memory, stacks, poll, observer) and
 * the state of the current loop. When another loop becomes current, the state of the
 * previous one moves into a struct co_idle_loop.
 *
 * A task or callback of an idle loop that becomes ready goes to the ready queue of its
 * own loop. It runs when that loop is current again. This costs nothing while no idle
 * loop can have tasks or futures: then co_future_completes_fast is true.
 */
#ifndef CO_LOOP_SWITCH_H
#define CO_LOOP_SWITCH_H

#include "engine/core/loop_internal.h"

struct co_idle_loop {
    struct co_list link; /* of co_loop.idle */
    uint64_t serial;
    struct co_list ready;   /* co_callback: to run in its next iteration */
    struct co_list posted;  /* co_callback: posted by other threads since then */
    struct co_list handles; /* co_handle.all; pending ones have the loop's mark */
    struct co_list owns;    /* co_handle.owned, of the program */
    struct co_timer_heap timers;
    co_exception_handler *handler;
    struct co_extension *extensions; /* those of this loop alone; see extension.h */
    double slow;
    bool debug, closed, has_run, stopping, skipped_callback, asyncgens_shut_down;
};

/* Make the loop of this serial current; create it if it does not exist. */
void co_loop_switch(struct co_loop *loop, uint64_t serial);

/* Remove the current loop, which is closed and discarded. The loop of the program
 * becomes current, or another idle loop if that one has ended. The handles that the
 * program keeps move to it. False: there is no idle loop, and the current one stays.
 */
bool co_loop_leave(struct co_loop *loop);

/* Compute co_future_completes_fast again. */
void co_loop_choose_speed(struct co_loop *loop);

/* The ready queue of the task's loop. */
co_cold struct co_list *co_ready_queue_of(struct co_loop *loop,
                                          const struct co_task_impl *task);

/* The heap of the idle loop that holds this timer; NULL: no idle loop does. */
co_cold struct co_timer_heap *co_idle_timers_with(struct co_loop *loop,
                                                  const co_timer *timer);

/* The queue of callbacks that other threads post to the idle loop of this serial. NULL:
 * that loop is not idle. The caller holds the mutex of the inbox.
 */
struct co_list *co_idle_posted(struct co_loop *loop, uint64_t serial);

#endif

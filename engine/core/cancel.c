/* cancel.c — pass a request to cancel on to the futures that are awaited.
 *
 * To cancel a task cancels the future that it waits for. To cancel a gather cancels its
 * children, which may be tasks that wait for other gathers. Stacks are small and such
 * chains can be long, so this does not recurse: the steps are in an array.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/core/emit.h"
#include "engine/core/loop_switch.h"

/* One future that is cancelled by cancelling others. */
struct step {
    co_future *future;         /* a gather, or the first task of a chain of joins */
    struct co_task_impl *last; /* the last task of that chain; NULL: a gather */
    size_t next;               /* the index of the future to cancel next */
    bool any;                  /* one of them was pending */
};

enum { SMALL = 4 };

/* The steps from the first future to the one that is cancelled now. */
struct walk {
    struct co_error *message;
    bool any; /* the first future was pending */
    size_t depth, room;
    struct step *steps, small[SMALL];
};

/* ---- a chain of joins ---------------------------------------------------- */

/* Count the request; returns the task that this one joins, which is cancelled in its
 * place, or NULL: it joins none, and is the last of the chain.
 */
static struct co_task_impl *request(struct co_loop *loop, struct co_task_impl *task)
{
    co_future *waiting = task->waiting;

    task->requests++;
    task->cancel_in_progress = true;
    if (co_is_observed(loop))
        co_emit(loop, &(co_trace_event){
                          .kind = CO_CANCEL,
                          .task = co_task_or_null(loop->current),
                          .other = &task->handle.future,
                          .what = loop->cause.what,
                      });
    return waiting && waiting->class == &co_task_class && co_is_pending(waiting)
               ? co_task_of(waiting)
               : NULL;
}

static void must_cancel(struct co_task_impl *task, struct co_error *message)
{
    co_error_keep(message);
    co_error_drop(task->handle.future.error);
    task->handle.future.error = message;
    task->must_cancel = true;
}

/* Tasks that await each other in a circle have no last one; asyncio fails with a
 * RecursionError. Here the task that closes the circle is made ready.
 */
static void open_circle(struct co_loop *loop, struct co_task_impl *task,
                        struct co_error *message)
{
    must_cancel(task, message);
    co_list_remove(&task->step.link);
    co_list_append(co_ready_queue_of(loop, task), &task->step.link);
}

static void chain_done(struct co_task_impl *first, const struct co_task_impl *last)
{
    for (; first != last; first = co_task_of(first->waiting))
        first->cancel_in_progress = false;
    first->cancel_in_progress = false;
}

/* ---- the steps ----------------------------------------------------------- */

static struct step *top_of(struct walk *walk)
{
    return walk->depth ? &walk->steps[walk->depth - 1] : NULL;
}

/* A future has been cancelled, or was done before. */
static void note(struct walk *walk, bool was_pending)
{
    bool *any = walk->depth ? &top_of(walk)->any : &walk->any;

    *any |= was_pending;
}

static void push(struct walk *walk, co_future *future, struct co_task_impl *last)
{
    if (walk->depth == walk->room) {
        const bool small = walk->steps == walk->small;
        walk->room *= 2;
        walk->steps =
            co_realloc(small ? NULL : walk->steps, walk->room * sizeof(*walk->steps));
        if (small)
            memcpy(walk->steps, walk->small, sizeof(walk->small));
    }
    walk->steps[walk->depth++] = (struct step){ future, last, 0, false };
}

static void cancel_task(struct walk *walk, struct co_task_impl *first)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_impl *last = first, *next;

    if (first->cancel_in_progress) {
        open_circle(loop, first, walk->message);
        note(walk, true);
        return;
    }
    while ((next = request(loop, last)) && !next->cancel_in_progress)
        last = next;
    if (last->waiting && !next) {
        push(walk, &first->handle.future, last);
        return;
    }
    if (next)
        open_circle(loop, last, walk->message);
    else
        must_cancel(last, walk->message);
    chain_done(first, last);
    note(walk, true);
}

static void cancel(struct walk *walk, co_future *future)
{
    if (co_done(future)) {
        note(walk, false);
    } else if (future->class == &co_task_class) {
        cancel_task(walk, co_task_of(future));
    } else if (future->class->awaited_cancelled) {
        push(walk, future, NULL);
    } else {
        co_future_end(future, CO_WAS_CANCELLED, UV_ECANCELED,
                      co_error_keep(walk->message));
        note(walk, true);
    }
}

/* The future that this step cancels next; NULL: there is none. */
static co_future *next_of(struct step *step)
{
    const size_t i = step->next++;

    if (!step->last)
        return step->future->class->awaits(step->future, i);
    return i == 0 ? step->last->waiting : NULL;
}

/* This step has cancelled all its futures. */
static void pop(struct walk *walk)
{
    struct step step = *top_of(walk);

    walk->depth--;
    if (step.last) {
        if (!step.any)
            must_cancel(step.last, walk->message);
        chain_done(co_task_of(step.future), step.last);
    } else {
        step.future->class->awaited_cancelled(step.future, step.any);
    }
    note(walk, step.any || step.last);
}

bool co_future_cancel(co_future *future, struct co_error *message)
{
    struct walk walk = { .message = message, .room = SMALL };
    co_future *next;

    walk.steps = walk.small;
    for (cancel(&walk, future); walk.depth > 0;)
        if ((next = next_of(top_of(&walk))))
            cancel(&walk, next);
        else
            pop(&walk);
    if (walk.steps != walk.small)
        free(walk.steps);
    return walk.any;
}

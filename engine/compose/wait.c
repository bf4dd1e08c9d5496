#include "engine/wait.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

/* One allocation: the future that the task waits for, then a watch for each future of
 * the caller. It is a handle, so that the loop frees it if the task is abandoned.
 */
struct waiting {
    struct co_handle handle;
    co_timer timer;
    co_when when;
    size_t count; /* how many different futures */
    size_t left;  /* how many of them are not done */
    struct watch {
        co_callback done;
        struct waiting *waiting;
        co_future *future;
    } watches[];
};

static struct waiting *waiting_of(const co_future *future)
{
    return co_container_of(future, struct waiting, handle.future);
}

static co_future *awaits(const co_future *future, size_t i)
{
    const struct waiting *waiting = waiting_of(future);

    return i < waiting->count ? waiting->watches[i].future : NULL;
}

static void free_waiting(co_future *future) { free(waiting_of(future)); }

/* ---- the end of the wait ------------------------------------------------- */

static void complete(struct waiting *waiting, struct co_cause cause)
{
    struct co_loop *loop = co_loop_now;

    if (co_done(&waiting->handle.future))
        return;
    loop->cause = cause;
    co_future_complete(&waiting->handle.future, CO_HAS_RESULT, 0, NULL);
    loop->cause = (struct co_cause){};
}

/* Only the error that ends a wait for CO_FIRST_EXCEPTION counts as retrieved, as in
 * asyncio.
 */
static bool is_enough(const struct waiting *waiting, co_future *ended)
{
    if (waiting->left == 0 || waiting->when == CO_FIRST_COMPLETED)
        return true;
    if (waiting->when != CO_FIRST_EXCEPTION || ended->state != CO_HAS_FAILED)
        return false;
    ended->unretrieved = false;
    return true;
}

static void on_done(co_callback *callback)
{
    struct watch *watch = co_container_of(callback, struct watch, done);
    struct waiting *waiting = watch->waiting;
    const bool is_task = watch->future->class == &co_task_class;

    waiting->left--;
    if (!is_enough(waiting, watch->future))
        return;
    co_timer_cancel(&waiting->timer);
    complete(waiting, (struct co_cause){
                          .what = "done",
                          .other = is_task ? watch->future : NULL,
                      });
}

static void on_deadline(co_callback *callback)
{
    complete(co_container_of(callback, struct waiting, timer.callback),
             (struct co_cause){ .what = "timeout" });
}

/* ---- watching ------------------------------------------------------------ */

static struct waiting *make(size_t count, co_when when)
{
    static const struct co_future_class class = {
        .what = "wait",
        .free = free_waiting,
        .awaits = awaits,
    };
    struct waiting *waiting = co_alloc(sizeof(*waiting) + count * sizeof(struct watch));

    co_handle_prepare(&waiting->handle, &class);
    waiting->timer = (co_timer){ .callback.run = on_deadline };
    waiting->when = when;
    waiting->count = 0;
    return waiting;
}

/* Watch each future once, even if the caller names it twice. */
static void watch(struct waiting *waiting, co_future *const futures[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (futures[i]->marked)
            continue;
        struct watch *watch = &waiting->watches[waiting->count++];
        *watch = (struct watch){ { .run = on_done }, waiting, futures[i] };
        futures[i]->marked = true;
        co_ref(futures[i]);
        co_future_add_callback(futures[i], &watch->done);
    }
    waiting->left = waiting->count;
    for (size_t i = 0; i < waiting->count; i++)
        waiting->watches[i].future->marked = false;
}

/* Returns how many are done. */
static int unwatch(struct waiting *waiting)
{
    int done = 0;

    co_timer_cancel(&waiting->timer);
    for (size_t i = 0; i < waiting->count; i++) {
        co_callback_cancel(&waiting->watches[i].done);
        done += co_done(waiting->watches[i].future);
        co_unref(waiting->watches[i].future);
    }
    return done;
}

int co_waitv(co_future *const futures[], size_t count, co_when when, double seconds)
{
    if (count == 0)
        return co_raise(CO_EVALUE, "Set of Tasks/Futures is empty.");
    if ((unsigned)when > CO_FIRST_EXCEPTION)
        return co_raise(CO_EVALUE, "Invalid return_when value: %d", (int)when);

    co_task_here(co_loop_now, "co_wait");
    struct waiting *waiting = make(count, when);
    int set = co_call_later(&waiting->timer, seconds);
    if (set < 0) {
        co_drop(&waiting->handle.future);
        return set;
    }
    watch(waiting, futures, count);
    int r = co_park(&waiting->handle.future);
    int done = unwatch(waiting);
    co_drop(&waiting->handle.future);
    return r < 0 ? r : done;
}

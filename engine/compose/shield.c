#include "engine/shield.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/core/loop_internal.h"

/* Each of the two callbacks holds a reference to both futures while registered. */
struct shield {
    struct co_handle handle;
    co_future *inner;
    co_callback inner_done;
    co_callback outer_done;
};

static struct shield *shield_of(const co_future *future)
{
    return co_container_of(future, struct shield, handle.future);
}

static co_future *awaits(const co_future *future, size_t i)
{
    return i == 0 && co_is_pending(future) ? shield_of(future)->inner : NULL;
}

static void free_shield(co_future *future) { free(shield_of(future)); }

static void unref_both(struct shield *shield)
{
    co_unref(shield->inner);
    co_unref(&shield->handle.future);
}

/* ---- the inner future is done -------------------------------------------- */

static void copy_outcome(struct co_loop *loop, co_future *inner, co_future *outer)
{
    loop->cause = (struct co_cause){
        .what = "done",
        .other = inner->class == &co_task_class ? inner : NULL,
    };
    if (co_cancelled(inner)) {
        co_future_complete(outer, CO_WAS_CANCELLED, UV_ECANCELED, NULL);
    } else {
        inner->unretrieved = false;
        co_future_complete(outer, inner->state, inner->code,
                           co_error_keep(inner->error));
    }
    loop->cause = (struct co_cause){};
}

static void on_inner_done(co_callback *callback)
{
    struct shield *shield = co_container_of(callback, struct shield, inner_done);
    co_future *inner = shield->inner, *outer = &shield->handle.future;
    struct co_loop *loop = co_loop_now;

    if (co_is_pending(outer))
        copy_outcome(loop, inner, outer);
    else if (inner->state == CO_HAS_FAILED && !co_asyncio_at_least(loop, 314))
        inner->unretrieved = false; /* both ended in one iteration */
    unref_both(shield);
}

/* ---- the outer future is done: cancelled, or as the inner one ------------ */

static void report_failure(co_callback *callback)
{
    struct shield *shield = co_container_of(callback, struct shield, inner_done);
    co_future *inner = shield->inner;
    char message[64];

    if (inner->state == CO_HAS_FAILED) {
        inner->unretrieved = false;
        snprintf(message, sizeof(message), "%s exception in shielded future",
                 co_error_type_name(inner->code, inner->error));
        co_call_exception_handler(&(co_exception_context){
            .kind = "shielded",
            .message = message,
            .code = inner->code,
            .error = inner->error,
            .future = inner,
        });
    }
    unref_both(shield);
}

static void stop_watching(struct shield *shield)
{
    co_callback_cancel(&shield->inner_done);
    unref_both(shield);
}

/* asyncio 3.14 reports a failure of `inner` after the shield was cancelled, but only
 * once for several shields: the last cancelled one watches instead of the others.
 */
static void watch_for_failure(struct shield *shield)
{
    co_future *inner = shield->inner;

    co_list_each(link, &inner->callbacks) {
        co_callback *callback = co_container_of(link, co_callback, link);
        if (callback->run == report_failure)
            stop_watching(co_container_of(callback, struct shield, inner_done));
    }
    co_ref(inner);
    co_ref(&shield->handle.future);
    shield->inner_done.run = report_failure;
    co_future_add_callback(inner, &shield->inner_done);
}

static void on_outer_done(co_callback *callback)
{
    struct shield *shield = co_container_of(callback, struct shield, outer_done);

    if (co_is_pending(shield->inner)) {
        stop_watching(shield);
        if (co_asyncio_at_least(co_loop_now, 314))
            watch_for_failure(shield);
    }
    unref_both(shield);
}

/* ---- making -------------------------------------------------------------- */

/* asyncio returns the inner future itself if that is done. Here the shield is a handle
 * of its own, so that dropping it does not drop `inner`. The message of a cancellation
 * moves to it, and an error counts as never retrieved until it is read there.
 */
static void end_as(co_future *outer, co_future *inner)
{
    static const struct co_future_class of_task = { .python = "Task",
                                                    .free = free_shield };
    const bool unretrieved = inner->unretrieved;

    if (inner->class == &co_task_class)
        outer->class = &of_task;
    struct co_error *error = co_future_take_error(inner);
    co_future_complete(outer, inner->state, inner->code, error);
    outer->unretrieved = unretrieved;
}

co_future *co_shield(co_future *inner)
{
    static const struct co_future_class class = {
        .what = "shield",
        .free = free_shield,
        .awaits = awaits,
    };
    co_loop_here(__func__);
    struct shield *shield = co_alloc(sizeof(*shield));
    co_future *outer = &shield->handle.future;

    *shield = (struct shield){
        .inner = inner,
        .inner_done.run = on_inner_done,
        .outer_done.run = on_outer_done,
    };
    co_handle_prepare(&shield->handle, &class);
    if (co_done(inner)) {
        end_as(outer, inner);
        return outer;
    }
    for (int callbacks = 0; callbacks < 2; callbacks++) {
        co_ref(inner);
        co_ref(outer);
    }
    co_future_add_callback(inner, &shield->inner_done);
    co_future_add_callback(outer, &shield->outer_done);
    return outer;
}

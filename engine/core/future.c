#include "engine/future.h"

#include <stdarg.h>
#include <stdlib.h>

#include "engine/core/emit.h"
#include "engine/core/proxy.h"

/* ---- making -------------------------------------------------------------- */

const struct co_future_class co_plain_class = { .what = "future" };

enum { CO_MARK_NONE = -1 };

void co_future_init(co_future *future)
{
    co_future_prepare(future, &co_plain_class, NULL);
    future->code = co_is_running() ? co_serial_mark(co_loop_now->serial) : CO_MARK_NONE;
    future->program = 0;
}

void co_future_set_name(co_future *future, const char *name) { future->name = name; }

void co_future_finish(co_future *future)
{
    future->error = co_future_known_error(future);
    if (future->unretrieved && future->state == CO_HAS_FAILED && co_loop_now)
        co_report_never_retrieved(future);
    co_error_drop(future->error);
    future->error = NULL;
}

/* ---- the loop it belongs to ---------------------------------------------- */

/* The usual case: it was made in the loop that runs. */
static inline bool is_of_running_loop(const co_future *future)
{
    const struct co_loop *loop = co_loop_now;

    return loop && future->code == co_serial_mark(loop->serial) && !loop->closed;
}

/* A plain future may exist longer than the loop that its callbacks belong to. They are
 * memory of that loop then, which is freed, so the list is not looked into.
 */
bool co_future_has_dead_callbacks(const co_future *future)
{
    return co_is_pending(future) && future->code &&
           !co_list_empty(&future->callbacks) && !is_of_running_loop(future) &&
           !co_serial_is_open(abs(future->code));
}

/* True: there were such callbacks. */
static bool forget_dead_callbacks(co_future *future)
{
    if (!co_future_has_dead_callbacks(future))
        return false;
    co_list_init(&future->callbacks);
    return true;
}

/* Prepare the future for a callback of the running loop. False: it would never be
 * called, since the future belongs to a closed loop.
 */
static bool accepts_callback(co_future *future)
{
    const bool is_open = co_serial_is_open(abs(future->code));

    forget_dead_callbacks(future);
    if (future->code < 0)
        future->code = -co_serial_mark(co_loop_now->serial);
    return future->code < 0 || is_open;
}

/* The error of a future is memory of the program in which it was made. */
struct co_error *co_future_known_error(const co_future *future)
{
    return future->class != &co_plain_class || future->program == 0 ||
                   future->program == co_program_tag
               ? future->error
               : NULL;
}

/* ---- completing ---------------------------------------------------------- */

static void emit_set(const co_future *future)
{
    struct co_loop *loop = co_loop_now;

    if (loop && co_is_observed(loop))
        co_emit_object(loop, CO_SET, future->class->what, future->name, 0);
}

/* The other cases: a future of the engine, of another loop, of a closed one or of none;
 * or no loop runs.
 */
static co_cold int complete_elsewhere(co_future *future, enum co_state state, int code,
                                      struct co_error *error)
{
    static const char *const functions[] = {
        [CO_HAS_RESULT] = "co_future_set",
        [CO_HAS_FAILED] = "co_future_fail",
        [CO_WAS_CANCELLED] = "co_cancel",
    };
    const bool is_closed = forget_dead_callbacks(future);

    /* In a thread of an executor, or with callbacks of another thread's loop. */
    if (!co_loop_now && (co_get_loop() || !co_list_empty(&future->callbacks)))
        co_no_loop(functions[state]);
    co_future_complete(future, state, code, error);
    return is_closed ? co_loop_is_closed() : 0;
}

int co_future_end(co_future *future, enum co_state state, int code,
                  struct co_error *error)
{
    if (error)
        future->program = co_program_tag;
    if (!is_of_running_loop(future))
        return complete_elsewhere(future, state, code, error);
    co_future_complete(future, state, code, error);
    return 0;
}

/* A task is completed by its coroutine only. */
static int may_complete(const co_future *future, const char *how, bool is_sensible)
{
    if (future->class == &co_task_class || future->class->awaited_cancelled)
        return co_raise(CO_ERUNTIME, "Task does not support %s operation", how);
    if (!is_sensible)
        return co_raise(CO_EVALUE, "a result is from zero up, an error below");
    return co_done(future) ? co_raise(CO_ESTATE, "invalid state") : 0;
}

int co_future_set(co_future *future, int result)
{
    int r = may_complete(future, "set_result", result >= 0);

    if (r < 0)
        return r;
    emit_set(future);
    return co_future_end(future, CO_HAS_RESULT, result, NULL);
}

int co_future_fail(co_future *future, int code, const char *format, ...)
{
    va_list arguments;
    int r = may_complete(future, "set_exception", code < 0);

    if (r < 0)
        return r;
    va_start(arguments, format);
    struct co_error *error = co_error_new(code, format, arguments);
    va_end(arguments);
    emit_set(future);
    return co_future_end(future, CO_HAS_FAILED, code, error);
}

bool co_cancel(co_future *future) { return co_future_cancel(future, NULL); }

bool co_cancel_with(co_future *future, const char *message)
{
    struct co_error *error = co_error_newf(UV_ECANCELED, "%s", message);
    bool asked = co_future_cancel(future, error);

    co_error_drop(error);
    return asked;
}

/* ---- waiting ------------------------------------------------------------- */

static co_cold void emit_wait(struct co_loop *loop, const co_future *future)
{
    co_trace_event record = co_wait_event(future);

    record.task = co_task_or_null(loop->current);
    co_emit(loop, &record);
    free((void *)record.tasks);
}

int co_park(co_future *future)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_impl *self = co_task_here(loop, co_function_of(future));

    if (co_is_observed(loop))
        emit_wait(loop, future);
    co_ref(future);
    self->waiting = future;
    co_list_append(&future->callbacks, &self->step.link);
    /* A task that has cancelled itself receives that at its next wait. */
    if (__builtin_expect(self->must_cancel, 0) &&
        co_future_cancel(future, self->handle.future.error))
        self->must_cancel = false;
    return co_suspend(loop, self);
}

/* The message of a cancelled task is for the first caller only. */
struct co_error *co_future_take_error(co_future *future)
{
    struct co_error *error = co_error_keep(co_future_known_error(future));

    if (future->unretrieved && future->state == CO_WAS_CANCELLED) {
        co_error_drop(error);
        future->error = NULL;
    }
    future->unretrieved = false;
    return error;
}

int co_future_failed(co_future *future)
{
    struct co_error *error = co_future_take_error(future);
    int r = co_set_current_error(future->code, error);

    co_error_drop(error);
    return r;
}

static co_cold int itself(const co_task *task)
{
    char *repr = co_repr_new(task);
    int r = co_raise(CO_ERUNTIME, "Task cannot await on itself: %s", repr);

    free(repr);
    return r;
}

static co_cold int foreign(const co_future *future)
{
    char task[256], other[256];

    co_repr(&co_loop_now->current->handle.future, task, sizeof(task));
    co_repr(future, other, sizeof(other));
    return co_raise(CO_ERUNTIME, "Task %s got %s %s attached to a different loop", task,
                    co_type_name(future), other);
}

/* The future belongs to another loop, or to none. asyncio refuses a future of another
 * loop one iteration later.
 */
static co_cold int join_unbound(co_future *future)
{
    if (future->code < 0) {
        accepts_callback(future);
        return co_park(future);
    }
    await(co_sleep(0));
    return foreign(future);
}

static co_cold int join_itself(co_task *task)
{
    await(co_sleep(0));
    return itself(task);
}

int(co_join)(co_future *future)
{
    if (co_done(future))
        return co_future_outcome(future);
    if (future == &co_task_here(co_loop_now, "co_join")->handle.future)
        return join_itself(future);
    if (future->code && future->code != co_serial_mark(co_loop_now->serial))
        return join_unbound(future);
    return co_park(future);
}

int co_join_made(co_future *future)
{
    int r = co_join(future);

    co_drop(future);
    return r;
}

/* ---- asking -------------------------------------------------------------- */

bool co_done(const co_future *future) { return future->state != CO_PENDING; }

bool co_cancelled(const co_future *future) { return future->state == CO_WAS_CANCELLED; }

int co_result(co_future *future)
{
    if (co_is_pending(future))
        return co_raise(CO_ESTATE, "Result is not set.");
    return co_future_outcome(future);
}

int co_outcome(const co_future *future)
{
    return co_is_pending(future) ? CO_ESTATE : future->code;
}

int co_exception(co_future *future)
{
    if (co_is_pending(future))
        return co_raise(CO_ESTATE, "Exception is not set.");
    if (future->state != CO_HAS_FAILED)
        return future->state == CO_HAS_RESULT ? 0 : co_future_failed(future);
    co_future_mark_retrieved(future);
    return future->code;
}

co_error *co_future_error(co_future *future)
{
    struct co_error *error = co_future_known_error(future);

    if (co_is_pending(future) || future->state == CO_HAS_RESULT)
        return NULL;
    if (error)
        return error;
    future->program = co_program_tag;
    return future->error = co_error_object(future->code, NULL);
}

const char *co_reason(const co_future *future)
{
    if (future->state == CO_PENDING || future->state == CO_HAS_RESULT)
        return "";
    const struct co_error *error = co_future_known_error(future);
    return error ? error->text : co_strerror(future->code);
}

static inline void add_callback(co_future *future, co_callback *callback)
{
    struct co_loop *loop = co_loop_now;

    callback->contextvars = co_contextvars_keep(co_contextvars_here(loop));
    co_list_append(co_is_pending(future) ? &future->callbacks : &loop->ready,
                   &callback->link);
}

static co_cold void add_callback_elsewhere(co_future *future, co_callback *callback)
{
    if (accepts_callback(future)) {
        add_callback(future, callback);
        return;
    }
    co_list_init(&callback->link);
    callback->contextvars = NULL;
}

void co_future_add_callback(co_future *future, co_callback *callback)
{
    if (co_is_pending(future) && future->code && !is_of_running_loop(future))
        add_callback_elsewhere(future, callback);
    else
        add_callback(future, callback);
}

void co_on_done(co_future *future, co_callback *callback)
{
    co_future_add_callback(future,
                           co_proxy_or_self(co_loop_here(__func__), callback, true));
}

size_t co_off_done(co_future *future, void (*run)(co_callback *self))
{
    size_t count = 0;

    forget_dead_callbacks(future);
    co_list_each(link, &future->callbacks) {
        co_callback *callback = co_container_of(link, co_callback, link);
        co_callback *original = co_proxy_original(callback);
        if (original && original->run == run) {
            co_callback_cancel(original);
            count++;
        }
    }
    return count;
}

#include "engine/generator.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/proxy.h"
#include "engine/generators/generator_internal.h"

/* ---- between the stacks -------------------------------------------------- */

/* Exchange the contexts of the two stacks: the stack that runs has its context in the
 * task's record. Returns the context in that record.
 */
static struct co_context *exchange(struct co_generator *generator)
{
    struct co_context *running = &co_loop_now->current->context;
    struct co_context other = generator->aside;

    generator->aside = *running;
    *running = other;
    return running;
}

static struct co_generator *generator_of_nested(struct co_nested *nested)
{
    return co_container_of(nested, struct co_generator, nested);
}

/* Switch to the other stack. Returns the value that the switch back passes. */
static int cross(struct co_generator *generator, int value)
{
    struct co_context *other = exchange(generator);

    return co_context_switch(&generator->aside, other, value);
}

static void generator_main(void *argument)
{
    struct co_generator *generator = argument;
    int r = co_context_call(generator->fn, generator->frame);
    struct co_context *other = exchange(generator);

    generator->state = CO_EXHAUSTED;
    co_context_leave(&generator->aside, other, r);
}

static void start(struct co_generator *generator)
{
    struct co_nested *nested = &generator->nested;

    nested->stack = co_stack_take(nested->stacks);
    co_context_make(&generator->aside, co_stack_low(nested->stacks, nested->stack),
                    co_stack_usable(nested->stacks, nested->stack), generator_main,
                    generator);
}

static void give_stack_back(struct co_generator *generator)
{
    struct co_nested *nested = &generator->nested;

    if (!nested->stack)
        return;
    co_context_forget(&generator->aside);
    if (nested->has_proxies)
        co_proxies_forget(co_loop_now, nested->stack, nested->stacks->size);
    co_stack_give(nested->stacks, nested->stack);
    nested->stack = NULL;
}

/* ---- making and unmaking ------------------------------------------------- */

/* The generator belongs to the task that closes it. */
static void close_in_a_task(co_callback *callback)
{
    struct co_generator *generator =
        co_container_of(callback, struct co_generator, finalizer);
    co_task *task = co_generator_closing(generator);

    co_handle_set_owner(&generator->handle, &co_task_of(task)->children);
    co_drop(task);
}

/* asyncio's finalizer hook: if the last handle of a generator is dropped while it is at
 * a yield, a task closes it. A generator that yielded instead of ending is not freed,
 * since a timer or a future may refer to its stack.
 */
static bool outlives(co_future *future)
{
    struct co_generator *generator = co_generator_of(future);

    if (!generator->asked || generator->state == CO_EXHAUSTED || co_loop_now->closed)
        return false;
    generator->handle.refs = 1;
    co_list_remove(&generator->all);
    if (generator->closed || generator->outlived)
        return true;
    generator->outlived = true;
    generator->finalizer.run = close_in_a_task;
    co_call_soon(&generator->finalizer);
    return true;
}

static void free_generator(co_future *future)
{
    struct co_generator *generator = co_generator_of(future);

    give_stack_back(generator);
    if (generator->nested.has_proxies)
        co_proxies_forget(co_loop_now, generator->frame, generator->nested.frame_size);
    co_owner_finish(&generator->nested.children);
    co_list_remove(&generator->all);
    co_error_drop(generator->current_error.error);
    free(generator);
}

/* The loop is closed: it never runs again. */
static void abandon(co_future *future)
{
    struct co_generator *generator = co_generator_of(future);

    if (generator->state == CO_NOT_STARTED)
        return;
    generator->state = CO_EXHAUSTED;
    give_stack_back(generator);
    co_list_remove(&generator->all);
}

const struct co_future_class co_generator_class = {
    .what = "generator",
    .free = free_generator,
    .outlives = outlives,
    .abandon = abandon,
};

co_generator *co_generate_copy(co_fn *fn, const char *fn_name, const void *frame,
                               size_t size)
{
    struct co_loop *loop = co_loop_here("co_generate");
    struct co_generator *generator = co_alloc(sizeof(*generator) + size);

    *generator = (struct co_generator){
        .calling.function = fn_name,
        .calls = &generator->calling,
        .nested.stacks = loop->stacks,
        .fn = fn,
        .nested.fn_name = fn_name,
        .state = CO_NOT_STARTED,
    };
    co_handle_prepare(&generator->handle, &co_generator_class);
    co_list_init(&generator->all);
    co_list_init(&generator->nested.children.owns);
    generator->nested.frame = memcpy(generator->frame, frame, size);
    generator->nested.frame_size = size;
    return generator;
}

co_generator *co_generator_keep(co_generator *generator)
{
    co_keep(&generator->handle.future);
    return generator;
}

void co_generator_drop(co_generator *generator)
{
    if (generator)
        co_drop(&generator->handle.future);
}

void co_generator_release(co_generator **generator) { co_generator_drop(*generator); }

void *co_generator_frame_of(co_generator *generator) { return generator->frame; }

/* ---- running up to the next yield ---------------------------------------- */

/* The generator has ended. Returns the outcome for the caller of co_next(). */
static int finish(struct co_generator *generator, int r)
{
    generator->state = CO_EXHAUSTED;
    give_stack_back(generator);
    co_owner_release(&generator->nested.children, r < 0 && r != CO_ECLOSE);
    if (r >= 0)
        return co_set_current_error(CO_ESTOP, NULL);
    /* A generator must not return CO_ESTOP. */
    return r == CO_ESTOP ? co_raise_from(r, CO_ERUNTIME,
                                         "async generator raised StopAsyncIteration")
                         : r;
}

static void swap_current_errors(struct co_generator *generator,
                                struct co_task_impl *task)
{
    const struct co_current_error other = generator->current_error;

    generator->current_error = task->current_error;
    task->current_error = other;
}

/* Make the current error of the other stack that of this stack as well. */
static void take_error_over(const struct co_generator *generator, int code)
{
    const struct co_current_error *other = &generator->current_error;

    co_set_current_error(code, other->code == code ? other->error : NULL);
}

/* Run it in this task. The task's record has the current error and the calls of the
 * stack that runs; the generator has those of the other stack.
 */
static int run_in(struct co_generator *generator, struct co_task_impl *task, int value)
{
    swap_current_errors(generator, task);
    if (value < 0)
        take_error_over(generator, value);
    generator->outer = task->nested;
    task->nested = &generator->nested;
    generator->calling.outer = task->calls;
    task->calls = generator->calls;
    int r = cross(generator, value);
    generator->calls = task->calls;
    task->calls = generator->calling.outer;
    task->nested = generator->outer;
    swap_current_errors(generator, task);
    if (r < 0)
        take_error_over(generator, r);
    return r;
}

/* Run it up to its next yield or its end. */
static int run(struct co_generator *generator, int value)
{
    if (generator->state == CO_NOT_STARTED)
        start(generator);
    co_ref(&generator->handle.future);
    generator->state = CO_IN_USE;
    int r = run_in(generator, co_loop_now->current, value);
    if (generator->state == CO_EXHAUSTED)
        r = finish(generator, r);
    else
        generator->state = CO_AT_YIELD;
    co_unref(&generator->handle.future);
    return r;
}

int co_yield(int value)
{
    struct co_task_impl *task = co_loop_here(__func__)->current;

    if (!task || !task->nested)
        return co_raise(CO_ERUNTIME, "'yield' outside of a generator");
    if (value < 0)
        return co_raise(CO_EVALUE, "a generator's value is from zero up");
    return cross(generator_of_nested(task->nested), value);
}

/* ---- asking for a value -------------------------------------------------- */

/* The common part of anext(), asend(), athrow() and aclose(), for `function`, which the
 * program called.
 */
static int ask(struct co_generator *generator, const char *function, const char *what)
{
    struct co_loop *loop = co_loop_now;

    co_task_here(loop, function);
    if (!generator->asked && loop->asyncgens_shut_down)
        co_generator_warn_late(generator);
    if (!generator->asked)
        co_generator_register(loop, generator);
    generator->asked = true;
    return generator->state == CO_IN_USE
               ? co_raise(CO_ERUNTIME, "%s: asynchronous generator is already running",
                          what)
               : 0;
}

static int send_value(co_generator *generator, const char *function, int value)
{
    await(ask(generator, function, "anext()"));
    if (generator->state == CO_EXHAUSTED)
        return co_set_current_error(CO_ESTOP, NULL);
    if (value < 0)
        return co_raise(CO_EVALUE, "what a generator is sent is from zero up");
    if (value > 0 && generator->state == CO_NOT_STARTED)
        return co_raise(CO_EVALUE, "can't send non-None value to a just-started async "
                                   "generator");
    return run(generator, value);
}

int co_next(co_generator *generator) { return send_value(generator, __func__, 0); }

int co_send(co_generator *generator, int value)
{
    return send_value(generator, __func__, value);
}

/* The yield returns the task's current error. */
static int throw_in(struct co_generator *generator, int code)
{
    return generator->state == CO_NOT_STARTED ? finish(generator, code)
                                              : run(generator, code);
}

int co_generator_throw(struct co_generator *generator, int code)
{
    await(ask(generator, "co_throw", "athrow()"));
    if (generator->state == CO_EXHAUSTED)
        return 0;
    if (generator->closed)
        return co_set_current_error(CO_ESTOP, NULL);
    return throw_in(generator, code);
}

int co_throw(co_generator *generator, int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    co_vraise(code, format, arguments);
    va_end(arguments);
    return co_generator_throw(generator, code);
}

/* ---- closing it ---------------------------------------------------------- */

static int end_of_closing(int r)
{
    if (r >= 0)
        return co_raise(CO_ERUNTIME, "async generator ignored GeneratorExit");
    return r == CO_ESTOP || r == CO_ECLOSE ? 0 : r;
}

int co_generator_close(co_generator *generator)
{
    await(ask(generator, "co_generator_close", "aclose()"));
    if (generator->state == CO_EXHAUSTED)
        return 0;
    if (generator->closed)
        return co_set_current_error(CO_ESTOP, NULL);
    generator->closed = true;
    return end_of_closing(throw_in(generator, co_set_current_error(CO_ECLOSE, NULL)));
}

struct aclose {
    struct co_generator *generator;
};

static int aclose(void *frame)
{
    const struct aclose *self = frame;
    struct co_loop *loop = co_loop_now;
    struct co_task_impl *task = loop->current;

    /* The error is UV_ECANCELED if the task was cancelled before it started. */
    if (task->current_error.code != UV_ECANCELED)
        return co_generator_close(self->generator);
    await(ask(self->generator, "co_generator_close", "aclose()"));
    if (self->generator->state == CO_EXHAUSTED)
        return UV_ECANCELED;
    if (!co_asyncio_at_least(loop, 313)) {
        task->start = CO_START_CLOSES;
        loop->slow_path = true; /* the fast path does not check for CO_START_CLOSES */
    }
    return end_of_closing(throw_in(self->generator, UV_ECANCELED));
}

co_task *co_generator_closing(struct co_generator *generator)
{
    co_task *task = co_spawn(aclose, generator);

    co_task_of(task)->start = CO_START_RUNS_BODY;
    return task;
}

#include "engine/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/gather.h"
#include "engine/overflow.h"
#include "engine/sched.h"

enum { DEFAULT_STACK = 64 * 1024 };

/* ---- making and unmaking ---------------------------------------------------- */

static void loop_init(struct co_loop *loop, const co_options *options)
{
    *loop = (struct co_loop){
        .virtual_time = options->virtual_time,
        .observer = options->observer,
        .seed = options->seed,
    };
    co_list_init(&loop->now);
    co_list_init(&loop->next);
    co_list_init(&loop->handles);
    co_list_init(&loop->errors);
    co_list_init(&loop->program.owns);
    co_slab_init(&loop->records, sizeof(struct co_task_record));
    loop->stacks = co_alloc(sizeof(*loop->stacks));
    co_stacks_init(loop->stacks,
                   options->stack_size ? options->stack_size : DEFAULT_STACK,
                   options->measure_stacks);
    if (options->virtual_time)
        co_clock_init_virtual(&loop->clock, options->speed, options->max_pause);
    else
        co_clock_init_real(&loop->clock);
    /* Where there is real waiting there is something to interrupt. */
    if (!options->virtual_time || options->speed > 0)
        co_poll_open(&loop->poll);
    co_context_adopt(&loop->context);
}

static void loop_finish(struct co_loop *loop)
{
    /* Errors that somebody still held: abandoned tasks, the caller's futures. */
    while (!co_list_empty(&loop->errors)) {
        struct co_error *error =
            co_container_of(loop->errors.next, struct co_error, all);
        co_list_remove(&error->all);
        free(error);
    }
    co_poll_close(&loop->poll);
    co_heap_finish(&loop->timers);
    co_slab_finish(&loop->records);
    co_context_forget(&loop->gone);
    for (struct co_stacks *stacks = loop->stacks, *other; stacks; stacks = other) {
        other = stacks->other;
        co_stacks_finish(stacks);
        free(stacks);
    }
    free(loop->random);
}

/* ---- the end of a run ------------------------------------------------------- */

static struct co_task_record *unfinished_task(struct co_list *link)
{
    struct co_handle *handle = co_container_of(link, struct co_handle, all);

    if (handle->future.class != &co_task_class || co_done(&handle->future))
        return NULL;
    return co_task_of(&handle->future);
}

/* asyncio's _cancel_all_tasks(): ask all, in order of creation, and wait for all. */
static int cancel_leftovers(struct co_loop *loop)
{
    size_t count = 0, room = 0;
    co_task **left = NULL;

    co_list_each(link, &loop->handles) {
        struct co_task_record *task = unfinished_task(link);
        if (!task)
            continue;
        if (count == room)
            left = co_realloc(left, (room = room ? 2 * room : 16) * sizeof(*left));
        left[count++] = &task->handle.future;
    }
    for (size_t i = 0; i < count; i++)
        co_cancel(left[i]);
    int r = count ? co_loop_run_until(loop, co_settlingv(left, count)) : 0;
    free(left);
    return r;
}

/* asyncio.run() ends by running two empty coroutines (the shutdown of asynchronous
 * generators and of the executor): a number each, and time for what is ready.
 */
struct last_words {
    co_callback callback;
    co_future future;
};

static void complete(co_callback *callback)
{
    struct last_words *words = co_container_of(callback, struct last_words, callback);

    co_future_complete(&words->future, CO_HAS_RESULT, 0, NULL);
}

static int run_empty_coroutine(struct co_loop *loop)
{
    struct last_words words = { .callback.run = complete };

    co_future_init(&words.future);
    loop->numbers++;
    co_ready(loop, &words.callback);
    int r = co_loop_run_until(loop, &words.future);
    co_callback_cancel(&words.callback);
    return r;
}

/* Close the loop: who is left now will never run again. */
static void discard_everything(struct co_loop *loop)
{
    co_list_each(link, &loop->handles) {
        struct co_task_record *task = unfinished_task(link);
        if (task && co_is_observed(loop))
            co_tell(loop, &(co_record){
                              .kind = CO_ABANDON,
                              .task = &task->handle.future,
                              .text = "Task was destroyed but it is pending!",
                          });
    }
    co_list_init(&loop->now);
    co_list_init(&loop->next);
    co_heap_clear(&loop->timers);
    loop->ghost = false;
    co_handle_disown(&loop->program);
    while (!co_list_empty(&loop->handles)) {
        struct co_handle *handle =
            co_container_of(loop->handles.next, struct co_handle, all);
        co_list_remove(&handle->all);
        co_list_remove(&handle->owned);
        co_error_unref(handle->future.error);
        handle->future.class->free(&handle->future);
    }
}

/* ---- deadlock --------------------------------------------------------------- */

static void tell_deadlock(struct co_loop *loop)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const char *between = "";

    if (!out)
        return;
    co_list_each(link, &loop->handles) {
        struct co_task_record *task = unfinished_task(link);
        if (!task || !task->waiting)
            continue;
        const co_future *future = task->waiting;
        co_record wait = { .what = future->class->what };
        if (future->class->describe)
            future->class->describe(future, &wait);
        fprintf(out, "%s%s -> %s", between, co_label(&task->handle.future), wait.what);
        if (future->name)
            fprintf(out, " %s", future->name);
        if (wait.text)
            fprintf(out, " %s", wait.text);
        if (wait.other)
            fprintf(out, " (%s)", co_label(wait.other));
        between = " ; ";
    }
    fclose(out);
    co_tell(loop, &(co_record){ .kind = CO_DEADLOCK, .text = text });
    free(text);
}

static int deadlock(struct co_loop *loop)
{
    if (co_is_observed(loop))
        tell_deadlock(loop);
    return co_raise(CO_EDEADLK,
                    "deadlock: everybody waits for something that cannot happen");
}

/* ---- a run ------------------------------------------------------------------ */

/* Nothing can happen any more. CPython would hang here until somebody pressed
 * Ctrl-C; we say so, and do what would happen then.
 */
static int outcome(struct co_loop *loop, co_task *main, int r)
{
    if (r == CO_EDEADLK) {
        r = deadlock(loop);
        if (co_cancel(main))
            co_loop_run_until(loop, main);
        co_result(main);
        return r;
    }
    if (r < 0)
        return co_caught(r, r == CO_EXIT ? loop->exit_error : NULL);
    r = co_future_outcome(main);
    return r == UV_ECANCELED && loop->heard > loop->heard_before
               ? co_caught(UV_EINTR, NULL)
               : r;
}

/* What asyncio.run() does after main: the outcome is main's, unless those left over
 * refuse to end.
 */
static int shut_down(struct co_loop *loop, int r)
{
    struct co_error *reason = co_error_ref(loop->caught);
    int ended = cancel_leftovers(loop);

    if (ended != CO_EDEADLK && !loop->abandoned && run_empty_coroutine(loop) == 0)
        run_empty_coroutine(loop);
    /* Callbacks may have met errors of their own meanwhile. */
    if (ended == CO_EDEADLK && r != CO_EDEADLK)
        r = deadlock(loop);
    else if (r < 0)
        co_caught(r, reason);
    co_error_unref(reason);
    return r;
}

static int run_main(struct co_loop *loop, co_fn *fn, void *frame)
{
    /* Made before the loop runs: that is what makes it the main task. */
    co_task *main = co_spawn_copy((co_spawn_options){}, fn, "main", NULL, 0);

    co_task_of(main)->frame = frame;
    loop->heard_before = loop->heard;
    loop->main = main;
    loop->running = true;
    int r = outcome(loop, main, co_loop_run_until(loop, main));
    loop->main = NULL;
    if (!loop->abandoned)
        r = shut_down(loop, r);
    co_error_unref(loop->exit_error);
    loop->exit_error = NULL;
    if (loop->abandoned)
        r = co_caught(CO_EABANDONED, NULL);
    discard_everything(loop);
    loop->running = false;
    return r;
}

/* A program, or one run that is a program of its own. */
static int with_loop(int (*program)(void), co_fn *main, void *frame,
                     const co_options *options)
{
    static const co_options usual = {};
    struct co_loop loop;
    struct co_overflow overflow;

    loop_init(&loop, options ? options : &usual);
    co_overflow_install(&overflow);
    loop.overflow = &overflow;
    co_loop_now = &loop;
    int r = program ? program() : run_main(&loop, main, frame);
    co_loop_now = NULL;
    co_overflow_remove(&overflow);
    loop_finish(&loop);
    return r;
}

int co_program(int (*program)(void), const co_options *options)
{
    if (co_loop_now)
        return co_raise(CO_ERUNTIME, "a program is running already");
    return with_loop(program, NULL, NULL, options);
}

int co_run(co_fn *main, const co_options *options)
{
    return co_run_with(main, NULL, options);
}

int co_run_with(co_fn *main, void *frame, const co_options *options)
{
    struct co_loop *loop = co_loop_now;

    if (!loop)
        return with_loop(NULL, main, frame, options);
    if (loop->running)
        return co_raise(CO_ERUNTIME,
                        "asyncio.run() cannot be called from a running event loop");
    if (loop->abandoned)
        return co_caught(CO_EABANDONED, NULL);
    return run_main(loop, main, frame);
}

void co_interrupt(void)
{
    struct co_loop *loop = co_loop_now;

    if (!loop)
        return;
    loop->interrupts = loop->interrupts + 1;
    loop->attention = 1;
    co_poll_wake(&loop->poll);
}

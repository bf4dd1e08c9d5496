#include "engine/run.h"

#include <stdlib.h>

#include "engine/core/loop_switch.h"
#include "engine/core/overflow.h"
#include "engine/core/proxy.h"
#include "engine/debug.h"
#include "engine/runner.h"

enum { DEFAULT_STACK = 64 * 1024 };

/* ---- making and unmaking ------------------------------------------------- */

static void loop_init(struct co_loop *loop, const co_options *options)
{
    *loop = (struct co_loop){
        .virtual_time = options->virtual_time,
        .debug = options->debug,
        .debug_usual = options->debug,
        .eager = options->eager_tasks,
        .catch_sigint = options->catch_sigint,
        .slow_path = options->observer || options->debug,
        .observer = options->observer,
        .slow = CO_SLOW_CALLBACK,
        .seed = options->seed,
        .asyncio = options->asyncio ? options->asyncio : 311,
    };
    co_list_init(&loop->idle);
    co_list_init(&loop->batch);
    co_list_init(&loop->ready);
    co_list_init(&loop->handles);
    co_list_init(&loop->errors_all);
    co_list_init(&loop->contextvars_all);
    co_list_init(&loop->proxies);
    co_list_init(&loop->program.owns);
    co_slab_init(&loop->records, sizeof(struct co_task_impl));
    loop->stacks = co_alloc(sizeof(*loop->stacks));
    co_stacks_init(loop->stacks,
                   options->stack_size ? options->stack_size : DEFAULT_STACK,
                   options->measure_stacks);
    if (options->virtual_time)
        co_clock_init_virtual(&loop->clock, options->speed, options->max_pause);
    else
        co_clock_init_real(&loop->clock);
    /* In real time another thread or a signal may have to end a wait of the loop, which
     * needs the uv_loop_t. On the virtual clock it is opened when it is needed.
     */
    if (!options->virtual_time || options->speed > 0)
        co_poll_open(&loop->poll);
    co_inbox_init(&loop->inbox);
    loop->serial = loop->program_serial = co_serial_open(loop);
    loop->inbox.serial = loop->serial;
    co_context_adopt(&loop->context);
}

static void loop_finish(struct co_loop *loop)
{
    /* Abandoned tasks and futures of the caller may still refer to errors. */
    while (!co_list_empty(&loop->errors_all)) {
        struct co_error *error =
            co_container_of(loop->errors_all.next, struct co_error, all);
        co_error_free(error);
    }
    co_proxies_finish(loop);
    co_contextvars_finish(loop);
    co_inbox_finish(&loop->inbox);
    co_poll_close(&loop->poll);
    co_timer_heap_finish(&loop->timers);
    co_slab_finish(&loop->records);
    co_context_forget(&loop->exited);
    for (struct co_stacks *stacks = loop->stacks, *other; stacks; stacks = other) {
        other = stacks->other;
        co_stacks_finish(stacks);
        free(stacks);
    }
    free(loop->random);
}

/* ---- running ------------------------------------------------------------- */

/* Run a program; or if `program` is NULL, a main outside of any program. */
static int with_loop(int (*program)(void), co_fn *main, void *frame,
                     const co_options *options)
{
    static const co_options defaults = {};
    struct co_loop loop;
    struct co_overflow overflow;

    loop_init(&loop, options ? options : &defaults);
    co_overflow_install(&overflow);
    loop.overflow = &overflow;
    co_loop_now = &loop;
    co_loop_choose_speed(&loop);
    co_observer_now = loop.observer;
    int r = program ? program() : co_run_with(main, frame, NULL);
    co_loop_finish_handles(&loop);
    co_extensions_finish(&loop);
    co_serial_close_all(&loop);
    co_loop_now = NULL;
    co_future_completes_fast = false;
    co_observer_now = NULL;
    co_overflow_remove(&overflow);
    if (r < 0)
        co_current_error_outlive(&loop.current_error);
    loop_finish(&loop);
    return r;
}

int co_program(int (*program)(void), const co_options *options)
{
    if (co_loop_now)
        return co_raise(CO_ERUNTIME, "Cannot run the event loop while another loop is "
                                     "running");
    return with_loop(program, NULL, NULL, options);
}

int co_run(co_fn *main, const co_options *options)
{
    return co_run_with(main, NULL, options);
}

int co_run_with(co_fn *main, void *frame, const co_options *options)
{
    struct co_loop *loop = co_loop_now;
    co_runner runner;

    if (!loop)
        return with_loop(NULL, main, frame, options);
    if (loop->running)
        return co_raise(CO_ERUNTIME,
                        "asyncio.run() cannot be called from a running event loop");
    co_runner_init(&runner);
    if (options && options->debug) {
        co_loop_switch(loop, runner.serial); /* debug mode is that of a loop */
        co_set_debug(true);
    }
    return co_runner_close(&runner, co_runner_run(&runner, main, frame));
}

void co_interrupt(void)
{
    struct co_loop *loop = co_loop_now;

    if (!loop)
        return;
    loop->sigints = loop->sigints + 1;
    co_request_poll(loop);
    co_poll_wake(&loop->poll);
}

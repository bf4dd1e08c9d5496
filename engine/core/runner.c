#include "engine/runner.h"

#include "engine/core/loop_switch.h"

void co_runner_init(co_runner *runner)
{
    struct co_loop *loop = co_loop_here(__func__);

    *runner = (co_runner){
        .serial = co_serial_open(loop),
        .contextvars = co_contextvars_keep(co_contextvars_here(loop)),
    };
}

/* Raise what ended a run early: SystemExit or KeyboardInterrupt of a task or callback,
 * or Ctrl-C.
 */
static int raise_exit(struct co_loop *loop, co_task *main, int r)
{
    if (r == UV_EINTR && loop->interrupted) {
        loop->interrupted = false;
        return co_set_current_error(r, NULL);
    }
    co_future_mark_retrieved(main); /* the error may be main's own */
    return co_set_current_error(r, loop->exit_error);
}

/* No event can wake any task. CPython would wait until Ctrl-C; the engine reports the
 * deadlock and cancels main, as Ctrl-C would.
 */
static int end_deadlock(struct co_loop *loop, co_task *main)
{
    int r = co_deadlock(loop);
    int ended = co_cancel(main) ? co_loop_run_until(loop, main) : 0;

    main->unretrieved = false;
    return co_error_ends_loop(ended) ? raise_exit(loop, main, ended) : r;
}

/* `r` is how the loop ended. Returns the result or error of the run. */
static int outcome(struct co_loop *loop, co_task *main, int r)
{
    if (r == CO_EDEADLK)
        return end_deadlock(loop, main);
    if (co_error_ends_loop(r))
        return raise_exit(loop, main, r);
    if (r < 0)
        return r;
    r = co_future_outcome(main);
    /* If main was cancelled only by Ctrl-C, the run ends with KeyboardInterrupt. */
    return r == UV_ECANCELED && loop->sigints_delivered > loop->sigints_before_run &&
                   co_uncancel(main) == 0
               ? co_set_current_error(UV_EINTR, NULL)
               : r;
}

/* Spawn the main task of a run. It uses the caller's `frame`, not a copy. All mains of
 * a runner share one context.
 */
static co_task *spawn_main(struct co_loop *loop, co_runner *runner, co_fn *fn,
                           void *frame)
{
    loop->in_main = true;
    co_task *main = co_spawn_copy((co_spawn_options){}, fn, "main", NULL, 0);
    loop->in_main = false;
    struct co_task_impl *task = co_task_of(main);
    task->frame = frame;
    co_contextvars_drop(task->step.contextvars);
    task->step.contextvars = runner->contextvars;
    return main;
}

static int run_main(struct co_loop *loop, co_runner *runner, co_fn *fn, void *frame)
{
    co_task *main = spawn_main(loop, runner, fn, frame);

    loop->sigints_before_run = loop->sigints_delivered;
    loop->main = co_keep(main);
    const bool catches_sigint = loop->catch_sigint && co_sigint_catch();
    int r = outcome(loop, main, co_loop_run_until(loop, main));
    if (catches_sigint)
        co_sigint_release();
    loop->main = NULL;
    /* The next main sees the context variables that this one has set. */
    runner->contextvars = co_contextvars_keep(co_task_of(main)->step.contextvars);
    co_unref(main);
    return r;
}

int co_runner_run(co_runner *runner, co_fn *main, void *frame)
{
    struct co_loop *loop = co_loop_here(__func__);

    if (loop->running)
        return co_raise(CO_ERUNTIME,
                        "Runner.run() cannot be called from a running event loop");
    if (runner->closed)
        return co_raise(CO_ERUNTIME, "Runner is closed");
    if (loop->abandoned)
        return co_set_current_error(CO_EABANDONED, NULL);
    co_loop_switch(loop, runner->serial);
    return run_main(loop, runner, main, frame);
}

int co_runner_close(co_runner *runner, int r)
{
    struct co_loop *loop = co_loop_here(__func__);

    if (runner->closed)
        return r;
    runner->closed = true;
    if (loop->running) {
        co_serial_close(runner->serial);
        co_contextvars_drop(runner->contextvars);
        return co_raise(CO_ERUNTIME, "Cannot run the event loop while another loop is "
                                     "running");
    }
    co_loop_switch(loop, runner->serial);
    if (!loop->abandoned)
        r = co_loop_shut_down(loop, r);
    co_error_drop(loop->exit_error);
    loop->exit_error = NULL;
    /* Ctrl-C may have ended the shutdown. */
    if (loop->abandoned)
        r = co_set_current_error(CO_EABANDONED, NULL);
    co_loop_detach_waiters(loop);
    co_serial_close(runner->serial);
    co_loop_discard(loop);
    co_loop_leave(loop);
    co_contextvars_drop(runner->contextvars);
    return r;
}

#include "engine/process.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

#include "engine/outside/child.h"

/* ---- its end ------------------------------------------------------------- */

static bool is_at_end(const co_reader *reader) { return !reader || !reader->pipe; }

static bool is_over(const co_process *process)
{
    return !process->running && !process->in && is_at_end(process->out) &&
           is_at_end(process->err);
}

static void on_change(co_callback *callback)
{
    co_process *process = co_container_of(callback, co_process, changed);

    if (!is_over(process))
        return;
    co_waitq_wake_all(&process->line);
    co_unref(&process->handle.future);
}

void co_child_ended(uv_process_t *running, int64_t status, int signal)
{
    co_process *process = running->data;

    process->code = signal ? -signal : (int)status;
    process->running = NULL;
    co_poll_close_handle(running);
    if (co_list_empty(&process->changed.link))
        co_ready(co_loop_now, &process->changed);
}

/* ---- making -------------------------------------------------------------- */

static void free_process(co_future *future)
{
    co_process *process = co_container_of(future, co_process, handle.future);

    co_list_remove(&process->changed.link);
    co_poll_close_handle(process->running);
    co_poll_close_handle(process->in);
    co_reader_free(process->out);
    co_reader_free(process->err);
    free(process);
}

static co_process *make_process(void)
{
    static const struct co_future_class class = { .what = "process",
                                                  .free = free_process };
    co_process *process = co_alloc(sizeof(*process));

    *process = (co_process){ .changed.run = on_change };
    co_handle_prepare(&process->handle, &class);
    co_list_init(&process->changed.link);
    co_list_init(&process->line);
    co_list_init(&process->full);
    return process;
}

co_process *co_process_keep(co_process *process)
{
    if (process)
        co_ref(&process->handle.future);
    return process;
}

void co_process_drop(co_process *process)
{
    if (process)
        co_drop(&process->handle.future);
}

/* What asyncio spends on it: a task that connects the pipes one by one. */
struct connecting {
    co_future future;
    co_callback step;
    unsigned left;
};

static void on_step(co_callback *callback)
{
    struct connecting *connecting = co_container_of(callback, struct connecting, step);

    if (--connecting->left > 0)
        co_call_soon(callback);
    else if (co_is_pending(&connecting->future))
        co_future_complete(&connecting->future, CO_HAS_RESULT, 0, NULL);
}

static int connect_pipes(const co_process *process)
{
    static const struct co_future_class class = { .what = "process" };
    const unsigned pipes =
        process->has_in + (process->out != NULL) + (process->err != NULL);
    struct connecting connecting = { .step.run = on_step, .left = 2 * pipes + 1 };

    co_loop_now->numbers++;
    co_future_prepare(&connecting.future, &class, NULL);
    co_call_soon(&connecting.step);
    int r = co_park(&connecting.future);
    co_callback_cancel(&connecting.step);
    return r;
}

/* The caller has not got the process, and so cannot end it. */
static int kill_interrupted(co_process *process)
{
    struct co_error *reason = co_error_keep(co_current_error_with_code(UV_ECANCELED));

    co_child_close_in(process);
    co_reader_close(process->out);
    co_reader_close(process->err);
    co_process_kill(process);
    int r = co_process_wait(process);
    co_process_drop(process);
    if (r >= 0)
        r = co_set_current_error(UV_ECANCELED, reason);
    co_error_drop(reason);
    return r;
}

/* Uses `argv` before it suspends, and not after. */
int co_process_execv(co_process_options options, co_process **ret_process,
                     const char *const argv[])
{
    co_process *process = make_process();
    int r = co_child_start(co_loop_now, process, options, argv);

    if (r < 0) {
        co_process_drop(process);
        return r;
    }
    co_ref(&process->handle.future); /* until it is over */
    r = connect_pipes(process);
    if (r < 0)
        return kill_interrupted(process);
    *ret_process = process;
    return 0;
}

int co_process_exec_list(co_process_options options, co_process **ret_process,
                         const char *program, ...)
{
    size_t count = 1;
    va_list arguments;

    va_start(arguments, program);
    while (va_arg(arguments, const char *))
        count++;
    va_end(arguments);

    /* On the stack: an abandoned task would never free it. */
    const char *words[count + 1];
    words[0] = program;
    va_start(arguments, program);
    for (size_t i = 1; i <= count; i++)
        words[i] = va_arg(arguments, const char *);
    va_end(arguments);
    return co_process_execv(options, ret_process, words);
}

int co_process_shell(co_process_options options, co_process **ret_process,
                     const char *command)
{
    return co_process_exec(options, ret_process, "/bin/sh", "-c", command);
}

/* ---- asking -------------------------------------------------------------- */

int co_process_pid(const co_process *process) { return process->pid; }

const int *co_process_returncode(const co_process *process)
{
    return process->running ? NULL : &process->code;
}

co_reader *co_process_out(co_process *process) { return process->out; }

co_reader *co_process_err(co_process *process) { return process->err; }

int co_process_wait(co_process *process)
{
    static const struct co_future_class class = { .what = "process" };
    struct co_waiter waiter;
    uint64_t bound = 0;

    if (!process->running)
        return 0;
    co_ref(&process->handle.future);
    int r = co_waitq_wait(&waiter, &class, process, NULL, &process->line, &bound);
    co_unref(&process->handle.future);
    return r;
}

/* ---- signals ------------------------------------------------------------- */

int co_process_send_signal(co_process *process, int number)
{
    if (is_over(process))
        return co_set_current_error(UV_ESRCH, NULL);
    if (!process->running)
        return 0;
    int r = uv_process_kill(process->running, number);
    return r < 0 && r != UV_ESRCH ? co_set_current_error(r, NULL) : 0;
}

int co_process_terminate(co_process *process)
{
    return co_process_send_signal(process, SIGTERM);
}

int co_process_kill(co_process *process)
{
    return co_process_send_signal(process, SIGKILL);
}

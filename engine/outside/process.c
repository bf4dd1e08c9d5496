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

static void free_process(co_process *process)
{
    co_list_remove(&process->changed.link);
    co_poll_close_handle(process->running);
    co_poll_close_handle(process->in);
    co_reader_free(process->out);
    co_reader_free(process->err);
    free(process);
}

/* ---- dropped processes --------------------------------------------------- */

/* An extension of the loop: running processes whose handle was dropped. No task can
 * wait for them, and the virtual clock does not. The loop still reaps them, since they
 * would become zombies.
 */
struct dropped {
    struct co_extension extension;
    struct co_list all; /* co_process.dropped */
};

static struct dropped *dropped_of(struct co_extension *extension)
{
    return co_container_of(extension, struct dropped, extension);
}

static void free_dropped(co_process *process)
{
    co_list_remove(&process->dropped);
    co_loop_now->poll.dropped--;
    free_process(process);
}

static void init(struct co_extension *self) { co_list_init(&dropped_of(self)->all); }

static void loop_closed(struct co_loop *loop, struct co_extension *self)
{
    (void)loop;
    co_list_each(link, &dropped_of(self)->all)
        free_dropped(co_container_of(link, co_process, dropped));
}

static void unref_handle(void *handle)
{
    if (handle)
        uv_unref(handle);
}

static void run_dropped(co_process *process)
{
    static const struct co_extension_class class = {
        .size = sizeof(struct dropped),
        .of_program = true,
        .init = init,
        .step = CO_SHUTDOWN_NONE,
        .loop_closed = loop_closed,
    };
    struct co_loop *loop = co_loop_now;

    co_list_append(&dropped_of(co_extension_get(loop, &class))->all, &process->dropped);
    loop->poll.dropped++;
    co_request_poll(loop);
    unref_handle(process->running);
    unref_handle(process->in);
    unref_handle(process->out ? process->out->pipe : NULL);
    unref_handle(process->err ? process->err->pipe : NULL);
}

/* No reference is left. */
static void free_handle(co_future *future)
{
    co_process *process = co_container_of(future, co_process, handle.future);

    if (is_over(process) || co_loop_now->closed)
        free_process(process);
    else
        run_dropped(process);
}

static void on_change(co_callback *callback)
{
    co_process *process = co_container_of(callback, co_process, changed);

    if (!is_over(process))
        return;
    co_waitq_wake_all(&process->waiters);
    if (!co_list_empty(&process->dropped))
        free_dropped(process);
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

/* The run is over. As in asyncio its pipes are closed, and the process continues: a
 * later run notices its end.
 */
static void abandon(co_future *future)
{
    co_process *process = co_container_of(future, co_process, handle.future);

    co_child_close_in(process);
    co_reader_close(process->out);
    co_reader_close(process->err);
    co_list_remove(&process->changed.link);
}

/* ---- making -------------------------------------------------------------- */

static co_process *make_process(void)
{
    static const struct co_future_class class = {
        .what = "process",
        .free = free_handle,
        .abandon = abandon,
    };
    co_process *process = co_alloc(sizeof(*process));

    *process = (co_process){ .changed.run = on_change };
    co_handle_prepare(&process->handle, &class);
    co_list_init(&process->changed.link);
    co_list_init(&process->dropped);
    co_list_init(&process->waiters);
    co_list_init(&process->full);
    return process;
}

co_process *co_process_keep(co_process *process)
{
    if (process)
        co_keep(&process->handle.future);
    return process;
}

void co_process_drop(co_process *process)
{
    if (process)
        co_drop(&process->handle.future);
}

/* As many iterations as asyncio needs, where a task connects the pipes one by one. */
struct connecting {
    co_future future;
    co_callback step;
    unsigned left;
};

static void on_step(co_callback *callback)
{
    struct connecting *connecting = co_container_of(callback, struct connecting, step);

    if (--connecting->left > 0)
        co_schedule(callback);
    else if (co_is_pending(&connecting->future))
        co_future_complete(&connecting->future, CO_HAS_RESULT, 0, NULL);
}

static int connect_pipes(const co_process *process)
{
    static const struct co_future_class class = { .what = "process",
                                                  .function = "co_process_exec" };
    const unsigned pipes =
        process->has_in + (process->out != NULL) + (process->err != NULL);
    struct connecting connecting = { .step.run = on_step, .left = 2 * pipes + 1 };

    co_loop_now->numbers++;
    co_future_prepare(&connecting.future, &class, NULL);
    co_schedule(&connecting.step);
    int r = co_park(&connecting.future);
    co_callback_cancel(&connecting.step);
    return r;
}

/* The caller has no handle of the process and cannot end it. */
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

/* `argv` is not used after the first wait. */
int co_process_execv(co_process_options options, co_process **ret_process,
                     const char *const argv[])
{
    struct co_loop *loop = co_loop_now;

    co_task_here(loop, "co_process_exec");
    co_process *process = make_process();
    int r = co_child_start(loop, process, options, argv);

    if (r < 0) {
        co_process_drop(process);
        return r;
    }
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

    /* On the stack: an abandoned task would not free an allocation. */
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
    static const struct co_future_class class = { .what = "process",
                                                  .function = "co_process_wait" };
    struct co_waiter waiter;
    uint64_t bound = 0;

    if (!process->running)
        return 0;
    co_ref(&process->handle.future);
    int r = co_waitq_wait(&waiter, &class, process, NULL, &process->waiters, &bound);
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

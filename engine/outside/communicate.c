/* communicate.c — the input of a process, and communicate(). */
#include <stdlib.h>
#include <string.h>

#include "engine/gather.h"
#include "engine/outside/child.h"

/* ---- its input ----------------------------------------------------------- */

void co_child_close_in(co_process *process)
{
    if (!process->in)
        return;
    co_poll_close_handle(process->in);
    process->in = NULL;
    process->writes = 0; /* the callbacks of these writes do not count any more */
    co_waitq_wake_all(&process->full);
    if (co_list_empty(&process->changed.link))
        co_ready(co_loop_now, &process->changed);
}

static void on_alloc(uv_handle_t *in, size_t suggested, uv_buf_t *ret_buffer)
{
    co_process *process = in->data;

    (void)suggested;
    *ret_buffer = uv_buf_init(process->sink, sizeof(process->sink));
}

/* No bytes come: a read only shows that the process has closed its end. */
static void on_read(uv_stream_t *in, ssize_t size, const uv_buf_t *buffer)
{
    (void)buffer;
    if (size < 0)
        co_child_close_in(in->data);
}

void co_child_watch_in(co_process *process)
{
    uv_read_start((uv_stream_t *)process->in, on_alloc, on_read);
}

struct writing {
    uv_write_t request;
    char data[];
};

static void on_written(uv_write_t *request, int status)
{
    co_process *process = request->handle->data; /* NULL: it was closed */

    free(co_container_of(request, struct writing, request));
    if (!process)
        return;
    process->writes--;
    co_waitq_wake_all(&process->full);
    if (status < 0 || (process->closing && process->writes == 0))
        co_child_close_in(process);
}

/* Write a copy of the bytes: the task may be cancelled, and its input freed, before all
 * is written. A write that cannot begin is as one that fails. uv_buf_init() would cut
 * the size to an unsigned.
 */
static void write_in(co_process *process, co_bytes bytes)
{
    struct writing *writing = co_alloc(sizeof(*writing) + bytes.size);
    const uv_buf_t buffer = { .base = writing->data, .len = bytes.size };

    memcpy(writing->data, bytes.data, bytes.size);
    if (uv_write(&writing->request, (uv_stream_t *)process->in, &buffer, 1,
                 on_written) == 0) {
        process->writes++;
        return;
    }
    free(writing);
    co_child_close_in(process);
}

/* drain(): suspend while much of it is not written yet. */
static int drain(co_process *process)
{
    static const struct co_future_class class = { .what = "writer",
                                                  .function =
                                                      "co_process_communicate" };
    struct co_waiter waiter;
    enum { HIGH_WATER = 64 * 1024 };
    uint64_t bound = 0;

    if (!process->in ||
        uv_stream_get_write_queue_size((uv_stream_t *)process->in) <= HIGH_WATER)
        return 0;
    return co_waitq_wait(&waiter, &class, process, "stdin", &process->full, &bound);
}

/* ---- communicate() ------------------------------------------------------- */

/* The tasks below may run longer than communicate(), so each has a reference. */
static void drop(co_process **process) { co_unref(&(*process)->handle.future); }

static co_process *hold(co_process *process)
{
    co_ref(&process->handle.future);
    return process;
}

struct feed_stdin {
    co_process *process;
    co_bytes input;
};

/* As in asyncio it is no error that the process has closed its input. */
static int feed_stdin(void *frame)
{
    const struct feed_stdin *self = frame;
    finally(drop) co_process *process = hold(self->process);

    if (process->in && self->input.size > 0) {
        write_in(process, self->input);
        await(drain(process));
    }
    process->closing = true;
    if (process->writes == 0)
        co_child_close_in(process);
    return 0;
}

struct read_stream {
    co_process *process;
    co_reader *reader;
    co_bytes output;
};

static int read_stream(void *frame)
{
    struct read_stream *self = frame;
    [[maybe_unused]] finally(drop) co_process *process = hold(self->process);

    await(co_reader_rest(self->reader, &self->output));
    co_reader_close(self->reader);
    return 0;
}

struct noop {
};

static int noop(void *) { return 0; }

static co_task *spawn_feed(co_process *process, co_bytes input)
{
    bool closes =
        input.data || (process->has_in && co_asyncio_at_least(co_loop_now, 312));

    return closes ? co_spawn(feed_stdin, process, input) : co_spawn(noop);
}

static co_task *spawn_read(co_process *process, co_reader *reader)
{
    return reader ? co_spawn(read_stream, process, reader) : co_spawn(noop);
}

static void take(co_task *task, co_reader *reader, co_bytes *ret_output)
{
    if (ret_output)
        *ret_output = reader ? co_frame(read_stream, task)->output : (co_bytes){};
}

int co_process_communicate(co_process *process, co_bytes input, co_bytes *ret_out,
                           co_bytes *ret_err)
{
    if (input.data && !process->has_in)
        return co_raise(CO_EVALUE, "there is input, but no pipe to give it through");
    co_task_here(co_loop_now, __func__);
    finally(drop) co_process *held = hold(process);
    co_task *tasks[] = {
        spawn_feed(process, input),
        spawn_read(process, process->out),
        spawn_read(process, process->err),
    };

    int r = co_gatherv(tasks, 3);
    if (r >= 0) {
        take(tasks[1], held->out, ret_out);
        take(tasks[2], held->err, ret_err);
    }
    for (int i = 0; i < 3; i++)
        co_drop(tasks[i]);
    await(r);
    return co_process_wait(process);
}

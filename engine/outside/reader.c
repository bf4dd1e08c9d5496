#include "engine/reader.h"

#include <stdlib.h>
#include <string.h>

#include "engine/outside/reader_internal.h"

enum { LIMIT = 64 * 1024, CHUNK = 64 * 1024 };

static size_t unread(const co_reader *reader) { return reader->end - reader->start; }

/* ---- reading ahead ------------------------------------------------------- */

/* Make room for `size` more bytes after the end. */
static void make_room(co_reader *reader, size_t size)
{
    if (reader->start > 0) {
        memmove(reader->data, reader->data + reader->start, unread(reader));
        reader->end -= reader->start;
        reader->start = 0;
    }
    if (reader->capacity - reader->end >= size)
        return;
    reader->capacity = 2 * reader->end + size;
    reader->data = co_realloc(reader->data, reader->capacity);
}

static void on_alloc(uv_handle_t *pipe, size_t suggested, uv_buf_t *ret_buffer)
{
    co_reader *reader = pipe->data;

    (void)suggested;
    if (reader->capacity - reader->end < CHUNK)
        make_room(reader, CHUNK);
    *ret_buffer = uv_buf_init(reader->data + reader->end, CHUNK);
}

void co_reader_close(co_reader *reader)
{
    if (!reader || !reader->pipe)
        return;
    co_poll_close_handle(reader->pipe);
    reader->pipe = NULL;
    co_waitq_wake_all(&reader->waiters);
    if (co_list_empty(&reader->ended->link))
        co_ready(co_loop_now, reader->ended);
}

static void on_read(uv_stream_t *pipe, ssize_t size, const uv_buf_t *buffer)
{
    co_reader *reader = pipe->data;

    (void)buffer;
    if (size < 0) {
        reader->error = size == UV_EOF ? 0 : (int)size;
        co_reader_close(reader);
        return;
    }
    reader->end += (size_t)size;
    if (size == 0)
        return;
    if (!reader->wants_all && unread(reader) > 2 * LIMIT) {
        uv_read_stop(pipe);
        reader->paused = true;
    }
    /* A task that wants all bytes is woken at the end. */
    if (!reader->wants_all)
        co_waitq_wake_all(&reader->waiters);
}

static void resume(co_reader *reader)
{
    if (reader->paused && reader->pipe)
        uv_read_start((uv_stream_t *)reader->pipe, on_alloc, on_read);
    reader->paused = false;
}

/* ---- making -------------------------------------------------------------- */

co_reader *co_reader_new(struct co_loop *loop, int fd, const char *name,
                         co_callback *ended)
{
    co_reader *reader = co_alloc(sizeof(*reader));

    *reader = (co_reader){ .ended = ended, .name = name, .paused = true };
    co_list_init(&reader->waiters);
    reader->pipe = co_alloc(sizeof(*reader->pipe));
    uv_pipe_init(&loop->poll.loop, reader->pipe, 0);
    reader->pipe->data = reader;
    uv_pipe_open(reader->pipe, fd);
    resume(reader);
    return reader;
}

void co_reader_free(co_reader *reader)
{
    if (!reader)
        return;
    co_poll_close_handle(reader->pipe);
    free(reader->data);
    free(reader->taken);
    free(reader);
}

/* ---- lines and the rest -------------------------------------------------- */

static void consume(co_reader *reader, size_t size)
{
    reader->start += size;
    if (unread(reader) <= LIMIT)
        resume(reader);
}

/* A copy: bytes that are read ahead move while the task still uses the line. */
static void take(co_reader *reader, size_t size, co_bytes *ret_bytes)
{
    reader->taken = co_realloc(reader->taken, size + 1);
    if (size > 0)
        memcpy(reader->taken, reader->data + reader->start, size);
    reader->taken[size] = '\0';
    *ret_bytes = (co_bytes){ reader->taken, size };
    consume(reader, size);
}

static bool is_awaited(const co_reader *reader)
{
    co_list_each(link, &reader->waiters)
        if (co_is_pending(&co_waiter_of(link)->future))
            return true;
    return false;
}

static const struct co_future_class line_class = { .what = "reader",
                                                   .function = "co_reader_line" };
static const struct co_future_class rest_class = { .what = "reader",
                                                   .function = "co_reader_rest" };

static int wait(co_reader *reader, const char *what, bool for_all)
{
    const struct co_future_class *class = for_all ? &rest_class : &line_class;
    struct co_waiter waiter;
    uint64_t bound = 0;

    if (is_awaited(reader))
        return co_raise(CO_ERUNTIME,
                        "%s() called while another coroutine is already waiting for "
                        "incoming data",
                        what);
    reader->wants_all = for_all;
    resume(reader);
    int r =
        co_waitq_wait(&waiter, class, reader, reader->name, &reader->waiters, &bound);
    reader->wants_all = false;
    return r;
}

static int too_long(co_reader *reader, size_t size, const char *why)
{
    consume(reader, size);
    return co_raise(CO_EVALUE, "%s", why);
}

/* Find the size of the first line in the bytes that were read ahead; 0: it is not
 * complete. At the end of the pipe the last line needs no newline. The first `seen`
 * bytes are known to have none.
 */
static int find_line(co_reader *reader, size_t seen, size_t *ret_size)
{
    const size_t size = unread(reader);
    const char *data = size > seen ? reader->data + reader->start : NULL;
    const char *newline = data ? memchr(data + seen, '\n', size - seen) : NULL;
    const size_t length = newline ? (size_t)(newline - data) : size;

    if (length > LIMIT)
        return too_long(reader, newline ? length + 1 : length,
                        newline ? "Separator is found, but chunk is longer than limit"
                                : "Separator is not found, and chunk exceed the limit");
    *ret_size = newline ? length + 1 : reader->pipe ? 0 : size;
    return 0;
}

int co_reader_line(co_reader *reader, co_bytes *ret_line)
{
    for (size_t seen = 0, size = 0;;) {
        if (reader->error)
            return co_set_current_error(reader->error, NULL);
        await(find_line(reader, seen, &size));
        if (size > 0 || !reader->pipe) {
            take(reader, size, ret_line);
            return (int)size;
        }
        seen = unread(reader);
        await(wait(reader, "readuntil", false));
    }
}

/* In asyncio a cancelled read() loses the bytes it has read, which are in a local. */
static int wait_for_all(co_reader *reader)
{
    int r = wait(reader, "read", true);

    if (r == UV_ECANCELED)
        consume(reader, unread(reader));
    return r;
}

int co_reader_rest(co_reader *reader, co_bytes *ret_rest)
{
    while (reader->pipe)
        await(wait_for_all(reader));
    if (reader->error)
        return co_set_current_error(reader->error, NULL);
    make_room(reader, 1);
    reader->data[reader->end] = '\0';
    free(reader->taken);
    *ret_rest = (co_bytes){ reader->taken = reader->data, reader->end };
    reader->data = NULL;
    reader->start = reader->end = reader->capacity = 0;
    return 0;
}

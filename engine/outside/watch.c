#include "engine/watch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_switch.h"

/* One of the two events of a descriptor: it can be read, or it can be written. */
struct direction {
    co_watch *watch;                    /* NULL: none */
    struct co_contextvars *contextvars; /* that its callback sees */
    co_callback event;                  /* in the ready queue: runs its callback */
    unsigned starts;                    /* how often a watch was started */
};

/* Both directions share a handle of libuv, which allows one for each descriptor. */
struct descriptor {
    uv_poll_t *uv; /* NULL: neither is watched */
    int fd;
    struct direction readable, writable;
};

/* An extension of the loop. While the loop is idle it has no handles: its descriptors
 * are not polled, and another loop may watch them.
 */
struct descriptors {
    struct co_extension extension;
    struct descriptor **by_fd; /* each NULL until it is watched first */
    size_t count;
};

/* ---- events -------------------------------------------------------------- */

static void queue(struct direction *direction)
{
    if (!direction->watch || !co_list_empty(&direction->event.link))
        return;
    direction->event.contextvars = co_contextvars_keep(direction->contextvars);
    co_ready(co_loop_now, &direction->event);
}

static int events_of(const struct descriptor *descriptor)
{
    return (descriptor->readable.watch ? UV_READABLE : 0) |
           (descriptor->writable.watch ? UV_WRITABLE : 0);
}

/* At an error of the descriptor libuv stops polling it. Here an error counts as both
 * events, and polling is started again.
 */
static void on_poll(uv_poll_t *uv, int status, int events)
{
    struct descriptor *descriptor = uv->data;

    if (status < 0) {
        events = UV_READABLE | UV_WRITABLE;
        uv_poll_start(uv, events_of(descriptor), on_poll);
    }
    if (events & UV_READABLE)
        queue(&descriptor->readable);
    if (events & UV_WRITABLE)
        queue(&descriptor->writable);
}

/* Values of context variables that the callback sets are seen by its next call. */
static void on_event(co_callback *callback)
{
    struct direction *direction = co_container_of(callback, struct direction, event);
    const unsigned starts = direction->starts;

    direction->watch->callback.run(&direction->watch->callback);
    if (!direction->watch || direction->starts != starts)
        return;
    co_contextvars_drop(direction->contextvars);
    direction->contextvars = co_contextvars_keep(co_contextvars_here(co_loop_now));
}

/* ---- descriptors --------------------------------------------------------- */

static struct direction make_direction(void)
{
    return (struct direction){ .event.run = on_event };
}

static struct descriptor *make_descriptor(int fd)
{
    struct descriptor *descriptor = co_alloc(sizeof(*descriptor));

    *descriptor = (struct descriptor){
        .fd = fd,
        .readable = make_direction(),
        .writable = make_direction(),
    };
    co_list_init(&descriptor->readable.event.link);
    co_list_init(&descriptor->writable.event.link);
    return descriptor;
}

/* Its entry in the table; NULL: the table is shorter. */
static struct descriptor *find(const struct descriptors *all, int fd)
{
    return fd >= 0 && (size_t)fd < all->count ? all->by_fd[fd] : NULL;
}

static struct descriptor *find_or_make(struct descriptors *all, int fd)
{
    const size_t count = (size_t)fd + 1;

    if (count > all->count) {
        all->by_fd = co_realloc(all->by_fd, count * sizeof(*all->by_fd));
        memset(all->by_fd + all->count, 0, (count - all->count) * sizeof(*all->by_fd));
        all->count = count;
    }
    if (!all->by_fd[fd])
        all->by_fd[fd] = make_descriptor(fd);
    return all->by_fd[fd];
}

/* libuv makes the descriptor one that does not block; asyncio leaves it as it is. */
static int open_handle(struct co_loop *loop, struct descriptor *descriptor)
{
    const int flags = fcntl(descriptor->fd, F_GETFL);

    if (descriptor->uv)
        return 0;
    co_poll_open(&loop->poll);
    uv_poll_t *uv = co_alloc(sizeof(*uv));
    int r = uv_poll_init(&loop->poll.loop, uv, descriptor->fd);
    if (r < 0) {
        free(uv);
        return r;
    }
    fcntl(descriptor->fd, F_SETFL, flags);
    uv->data = descriptor;
    uv_unref((uv_handle_t *)uv);
    loop->poll.listeners++;
    descriptor->uv = uv;
    return 0;
}

static void close_handle(struct co_loop *loop, struct descriptor *descriptor)
{
    if (!descriptor->uv)
        return;
    co_poll_close_handle(descriptor->uv);
    descriptor->uv = NULL;
    loop->poll.listeners--;
}

static int poll_for_both(struct co_loop *loop, struct descriptor *descriptor)
{
    if (events_of(descriptor))
        return uv_poll_start(descriptor->uv, events_of(descriptor), on_poll);
    close_handle(loop, descriptor);
    return 0;
}

static void stop_direction(struct direction *direction)
{
    if (!direction->watch)
        return;
    direction->watch = NULL;
    co_callback_cancel(&direction->event);
    co_contextvars_drop(direction->contextvars);
    direction->contextvars = NULL;
}

/* ---- the extension ------------------------------------------------------- */

static struct descriptors *descriptors_of(const struct co_extension *extension)
{
    return co_container_of(extension, struct descriptors, extension);
}

static void loop_closed(struct co_loop *loop, struct co_extension *self)
{
    struct descriptors *all = descriptors_of(self);

    for (size_t fd = 0; fd < all->count; fd++) {
        struct descriptor *descriptor = all->by_fd[fd];
        if (!descriptor)
            continue;
        stop_direction(&descriptor->readable);
        stop_direction(&descriptor->writable);
        close_handle(loop, descriptor);
    }
}

static void loop_idle(struct co_loop *loop, struct co_extension *self)
{
    struct descriptors *all = descriptors_of(self);

    for (size_t fd = 0; fd < all->count; fd++)
        if (all->by_fd[fd])
            close_handle(loop, all->by_fd[fd]);
}

/* A descriptor that was closed meanwhile is not watched any more, as in asyncio. */
static void loop_current(struct co_loop *loop, struct co_extension *self)
{
    struct descriptors *all = descriptors_of(self);

    for (size_t fd = 0; fd < all->count; fd++)
        if (all->by_fd[fd] && events_of(all->by_fd[fd]) &&
            (open_handle(loop, all->by_fd[fd]) < 0 ||
             poll_for_both(loop, all->by_fd[fd]) < 0)) {
            stop_direction(&all->by_fd[fd]->readable);
            stop_direction(&all->by_fd[fd]->writable);
            close_handle(loop, all->by_fd[fd]);
        }
}

static void finish(struct co_loop *loop, struct co_extension *self)
{
    struct descriptors *all = descriptors_of(self);

    (void)loop;
    for (size_t fd = 0; fd < all->count; fd++)
        free(all->by_fd[fd]);
    free(all->by_fd);
}

static const struct co_extension_class class = {
    .size = sizeof(struct descriptors),
    .step = CO_SHUTDOWN_NONE,
    .loop_idle = loop_idle,
    .loop_current = loop_current,
    .loop_closed = loop_closed,
    .finish = finish,
};

/* ---- watches ------------------------------------------------------------- */

static struct direction *direction_of(struct descriptor *descriptor, bool writes)
{
    return writes ? &descriptor->writable : &descriptor->readable;
}

static int fail(int r) { return co_raise(r, "[Errno %d] %s", -r, strerror(-r)); }

static int start(struct co_loop *loop, co_watch *watch, int fd, bool writes)
{
    if (loop->closed)
        return co_loop_is_closed();
    if (fd < 0)
        return co_raise(CO_EVALUE, "Invalid file descriptor: %d", fd);
    if (fcntl(fd, F_GETFL) < 0)
        return fail(UV_EBADF);
    co_watch_stop(watch);
    struct descriptors *all = descriptors_of(co_extension_get(loop, &class));
    struct descriptor *descriptor = find_or_make(all, fd);
    int r = open_handle(loop, descriptor);
    if (r < 0)
        return fail(r);
    struct direction *direction = direction_of(descriptor, writes);
    stop_direction(direction);
    direction->starts++;
    direction->watch = watch;
    direction->contextvars = co_contextvars_keep(co_contextvars_here(loop));
    watch->fd = fd;
    watch->writes = writes;
    co_request_poll(loop);
    r = poll_for_both(loop, descriptor);
    if (r == 0)
        return 0;
    stop_direction(direction);
    poll_for_both(loop, descriptor);
    return fail(r);
}

int co_watch_readable(co_watch *watch, int fd)
{
    return start(co_loop_here(__func__), watch, fd, false);
}

int co_watch_writable(co_watch *watch, int fd)
{
    return start(co_loop_here(__func__), watch, fd, true);
}

/* The watch may never have been started, so its private fields are valid only if the
 * table has it. NULL: it has not.
 */
static struct descriptor *find_watch(const struct co_extension *extension,
                                     const co_watch *watch)
{
    struct descriptor *descriptor =
        extension ? find(descriptors_of(extension), watch->fd) : NULL;

    return descriptor && direction_of(descriptor, watch->writes)->watch == watch
               ? descriptor
               : NULL;
}

static struct descriptor *find_in_all(struct co_loop *loop, const co_watch *watch)
{
    struct descriptor *found = find_watch(co_extension_find(loop, &class), watch);

    co_list_each(link, &loop->idle)
        if (!found)
            found = find_watch(
                co_extension_find_in(
                    co_container_of(link, struct co_idle_loop, link)->extensions,
                    &class),
                watch);
    return found;
}

bool co_watch_stop(co_watch *watch)
{
    struct co_loop *loop = co_loop_here(__func__);
    struct descriptor *descriptor = find_in_all(loop, watch);

    if (!descriptor)
        return false;
    stop_direction(direction_of(descriptor, watch->writes));
    if (descriptor->uv)
        poll_for_both(loop, descriptor);
    return true;
}

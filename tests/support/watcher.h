/* watcher.h — connected sockets, and a watch that says when it runs. */
#ifndef WATCHER_H
#define WATCHER_H

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/expect.h"

/* Two sockets that are connected. */
struct pair {
    int a, b;
};

static struct pair open_pair(void)
{
    int both[2];

    cr_expect(eq(int, socketpair(AF_UNIX, SOCK_STREAM, 0, both), 0));
    return (struct pair){ both[0], both[1] };
}

static void close_pair(const struct pair *pair)
{
    close(pair->a);
    close(pair->b);
}

#define open_pair_here(name) finally(close_pair) const struct pair name = open_pair()

static void send_text(int fd, const char *text)
{
    cr_expect(eq(int, (int)write(fd, text, strlen(text)), (int)strlen(text)));
}

static void done(int r)
{
    if (r < 0)
        line("%s", py_repr(r).s);
}

/* A watch that says something, reads, stops itself and sets a future, as asked for. */
struct watcher {
    co_watch watch;
    const char *text;
    int read_from;   /* 0: it reads nothing */
    int stop_at;     /* at this call it stops itself; 0: never */
    co_future *sets; /* then; NULL: none */
};

static void say(co_callback *callback)
{
    struct watcher *watcher = co_container_of(callback, struct watcher, watch.callback);
    char text[16] = "";

    if (watcher->read_from && read(watcher->read_from, text, 1) < 0)
        text[0] = '-';
    evi("%s%s", watcher->text, text);
    if (watcher->stop_at == 0 || --watcher->stop_at > 0)
        return;
    line("%s", py_bool(co_watch_stop(&watcher->watch)));
    if (watcher->sets)
        co_future_set(watcher->sets, 0);
}

static void stop_watcher(struct watcher *watcher) { co_watch_stop(&watcher->watch); }

/* One that is stopped when its scope is left. */
#define watcher_here(name, ...)                   \
    finally(stop_watcher) struct watcher name = { \
        { .callback.run = say },                  \
        __VA_ARGS__,                              \
    }

[[maybe_unused]] static int yield(int times)
{
    for (int i = 0; i < times; i++) {
        evi("main");
        await(co_sleep(0));
    }
    return 0;
}

[[maybe_unused]] static int yield_once(void)
{
    await(co_sleep(0));
    evi("main");
    return 0;
}

#endif

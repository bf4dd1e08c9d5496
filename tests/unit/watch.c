/* Watched descriptors: what waits for them, what is refused, what is left. The lines
 * are CPython's, of add_reader() and add_writer().
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <unistd.h>

#include "tests/support/watcher.h"

/* ---- waiting ------------------------------------------------------------- */

struct writes_later {
    int fd;
};

static int writes_later(void *frame)
{
    block_thread(0.05);
    /* It is closed if the task was cancelled meanwhile. */
    return write(((const struct writes_later *)frame)->fd, "p", 1) < 0 ? UV_EBADF : 0;
}

static int waits_for_watches_alone(void *)
{
    int ends[2];
    finally(co_future_finish) co_future future;
    open_pair_here(pair);
    watcher_here(writer, "writable", .stop_at = 1, .sets = &future);

    cr_expect(eq(int, pipe(ends), 0));
    co_future_init(&future);
    done(co_watch_writable(&writer.watch, pair.a));
    await(co_join(&future));
    evi("main");

    watcher_here(reader, "readable ", .read_from = ends[0], .stop_at = 1,
                 .sets = &future);
    co_future_init(&future);
    done(co_watch_readable(&reader.watch, ends[0]));
    co_execute(NULL, writes_later, ends[1]);
    await(co_join(&future));
    ev("main");

    co_future_init(&future);
    close(ends[1]);
    reader.stop_at = 1;
    done(co_watch_readable(&reader.watch, ends[0]));
    await(co_join(&future));
    ev("main");
    close(ends[0]);
    return 0;
}

Test(watch, is_no_deadlock_to_wait_for)
{
    expect(waits_for_watches_alone, "i=2 writable\n"
                                    "True\n"
                                    "i=3 main\n"
                                    "i=4 readable p\n"
                                    "True\n"
                                    "t=0 main\n"
                                    "i=6 readable \n"
                                    "True\n"
                                    "t=0 main\n");
}

static int lets_time_pass(void *)
{
    open_pair_here(pair);
    watcher_here(watcher, "readable ", .read_from = pair.a);

    done(co_watch_readable(&watcher.watch, pair.a));
    await(co_sleep(1));
    ev("slept");
    send_text(pair.b, "x");
    await(co_sleep(1));
    ev("slept");
    return 0;
}

Test(watch, does_not_hold_the_virtual_clock_but_is_polled_before_it_jumps)
{
    expect(lets_time_pass, "t=1 slept\n"
                           "i=4 readable x\n"
                           "t=2 slept\n");
}

static void say_time(co_callback *callback)
{
    struct watcher *watcher = co_container_of(callback, struct watcher, watch.callback);

    ev("%s", watcher->text);
    co_watch_stop(&watcher->watch);
}

static int on_the_real_clock(void *)
{
    open_pair_here(pair);
    watcher_here(watcher, "readable");

    watcher.watch.callback.run = say_time;

    done(co_watch_readable(&watcher.watch, pair.a));
    co_execute(NULL, writes_later, pair.b);
    await(co_sleep(0.3));
    ev("slept");
    return 0;
}

Test(watch, wakes_the_loop_on_the_real_clock)
{
    expect_in_real_time(on_the_real_clock, "t=0.1 readable\n"
                                           "t=0.3 slept\n");
}

/* ---- errors -------------------------------------------------------------- */

static int is_refused(void *)
{
    watcher_here(watcher, "never");
    int file = open("/etc/passwd", O_RDONLY), null = open("/dev/null", O_RDONLY);

    done(co_watch_readable(&watcher.watch, -1));
    done(co_watch_readable(&watcher.watch, 999));
    done(co_watch_readable(&watcher.watch, file));
    done(co_watch_writable(&watcher.watch, file));
    done(co_watch_readable(&watcher.watch, null));
    line("%s", py_bool(co_watch_stop(&watcher.watch)));
    close(file);
    close(null);
    return 0;
}

Test(watch, of_what_cannot_be_polled_is_refused)
{
    expect(is_refused, "ValueError('Invalid file descriptor: -1')\n"
                       "OSError('[Errno 9] Bad file descriptor')\n"
                       "PermissionError('[Errno 1] Operation not permitted')\n"
                       "PermissionError('[Errno 1] Operation not permitted')\n"
                       "PermissionError('[Errno 1] Operation not permitted')\n"
                       "False\n");
}

/* Linux: a pipe without a reader is in error, which is both events, and stays so. */
static int is_in_error(void *)
{
    int ends[2];
    watcher_here(watcher, "writable", .stop_at = 2);

    cr_expect(eq(int, pipe(ends), 0));
    close(ends[0]);
    done(co_watch_writable(&watcher.watch, ends[1]));
    await(yield(4));
    close(ends[1]);
    return 0;
}

Test(watch, of_a_descriptor_in_error_runs_again_and_again)
{
    expect(is_in_error, "i=1 main\n"
                        "i=2 main\n"
                        "i=2 writable\n"
                        "i=3 main\n"
                        "i=3 writable\n"
                        "True\n"
                        "i=4 main\n");
}

static int stays_blocking(void *)
{
    open_pair_here(pair);
    watcher_here(watcher, "");
    int before = fcntl(pair.a, F_GETFL);

    done(co_watch_readable(&watcher.watch, pair.a));
    line("%s", py_bool(fcntl(pair.a, F_GETFL) == before && !(before & O_NONBLOCK)));
    co_watch_stop(&watcher.watch);
    return 0;
}

Test(watch, leaves_the_descriptor_as_it_was) { expect(stays_blocking, "True\n"); }

/* ---- context variables, one struct for two ------------------------------- */

static co_contextvar variable = { "default" };

static void say_variable(co_callback *callback)
{
    (void)callback;
    evi("%s", (const char *)co_contextvar_get(&variable));
    co_contextvar_set(&variable, "changed");
}

static int sees_variables(void *)
{
    open_pair_here(pair);
    finally(co_watch_stop) co_watch watch = { .callback.run = say_variable };

    co_contextvar_set(&variable, "one");
    done(co_watch_readable(&watch, pair.a));
    co_contextvar_set(&variable, "two");
    send_text(pair.b, "x");
    for (int i = 0; i < 3; i++)
        await(co_sleep(0));
    evi("%s", (const char *)co_contextvar_get(&variable));
    co_watch_stop(&watch);
    return 0;
}

Test(watch, sees_the_variables_of_its_start_and_what_it_sets)
{
    expect(sees_variables, "i=2 one\n"
                           "i=3 changed\n"
                           "i=4 two\n");
}

static int is_started_again(void *)
{
    open_pair_here(first);
    open_pair_here(second);
    watcher_here(watcher, "readable ", .read_from = second.a);

    send_text(first.b, "1");
    send_text(second.b, "2");
    done(co_watch_readable(&watcher.watch, first.a));
    done(co_watch_readable(&watcher.watch, first.a));
    done(co_watch_readable(&watcher.watch, second.a));
    await(yield(3));
    line("%s", py_bool(co_watch_stop(&watcher.watch)));
    return 0;
}

Test(watch, that_is_started_again_stops_what_it_watched)
{
    expect(is_started_again, "i=1 main\n"
                             "i=2 main\n"
                             "i=2 readable 2\n"
                             "i=3 main\n"
                             "True\n");
}

/* ---- the end of a run ---------------------------------------------------- */

static struct watcher left;
static struct pair left_pair;

static int leaves_it_started(void *)
{
    left = (struct watcher){ { .callback.run = say }, "left" };
    send_text(left_pair.b, "x");
    return co_watch_readable(&left.watch, left_pair.a);
}

static int nothing(void *) { return 0; }

static int two_runs(void)
{
    left_pair = open_pair();
    await(co_run(leaves_it_started, NULL));
    line("%s", py_bool(co_watch_stop(&left.watch)));
    int r = co_run(nothing, NULL);
    close_pair(&left_pair);
    return r;
}

/* The run ends with a few iterations more, in asyncio too. */
Test(watch, ends_with_the_run)
{
    expect_program(two_runs, "i=2 left\n"
                             "i=3 left\n"
                             "i=4 left\n"
                             "i=5 left\n"
                             "i=6 left\n"
                             "False\n");
}

/* ---- a closed loop ------------------------------------------------------- */

static int by_hand(void)
{
    watcher_here(watcher, "readable", .stop_at = 1);
    open_pair_here(pair);
    co_future future;

    co_future_init(&future);
    watcher.sets = &future;
    done(co_watch_readable(&watcher.watch, pair.a));
    send_text(pair.b, "x");
    await(co_run_until_complete(&future));
    co_close();
    done(co_watch_readable(&watcher.watch, pair.a));
    return 0;
}

Test(watch, is_refused_by_a_closed_loop)
{
    expect_program(by_hand, "i=1 readable\n"
                            "True\n"
                            "RuntimeError('Event loop is closed')\n");
}

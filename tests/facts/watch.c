/* add_reader() and add_writer(): when a callback runs. The lines are CPython's. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/watcher.h"

static int runs_in_the_iteration_of_the_poll(void *)
{
    open_pair_here(pair);
    watcher_here(watcher, "readable ", .read_from = pair.a);
    struct ev_callback soon = EVI("soon");

    done(co_watch_readable(&watcher.watch, pair.a));
    send_text(pair.b, "xyz");
    co_call_soon(&soon.timer.callback);
    await(yield(5));
    evi("%s", py_bool(co_watch_stop(&watcher.watch)));
    evi("%s", py_bool(co_watch_stop(&watcher.watch)));
    return 0;
}

Test(watch, runs_in_the_iteration_whose_poll_saw_it_behind_what_is_ready)
{
    expect(runs_in_the_iteration_of_the_poll, "i=1 main\n"
                                              "i=2 soon\n"
                                              "i=2 main\n"
                                              "i=2 readable x\n"
                                              "i=3 main\n"
                                              "i=3 readable y\n"
                                              "i=4 main\n"
                                              "i=4 readable z\n"
                                              "i=5 main\n"
                                              "i=6 True\n"
                                              "i=6 False\n");
}

static int runs_as_long_as_it_is_readable(void *)
{
    open_pair_here(pair);
    watcher_here(watcher, "readable", .stop_at = 3);

    done(co_watch_readable(&watcher.watch, pair.a));
    send_text(pair.b, "x");
    return yield(5);
}

Test(watch, runs_in_each_iteration_as_long_as_it_is_readable)
{
    expect(runs_as_long_as_it_is_readable, "i=1 main\n"
                                           "i=2 main\n"
                                           "i=2 readable\n"
                                           "i=3 main\n"
                                           "i=3 readable\n"
                                           "i=4 main\n"
                                           "i=4 readable\n"
                                           "True\n"
                                           "i=5 main\n");
}

static int watches_both(void *)
{
    open_pair_here(pair);
    watcher_here(reader, "readable");
    watcher_here(writer, "writable");

    done(co_watch_writable(&writer.watch, pair.a));
    done(co_watch_readable(&reader.watch, pair.a));
    await(yield_once());
    send_text(pair.b, "x");
    await(yield_once());
    await(yield_once());
    line("%s", py_bool(co_watch_stop(&writer.watch)));
    await(yield_once());
    line("%s", py_bool(co_watch_stop(&reader.watch)));
    return yield_once();
}

Test(watch, of_reading_runs_before_that_of_writing)
{
    expect(watches_both, "i=2 main\n"
                         "i=2 writable\n"
                         "i=3 main\n"
                         "i=3 readable\n"
                         "i=3 writable\n"
                         "i=4 main\n"
                         "True\n"
                         "i=4 readable\n"
                         "i=5 main\n"
                         "True\n"
                         "i=6 main\n");
}

static int is_replaced(void *)
{
    open_pair_here(pair);
    watcher_here(first, "first");
    watcher_here(second, "second");

    send_text(pair.b, "x");
    done(co_watch_readable(&first.watch, pair.a));
    await(yield_once());
    done(co_watch_readable(&second.watch, pair.a));
    await(yield_once());
    await(yield_once());
    line("%s", py_bool(co_watch_stop(&second.watch)));
    line("%s", py_bool(co_watch_stop(&first.watch)));
    return 0;
}

Test(watch, takes_the_place_of_an_earlier_one_even_if_that_is_ready)
{
    expect(is_replaced, "i=2 main\n"
                        "i=3 main\n"
                        "i=3 second\n"
                        "i=4 main\n"
                        "True\n"
                        "False\n");
}

struct stopper {
    co_callback callback;
    co_watch *watch;
};

static void stop(co_callback *callback)
{
    evi("first");
    line("%s", py_bool(co_watch_stop(
                   co_container_of(callback, struct stopper, callback)->watch)));
}

static int is_stopped_while_ready(void *)
{
    open_pair_here(pair);
    watcher_here(never, "never");
    struct stopper first = { { .run = stop }, &never.watch };

    send_text(pair.b, "x");
    done(co_watch_readable(&never.watch, pair.a));
    co_call_soon(&first.callback);
    await(yield_once());
    return yield_once();
}

Test(watch, that_is_stopped_does_not_run_even_if_it_was_ready)
{
    expect(is_stopped_while_ready, "i=2 first\n"
                                   "True\n"
                                   "i=2 main\n"
                                   "i=3 main\n");
}

static int comes_before_timers(void *)
{
    open_pair_here(pair);
    watcher_here(watcher, "readable", .stop_at = 2);
    struct ev_callback timer = EVI("timer");

    send_text(pair.b, "x");
    done(co_watch_readable(&watcher.watch, pair.a));
    co_call_later(&timer.timer, 0);
    for (int i = 0; i < 3; i++)
        await(yield_once());
    return 0;
}

Test(watch, runs_before_timers_that_are_due)
{
    expect(comes_before_timers, "i=2 main\n"
                                "i=2 readable\n"
                                "i=2 timer\n"
                                "i=3 main\n"
                                "i=3 readable\n"
                                "True\n"
                                "i=4 main\n");
}

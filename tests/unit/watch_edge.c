/* Watches of one loop while another one runs. The lines are CPython's, of a Runner that
 * is idle during an asyncio.run().
 */
#include "tests/support/watcher.h"

static int watches(void *frame)
{
    struct watcher *watcher = frame;

    done(co_watch_readable(&watcher->watch, watcher->read_from));
    return await(co_sleep(0));
}

static int sends(void *frame)
{
    send_text(*(const int *)frame, "xy");
    for (int i = 0; i < 3; i++)
        await(co_sleep(0));
    line("other");
    return 0;
}

static int comes_back(void *) { return yield(3); }

static int nothing(void *) { return 0; }

static int across_another_run(void)
{
    open_pair_here(pair);
    struct watcher watcher = { { .callback.run = say }, "read ", pair.a };
    int to = pair.b;
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, watches, &watcher));
    await(co_run_with(sends, &to, NULL));
    int r = co_runner_run(&runner, comes_back, NULL);
    line("%s", py_bool(co_watch_stop(&watcher.watch)));
    return co_runner_close(&runner, r);
}

Test(watch_edge, belongs_to_the_loop_in_which_it_was_started)
{
    expect_program(across_another_run, "other\n"
                                       "i=13 main\n"
                                       "i=13 read x\n"
                                       "i=14 main\n"
                                       "i=14 read y\n"
                                       "i=15 main\n"
                                       "True\n");
}

static int watches_the_same(void *frame)
{
    watcher_here(watcher, "second ", *(const int *)frame, .stop_at = 1);

    done(co_watch_readable(&watcher.watch, *(const int *)frame));
    await(co_sleep(0));
    await(co_sleep(0));
    return 0;
}

static int stopped_while_idle(void)
{
    open_pair_here(pair);
    struct watcher watcher = { { .callback.run = say }, "first ", pair.a };
    int from = pair.a;
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, watches, &watcher));
    send_text(pair.b, "xy");
    await(co_run_with(watches_the_same, &from, NULL));
    line("%s", py_bool(co_watch_stop(&watcher.watch)));
    line("%s", py_bool(co_watch_stop(&watcher.watch)));
    return co_runner_close(&runner, co_runner_run(&runner, comes_back, NULL));
}

Test(watch_edge, of_an_idle_loop_leaves_the_descriptor_to_another)
{
    expect_program(stopped_while_idle, "i=5 second x\n"
                                       "True\n"
                                       "True\n"
                                       "False\n"
                                       "i=12 main\n"
                                       "i=13 main\n"
                                       "i=14 main\n");
}

static int closed_while_idle(void)
{
    struct pair pair = open_pair();
    struct watcher watcher = { { .callback.run = say }, "read ", pair.a };
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, watches, &watcher));
    await(co_run(nothing, NULL));
    close_pair(&pair);
    int r = co_runner_run(&runner, comes_back, NULL);
    line("%s", py_bool(co_watch_stop(&watcher.watch)));
    return co_runner_close(&runner, r);
}

Test(watch_edge, ends_if_its_descriptor_is_closed_while_the_loop_is_idle)
{
    expect_program(closed_while_idle, "i=10 main\n"
                                      "i=11 main\n"
                                      "i=12 main\n"
                                      "False\n");
}

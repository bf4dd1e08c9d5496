/* Two runners that take turns: timers, generators and jobs in threads stay those of the
 * loop they were made in. The lines are CPython's.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- timers, generators and jobs across ---------------------------------- */

struct gen {
};

static void say_closed(char *) { line("gen closed"); }

static int gen(void *)
{
    [[maybe_unused]] finally(say_closed) char last = 0;

    await(co_yield(1));
    await(co_yield(2));
    return 0;
}

static int job(void *)
{
    await(co_block(0.02));
    return 'j';
}

struct job {
};

struct works {
};

static int works(void *)
{
    int r = await(co_thread(job));

    line("A job %c", r);
    return 0;
}

struct across {
    struct ev_callback first, second;
    co_generator *generator;
    bool threads;
};

static int print_next(co_generator *generator)
{
    int x = await(co_next(generator));

    line("%d", x);
    return x;
}

static int across_a1(void *frame)
{
    struct across *across = frame;

    co_call_later(&across->first.timer, 0.1);
    co_call_later(&across->second.timer, 0.1);
    if (across->threads) {
        co_spawn(works);
        return attempt(co_sleep(0));
    }
    across->generator = co_generator_keep(co_generate(gen));
    return print_next(across->generator);
}

static int across_b1(void *frame)
{
    struct across *across = frame;

    co_timer_cancel(&across->first.timer);
    await(co_sleep(0.2));
    line("b1");
    return 0;
}

static int across_a2(void *frame)
{
    struct across *across = frame;

    if (across->threads)
        return attempt(co_sleep(0.2));
    await(co_sleep(0));
    return print_next(across->generator);
}

static int run_across(struct across *across)
{
    co_runner a, b;

    across->first = EV("A timer");
    across->second = EV("A timer 2");
    co_runner_init(&a);
    co_runner_init(&b);
    await(co_runner_run(&a, across_a1, across));
    await(co_runner_run(&b, across_b1, across));
    await(co_runner_close(&b, 0));
    line("B closed");
    await(co_runner_run(&a, across_a2, across));
    await(co_runner_close(&a, 0));
    line("A closed");
    return 0;
}

static int generators_across(void)
{
    struct across across = {};

    await(run_across(&across));
    co_generator_drop(across.generator);
    return 0;
}

Test(runner_across, close_their_own_generators_and_have_their_timers_cancelled)
{
    expect_program(generators_across, "1\n"
                                      "b1\n"
                                      "B closed\n"
                                      "t=0.2 A timer 2\n"
                                      "2\n"
                                      "gen closed\n"
                                      "A closed\n");
}

static int threads_across(void)
{
    struct across across = { .threads = true };

    return run_across(&across);
}

Test(runner_across, are_brought_the_outcomes_of_their_own_threads)
{
    expect_program(threads_across, "b1\n"
                                   "B closed\n"
                                   "t=0.2 A timer 2\n"
                                   "A job j\n"
                                   "A closed\n");
}

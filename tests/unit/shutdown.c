/* core/shutdown.c: what the end of a run does, in its order. How asyncio.run() ends is
 * in facts/run.c, facts/run_exit.c and facts/run_leftovers.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

struct cleans_up {
    double seconds;
};

static int cleans_up(void *frame)
{
    int r = attempt(co_sleep(100));

    ev("%s %s", co_name(co_self()), py_exception(r));
    await(co_sleep(((const struct cleans_up *)frame)->seconds));
    ev("%s clean", co_name(co_self()));
    return r;
}

static int leaves_two(void *)
{
    co_spawn(cleans_up, 2);
    co_spawn(cleans_up, 1);
    await(co_sleep(1));
    ev("main ends");
    return 0;
}

Test(shutdown, cancels_the_tasks_that_are_left_and_waits_for_their_cleanup)
{
    expect(leaves_two, "t=1 main ends\n"
                       "t=1 Task-2 CancelledError\n"
                       "t=1 Task-3 CancelledError\n"
                       "t=2 Task-3 clean\n"
                       "t=3 Task-2 clean\n");
}

struct fails_in_cleanup {
};

static int fails_in_cleanup(void *)
{
    (void)attempt(co_sleep(100));
    return co_raise(CO_EVALUE, "cleanup");
}

static int leaves_one_that_fails(void *)
{
    co_spawn(fails_in_cleanup);
    return await(co_sleep(0));
}

Test(shutdown, hands_errors_of_the_cleanup_to_the_exception_handler)
{
    expect(leaves_one_that_fails,
           "LOG ERROR unhandled exception during asyncio.run() shutdown | "
           "ValueError('cleanup')\n");
}

struct counts {
};

static int counts(void *)
{
    for (int i = 0;; i++)
        if (attempt(co_yield(i)) < 0)
            break;
    ev("generator closed");
    return CO_ECLOSE;
}

static co_generator *kept;

static int leaves_a_generator(void *)
{
    kept = co_generator_keep(co_generate(counts));
    await(co_next(kept));
    co_spawn(cleans_up, 1);
    return await(co_sleep(0));
}

static int generator_after_tasks(void)
{
    kept = NULL;
    int r = co_run(leaves_a_generator, NULL);

    co_generator_drop(kept);
    return r;
}

Test(shutdown, closes_generators_after_all_tasks_have_ended)
{
    expect_program(generator_after_tasks, "t=0 Task-2 CancelledError\n"
                                          "t=1 Task-2 clean\n"
                                          "t=1 generator closed\n");
}

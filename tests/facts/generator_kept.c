/* Asynchronous generators that are still referenced when the run ends: the shutdown
 * closes them, all at once.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct tidy {
    const char *name;
    double seconds;
};

/* try: … except: print, raise; finally: print, sleep, print */
static int tidy(void *frame)
{
    const struct tidy *self = frame;
    int r = attempt(co_yield(1));

    if (r >= 0)
        r = attempt(co_yield(2));
    if (r < 0)
        evi("%s at yield %s %s", self->name, py_repr(r).s, co_name(co_self()));
    evi("%s finally 1", self->name);
    int slept = attempt(co_sleep(self->seconds));
    if (slept < 0) {
        evi("%s await in finally %s", self->name, py_repr(slept).s);
        return slept;
    }
    evi("%s finally 2", self->name);
    return r;
}

static co_generator *kept[4];

static void drop_kept(void)
{
    for (int i = 0; i < 4; i++) {
        co_generator_drop(kept[i]);
        kept[i] = NULL;
    }
}

static int keeps(void *)
{
    kept[0] = co_generator_keep(co_generate(tidy, "kept1"));
    kept[1] = co_generator_keep(co_generate(tidy, "kept2"));
    kept[2] = co_generator_keep(co_generate(tidy, "unstarted"));
    kept[3] = co_generator_keep(co_generate(tidy, "ended"));
    await(co_next(kept[0]));
    await(co_next(kept[1]));
    async_for(x, co_next(kept[3]))
        continue;
    evi("main ends");
    return 0;
}

static int nothing(void *)
{
    evi("second run");
    return 0;
}

static int two_runs(void)
{
    co_runner runner;

    co_runner_init(&runner);
    int r = co_runner_run(&runner, keeps, NULL);
    evi("between");
    if (r >= 0)
        r = co_runner_run(&runner, nothing, NULL);
    r = co_runner_close(&runner, r);
    evi("over");
    drop_kept();
    return r;
}

/* Each generator is closed in a task of its own, also one that has ended; the tasks are
 * gathered.
 */
Test(generator_kept, kept_beyond_the_run_is_closed_by_it)
{
    expect_program(two_runs, "i=1 ended finally 1\n"
                             "i=2 ended finally 2\n"
                             "i=2 main ends\n"
                             "i=3 between\n"
                             "i=4 second run\n"
                             "i=7 kept1 at yield GeneratorExit() Task-4\n"
                             "i=7 kept1 finally 1\n"
                             "i=7 kept2 at yield GeneratorExit() Task-5\n"
                             "i=7 kept2 finally 1\n"
                             "i=8 kept1 finally 2\n"
                             "i=8 kept2 finally 2\n"
                             "i=13 over\n");
}

static int closes_all(void *)
{
    kept[0] = co_generator_keep(co_generate(tidy, "kept", 0.1));
    await(co_next(kept[0]));
    await(co_shutdown_generators());
    evi("by hand");
    await(co_shutdown_generators());
    evi("again");
    return 0;
}

static int by_hand(void)
{
    int r = co_run(closes_all, NULL);

    evi("over");
    drop_kept();
    return r;
}

Test(generator_kept, may_be_closed_with_all_others_at_any_time)
{
    expect_program(by_hand, "i=2 kept at yield GeneratorExit() Task-2\n"
                            "i=2 kept finally 1\n"
                            "i=4 kept finally 2\n"
                            "i=6 by hand\n"
                            "i=6 again\n"
                            "i=11 over\n");
}

struct shuts_down {
};

static int shuts_down(void *) { return co_shutdown_generators(); }

static int closing_is_cancelled(void *)
{
    kept[0] = co_generator_keep(co_generate(tidy, "kept", 0.1));
    await(co_next(kept[0]));
    co_task *task = co_spawn(shuts_down);
    await(co_sleep(0));
    await(co_sleep(0.05));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        evi("cancelled");
    return 0;
}

static int interrupted(void)
{
    int r = co_run(closing_is_cancelled, NULL);

    evi("over");
    drop_kept();
    return r;
}

Test(generator_kept, is_cancelled_if_the_shutdown_of_all_generators_is)
{
    expect_program(interrupted, "i=3 kept at yield GeneratorExit() Task-3\n"
                                "i=3 kept finally 1\n"
                                "i=6 kept await in finally CancelledError()\n"
                                "i=9 cancelled\n"
                                "i=14 over\n");
}

struct late_one {
};

static int late_one(void *) { return await(co_yield(1)); }

struct makes_another {
};

/* First used during the shutdown, or after it. */
static int makes_another(void *)
{
    int r = attempt(co_yield(1));

    kept[1] = co_generator_keep(co_generate(late_one));
    line("late %d", await(co_next(kept[1])));
    return r;
}

static int main_of_late(void *)
{
    kept[0] = co_generator_keep(co_generate(makes_another));
    return await(co_next(kept[0]));
}

static int late(void)
{
    int r = co_run(main_of_late, NULL);

    line("over");
    drop_kept();
    return r;
}

Test(generator_kept, first_used_after_the_shutdown_causes_a_warning)
{
    expect_program(late,
                   "WARN ResourceWarning: asynchronous generator "
                   "<async_generator object late_one at 0x..> was scheduled after "
                   "loop.shutdown_asyncgens() call\n"
                   "late 1\n"
                   "over\n");
}

struct refuses {
};

static int refuses(void *)
{
    while (attempt(co_yield(1)) != CO_ESTOP)
        continue;
    return 0;
}

static int keeps_unused(void *)
{
    kept[0] = co_generator_keep(co_generate(late_one));
    kept[1] = co_generator_keep(co_generate(refuses));
    return await(co_next(kept[1]));
}

static int uses_kept(void *)
{
    if (attempt(co_next(kept[1])) == CO_ESTOP)
        line("at its end");
    line("%d", await(co_next(kept[0])));
    return 0;
}

static int in_another_run(void)
{
    int r = co_run(keeps_unused, NULL);

    if (r >= 0)
        r = co_run(uses_kept, NULL);
    drop_kept();
    return r;
}

Test(generator_kept, kept_may_be_used_in_another_run_if_it_was_not_used_before)
{
    expect_program(in_another_run,
                   "LOG ERROR an error occurred during closing of asynchronous "
                   "generator <async_generator object refuses at 0x..> | "
                   "RuntimeError('async generator ignored GeneratorExit')\n"
                   "at its end\n"
                   "1\n");
}

/* ---- first used just before the shutdown ---------------------------------- */

struct one {
};

static int one(void *)
{
    finally_evi("closed");
    return attempt(co_yield(1));
}

static co_generator *ones;

struct asks {
};

static int asks(void *)
{
    await(co_sleep(0));
    evi("asked %d", await(co_next(ones)));
    return 0;
}

static void spawn_asks(co_callback *) { co_spawn(asks); }

static co_callback when_left = { .run = spawn_asks };

static int leaves_a_task(void *)
{
    ones = co_generator_keep(co_generate(one));
    co_on_done(co_spawn(sleeper, 100), &when_left);
    return attempt(co_sleep(0));
}

Test(generator_kept, a_generator_first_used_just_before_the_shutdown_is_closed)
{
    expect(leaves_a_task, "i=7 asked 1\ni=8 closed\n");
}

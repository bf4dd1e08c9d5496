/* sleep: its length, its order among other sleeps, and its cancellation. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct worker {
    char name;
};

static int worker(void *frame)
{
    const struct worker *self = frame;

    for (int i = 0; i < 3; i++) {
        evi("%c %d", self->name, i);
        await(co_sleep(0));
    }
    return 0;
}

static int sleep_01(void *)
{
    await(
        co_gather(co_spawn(worker, 'A'), co_spawn(worker, 'B'), co_spawn(worker, 'C')));
    evi("end");
    return 0;
}

Test(sleep, SLEEP_01_sleep_0_takes_one_iteration)
{
    expect(sleep_01, "i=2 A 0\n"
                     "i=2 B 0\n"
                     "i=2 C 0\n"
                     "i=3 A 1\n"
                     "i=3 B 1\n"
                     "i=3 C 1\n"
                     "i=4 A 2\n"
                     "i=4 B 2\n"
                     "i=4 C 2\n"
                     "i=7 end\n");
}

static int sleep_02(void *)
{
    co_spawn(evi_task, "other");
    evi("main");
    await(co_sleep(-3));
    evi("main resumed");
    return 0;
}

Test(sleep, SLEEP_02_a_negative_delay_is_zero)
{
    expect(sleep_02, "i=1 main\n"
                     "i=2 other\n"
                     "i=2 main resumed\n");
}

static int sleep_04(void *)
{
    int x = await(co_call(sleeper, 0.1, 'x'));
    int y = await(co_call(sleeper, 0, 'y'));
    int z = await(co_call(sleeper, -1, 'z'));
    int none = await(co_sleep(0.1));

    ev("%c %c %c %s", x, y, z, none == 0 ? "None" : "something");
    return 0;
}

Test(sleep, SLEEP_04_sleep_has_a_result_only_where_one_is_given)
{
    expect(sleep_04, "t=0.2 x y z None\n");
}

/* Sleeps one or more times, and prints when it wakes. */
struct chain {
    const char *text;
    double sleeps[4]; /* ended by 0, or by the end */
};

static int chain(void *frame)
{
    const struct chain *self = frame;

    for (int i = 0; i < 4 && self->sleeps[i] > 0; i++)
        await(co_sleep(self->sleeps[i]));
    ev("%s", self->text);
    return 0;
}

static int sleep_05(void *)
{
    await(co_gather(
        co_spawn(chain, "A (0.3)", { 0.3 }), co_spawn(chain, "B (0.1)", { 0.1 }),
        co_spawn(chain, "C (0.2)", { 0.2 }), co_spawn(chain, "D (0.1)", { 0.1 }),
        co_spawn(chain, "E (0.3)", { 0.3 }), co_spawn(chain, "F (0.2)", { 0.2 })));
    return 0;
}

Test(sleep, SLEEP_05_sleepers_wake_in_order_of_deadline_then_of_start)
{
    expect(sleep_05, "t=0.1 B (0.1)\n"
                     "t=0.1 D (0.1)\n"
                     "t=0.2 C (0.2)\n"
                     "t=0.2 F (0.2)\n"
                     "t=0.3 A (0.3)\n"
                     "t=0.3 E (0.3)\n");
}

static int sleep_07(void *)
{
    co_task *task = co_spawn(sleeper, 10);

    await(co_sleep(0.1));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("cancelled");
    return 0;
}

static int sleep_07_program(void)
{
    int r = co_run(sleep_07, NULL);

    ev("run() returned without waiting for the 10 s timer");
    return r;
}

Test(sleep, SLEEP_07_a_cancelled_sleep_does_not_keep_the_loop)
{
    expect_program(sleep_07_program,
                   "t=0.1 cancelled\n"
                   "t=0.1 run() returned without waiting for the 10 s timer\n");
}

struct spawner {
    char name;
    const char *spawned;
};

static int spawner(void *frame)
{
    const struct spawner *self = frame;

    await(co_sleep(0.1));
    ev("%c wakes", self->name);
    co_spawn(ev_task, self->spawned);
    return 0;
}

static int sleep_10(void *)
{
    await(co_gather(co_spawn(spawner, 'A', "spawned by A"),
                    co_spawn(spawner, 'B', "spawned by B"),
                    co_spawn(spawner, 'C', "spawned by C")));
    await(co_sleep(0));
    return 0;
}

Test(sleep, SLEEP_10_tasks_woken_together_run_before_the_tasks_they_start)
{
    expect(sleep_10, "t=0.1 A wakes\n"
                     "t=0.1 B wakes\n"
                     "t=0.1 C wakes\n"
                     "t=0.1 spawned by A\n"
                     "t=0.1 spawned by B\n"
                     "t=0.1 spawned by C\n");
}

static int sleep_11(void *)
{
    await(co_gather(co_spawn(chain, "Y 0.1+0.1+0.1+0.1", { 0.1, 0.1, 0.1, 0.1 }),
                    co_spawn(chain, "Z 0.2+0.2", { 0.2, 0.2 }),
                    co_spawn(chain, "X 0.3+0.1", { 0.3, 0.1 }),
                    co_spawn(chain, "W 0.4", { 0.4 }),
                    co_spawn(chain, "V 0.1+0.3", { 0.1, 0.3 })));
    return 0;
}

Test(sleep, SLEEP_11_at_one_instant_the_timer_made_first_fires_first)
{
    expect(sleep_11, "t=0.4 W 0.4\n"
                     "t=0.4 V 0.1+0.3\n"
                     "t=0.4 Z 0.2+0.2\n"
                     "t=0.4 X 0.3+0.1\n"
                     "t=0.4 Y 0.1+0.1+0.1+0.1\n");
}

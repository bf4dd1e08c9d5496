/* Two mains of one runner, and a run after it: names, and tasks that go on. */
#include "lessons/lesson.h"

struct nap {
};

static int nap(void *)
{
    await(co_sleep(1.5));
    say("up");
    return 0;
}

static int first(void *)
{
    co_set_name(co_self(), "Alpha");
    co_keep(co_spawn_with(co_spawn_options(.name = "sleeper"), nap));
    await(co_sleep(1));
    return 1;
}

static int second(void *)
{
    co_task *renamed = co_spawn(nap);

    co_set_name(renamed, "later");
    await(co_sleep(1));
    return 2;
}

static int program(void)
{
    co_runner runner;

    co_runner_init(&runner);
    say("%d", co_runner_run(&runner, first, NULL));
    say("%d", co_runner_run(&runner, second, NULL));
    int r = co_runner_close(&runner, 0);
    say("closed");
    return r < 0 ? r : co_run(second, NULL);
}

const struct about loops_runner = {
    .title = "a runner",
    .replays = "",
    .program = program,
};

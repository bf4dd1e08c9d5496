/* Waits for several tasks at once, for limits and for futures. */
#include "lessons/lesson.h"

struct work {
    double seconds;
    int result;
};

static int work(void *frame)
{
    const struct work *self = frame;

    await(co_sleep(self->seconds));
    return self->result;
}

struct setter {
    co_future *future;
};

static int setter(void *frame)
{
    const struct setter *self = frame;

    await(co_sleep(0.5));
    return co_future_set(self->future, 7);
}

static int limited(void)
{
    co_task *slow = co_spawn(work, 5, 3);
    int r = attempt(co_wait_for(co_shield(slow), 0.5));

    say("shielded: %d", r == UV_ETIMEDOUT);
    r = attempt(co_within(1, co_join(co_shield(slow))));
    say("within: %d", r == UV_ETIMEDOUT);
    r = attempt(co_within(10, co_within(2, co_call(work, 3, 1))));
    say("nested: %d", r == UV_ETIMEDOUT);
    r = attempt(co_wait_for(co_spawn(work, 1, 5), CO_FOREVER));
    say("unlimited: %d", r);
    r = attempt(co_wait_for(co_spawn(work, 1, 5), 0));
    say("at once: %d", r == UV_ETIMEDOUT);
    return await(co_join(slow));
}

static int several(void)
{
    co_task *a = co_spawn(work, 1, 1), *b = co_spawn(work, 2, 2);
    say("first: %d", await(co_wait(CO_FIRST_COMPLETED, CO_FOREVER, a, b)));
    say("late: %d", await(co_wait(CO_ALL_COMPLETED, 0.5, a, b)));
    say("all: %d", await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, a, b)));

    co_task *tasks[] = { co_spawn(work, 2, 2), co_spawn(work, 1, 1) };
    finally(co_as_completed_finish) co_as_completed completed;
    co_as_completed_init(&completed, tasks, 2, 1.5);
    for (int i = 0; i < 2; i++) {
        co_task *task;
        int r = attempt(co_as_completed_next(&completed, &task));
        say("%s", r == UV_ETIMEDOUT ? "over" : "in time");
    }
    return 0;
}

static int main_task(void *)
{
    finally(co_future_finish) co_future future;
    co_future_init(&future);
    co_task *setting = co_spawn(setter, &future);
    say("future: %d", await(co_join(&future)));
    await(co_join(setting));

    await(several());
    say("limited: %d", await(limited()));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about waits_several = {
    .title = "several",
    .replays = "",
    .program = program,
};

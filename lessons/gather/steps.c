/* Two steps, called in a row and then gathered. */
#include "lessons/lesson.h"

struct step1 {
    const char *result;
};

static int step1(void *frame)
{
    struct step1 *self = frame;

    say("Step 1: Starting");
    await(co_sleep(1));
    say("Step 1: Done");
    self->result = "Result 1";
    return 0;
}

struct step2 {
    const char *result;
};

static int step2(void *frame)
{
    struct step2 *self = frame;

    say("Step 2: Starting");
    await(co_sleep(1));
    say("Step 2: Done");
    self->result = "Result 2";
    return 0;
}

static int main_task(void *)
{
    /* 1 s and 1 s: the second step begins when the first has ended. */
    struct step1 first = {};
    struct step2 second = {};
    await(step1(&first));
    await(step2(&second));
    say("Sequential: %s, %s", first.result, second.result);

    /* 1 s for both. */
    co_task *one = co_spawn(step1);
    co_task *two = co_spawn(step2);
    await(co_gather(one, two));
    say("Concurrent: %s, %s", co_frame(step1, one)->result,
        co_frame(step2, two)->result);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_steps = {
    .title = "two steps in a row, then two steps at once",
    .idea = "An await stops this coroutine; it does not start another one. Without a "
            "second task nothing can run meanwhile.",
    .look = "In the first half Step 2 starts when Step 1 is done, at 1.000; in the "
            "second both start at 2.000, and both are done at 3.000.",
    .replays = "C09",
    .program = program,
};

/* A limit on a block of code: no second task, main itself is cancelled. */
#include "lessons/lesson.h"

struct slow_operation {
    const char *result;
};

static int slow_operation(void *frame)
{
    struct slow_operation *self = frame;

    await(co_sleep(3));
    self->result = "Operation completed";
    return 0;
}

static int main_task(void *)
{
    int r = attempt(co_within(1.0, co_call(slow_operation)));

    if (r == UV_ETIMEDOUT)
        say("The operation timed out!");
    else
        await(r);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about timeouts_within = {
    .title = "3 s of work within a limit of 1 s",
    .idea = "timeout() limits a block of code, with any number of waits in it. It "
            "cancels the task that runs the block; at the end of the block the "
            "cancellation becomes a TimeoutError.",
    .look = "There is one task only. Compare 'hurry', where wait_for() needs two "
            "tasks for the same (up to Python 3.11).",
    .truth = "The tutorial says that asyncio.timeout() is new in Python 3.13; it came "
             "with 3.11.",
    .replays = "E21",
    .program = program,
};

/* wait_for: an operation that takes 5 s, and a limit of 2 s. */
#include "lessons/lesson.h"

struct slow_operation {
    const char *result;
};

static int slow_operation(void *frame)
{
    struct slow_operation *self = frame;

    await(co_sleep(5));
    self->result = "Done";
    return 0;
}

static int main_task(void *)
{
    co_task *slow = co_spawn(slow_operation);
    int r = attempt(co_wait_for(slow, 2));

    if (r == UV_ETIMEDOUT) {
        say("Operation timed out!");
        return 0;
    }
    await(r); /* any other error is passed on */
    say("%s", co_frame(slow_operation, slow)->result);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about timeouts_limit = {
    .title = "5 s of work, and a limit of 2 s",
    .idea = "wait_for() waits for a task up to a limit; then it cancels the task and "
            "raises TimeoutError.",
    .look = "At 2.000 the limit has passed: the sleep of 5 s is cancelled, and the "
            "program ends at 2 s, not at 5 s.",
    .truth = "wait_for() may take longer than its limit: the cancelled task may clean "
             "up, and wait_for() waits for that. With a limit of 0.2 s and a cleanup "
             "of 0.5 s the TimeoutError comes after 0.7 s.",
    .replays = "C24",
    .program = program,
};

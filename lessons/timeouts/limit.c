/* wait_for: an operation that takes 5 s, and 2 s of patience. */
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
    await(r); /* any other error still goes up */
    say("%s", co_frame(slow_operation, slow)->result);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about timeouts_limit = {
    .title = "5 s of work, 2 s of patience",
    .idea = "wait_for() waits for a task only so long; then it cancels the task and "
            "reports a timeout.",
    .look = "The limit passes at 2 s, the sleep of 5 s is cut short, and the program "
            "ends there and then, not at 5 s.",
    .truth = "The limit is not always the end of the waiting: a task that is cancelled "
             "may clean up, and wait_for() waits for that. With a limit of 0.2 s and a "
             "cleanup of 0.5 s the timeout comes after 0.7 s.",
    .replays = "C24",
    .program = program,
};

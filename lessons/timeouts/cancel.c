/* Cancelling by hand: a cancellation is an error that comes out of a wait. */
#include "lessons/lesson.h"

struct long_running_task {
    const char *result;
};

static int long_running_task(void *frame)
{
    struct long_running_task *self = frame;
    int r = attempt(co_sleep(10));

    if (r == UV_ECANCELED)
        say("Task was cancelled!");
    await(r); /* and up it goes, or the caller would think all was well */
    self->result = "Task completed";
    return 0;
}

static int main_task(void *)
{
    co_task *task = co_spawn(long_running_task);

    await(co_sleep(2));
    co_cancel(task); /* only asks; the task hears of it in its next turn */

    int r = attempt(co_join(task));
    if (r == UV_ECANCELED)
        say("Main: task was cancelled");
    else
        await(r);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about timeouts_cancel = {
    .title = "a task is cancelled after 2 s of its 10",
    .idea = "To cancel is to ask: the task gets an error at what it waits for, may "
            "tidy up, and passes the error on to whoever awaits it.",
    .look = "Main asks at 2 s and then waits; the task speaks first, and main after "
            "it, all at the same instant.",
    .replays = "E14",
    .program = program,
};

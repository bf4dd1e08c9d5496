/* One coroutine, awaited twice: called, and as a task. */
#include "lessons/lesson.h"

struct my_coroutine {
    const char *result;
};

static int my_coroutine(void *frame)
{
    struct my_coroutine *self = frame;

    await(co_sleep(1));
    self->result = "Result";
    return 0;
}

static int main_task(void *)
{
    /* Called: it runs in main's own task. */
    struct my_coroutine call = {};
    await(my_coroutine(&call));
    say("%s", call.result);

    /* Spawned: it runs in a task of its own; main could do something else meanwhile. */
    co_task *task = co_spawn(my_coroutine);
    await(co_join(task));
    say("%s", co_frame(my_coroutine, task)->result);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about tasks_twice = {
    .title = "the same coroutine, first called, then spawned",
    .idea = "Awaiting a coroutine is a call in the same task; awaiting a task is "
            "waiting for another task.",
    .look = "The first second is main's own sleep; in the next one a new task sleeps, "
            "and main waits for it.",
    .truth = "The tutorial says that nothing but coroutines, tasks and futures can be "
             "awaited. In Python any object with an __await__ method can.",
    .replays = "C05",
    .program = program,
};

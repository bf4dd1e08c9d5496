/* Two tasks in the background, while main goes on with its own work. */
#include "lessons/lesson.h"

struct background_task {
    const char *name;
};

static int background_task(void *frame)
{
    const struct background_task *self = frame;

    await(co_sleep(2));
    say("%s completed", self->name);
    return 0;
}

static int main_task(void *)
{
    co_task *task1 = co_spawn(background_task, "Task 1");
    co_task *task2 = co_spawn(background_task, "Task 2");

    say("Tasks started, doing other work...");
    await(co_sleep(1));
    say("Still doing work...");

    /* Not forgotten: what main does not wait for ends when main ends. */
    await(co_join(task1));
    await(co_join(task2));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about tasks_background = {
    .title = "main works on while two tasks sleep",
    .idea = "A task needs nobody to wait for it in order to run; waiting is for its "
            "end.",
    .look = "When main says Tasks started neither task has its start: they get their "
            "first turns during main's own sleep.",
    .truth = "The tutorial calls this fire and forget and says that the tasks start "
             "immediately. Both are awaited at the end, and neither starts before "
             "main sleeps; a task that is really forgotten is cancelled when main "
             "ends.",
    .replays = "D18",
    .program = program,
};

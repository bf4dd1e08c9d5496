/* A task fails while nothing waits for it. */
#include "lessons/lesson.h"

async_def(save_log)
{
    await(co_sleep(1));
    return co_raise(UV_EIO, "disk full");
}

async_def(main_task)
{
    finally(co_release) co_task *task = co_spawn(save_log);
    await(co_sleep(2));
    say("all is well, the task is done: %s", co_done(task) ? "True" : "False");
    return 0;
}

const struct about tasks_orphan_error = {
    .title = "an error that main never sees",
    .idea = "A task keeps its error for the code that awaits it. If nothing does, the "
            "program goes on, and the error is only logged.",
    .look = "The task fails at 1.000, and main goes on until 2.000 and ends well. The "
            "note comes only when main returns: then no variable names the task any "
            "more.",
    .belief = "When a task fails, the program notices.",
    main_is(main_task),
};

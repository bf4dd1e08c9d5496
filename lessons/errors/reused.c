/* The same three coroutine objects are gathered twice; the second time all fail. */
#include "lessons/lesson.h"

async_def(might_fail, int value)
{
    await(co_sleep(0.5));
    if (self->value < 0)
        return co_raise(CO_EVALUE, "Value cannot be negative");
    return self->value * 10;
}

/* What gather does with each coroutine object it gets. */
static void make_tasks(co_task *ret_tasks[3], co_coroutine *const coroutines[3])
{
    for (int i = 0; i < 3; i++)
        ret_tasks[i] = co_spawn_coroutine((co_spawn_options){}, coroutines[i]);
}

async_def(main_task)
{
    int r = attempt(co_call(might_fail, -5));
    if (r == CO_EVALUE)
        say("Caught error: %s", co_why());

    co_coroutine *coroutines[] = { co_create(might_fail, 10),
                                   co_create(might_fail, -10),
                                   co_create(might_fail, 5) };
    co_task *tasks[3];
    make_tasks(tasks, coroutines);
    r = attempt(gatherv(tasks, 3));
    if (r == CO_EVALUE)
        say("Gather error: %s", co_why());

    make_tasks(tasks, coroutines);
    int results = await(settlev(tasks, 3));
    for (int i = 0; i < 3; i++)
        say(error_of(at(results, i)) ? "Task failed: %s" : "Task succeeded: %s",
            str(at(results, i)));
    return 0;
}

const struct about errors_reused = {
    .title = "a coroutine object runs once: the second gather gets three errors",
    .idea = "A task can be awaited many times, a coroutine object only once.",
    .look = "Task-5, Task-6 and Task-7 fail at 1.000, when they start: each has a "
            "coroutine that was used up by Task-2, Task-3 or Task-4.",
    .truth = "The tutorial means to show two results and one error. Its list holds "
             "coroutine objects that the first gather has used up, so all three lines "
             "are errors. errors:fresh is the program with new coroutines.",
    .replays = "A09",
    main_is(main_task),
};

/* A loop variable hides the coroutine function of the same name: main dies at once. */
#include "lessons/lesson.h"

async_def(main_task)
{
    /* A name that a Python function assigns anywhere is local in all of it. The loop at
     * the end of main assigns `task`, so `task` in the first line is that variable, and
     * has no value yet.
     */
    return co_raise(ERROR_UNBOUND, "cannot access local variable 'task' where it is "
                                   "not associated with a value");
}

const struct about wait_shadowed = {
    .title = "one name for a function and a loop variable: UnboundLocalError",
    .idea = "In Python a variable that a function assigns is local in the whole "
            "function, also in the lines before.",
    .look = "main fails at 0.000. It has created no task and printed nothing.",
    .truth = "The tutorial expects three results. Its program ends with this error; "
             "wait:all is the program with another name for the loop variable.",
    .replays = "C15",
    .may_fail = true,
    main_is(main_task),
};

/* The same mistake inside a list comprehension: another error. */
#include "lessons/lesson.h"

async_def(main_task)
{
    /* In Python 3.11 a list comprehension is a function inside main. For it `task` is a
     * variable of the function around it, which has no value yet.
     */
    return co_raise(ERROR_NAME, "cannot access free variable 'task' where it is not "
                                "associated with a value in enclosing scope");
}

const struct about wait_shadowed_list = {
    .title = "the same mistake in a list comprehension: NameError",
    .idea = "A list comprehension sees the variables of the function around it: the "
            "loop variable hides the coroutine there, too.",
    .look = "main fails at 0.000. It has created no task and printed nothing.",
    .truth = "The tutorial expects 'First completed: 1'. Its program ends with this "
             "error, from Python 3.12 on with an UnboundLocalError. wait:first is the "
             "program with another name for the loop variable.",
    .replays = "D19",
    .may_fail = true,
    main_is(main_task),
};

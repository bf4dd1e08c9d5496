/* asyncio.run(), and then the event loop by hand. */
#include "lessons/lesson.h"

async_def(main_task) { return 0; }

static int program(void)
{
    asyncio_run(main_task);

    /* The loop of a program in C is still there: co_run_until_complete() would work. */
    return co_raise(CO_ERUNTIME,
                    "There is no current event loop in thread 'MainThread'.");
}

const struct about running_again = {
    .title = "after asyncio.run() there is no event loop",
    .idea = "asyncio.run() closes its event loop, and no loop takes its place. Each "
            "call of asyncio.run() makes a new one.",
    .look = "main is spawned and done once. The second main never starts: the program "
            "ends with RuntimeError: There is no current event loop.",
    .truth = "The tutorial shows a good and a bad way in one program. The bad way "
             "works only if asyncio.run() was not called before; so here it raises. "
             "The import of asyncio is missing, too.",
    .replays = "D37",
    .may_fail = true,
    .program = program,
};

/* A function that blocks, in a thread; main waits for its result. */
#include "lessons/lesson.h"

thread_def(blocking_io)
{
    time_sleep(2);
    return text("Blocking result");
}

async_def(main_task)
{
    int result = await(co_join(co_execute(NULL, blocking_io)));
    say("%s", str(result));
    return 0;
}

const struct about threads_executor = {
    .title = "2 s blocked in a thread, and the loop is free",
    .idea = "run_in_executor gives a function to a thread and returns a future of its "
            "result.",
    .look = "No task is 'busy' in these 2 s, though a thread is: main waits, and other "
            "tasks could run.",
    .truth = "The tutorial imports ThreadPoolExecutor and does not use it: None means "
             "the default executor.",
    .replays = "D31",
    main_is(main_task),
};

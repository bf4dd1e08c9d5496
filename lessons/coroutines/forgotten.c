/* First without await, then with it. */
#include "lessons/lesson.h"

async_def(fetch_data)
{
    await(co_sleep(1));
    return text("data");
}

async_def(main_task)
{
    co_coroutine *wrong = co_create(fetch_data);
    say("%s", coroutine_repr(wrong));

    int result = await(co_call(fetch_data));
    co_coroutine_drop(wrong); /* in Python the new result replaces it */
    say("%s", str(result));
    return 0;
}

const struct about coroutines_forgotten = {
    .title = "await forgotten: an object in place of the data",
    .idea = "Without await the program goes on at once, with a coroutine object in "
            "place of the result.",
    .look = "The first call takes no time and starts nothing; only the second sleeps. "
            "The warning comes at 1.000, before 'data', when the object is dropped.",
    .truth = "The tutorial does not mention the warning.",
    .belief = "Calling an async function runs it.",
    .replays = "C10",
    main_is(main_task),
};

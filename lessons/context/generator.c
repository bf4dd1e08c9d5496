/* A context manager made of a generator: before the yield, the block, after it. */
#include "lessons/lesson.h"

static void close_file(const char **filename)
{
    say("Closing %s", *filename);
    (void)attempt(co_sleep(1));
}

async_def(open_file, const char *filename)
{
    say("Opening %s", self->filename);
    await(co_sleep(1));

    finally(close_file) const char *filename = self->filename;
    return await(co_yield(text("Handle to %s", filename)));
}

async_def(main_task)
{
    co_generator *generator = co_generate(open_file, "data.txt");
    co_generator_context_manager file = co_asynccontextmanager(generator);

    with_manager(&file.manager, handle) {
        say("Working with %s", str(handle));
        await(co_sleep(1));
    }
    return 0;
}

const struct about context_generator = {
    .title = "one yield stands for the block",
    .idea = "@asynccontextmanager makes a manager of a generator that yields once; "
            "'as' gets what it yields. 'finally' closes the file whether or not the "
            "block ends with an error.",
    .look = "The generator runs in main: its sleeps, from 0.000 to 1.000 and from "
            "2.000 to 3.000, are main's.",
    .replays = "C18",
    main_is(main_task),
};

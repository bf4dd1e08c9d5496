/* A database connection that is closed when its block ends. */
#include "lessons/lesson.h"

static int aenter(co_context_manager *)
{
    say("Connecting to database...");
    await(co_sleep(1));
    say("Connected!");
    return 0;
}

static int aexit(co_context_manager *, int r)
{
    say("Closing connection...");
    await(co_sleep(0.5));
    say("Connection closed");
    return r;
}

async_def(query, const char *sql)
{
    await(co_sleep(0.1));
    return text("Results for: %s", self->sql);
}

async_def(main_task)
{
    co_context_manager database = { aenter, aexit };

    with_manager(&database) {
        int result = await(co_call(query, "SELECT * FROM users"));
        say("%s", str(result));
    }
    return 0;
}

const struct about context_database = {
    .title = "connect, query, close",
    .idea = "The connection is closed where the block ends, and nobody has to think "
            "of it.",
    .look = "Of the 1.600 seconds the query takes 0.1: connecting takes 1, closing "
            "0.5.",
    .replays = "D21",
    main_is(main_task),
};

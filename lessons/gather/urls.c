/* Three addresses fetched at once; nothing is printed until all are there. */
#include "lessons/lesson.h"

async_def(fetch_data_async, const char *url)
{
    await(co_sleep(1));
    return text("Data from %s", self->url);
}

async_def(async_example)
{
    double start = co_now();

    int results = await(gather(co_spawn(fetch_data_async, "url1"),
                               co_spawn(fetch_data_async, "url2"),
                               co_spawn(fetch_data_async, "url3")));
    say("Total time: %.2fs", co_now() - start);
    return results;
}

const struct about gather_urls = {
    .title = "three requests of 1 s at once, and one line of output",
    .idea = "The output of a program may not show how it ran; the trace does.",
    .look = "One line is printed, but four tasks run: three begin to sleep at 0.000, "
            "and nothing happens until 1.000.",
    .truth = "The tutorial's program, as printed, ends with a NameError before it "
             "fetches anything, because it never imports time. With the import it "
             "does what is shown here.",
    .replays = "D02",
    main_is(async_example),
};

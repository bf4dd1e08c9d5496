/* Three addresses fetched at once; nothing is printed until all are there. */
#include "lessons/lesson.h"

#include <stdio.h>

struct fetch_data_async {
    const char *url;

    char data[32];
};

static int fetch_data_async(void *frame)
{
    struct fetch_data_async *self = frame;

    await(co_sleep(1));
    snprintf(self->data, sizeof(self->data), "Data from %s", self->url);
    return 0;
}

static int async_example(void *)
{
    double start = co_now();

    await(co_gather(co_spawn(fetch_data_async, "url1"),
                    co_spawn(fetch_data_async, "url2"),
                    co_spawn(fetch_data_async, "url3")));
    say("Total time: %.2fs", co_now() - start);
    return 0;
}

static int program(void) { return co_run(async_example, NULL); }

const struct about gather_urls = {
    .title = "three requests of 1 s at once, and one line of output",
    .idea = "The output of a program may not show how it ran; the trace does.",
    .look = "One line is printed, but four tasks run: three begin to sleep at 0.000, "
            "and nothing happens until 1.000.",
    .truth = "The tutorial's program, as printed, ends with a NameError before it "
             "fetches anything, because it never imports time. With the import it "
             "does what is shown here.",
    .replays = "D02",
    .program = program,
};

/* Five pages of a site, fetched at once. */
#include "lessons/lesson.h"

async_def(fetch_page, const char *url, int session_id)
{
    say("Session %d: Fetching %s", self->session_id, self->url);
    await(co_sleep(2));
    say("Session %d: Completed %s", self->session_id, self->url);
    return text("Content from %s", self->url);
}

async_def(main_task)
{
    co_task *tasks[5];
    double start = co_now();

    for (int i = 0; i < 5; i++) {
        const char *url = format("https://example.com/page%d", i + 1);
        tasks[i] = co_spawn(fetch_page, url, i + 1);
    }
    int results = await(gatherv(tasks, 5));
    say("\nFetched %d pages in %.2f seconds", len(results), co_now() - start);
    return 0;
}

const struct about speed_pages = {
    .title = "five pages of 2 s each, all there at 2 s",
    .idea = "The number of pages does not count: however many are fetched at once, it "
            "takes as long as the slowest.",
    .look =
        "All five sessions begin at 0.000 and complete at 2.000, in the same order.",
    .truth =
        "No page is fetched: the tutorial's program sleeps in place of the network.",
    .replays = "C29",
    main_is(main_task),
};

/* Three addresses fetched in a row, and the time that it takes. */
#include "lessons/lesson.h"

static int fetch_data(const char *url)
{
    time_sleep(1);
    return text("Data from %s", url);
}

static int synchronous_example(void)
{
    double start = co_now();

    int data1 = check(fetch_data("url1"));
    int data2 = check(fetch_data("url2"));
    int data3 = check(fetch_data("url3"));
    say("Total time: %.2fs", co_now() - start);
    return list(data1, data2, data3);
}

static int program(void)
{
    driver("%s", str(check(synchronous_example())));
    return 0;
}

const struct about blocking_urls = {
    .title = "three requests of 1 s, one after the other: 3 s",
    .idea = "The time of a program that blocks is the sum of all its waits.",
    .look = "Three times busy for 1 s, and nothing between. gather:urls gets the same "
            "list at 1.000.",
    .replays = "D01",
    .program = program,
};

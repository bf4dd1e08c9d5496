/* Three downloads without asyncio: 2 s and 2 s and 2 s. */
#include "lessons/lesson.h"

static int download_file(const char *filename)
{
    say("Starting download: %s", filename);
    time_sleep(2);
    say("Completed download: %s", filename);
    return text("Data from %s", filename);
}

static int program(void)
{
    double start = co_now();

    check(download_file("file1.txt"));
    check(download_file("file2.txt"));
    check(download_file("file3.txt"));
    say("Total time: %.2f seconds", co_now() - start);
    return 0;
}

const struct about blocking_downloads = {
    .title = "three downloads of 2 s each, all done at 6 s",
    .idea = "A download is mostly waiting. A program that blocks meanwhile does "
            "nothing else, so the waits add up.",
    .look = "file2.txt starts at 2.000 and file3.txt at 4.000. In gather:downloads all "
            "three start at 0.000.",
    .replays = "C01",
    .program = program,
};

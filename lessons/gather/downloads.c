/* Three downloads of 2 s each, in 2 s. */
#include "lessons/lesson.h"

async_def(download_file, const char *filename)
{
    say("Starting download: %s", self->filename);
    await(co_sleep(2));
    say("Completed download: %s", self->filename);
    return text("Data from %s", self->filename);
}

async_def(main_task)
{
    double start = co_now();

    await(gather(co_spawn(download_file, "file1.txt"),
                 co_spawn(download_file, "file2.txt"),
                 co_spawn(download_file, "file3.txt")));
    say("Total time: %.2f seconds", co_now() - start);
    return 0;
}

const struct about gather_downloads = {
    .title = "three downloads of 2 s each, all done at 2 s",
    .idea = "Downloading is mostly waiting, and one thread can wait for any number of "
            "things at once.",
    .look = "All three sleeps end at 2.000, and the tasks resume in the order in "
            "which they began to sleep.",
    .replays = "C02",
    main_is(main_task),
};

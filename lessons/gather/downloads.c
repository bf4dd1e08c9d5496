/* Three downloads of 2 s each, in 2 s. */
#include "lessons/lesson.h"

#include <stdio.h>

struct download_file {
    const char *filename;

    char data[32];
};

static int download_file(void *frame)
{
    struct download_file *self = frame;

    say("Starting download: %s", self->filename);
    await(co_sleep(2));
    say("Completed download: %s", self->filename);
    snprintf(self->data, sizeof(self->data), "Data from %s", self->filename);
    return 0;
}

static int main_task(void *)
{
    double start = co_now();

    await(co_gather(co_spawn(download_file, "file1.txt"),
                    co_spawn(download_file, "file2.txt"),
                    co_spawn(download_file, "file3.txt")));
    say("Total time: %.2f seconds", co_now() - start);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_downloads = {
    .title = "three downloads of 2 s each, all done at 2 s",
    .idea = "Downloading is mostly waiting, and one thread can wait for any number of "
            "things at once.",
    .look = "All three sleeps end at 2.000, and the tasks resume in the order in "
            "which they began to sleep.",
    .replays = "C02",
    .program = program,
};

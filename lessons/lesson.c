#include "lessons/lesson.h"

#include <stdlib.h>

CO_DEFINE_ERRORS(LESSON_ERRORS);

static const struct example *running;

/* The objects that tasks share are fields of main's frame, so it outlives its run. */
static int program(void)
{
    const struct about *about = running->about;
    void *frame;

    if (about->program)
        return about->program();
    frame = calloc(1, about->main_size + 1);
    if (!frame)
        return co_raise(UV_ENOMEM, "out of memory");
    int r = co_run_with(about->main, frame, &(co_options){ .debug = about->debug });
    free(frame);
    return r;
}

int example_run(const struct example *example, const co_options *options)
{
    running = example;
    int r = co_program(program, options);
    values_free();
    return r;
}

const char *wall_clock(void)
{
    long seconds = 14 * 3600 + 30 * 60 + (long)co_now();

    return format("%02ld:%02ld:%02ld", seconds / 3600 % 24, seconds / 60 % 60,
                  seconds % 60);
}

/* Stack overflows by one large frame, and the hook that runs before the process ends.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/expect.h"

/* ---- frames larger than the guard ---------------------------------------- */

struct fills {
    size_t size;
};

static int fills(void *frame)
{
    const struct fills *self = frame;
    char room[self->size];

    memset(room, 1, self->size);
    __asm__ volatile("" : : "r"(room) : "memory"); /* so that it really is there */
    await(co_sleep(0));
    return room[self->size / 2];
}

struct fills_much {
};

static int fills_much(void *)
{
    char room[200000];

    memset(room, 1, 1000);
    __asm__ volatile("" : : "r"(room) : "memory");
    await(co_sleep(0));
    return room[500];
}

static int frame_of_variable_size(void *)
{
    co_task *neighbour = co_spawn(fills, 100), *task = co_spawn(fills, 200000);

    await(co_gather(neighbour, task));
    return 0;
}

static int frame_of_fixed_size(void *)
{
    co_task *neighbour = co_spawn(fills, 100), *task = co_spawn(fills_much);

    await(co_gather(neighbour, task));
    return 0;
}

static int frame_of_main(void *) { return co_call(fills, 1000000); }

static int frames_that_fit(void *)
{
    return await(co_join(co_spawn(fills, 50000))) - 1;
}

Test(overflow_edge, by_one_large_frame_is_a_sentence)
{
    expect_fatal(frame_of_variable_size,
                 "task Task-3 (fills) used more than its stack of 65536 bytes");
    expect_fatal(frame_of_fixed_size,
                 "task Task-3 (fills_much) used more than its stack of 65536 bytes");
    expect_fatal(frame_of_main,
                 "task Task-1 (main) used more than its stack of 65536 bytes");
    expect(frames_that_fit, "");
}

/* ---- the hook ------------------------------------------------------------ */

static void write_mark(void)
{
    ssize_t written = write(STDERR_FILENO, "restored\n", 9);

    (void)written;
}

static int overflows_with_a_hook(void *)
{
    co_at_fatal(write_mark);
    return co_call(fills, 200000);
}

static int overflows_without(void *)
{
    co_fatal_hook *before = co_at_fatal(write_mark);

    if (co_at_fatal(before) != write_mark)
        return 0;
    return co_call(fills, 200000);
}

Test(overflow_edge, calls_the_hook_before_the_sentence)
{
    expect_fatal(overflows_with_a_hook, "restored\nstack overflow: task Task-1");
    expect_fatal(overflows_without, "stack overflow: task Task-1");
}

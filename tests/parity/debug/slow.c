/* Debug mode reports turns and callbacks that block the loop, and no thread that
 * sleeps.
 */
#include "lessons/lesson.h"

thread_def(blocking)
{
    co_block(1);
    say("slept in a thread");
    return 0;
}

static void on_call(co_callback *)
{
    if (co_block(0.25) == 0)
        say("callback");
}

async_def(block, double seconds)
{
    co_block(self->seconds);
    await(co_sleep(0.1));
    co_block(self->seconds);
    return 0;
}

async_def(fail)
{
    co_block(0.1);
    return co_raise(CO_EVALUE, "slow");
}

#define blocks(seconds_) \
    co_spawn_with(co_spawn_options(.name = "blocks"), block, seconds_)

async_def(main_task, co_callback callback)
{
    self->callback = (co_callback){ .run = on_call };
    await(co_join(blocks(0.15)));
    co_call_soon(&self->callback);
    await(co_thread(blocking));
    if (attempt(co_join(co_spawn(fail))) == CO_EVALUE)
        say("%s", co_why());

    co_set_slow_callback_duration(0.2);
    await(co_join(blocks(0.15)));
    co_block(0.2);
    return 0;
}

const struct about debug_slow = {
    .title = "slow",
    .replays = "",
    .debug = true,
    main_is(main_task),
};

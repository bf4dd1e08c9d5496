/* Corners: what is asked for in the last moment, or after it. Each has gone wrong once.
 */
#include <criterion/criterion.h>

#include "engine/co.h"
#include "tests/support/expect.h"

/* ---- a generator that is first asked when all are about to be closed ----- */

struct one {
};

static int one(void *)
{
    finally_evi("closed");
    return attempt(co_yield(1));
}

static co_generator *ones;

struct asks {
};

static int asks(void *)
{
    await(co_sleep(0));
    evi("asked %d", await(co_next(ones)));
    return 0;
}

static void spawn_asks(co_callback *) { co_spawn(asks); }

static co_callback when_left = { .run = spawn_asks };

static int leaves_somebody(void *)
{
    ones = co_generator_keep(co_generate(one));
    co_on_done(co_spawn(sleeper, 100), &when_left);
    return attempt(co_sleep(0));
}

Test(run_last_moment, a_generator_first_used_just_before_the_shutdown_is_closed)
{
    expect(leaves_somebody, "i=7 asked 1\ni=8 closed\n");
}

/* ---- a task of a coroutine that was used, cancelled before it has begun -- */

struct nothing {
};

static int nothing(void *) { return 0; }

static int uses_it_again(void *)
{
    co_coroutine *coroutine = co_create(nothing);

    await(co_await(coroutine));
    co_task *task = co_spawn_coroutine((co_spawn_options){}, coroutine);
    co_cancel(task);
    line("%s", py_repr(attempt(co_join(task))).s);
    return 0;
}

Test(run_last_moment, a_used_coroutine_is_refused_before_it_is_cancelled)
{
    expect(uses_it_again, "RuntimeError('cannot reuse already awaited coroutine')\n");
}

/* A main that never ends does not grow: each form that waits for what it makes, over
 * and over, in flat memory.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <malloc.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

#include "engine/core/loop_internal.h"
#include "tests/support/expect.h"

static int rounds(void) { return RUNNING_ON_VALGRIND ? 1000 : 100000; }

static size_t count_handles(void)
{
    size_t count = 0;

    co_list_each(link, &co_loop_now->handles)
        count++;
    return count;
}

struct job {
    int result;
};

static int job(void *frame)
{
    await(co_sleep(0));
    return ((const struct job *)frame)->result;
}

static int fails(void *)
{
    await(co_sleep(0));
    return co_raise(CO_EVALUE, "no");
}

struct fails {
};

struct values {
    int count;
};

static int values(void *frame)
{
    for (int i = 0; i < ((const struct values *)frame)->count; i++)
        await(co_yield(i));
    return 0;
}

/* ---- the forms ----------------------------------------------------------- */

static int waits_for_a_spawn(void) { return co_wait_for(co_spawn(job, 1), 1); }

static int is_late_for_a_spawn(void)
{
    int r = attempt(co_wait_for(co_spawn(sleeper, 5), 0.5));

    return r == UV_ETIMEDOUT ? 1 : r;
}

static int waits_for_ever_for_a_spawn(void)
{
    return co_wait_for(co_spawn(job, 1), CO_FOREVER);
}

static int joins_a_spawn(void) { return co_join(co_spawn(job, 1)); }

static int joins_what_fails(void)
{
    int r = attempt(co_join(co_spawn(fails)));

    return r == CO_EVALUE ? 1 : r;
}

static int joins_a_shield(void)
{
    co_task *task = co_spawn(job, 1);
    int r = attempt(co_join(co_shield(task)));

    co_drop(task);
    return r;
}

static int waits_for_a_shield(void)
{
    finally(co_release) co_task *task = co_spawn(job, 1);

    return co_wait_for(co_shield(task), 1);
}

static int has_a_group_of_one(void)
{
    co_group group = {};

    await(co_in_group(&group, ({
        co_drop(co_group_spawn(&group, job, 1));
        0;
    })));
    return 1;
}

static int has_a_group_that_fails(void)
{
    co_group group = {};
    int r = attempt(co_in_group(&group, ({
        co_drop(co_group_spawn(&group, fails));
        0;
    })));

    return r == CO_EGROUP ? 1 : r;
}

static int settles_two(void)
{
    co_task *a = co_spawn(job, 1), *b = co_spawn(job, 0);

    await(co_settle(a, b));
    int r = co_result(a) + co_result(b);
    co_drop(a);
    co_drop(b);
    return r;
}

static int gathers_two(void)
{
    finally(co_release) co_task *a = co_spawn(job, 1);
    finally(co_release) co_task *b = co_spawn(job, 0);

    await(co_gather(a, b));
    return co_result(a) + co_result(b);
}

static int waits_for_a_gather(void)
{
    finally(co_release) co_task *task = co_spawn(job, 1);

    await(co_wait_for(co_gather_future(task), 1));
    return co_result(task);
}

static int waits_for_two(void)
{
    finally(co_release) co_task *a = co_spawn(job, 1);
    finally(co_release) co_task *b = co_spawn(job, 0);

    await(co_wait(CO_ALL_COMPLETED, 1, a, b));
    return co_result(a);
}

static int takes_two_as_completed(void)
{
    co_task *tasks[] = { co_spawn(job, 1), co_spawn(job, 0) }, *task;
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 2, 1);
    co_drop(tasks[0]);
    co_drop(tasks[1]);
    int r = await(co_as_completed_next(&completed, &task));
    return r + await(co_as_completed_next(&completed, &task));
}

static int finishes_a_generator(void)
{
    finally(co_generator_release) co_generator *generator = co_generate(values, 2);
    int sum = 0;

    async_for(i, co_next(generator))
        sum += i;
    return sum;
}

static int awaits_a_coroutine(void)
{
    finally(co_coroutine_release) co_coroutine *coroutine = co_create(job, 1);

    return co_await(coroutine);
}

static int is_within_a_limit(void) { return co_within(1, co_call(job, 1)); }

static int spawns_and_forgets(void)
{
    co_drop(co_spawn(job, 1));
    await(co_sleep(0));
    await(co_sleep(0));
    return 1;
}

/* ---- over and over ------------------------------------------------------- */

static int (*form)(void);

static int repeats(void *)
{
    for (int i = 0; i < 100; i++)
        await(form());
    const size_t handles = count_handles();
    const size_t before = mallinfo2().uordblks;
    for (int i = 0; i < rounds(); i++)
        cr_expect(eq(int, attempt(form()), 1));
    cr_expect(eq(sz, count_handles(), handles));
    cr_expect(le(sz, mallinfo2().uordblks, before + 4096));
    return 0;
}

static void expect_flat(int (*one_round)(void))
{
    form = one_round;
    cr_expect(eq(int, co_run(repeats, &(co_options){ .virtual_time = true }), 0));
}

#define FLAT(name) \
    Test(handles, name) { expect_flat(name); }

FLAT(waits_for_a_spawn)
FLAT(is_late_for_a_spawn)
FLAT(waits_for_ever_for_a_spawn)
FLAT(joins_a_spawn)
FLAT(joins_what_fails)
FLAT(joins_a_shield)
FLAT(waits_for_a_shield)
FLAT(has_a_group_of_one)
FLAT(has_a_group_that_fails)
FLAT(settles_two)
FLAT(gathers_two)
FLAT(waits_for_a_gather)
FLAT(waits_for_two)
FLAT(takes_two_as_completed)
FLAT(finishes_a_generator)
FLAT(awaits_a_coroutine)
FLAT(is_within_a_limit)
FLAT(spawns_and_forgets)

/* core/cancel.c: a cancellation reaches all that is awaited, at any depth: gathers in
 * gathers, and gathers of tasks that gather. More is in facts/cancel*.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- deep ---------------------------------------------------------------- */

/* Not by expect(): a fault in each of so many places takes too long. */
static void run(co_fn *main)
{
    cr_expect(eq(int, co_run(main, &(co_options){ .virtual_time = true }), 0));
}

static int cancels_nested_gathers(void *)
{
    co_task *innermost = co_spawn(sleeper, 5);
    co_future *outermost = innermost;

    for (int depth = 0; depth < 100000; depth++)
        outermost = co_gather_future(outermost);
    await(co_sleep(0.1));
    cr_expect(co_cancel(outermost));
    cr_expect(eq(int, attempt(co_join(outermost)), UV_ECANCELED));
    cr_expect(co_cancelled(innermost));
    cr_expect(not(co_cancel(outermost)));
    return 0;
}

/* The stack of the task that cancels has 64 KiB. */
Test(cancel, cancels_gathers_nested_100000_deep) { run(cancels_nested_gathers); }

struct gathers {
    int depth;
};

static int gathers(void *frame)
{
    const int depth = ((const struct gathers *)frame)->depth;

    if (depth == 0)
        return await(co_sleep(5));
    co_task *inner = co_spawn(gathers, depth - 1);
    return await(co_gather(inner));
}

static int cancels_tasks_that_gather(void *)
{
    co_task *outermost = co_spawn(gathers, 5000);

    await(co_sleep(0.1));
    co_cancel_with(outermost, "deep");
    cr_expect(eq(int, attempt(co_join(outermost)), UV_ECANCELED));
    cr_expect(eq(str, (char *)co_why(), "deep"));
    return 0;
}

Test(cancel, cancels_tasks_that_gather_5000_deep) { run(cancels_tasks_that_gather); }

/* ---- in which order ------------------------------------------------------ */

static void note(const char **name) { ev("%s", *name); }

struct waits {
    const char *name;
    co_future *future;
};

static int waits(void *frame)
{
    const struct waits *self = frame;
    finally(note) const char *name = self->name;

    (void)name;
    return await(co_join(self->future));
}

/* Depth first, each child's chain to its end before the next child. */
static int cancels_in_order(void *)
{
    co_task *a = co_spawn(sleeper, 1), *b = co_spawn(sleeper, 1);
    co_task *c = co_spawn(sleeper, 1), *d = co_spawn(sleeper, 1);
    co_task *awaits_b = co_spawn(waits, "awaits b", b);
    co_future *inner = co_gather_future(awaits_b, c);
    co_task *awaits_inner = co_spawn(waits, "awaits inner", inner);
    co_future *outer = co_gather_future(a, awaits_inner, d);

    await(co_sleep(0.1));
    co_cancel(outer);
    co_task *order[] = { a, b, c, d, awaits_b, awaits_inner };
    for (size_t i = 0; i < 6; i++)
        ev("%u", co_cancelling(order[i]));
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, a, b, c, d, outer));
    int r = attempt(co_join(outer));
    ev("%s", py_exception(r));
    return 0;
}

Test(cancel, cancels_each_child_with_all_it_awaits_before_the_next)
{
    expect(cancels_in_order, "t=0.1 1\nt=0.1 1\nt=0.1 1\nt=0.1 1\nt=0.1 1\nt=0.1 1\n"
                             "t=0.1 awaits b\n"
                             "t=0.1 awaits inner\n"
                             "t=0.1 CancelledError\n");
}

/* ---- in a circle --------------------------------------------------------- */

struct gathers_other {
    co_task **other;
};

static int gathers_other(void *frame)
{
    const struct gathers_other *self = frame;

    return await(co_gather(*self->other));
}

static int cancels_a_circle(void *)
{
    co_task *one, *other;

    one = co_spawn(gathers_other, &other);
    other = co_spawn(gathers_other, &one);
    await(co_sleep(0.1));
    co_cancel(other);
    await(co_wait(CO_ALL_COMPLETED, 1, one, other));
    ev("%s %s", py_bool(co_cancelled(one)), py_bool(co_cancelled(other)));
    return 0;
}

/* asyncio ends it with a RecursionError. */
Test(cancel, cancels_tasks_that_gather_each_other)
{
    expect(cancels_a_circle, "LOG ERROR _GatheringFuture exception was never retrieved "
                             "| CancelledError()\n"
                             "t=0.1 True True\n");
}

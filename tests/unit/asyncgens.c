/* generators/asyncgens.c: closing the generators of a loop, all at once or when nothing
 * refers to one any more. More is in facts/generator_left.c and facts/generator_kept.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

struct cleans_up {
    const char *name;
};

static int cleans_up(void *frame)
{
    int r = attempt(co_yield(0));

    await(co_sleep(1));
    ev("%s %s", ((const struct cleans_up *)frame)->name, py_exception(r));
    return r;
}

static int all_at_once(void *)
{
    co_generator *first = co_generate(cleans_up, "first");
    co_generator *second = co_generate(cleans_up, "second");

    await(co_next(first));
    await(co_next(second));
    ev("%d", await(co_shutdown_generators()));
    line("%s", py_exception(attempt(co_next(first))));
    return 0;
}

Test(asyncgens, are_closed_all_at_once)
{
    expect(all_at_once, "t=1 first GeneratorExit\n"
                        "t=1 second GeneratorExit\n"
                        "t=1 0\n"
                        "StopAsyncIteration\n");
}

static int none(void *)
{
    evi("%d", await(co_shutdown_generators()));
    return 0;
}

Test(asyncgens, may_be_none) { expect(none, "i=1 0\n"); }

static int dropped(void *)
{
    finally(co_generator_release) co_generator *generator =
        co_generate(cleans_up, "dropped");

    await(co_next(generator));
    co_generator_drop(generator);
    generator = NULL;
    await(co_sleep(2));
    ev("main");
    return 0;
}

Test(asyncgens, are_closed_in_a_task_when_nothing_refers_to_them)
{
    expect(dropped, "t=1 dropped GeneratorExit\n"
                    "t=2 main\n");
}

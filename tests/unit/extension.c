/* core/extension.c: what a room registers with a loop, found again, called in the order
 * of the shutdown's steps, and freed with the program.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/core/loop_internal.h"
#include "tests/support/expect.h"

struct counter {
    struct co_extension extension;
    int initialized, has_work;
};

static int closed, finished;

static struct counter *counter_of(const struct co_extension *self)
{
    return co_container_of(self, struct counter, extension);
}

static void init(struct co_extension *self) { counter_of(self)->initialized++; }

static bool has_work(const struct co_extension *self)
{
    return counter_of(self)->has_work;
}

static int shut_down(struct co_loop *, struct co_extension *)
{
    evi("shut down");
    return 0;
}

static void loop_closed(struct co_loop *, struct co_extension *) { closed++; }

static void finish(struct co_loop *, struct co_extension *) { finished++; }

static const struct co_extension_class class = {
    .size = sizeof(struct counter),
    .init = init,
    .step = CO_SHUTDOWN_ASYNCGENS,
    .has_work = has_work,
    .shut_down = shut_down,
    .loop_closed = loop_closed,
    .finish = finish,
};

static int registers_once(void *)
{
    struct co_loop *loop = co_loop_now;

    line("%d", co_extension_find(loop, &class) == NULL);
    struct co_extension *extension = co_extension_get(loop, &class);
    line("%d", co_extension_get(loop, &class) == extension);
    line("%d", co_extension_find(loop, &class) == extension);
    line("%d", counter_of(extension)->initialized);
    return 0;
}

Test(extension, is_registered_and_initialized_once)
{
    expect(registers_once, "1\n1\n1\n1\n");
}

static int has_work_or_not(void *)
{
    struct counter *counter = counter_of(co_extension_get(co_loop_now, &class));

    for (int i = 0; i < 2; i++) {
        counter->has_work = i;
        line("%d", co_extension_for_step(co_loop_now, CO_SHUTDOWN_ASYNCGENS) != NULL);
        line("%d", co_extension_for_step(co_loop_now, CO_SHUTDOWN_EXECUTOR) != NULL);
    }
    evi("main");
    return 0;
}

Test(extension, runs_its_step_after_main_if_it_has_work)
{
    expect(has_work_or_not, "0\n0\n1\n0\n"
                            "i=1 main\n"
                            "i=3 shut down\n");
}

static int idle(void *)
{
    co_extension_get(co_loop_now, &class);
    return 0;
}

static int two_runs(void)
{
    closed = finished = 0;
    await(co_run(idle, NULL));
    await(co_run(idle, NULL));
    cr_expect(eq(int, closed, 2));
    cr_expect(zero(int, finished));
    return 0;
}

Test(extension, is_called_at_the_end_of_each_loop_and_once_at_that_of_the_program)
{
    cr_assert(zero(int, co_program(two_runs, &(co_options){ .virtual_time = true })));
    cr_assert(eq(int, finished, 1));
}

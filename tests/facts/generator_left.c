/* Asynchronous generators left at a yield without a reference: which task closes them,
 * and when.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct tidy {
    const char *name;
    double seconds;
};

/* try: … except: print, raise; finally: print, sleep, print */
static int tidy(void *frame)
{
    const struct tidy *self = frame;
    int r = attempt(co_yield(1));

    if (r >= 0)
        r = attempt(co_yield(2));
    if (r < 0)
        evi("%s at yield %s %s", self->name, py_repr(r).s, co_name(co_self()));
    evi("%s finally 1", self->name);
    int slept = attempt(co_sleep(self->seconds));
    if (slept < 0) {
        evi("%s await in finally %s", self->name, py_repr(slept).s);
        return slept;
    }
    evi("%s finally 2", self->name);
    return r;
}

static int leaves_one(void *)
{
    evi("%d", await(co_next(co_generate(tidy, "local"))));
    return 0;
}

/* The loop's callback spawns the task that closes it. This task is cancelled before its
 * first turn, like all tasks that are left. In CPython before 3.13 the generator then
 * gets the close when it continues.
 */
Test(generator_left, left_by_main_is_cancelled_and_closed_late)
{
    expect(leaves_one, "i=1 1\n"
                       "i=3 local at yield CancelledError() Task-2\n"
                       "i=3 local finally 1\n"
                       "i=4 local await in finally GeneratorExit()\n");
}

Test(generator_left, left_by_main_is_only_cancelled_since_313)
{
    expect_as(313, leaves_one,
              "i=1 1\n"
              "i=3 local at yield CancelledError() Task-2\n"
              "i=3 local finally 1\n"
              "i=4 local finally 2\n");
}

static int leaves_a_late_one(void *)
{
    return await(co_next(co_generate(tidy, "late", 0.1)));
}

Test(generator_left, closed_late_gets_the_close_after_its_wait)
{
    expect(leaves_a_late_one, "i=3 late at yield CancelledError() Task-2\n"
                              "i=3 late finally 1\n"
                              "i=5 late await in finally GeneratorExit()\n");
}

static int fails(void *)
{
    evi("%d", await(co_next(co_generate(tidy, "local"))));
    return co_raise(CO_EVALUE, "main");
}

static int failing_main(void)
{
    int r = co_run(fails, NULL);

    line("run raised %s('%s')", py_exception(r), co_why());
    return 0;
}

/* The error refers to its frames, and so to the generator, until the run is over. */
Test(generator_left, of_a_main_that_failed_is_closed_by_the_run)
{
    expect_program(failing_main, "i=1 1\n"
                                 "i=4 local at yield GeneratorExit() Task-3\n"
                                 "i=4 local finally 1\n"
                                 "i=5 local finally 2\n"
                                 "run raised ValueError('main')\n");
}

struct leaves {
    double seconds;
};

static int leaves(void *frame)
{
    const struct leaves *self = frame;

    evi("%d", await(co_next(co_generate(tidy, "job"))));
    return self->seconds > 0 ? await(co_sleep(self->seconds)) : 0;
}

static int task_ends(void *)
{
    await(co_join(co_spawn(leaves)));
    evi("job over");
    for (int i = 0; i < 3; i++) {
        await(co_sleep(0));
        evi("main %d", i);
    }
    return 0;
}

Test(generator_left, of_a_task_that_ends_is_closed_in_another)
{
    expect(task_ends, "i=2 1\n"
                      "i=3 job over\n"
                      "i=4 job at yield GeneratorExit() Task-3\n"
                      "i=4 job finally 1\n"
                      "i=4 main 0\n"
                      "i=5 job finally 2\n"
                      "i=5 main 1\n"
                      "i=6 main 2\n");
}

static int task_is_cancelled(void *)
{
    co_task *task = co_spawn(leaves, 5);

    await(co_sleep(0));
    co_cancel(task);
    await(co_settle(task));
    evi("task over");
    await(co_sleep(0.5));
    evi("del");
    co_drop(task);
    await(co_sleep(0.5));
    evi("main over");
    return 0;
}

Test(generator_left, of_a_task_that_failed_is_closed_when_the_task_is_freed)
{
    expect(task_is_cancelled, "i=2 1\n"
                              "i=5 task over\n"
                              "i=7 del\n"
                              "i=9 job at yield GeneratorExit() Task-3\n"
                              "i=9 job finally 1\n"
                              "i=10 job finally 2\n"
                              "i=12 main over\n");
}

struct fails_at_its_end {
};

static int fails_at_its_end(void *)
{
    int r = attempt(co_yield(1));

    return r == CO_ECLOSE ? co_raise(CO_EVALUE, "bad close") : r;
}

static int closes_badly(void *)
{
    co_generator *generator = co_generate(fails_at_its_end);

    await(co_next(generator));
    co_generator_drop(generator);
    return await(co_sleep(0.1));
}

Test(generator_left, that_fails_when_it_is_closed_by_the_loop_is_reported)
{
    expect(closes_badly, "LOG ERROR Task exception was never retrieved | "
                         "ValueError('bad close')\n");
}

static int finalized_once(void *)
{
    co_generator *generator = co_generate(tidy, "once");

    await(co_next(generator));
    co_generator_drop(generator);
    await(co_sleep(0));
    co_cancel(co_next_task(co_self()));
    return await(co_sleep(0.1));
}

/* The task that closes it is cancelled before its first turn, so the generator is never
 * closed.
 */
Test(generator_left, gets_the_cancellation_of_the_task_that_closes_it)
{
    expect(finalized_once, "i=3 once at yield CancelledError() Task-2\n"
                           "i=3 once finally 1\n"
                           "i=4 once await in finally GeneratorExit()\n");
}

static int cancelled_twice(void *)
{
    co_generator *generator = co_generate(tidy, "twice", 0.1);

    await(co_next(generator));
    co_generator_drop(generator);
    await(co_sleep(0));
    co_task *closing = co_keep(co_next_task(co_self()));
    co_cancel(closing);
    await(co_sleep(0));
    co_cancel(closing);
    await(co_sleep(0.2));
    evi("cancelled %s", py_bool(co_cancelled(closing)));
    co_drop(closing);
    return 0;
}

/* It does not get the close if its wait is cancelled. */
Test(generator_left, gets_a_second_cancellation)
{
    expect(cancelled_twice, "i=3 twice at yield CancelledError() Task-2\n"
                            "i=3 twice finally 1\n"
                            "i=4 twice await in finally CancelledError()\n"
                            "i=6 cancelled True\n");
}

static int on_event;

struct notes {
};

static int notes(void *)
{
    int r = attempt(co_yield(1));

    on_event = attempt(co_sleep(0));
    return r;
}

static int leaves_notes(void *) { return await(co_next(co_generate(notes))); }

Test(generator_left, closed_late_gets_the_close_without_an_observer)
{
    cr_assert(ge(int, co_run(leaves_notes, &(co_options){ .virtual_time = true }), 0));
    cr_assert(eq(int, on_event, CO_ECLOSE));
}

struct swallows {
};

static int swallows(void *)
{
    if (attempt(co_yield(1)) == UV_ECANCELED)
        evi("swallowed");
    return await(co_yield(2));
}

static int swallowed(void *)
{
    co_generator *generator = co_generate(swallows);

    await(co_next(generator));
    co_generator_drop(generator);
    await(co_sleep(0));
    co_cancel(co_next_task(co_self()));
    await(co_sleep(0.2));
    evi("main over");
    return 0;
}

Test(generator_left, is_closed_by_the_loop_once)
{
    expect(swallowed, "i=3 swallowed\n"
                      "LOG ERROR Task exception was never retrieved | "
                      "RuntimeError('async generator ignored GeneratorExit')\n"
                      "i=5 main over\n");
}

struct nothing_at_all {
};

static int nothing_at_all(void *) { return 0; }

static int say_number(void)
{
    await(co_sleep(0));
    await(co_sleep(0));
    co_task *task = co_spawn(nothing_at_all);
    evi("%s", co_name(task));
    return await(co_join(task));
}

static int not_at_a_yield(void *)
{
    co_generator_drop(co_generate(tidy, "unasked"));
    await(say_number());
    co_generator *generator = co_generate(tidy, "refused");
    if (attempt(co_send(generator, 1)) == CO_EVALUE)
        evi("refused");
    co_generator_drop(generator);
    return await(say_number());
}

/* Even if it has not started: then only a task number is used up. */
Test(generator_left, is_closed_by_the_loop_if_it_was_ever_used)
{
    expect(not_at_a_yield, "i=3 Task-2\n"
                           "i=5 refused\n"
                           "i=7 Task-4\n");
}

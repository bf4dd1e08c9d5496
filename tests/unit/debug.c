/* debug.h: the duration from which a turn is slow. More is in facts/debug.c. */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int reports_slow_turns(void *)
{
    line("%s %g", py_bool(co_get_debug()), co_slow_callback_duration());
    co_block(0.09);
    await(co_sleep(0));
    co_set_slow_callback_duration(0.05);
    co_block(0.06);
    await(co_sleep(0));
    return 0;
}

Test(debug, reports_what_takes_longer_than_the_duration_that_is_set)
{
    expect_in_debug(reports_slow_turns,
                    "True 0.1\n"
                    "LOG WARNING Executing <Task pending name='Task-1' "
                    "coro=<main() running> cb=[callback()]> took 0.060 seconds\n");
}

static int is_off(void *)
{
    co_block(1);
    line("%s", py_bool(co_get_debug()));
    return 0;
}

Test(debug, is_off_by_default) { expect(is_off, "False\n"); }

/* ---- turned on and off --------------------------------------------------- */

async_def(busy, const char *name, bool debug)
{
    co_block(0.2);
    co_set_debug(self->debug);
    await(co_sleep(0));
    line("%s", self->name);
    return 0;
}

/* a is not measured, but b is, which is ready at the same time; so is c, which turns it
 * off, but not d.
 */
static int is_set(void *)
{
    co_task *tasks[] = { co_spawn(busy, "a", true), co_spawn(busy, "b", true),
                         co_spawn(busy, "c"), co_spawn(busy, "d") };

    return co_gatherv(tasks, 4);
}

Test(debug, is_turned_on_and_off_from_the_next_turn_on)
{
#define SLOW(number)                                          \
    "LOG WARNING Executing <Task pending name='Task-" #number \
    "' coro=<busy() running> cb=[callback()]> took 0.200 seconds\n"
    expect(is_set, SLOW(3) SLOW(4) "a\nb\nc\nd\n");
}

static int shows(void *)
{
    line("%s", py_bool(co_get_debug()));
    return 0;
}

static int debugs_one_run(void)
{
    await(co_run(shows, &(co_options){ .debug = true }));
    await(co_run(shows, NULL));
    return 0;
}

Test(debug, is_turned_on_for_one_run)
{
    expect_program(debugs_one_run, "True\nFalse\n");
}

static int debugs_its_own_loop(void)
{
    co_set_debug(true);
    await(co_run(shows, NULL));
    line("%s", py_bool(co_get_debug()));
    return 0;
}

Test(debug, is_that_of_one_loop)
{
    expect_program(debugs_its_own_loop, "False\nTrue\n");
}

static int debugs_all_runs(void)
{
    await(co_run(shows, NULL));
    await(co_run(shows, NULL));
    return 0;
}

Test(debug, of_a_program_is_on_in_all_runs)
{
    expect_with((co_options){ .virtual_time = true, .debug = true }, NULL,
                debugs_all_runs, "True\nTrue\n");
}

/* No observer: then tasks switch directly, unless debug mode needs each turn. */
async_def(waits, co_event *event) { return co_event_wait(self->event); }

async_def(forgets)
{
    co_event event;

    co_event_init(&event);
    co_spawn(waits, &event);
    return await(co_sleep(0));
}

static int checks_stacks(void *)
{
    co_set_debug(true);
    return await(co_join(co_spawn(forgets)));
}

Test(debug, checks_the_stacks_of_tasks_once_it_is_on)
{
    expect_fatal(checks_stacks, "event ends while Task-3 (waits) still waits for it");
}

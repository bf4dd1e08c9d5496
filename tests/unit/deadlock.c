/* core/deadlock.c: a run in which no task can ever wake ends with CO_EDEADLK, and the
 * event names each task and what it waits for.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/co.h"
#include "tests/support/events.h"
#include "tests/support/expect.h"

struct takes_both {
    co_lock *first, *second;
};

static int takes_both(void *frame)
{
    const struct takes_both *self = frame;

    with_lock(self->first) {
        await(co_sleep(0.01));
        with_lock(self->second)
            co_say("both");
    }
    return 0;
}

static int crosswise(void *)
{
    static co_lock left, right;

    co_lock_init(&left);
    co_lock_init(&right);
    left.name = "left";
    right.name = "right";
    co_task *a = co_spawn_with((co_spawn_options){ "A" }, takes_both, &left, &right);
    co_task *b = co_spawn_with((co_spawn_options){ "B" }, takes_both, &right, &left);
    int r = attempt(co_gather(a, b));
    co_say("%d %d", co_lock_locked(&left), co_lock_locked(&right));
    return r;
}

Test(deadlock, names_each_task_and_what_it_waits_for)
{
    expect_events_and_outcome(
        crosswise, "deadlock",
        "- deadlock: main -> gather (A, B) ; A -> lock right (B) ; "
        "B -> lock left (A)\n",
        CO_EDEADLK);
}

Test(deadlock, cancels_all_tasks_so_that_they_clean_up)
{
    expect_events_and_outcome(crosswise, "say", "Task-1 say: 0 0\n", CO_EDEADLK);
}

static int waits_for_nothing(void *)
{
    co_future never;

    co_future_init(&never);
    return await(co_join(&never));
}

static int program(void)
{
    int r = co_run(waits_for_nothing, NULL);

    cr_expect(eq(int, r, CO_EDEADLK));
    cr_expect(eq(str, (char *)co_why(),
                 "deadlock: all tasks wait for something that cannot happen"));
    return 0;
}

Test(deadlock, is_the_outcome_of_the_run)
{
    cr_assert(zero(int, co_program(program, &(co_options){ .virtual_time = true })));
}

/* As after Ctrl-C in CPython, where SystemExit of the cleanup leaves asyncio.run(). */
static int exits_in_its_cleanup(void *)
{
    finally(co_future_finish) co_future never;

    co_future_init(&never);
    int r = attempt(co_join(&never));
    return r == UV_ECANCELED ? co_raise(CO_EXIT, "3") : r;
}

static int interrupts_its_cleanup(void *)
{
    finally(co_future_finish) co_future never;

    co_future_init(&never);
    int r = attempt(co_join(&never));
    return r == UV_ECANCELED ? co_raise(UV_EINTR, "by the cleanup") : r;
}

static int says_outcomes(void)
{
    int r = co_run(exits_in_its_cleanup, NULL);
    line("%s %s", co_error_name(r), co_why());
    r = co_run(interrupts_its_cleanup, NULL);
    line("%s %s", co_error_name(r), co_why());
    return 0;
}

Test(deadlock, does_not_hide_an_exit_of_the_cleanup)
{
    expect_program(says_outcomes,
                   "t=0 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "EXIT 3\n"
                   "t=0 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "EINTR by the cleanup\n");
}

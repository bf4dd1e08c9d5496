/* as_completed: the order of results, its timeout, when it begins to watch, and how
 * many iterations it takes. Cancellation and futures are in as_completed_late.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct job {
    char name;
    double seconds;
    const char *done; /* NULL: prints nothing at its end */
    bool fails;
};

static int job(void *frame)
{
    const struct job *self = frame;

    await(co_sleep(self->seconds));
    if (self->fails)
        return co_raise(CO_EVALUE, "%c", self->name);
    if (self->done)
        ev("%c %s", self->name, self->done);
    return self->name;
}

static int ascomp_01(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0.3), co_spawn(job, 'B', 0.1),
                         co_spawn(job, 'C', 0.2) };
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 3, CO_FOREVER);
    for (int i = 0; i < 3; i++) {
        co_task *task;
        int r = await(co_as_completed_next(&completed, &task));
        ev("%c", r);
    }
    return 0;
}

Test(as_completed, ASCOMP_01_results_come_in_the_order_of_completion)
{
    expect(ascomp_01, "t=0.1 B\n"
                      "t=0.2 C\n"
                      "t=0.3 A\n");
}

struct starter {
    int n;
};

static int starter(void *frame)
{
    const struct starter *self = frame;

    line("start %d", self->n);
    return 0;
}

static int ascomp_02(void *)
{
    co_task *tasks[8];
    finally(co_as_completed_finish) co_as_completed completed;

    for (int i = 0; i < 8; i++)
        tasks[i] = co_spawn(starter, i);
    co_as_completed_init(&completed, tasks, 8, CO_FOREVER);
    for (int i = 0; i < 8; i++) {
        co_task *task;
        await(co_as_completed_next(&completed, &task));
    }
    return 0;
}

/* CPython puts coroutines into a set first, so their order is undefined; here it is
 * that of the list.
 */
Test(as_completed, ASCOMP_02_the_tasks_start_in_the_order_of_the_list)
{
    expect(ascomp_02, "start 0\n"
                      "start 1\n"
                      "start 2\n"
                      "start 3\n"
                      "start 4\n"
                      "start 5\n"
                      "start 6\n"
                      "start 7\n");
}

static int ascomp_04(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0.3),
                         co_spawn(job, 'B', 0.1, .fails = true),
                         co_spawn(job, 'C', 0.2) };
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 3, CO_FOREVER);
    for (int i = 0; i < 3; i++) {
        co_task *task;
        int r = attempt(co_as_completed_next(&completed, &task));

        if (r == CO_EVALUE)
            ev("exception %s", py_repr(r).s);
        else
            ev("result %c", r);
    }
    return 0;
}

Test(as_completed, ASCOMP_04_an_error_comes_in_its_turn)
{
    expect(ascomp_04, "t=0.1 exception ValueError('B')\n"
                      "t=0.2 result C\n"
                      "t=0.3 result A\n");
}

static int ascomp_05(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0.1, "finished"),
                         co_spawn(job, 'B', 0.3, "finished"),
                         co_spawn(job, 'C', 0.4, "finished") };
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 3, 0.2);
    for (int i = 0; i < 3; i++) {
        co_task *task;
        int r = attempt(co_as_completed_next(&completed, &task));

        if (r == UV_ETIMEDOUT)
            ev("TimeoutError");
        else
            ev("got %c", r);
    }
    await(co_sleep(0.3));
    return 0;
}

Test(as_completed, ASCOMP_05_a_late_task_times_out_and_continues)
{
    expect(ascomp_05, "t=0.1 A finished\n"
                      "t=0.1 got A\n"
                      "t=0.2 TimeoutError\n"
                      "t=0.2 TimeoutError\n"
                      "t=0.3 B finished\n"
                      "t=0.4 C finished\n");
}

static int ascomp_07(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0.1), co_spawn(job, 'B', 0.1),
                         co_spawn(job, 'C', 0.1), co_spawn(job, 'D', 0.1) };
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 4, CO_FOREVER);
    for (int i = 0; i < 4; i++) {
        co_task *task;
        int r = await(co_as_completed_next(&completed, &task));
        ev("%c", r);
    }
    return 0;
}

Test(as_completed,
     ASCOMP_07_tasks_that_end_at_one_instant_come_in_the_order_of_their_ends)
{
    expect(ascomp_07, "t=0.1 A\n"
                      "t=0.1 B\n"
                      "t=0.1 C\n"
                      "t=0.1 D\n");
}

static int ascomp_08(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0.2), co_spawn(job, 'B', 0.1) }, *task;
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 2, CO_FOREVER);
    int r = await(co_as_completed_next(&completed, &task));
    ev("second awaitable first: %c", r);
    r = await(co_as_completed_next(&completed, &task));
    ev("first awaitable then: %c", r);
    return 0;
}

/* Without the awaitables themselves: here a call takes their place, and calls have no
 * order before they are made.
 */
Test(as_completed, ASCOMP_08_the_first_request_gets_the_first_result)
{
    expect(ascomp_08, "t=0.1 second awaitable first: B\n"
                      "t=0.2 first awaitable then: A\n");
}

static int ascomp_09(void *)
{
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, NULL, 0, 1);
    return attempt(co_sleep(2));
}

/* Without the type error of the original, which does not compile. */
Test(as_completed, ASCOMP_09_an_empty_list_yields_nothing) { expect(ascomp_09, ""); }

static int ascomp_10(void *)
{
    co_task *tasks[] = { co_spawn(evi_task, "job ends") };
    finally(co_as_completed_finish) co_as_completed completed;
    co_task *task;

    co_as_completed_init(&completed, tasks, 1, CO_FOREVER);
    await(co_as_completed_next(&completed, &task));
    evi("main got it");
    return 0;
}

Test(as_completed, ASCOMP_10_latency_is_two_iterations)
{
    expect(ascomp_10, "i=2 job ends\n"
                      "i=4 main got it\n");
}

/* Ask for the next one after a while, and print the outcome. */
static co_checked int first_of(co_task *task, double pause, double seconds)
{
    finally(co_as_completed_finish) co_as_completed completed;
    co_task *first;

    co_as_completed_init(&completed, &task, 1, seconds);
    await(co_sleep(pause));
    ev("step");
    int r = attempt(co_as_completed_next(&completed, &first));
    if (r == UV_ETIMEDOUT)
        ev("TimeoutError");
    else
        ev("%c", r);
    return r == UV_ETIMEDOUT ? 0 : r;
}

static int ascomp_03(void *)
{
    await(first_of(co_spawn(job, 'A', 0.5, "ends"), 0.4, 0.3));
    await(first_of(co_spawn(job, 'B', 0.1, "ends"), 0.4, 0.3));
    await(first_of(co_spawn(job, 'C', 0.9), 0.05, 0.1));
    return 0;
}

/* In Python a coroutine would start with the first step, too; here there are only
 * tasks.
 */
Test(as_completed, ASCOMP_03_the_watch_begins_with_the_first_step)
{
    expect(ascomp_03, "t=0.4 step\n"
                      "t=0.5 A ends\n"
                      "t=0.5 A\n"
                      "t=0.6 B ends\n"
                      "t=0.9 step\n"
                      "t=0.9 B\n"
                      "t=0.95 step\n"
                      "t=1.05 TimeoutError\n");
}

Test(as_completed, ASCOMP_03_the_watch_begins_at_once_since_313)
{
    expect_as(313, ascomp_03,
              "t=0.4 step\n"
              "t=0.4 TimeoutError\n"
              "t=0.5 A ends\n"
              "t=0.5 B ends\n"
              "t=0.8 step\n"
              "t=0.8 B\n"
              "t=0.85 step\n"
              "t=0.9 TimeoutError\n");
}

static int ascomp_03_order(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0.3), co_spawn(job, 'B', 0.2),
                         co_spawn(job, 'C', 0.1) };
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 3, CO_FOREVER);
    await(co_sleep(0.5));
    for (int i = 0; i < 3; i++) {
        co_task *task;
        int r = await(co_as_completed_next(&completed, &task));
        ev("%c", r);
    }
    return 0;
}

/* In CPython 3.11 it is the order of a set, which is undefined; here it is that of the
 * list.
 */
Test(as_completed, ASCOMP_03_tasks_done_before_come_in_the_order_of_the_list)
{
    expect(ascomp_03_order, "t=0.5 A\n"
                            "t=0.5 B\n"
                            "t=0.5 C\n");
}

Test(as_completed,
     ASCOMP_03_tasks_done_before_come_in_the_order_of_their_ends_since_313)
{
    expect_as(313, ascomp_03_order,
              "t=0.5 C\n"
              "t=0.5 B\n"
              "t=0.5 A\n");
}

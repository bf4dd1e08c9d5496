/* Coroutine objects: awaited once, made a task once, or never awaited. Coroutines that
 * are simply called are in coroutine_calls.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct child {
};

static int child(void *)
{
    line("never printed");
    return 0;
}

static int coro_07(void *)
{
    co_coroutine_drop(co_create(child));
    line("main goes on");
    return 0;
}

Test(coroutine, CORO_07_a_coroutine_that_is_never_awaited_causes_a_warning)
{
    expect(coro_07, "WARN RuntimeWarning: coroutine 'child' was never awaited\n"
                    "main goes on\n");
}

static int coro_09(void *)
{
    evi("bare yield");
    await(co_sleep(0));
    evi("resumed");
    return 0;
}

/* Only a future can be waited for here, so the bad yield of the original is left out.
 */
Test(coroutine, CORO_09_a_bare_yield_takes_one_iteration)
{
    expect(coro_09, "i=1 bare yield\n"
                    "i=2 resumed\n");
}

struct coro {
};

static int coro(void *) { return 0; }

static int debug_05(void *)
{
    co_create(coro);
    return 0;
}

Test(coroutine, DEBUG_05_a_forgotten_coroutine_causes_a_warning_without_debug_mode)
{
    expect(debug_05, "WARN RuntimeWarning: coroutine 'coro' was never awaited\n");
}

Test(coroutine, DEBUG_05_a_forgotten_coroutine_causes_a_warning_in_debug_mode)
{
    expect_in_debug(debug_05,
                    "WARN RuntimeWarning: coroutine 'coro' was never awaited\n");
}

struct job {
    char name;
};

static int job(void *frame)
{
    line("%c runs", ((const struct job *)frame)->name);
    return 0;
}

static int gather_19(void *)
{
    co_coroutine *c = co_create(job, 'C');

    co_spawn(job, 'A');
    co_coroutine_close(c);
    return await(co_sleep(0));
}

/* Without the argument that is no future: a TypeError in Python, here it does not
 * compile.
 */
Test(coroutine, GATHER_19_coroutines_made_tasks_run_and_a_closed_one_does_not_warn)
{
    expect(gather_19, "A runs\n");
}

/* ---- used coroutines ----------------------------------------------------- */

struct seven {
    int n;
    int doubled;
};

static int seven(void *frame)
{
    struct seven *self = frame;

    line("child %d", self->n);
    self->doubled = 2 * self->n;
    await(co_sleep(0.1));
    return 7;
}

static void report(const char *what, int r)
{
    if (r >= 0)
        line("%s %d", what, r);
    else
        line("%s raised %s", what, py_repr(r).s);
}

struct awaits {
    const char *what;
    co_coroutine *coroutine;
};

static int awaits(void *frame)
{
    const struct awaits *self = frame;

    report(self->what, attempt(co_await(self->coroutine)));
    return 0;
}

static int used_twice(void *)
{
    co_coroutine *coroutine = co_create(seven, 1);

    report("first", attempt(co_await(coroutine)));
    line("frame %d", co_coroutine_frame(seven, coroutine)->doubled);
    report("again", attempt(co_await(coroutine)));

    coroutine = co_create(seven, 2);
    co_task *task = co_spawn(awaits, "task", coroutine);
    await(co_sleep(0));
    report("while", attempt(co_await(coroutine)));
    report("close", co_coroutine_close(coroutine));
    await(co_join(task));

    coroutine = co_create(seven, 3);
    co_coroutine_close(coroutine);
    report("closed", attempt(co_await(coroutine)));
    return co_coroutine_close(coroutine);
}

Test(coroutine, CORO_06_a_coroutine_can_be_awaited_once)
{
    expect(used_twice,
           "child 1\n"
           "first 7\n"
           "frame 2\n"
           "again raised RuntimeError('cannot reuse already awaited coroutine')\n"
           "child 2\n"
           "while raised RuntimeError('coroutine is being awaited already')\n"
           "close raised RuntimeError('coroutine is being awaited already')\n"
           "task 7\n"
           "closed raised RuntimeError('cannot reuse already awaited coroutine')\n");
}

struct fails {
};

static int fails(void *) { return co_raise(CO_EVALUE, "b"); }

static int coro_06(void *)
{
    co_coroutine *failed = co_create(fails);
    report("first", attempt(co_await(failed)));
    report("second", attempt(co_await(failed)));

    co_coroutine *taken = co_create(seven, 3);
    co_task *late = co_spawn_coroutine((co_spawn_options){}, taken);
    report("main", attempt(co_await(taken)));
    report("task", attempt(co_join(late)));

    co_coroutine *closed = co_create(seven, 4);
    late = co_spawn_coroutine((co_spawn_options){}, closed);
    await(co_coroutine_close(closed));
    report("of closed", attempt(co_join(late)));

    co_coroutine *shared = co_create(seven, 5);
    co_task *one = co_spawn(awaits, "one", shared);
    return await(co_gather(one, co_spawn(awaits, "two", shared)));
}

Test(coroutine, CORO_06_the_first_awaiter_gets_the_coroutine)
{
    expect(coro_06,
           "first raised ValueError('b')\n"
           "second raised RuntimeError('cannot reuse already awaited coroutine')\n"
           "child 3\n"
           "main 7\n"
           "task raised RuntimeError('cannot reuse already awaited coroutine')\n"
           "of closed raised RuntimeError('cannot reuse already awaited coroutine')\n"
           "child 5\n"
           "two raised RuntimeError('coroutine is being awaited already')\n"
           "one 7\n");
}

static int made_a_task(void *)
{
    co_coroutine *coroutine = co_create(seven, 4);
    co_task *task =
        co_spawn_coroutine((co_spawn_options){ .name = "named" }, coroutine);

    await(co_sleep(0));
    report("taken", attempt(co_await(coroutine)));
    report(co_name(task), attempt(co_join(task)));
    line("%s %d", co_function(task), co_frame(seven, task)->doubled);
    report("taken after", attempt(co_await(coroutine)));
    task = co_spawn_coroutine((co_spawn_options){}, coroutine);
    report("second task", attempt(co_join(task)));

    coroutine = co_create(seven, 5);
    task = co_spawn_coroutine((co_spawn_options){}, coroutine);
    co_cancel(task);
    report("cancelled", attempt(co_join(task)));
    report("cancelled after", attempt(co_await(coroutine)));
    return 0;
}

Test(coroutine, CORO_06_a_coroutine_can_be_made_a_task_once)
{
    expect(made_a_task,
           "child 4\n"
           "taken raised RuntimeError('coroutine is being awaited already')\n"
           "named 7\n"
           "seven 8\n"
           "taken after raised RuntimeError('cannot reuse already awaited "
           "coroutine')\n"
           "second task raised RuntimeError('cannot reuse already awaited "
           "coroutine')\n"
           "cancelled raised CancelledError()\n"
           "cancelled after raised RuntimeError('cannot reuse already awaited "
           "coroutine')\n");
}

struct selfish {
    co_coroutine **self;
};

static int selfish(void *frame)
{
    const struct selfish *self = frame;

    report("self", attempt(co_await(*self->self)));
    report("close", co_coroutine_close(*self->self));
    return 0;
}

static int awaits_itself(void *)
{
    co_coroutine *coroutine;

    coroutine = co_create(selfish, &coroutine);
    return await(co_await(coroutine));
}

Test(coroutine, cannot_await_itself)
{
    expect(awaits_itself, "self raised ValueError('coroutine already executing')\n"
                          "close raised ValueError('coroutine already executing')\n");
}

static co_coroutine *kept;

static int keeps_one(void *)
{
    kept = co_coroutine_keep(co_create(seven, 6));
    return 0;
}

static int awaits_kept(void *)
{
    report("kept", attempt(co_await(kept)));
    co_coroutine_drop(kept);
    return 0;
}

static int two_runs(void)
{
    await(co_run(keeps_one, NULL));
    return co_run(awaits_kept, NULL);
}

Test(coroutine, may_be_kept_beyond_a_run)
{
    expect_program(two_runs, "child 6\n"
                             "kept 7\n");
}

static int never_awaited_at_all(void)
{
    await(co_run(keeps_one, NULL));
    line("program ends");
    return 0;
}

Test(coroutine, causes_a_warning_at_the_latest_when_the_program_ends)
{
    expect_program(never_awaited_at_all,
                   "program ends\n"
                   "WARN RuntimeWarning: coroutine 'seven' was never awaited\n");
}

static int in_a_frame(void *)
{
    finally(co_coroutine_release) co_coroutine *coroutine = co_create(seven, 7);
    const char *names[4];

    co_task *task = co_spawn(awaits, "task", coroutine);
    await(co_sleep(0));
    size_t count = co_call_stack(task, names, 4);
    for (size_t i = 0; i < count; i++)
        line("in %s", names[i]);
    return await(co_join(task));
}

Test(coroutine, is_part_of_the_call_stack)
{
    expect(in_a_frame, "child 7\n"
                       "in sleep\n"
                       "in seven\n"
                       "in awaits\n"
                       "task 7\n");
}

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

Test(coroutine, a_used_coroutine_is_refused_before_it_is_cancelled)
{
    expect(uses_it_again, "RuntimeError('cannot reuse already awaited coroutine')\n");
}

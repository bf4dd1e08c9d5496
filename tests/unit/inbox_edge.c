/* The thread-safe calls on a loop that has ended: its handle stays good, and every call
 * with it is refused. In CPython: RuntimeError('Event loop is closed').
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <uv.h>

#include "tests/support/expect.h"

static void never(co_callback *) { line("ran on a loop that has ended"); }

struct nothing {
};

static int nothing(void *) { return 0; }

struct waits_for_ever {
};

static int waits_for_ever(void *) { return co_sleep(CO_FOREVER); }

/* ---- a timer that never runs, set by a thread of an executor ------------- */

struct sets_it {
    co_timer *timer;
};

static int sets_it(void *frame)
{
    co_timer *timer = ((struct sets_it *)frame)->timer;

    return co_call_later(timer, CO_FOREVER) || co_call_at(timer, CO_FOREVER);
}

static int sets_a_timer_to_never(void *)
{
    co_timer timer;

    memset(&timer, 0x55, sizeof(timer));
    timer.callback.run = never;
    line("%d", await(co_thread(sets_it, &timer)));
    line("%d", co_call_later(&timer, 1));
    co_timer_cancel(&timer);
    line("%d", await(co_thread(sets_it, &timer)));
    co_timer_cancel(&timer);
    line("%d", await(co_thread(sets_it, &timer)));
    await(co_sleep(2));
    ev("end");
    return await(co_join(co_spawn(waits_for_ever)));
}

/* Without it there is nothing to wait for, and the clock stays where it is. */
static int ends_in_a_deadlock(void)
{
    int r = co_run(sets_a_timer_to_never, NULL);

    ev("%s", co_error_name(r));
    return 0;
}

Test(inbox_edge, an_infinite_timer_of_a_thread_is_none)
{
    expect_program(ends_in_a_deadlock,
                   "0\n"
                   "0\n"
                   "0\n"
                   "0\n"
                   "t=2 end\n"
                   "t=2 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "t=2 EDEADLK\n");
}

/* ---- a thread of the program's own --------------------------------------- */

struct kept {
    co_loop *loop;
    co_callback callback;
    int called, spawned;
    bool done, cancelled;
};

static int keep_loop(void *frame)
{
    struct kept *kept = frame;

    kept->loop = co_get_loop();
    kept->callback = (co_callback){ .run = never };
    return 0;
}

static void call_late(void *argument)
{
    struct kept *kept = argument;

    kept->called = co_call_soon_threadsafe(kept->loop, &kept->callback);
    co_concurrent_future *remote = co_spawn_threadsafe(kept->loop, nothing);
    kept->done = co_concurrent_future_done(remote);
    kept->cancelled = co_concurrent_future_cancel(remote);
    kept->spawned = co_concurrent_future_result(remote, CO_FOREVER);
    co_concurrent_future_drop(remote);
}

static void call_late_in_a_thread(struct kept *kept)
{
    uv_thread_t thread;

    uv_thread_create(&thread, call_late, kept);
    uv_thread_join(&thread);
}

static void expect_refused(const struct kept *kept)
{
    cr_expect(eq(int, kept->called, CO_ERUNTIME));
    cr_expect(eq(int, kept->spawned, CO_ERUNTIME));
    cr_expect(kept->done);
    cr_expect(not(kept->cancelled));
}

Test(inbox_edge, the_loop_of_a_run_that_has_ended_takes_nothing)
{
    struct kept kept;

    cr_assert(eq(int, co_run_with(keep_loop, &kept, NULL), 0));
    call_late_in_a_thread(&kept);
    expect_refused(&kept);
    call_late(&kept);
    expect_refused(&kept);
}

/* The loop of the second run is likely where that of the first was. */
static int use_the_loop_before(void *frame)
{
    struct kept *kept = frame;

    call_late_in_a_thread(kept);
    expect_refused(kept);
    int r = co_call_soon_threadsafe(kept->loop, &kept->callback);
    line("%s", py_repr(r).s);
    await(co_sleep(0.01));
    return 0;
}

static int two_runs(void)
{
    struct kept kept;

    await(co_run_with(keep_loop, &kept, NULL));
    return co_run_with(use_the_loop_before, &kept, NULL);
}

Test(inbox_edge, the_next_run_gets_nothing_that_was_meant_for_the_last)
{
    struct kept kept;

    cr_assert(eq(int, co_run_with(keep_loop, &kept, NULL), 0));
    cr_assert(eq(int, co_run_with(use_the_loop_before, &kept, NULL), 0));
    expect_with((co_options){}, NULL, two_runs,
                "RuntimeError('Event loop is closed')\n");
}

/* ---- a run that ends while a thread calls -------------------------------- */

struct caller {
    co_loop *loop;
    _Atomic bool began;
    unsigned taken, refused;
    struct counted {
        co_callback callback;
        unsigned *count;
    } callbacks[20000];
    unsigned ran;
};

static void count(co_callback *callback)
{
    ++*co_container_of(callback, struct counted, callback)->count;
}

static void call_until_refused(void *argument)
{
    struct caller *caller = argument;

    while (caller->taken < 20000) {
        struct counted *counted = &caller->callbacks[caller->taken];
        *counted = (struct counted){ { .run = count }, &caller->ran };
        if (co_call_soon_threadsafe(caller->loop, &counted->callback) < 0)
            break;
        caller->taken++;
        caller->began = true;
    }
    for (int i = 0; i < 100; i++) {
        co_concurrent_future *remote = co_spawn_threadsafe(caller->loop, nothing);
        caller->refused += co_concurrent_future_result(remote, CO_FOREVER) < 0;
        co_concurrent_future_drop(remote);
    }
}

static uv_thread_t calling;

static int ends_meanwhile(void *frame)
{
    struct caller *caller = frame;

    caller->loop = co_get_loop();
    uv_thread_create(&calling, call_until_refused, caller);
    while (!caller->began)
        await(co_sleep(0.001));
    return 0;
}

Test(inbox_edge, a_run_may_end_while_another_thread_calls)
{
    static struct caller caller;

    for (int i = 0; i < 20; i++) {
        caller = (struct caller){};
        cr_assert(eq(int, co_run_with(ends_meanwhile, &caller, NULL), 0));
        uv_thread_join(&calling);
        cr_assert(ge(uint, caller.taken, caller.ran));
        cr_assert(gt(uint, caller.refused, 0));
    }
}

/* ---- runners ------------------------------------------------------------- */

static void say_taken(co_callback *) { line("taken"); }

static int between_the_runs_of_a_runner(void)
{
    struct kept kept;
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, keep_loop, &kept));
    kept.callback.run = say_taken;
    line("%d", co_call_soon_threadsafe(kept.loop, &kept.callback));
    await(co_runner_run(&runner, nothing, NULL));
    await(co_runner_close(&runner, 0));
    int r = co_call_soon_threadsafe(kept.loop, &kept.callback);
    line("%s", py_repr(r).s);
    return 0;
}

Test(inbox_edge, the_loop_of_a_runner_ends_with_the_runner)
{
    expect_with((co_options){}, NULL, between_the_runs_of_a_runner,
                "0\n"
                "taken\n"
                "RuntimeError('Event loop is closed')\n");
}

/* ---- a thread of an executor --------------------------------------------- */

struct calls_after_the_run {
    struct kept *kept;
    uv_sem_t *over;
};

static int calls_after_the_run(void *frame)
{
    const struct calls_after_the_run *self = frame;

    uv_sem_wait(self->over);
    self->kept->loop = co_get_loop();
    call_late(self->kept);
    line("%s", co_why());
    return 0;
}

static int leaves_a_thread(void *frame)
{
    struct calls_after_the_run *arguments = frame;

    co_execute_copy(co_executor_new(1), calls_after_the_run, arguments,
                    sizeof(*arguments));
    return 0;
}

static int outlasts_the_run(void)
{
    static struct kept kept;
    static uv_sem_t over;

    uv_sem_init(&over, 0);
    kept.callback.run = never;
    struct calls_after_the_run arguments = { &kept, &over };
    await(co_run_with(leaves_a_thread, &arguments, NULL));
    await(co_run(nothing, NULL));
    uv_sem_post(&over);
    return 0;
}

Test(inbox_edge, a_thread_of_an_executor_has_the_loop_its_function_came_from)
{
    expect_with((co_options){}, NULL, outlasts_the_run, "Event loop is closed\n");
}

/* ---- a loop that is being closed ----------------------------------------- */

/* Another loop of the program is idle, so that the inbox they share stays open. */

static struct kept seen;

static int call_from_a_thread(co_exception_handler *,
                              const co_exception_context *context)
{
    line("%s", context->message);
    call_late_in_a_thread(&seen);
    line("%s %s", co_error_name(seen.called), co_error_name(seen.spawned));
    return 0;
}

static int closes_with_an_idle_loop(void)
{
    static co_exception_handler handler = { call_from_a_thread };
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, nothing, NULL));
    co_task *task = co_spawn(waits_for_ever);
    co_set_exception_handler(&handler);
    keep_loop(&seen);
    await(co_run_until_complete(co_spawn(nothing)));
    co_drop(task);
    await(co_close());
    return co_runner_close(&runner, 0);
}

Test(inbox_edge, a_loop_that_closes_refuses_calls)
{
    expect_program(closes_with_an_idle_loop, "Task was destroyed but it is pending!\n"
                                             "ERUNTIME ERUNTIME\n");
}

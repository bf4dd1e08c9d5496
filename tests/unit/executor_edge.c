/* Executors where they do not belong: in another program, in another thread, in a
 * thread of their own; timers that a thread takes back; and where a function begins.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdatomic.h>
#include <uv.h>

#include "tests/support/expect.h"

static co_executor *pool;

struct nothing {
};

static int nothing(void *) { return 0; }

/* ---- after its program --------------------------------------------------- */

static int makes_a_pool(void *)
{
    pool = co_executor_new(3);
    cr_expect(eq(uint, co_executor_threads(pool), 3));
    return co_join(co_execute(pool, nothing));
}

static int uses_a_pool_of_before(void *)
{
    int r = attempt(co_join(co_execute(pool, nothing)));

    cr_expect(eq(int, r, CO_ERUNTIME));
    cr_expect(eq(str, (char *)co_why(), "cannot schedule new futures after shutdown"));
    cr_expect(eq(int, co_executor_finish(pool), CO_ERUNTIME));
    cr_expect(eq(uint, co_executor_threads(pool), 0));
    return 0;
}

Test(executor_edge, of_a_program_that_is_over_takes_nothing)
{
    cr_assert(eq(int, co_run(makes_a_pool, NULL), 0));
    cr_assert(eq(int, co_executor_finish(pool), CO_ERUNTIME));
    cr_assert(eq(uint, co_executor_threads(pool), 0));
    cr_assert(eq(int, co_run(uses_a_pool_of_before, NULL), 0));
}

static int uses_the_pool_of_the_program(void *)
{
    line("%d", await(co_join(co_execute(pool, nothing))));
    line("%u", co_executor_threads(pool));
    return 0;
}

static int has_a_pool(void)
{
    pool = co_executor_new(3);
    await(co_run(uses_the_pool_of_the_program, NULL));
    await(co_run(uses_the_pool_of_the_program, NULL));
    line("%d", co_executor_finish(pool));
    return 0;
}

Test(executor_edge, of_a_program_is_one_of_its_runs)
{
    expect_program(has_a_pool, "0\n"
                               "3\n"
                               "0\n"
                               "3\n"
                               "0\n");
}

static atomic_bool is_over;

struct asks {
};

/* How often the answer was wrong. */
static int asks(void *)
{
    int wrong = 0;

    while (!is_over)
        wrong += co_executor_threads(pool) != 2;
    return wrong;
}

static co_future *question;

static int submits_a_question(void *)
{
    question = co_keep(co_execute(pool, asks));
    return 0;
}

static int gets_the_answer(void *)
{
    is_over = true;
    line("%d", await(co_join(question)));
    co_drop(question);
    return 0;
}

static int makes_a_default_executor(void *) { return await(co_thread(nothing)); }

static int asks_during_other_runs(void)
{
    co_runner runner;

    pool = co_executor_new(2);
    is_over = false;
    co_runner_init(&runner);
    await(co_runner_run(&runner, submits_a_question, NULL));
    for (int i = 0; i < 100; i++)
        await(co_run(makes_a_default_executor, NULL));
    return co_runner_close(&runner, co_runner_run(&runner, gets_the_answer, NULL));
}

/* The loops of these runs have extensions of their own, which come and go. */
Test(executor_edge, a_thread_may_ask_for_threads_while_runs_begin_and_end)
{
    expect_with((co_options){}, NULL, asks_during_other_runs, "0\n");
}

/* ---- in another thread --------------------------------------------------- */

static int finished;

static void finish_elsewhere(void *) { finished = co_executor_finish(pool); }

static int is_finished_elsewhere(void *)
{
    uv_thread_t thread;

    pool = co_executor_new(1);
    co_future *future = co_execute(pool, nothing);
    uv_thread_create(&thread, finish_elsewhere, NULL);
    uv_thread_join(&thread);
    cr_expect(eq(int, finished, CO_ERUNTIME));
    return co_join(future);
}

Test(executor_edge, is_finished_in_the_thread_of_its_loop_only)
{
    cr_assert(eq(int, co_run(is_finished_elsewhere, NULL), 0));
}

struct finishes_its_own {
};

static int finishes_its_own(void *)
{
    int r = co_executor_finish(pool);

    line("%s", py_repr(r).s);
    line("%u", co_executor_threads(pool));
    return 0;
}

static int is_finished_by_its_function(void *)
{
    pool = co_executor_new(2);
    return co_join(co_execute(pool, finishes_its_own));
}

Test(executor_edge, cannot_be_finished_by_a_function_in_it)
{
    expect_with((co_options){}, is_finished_by_its_function, NULL,
                "RuntimeError('cannot join current thread')\n"
                "2\n");
}

/* ---- what a thread takes back -------------------------------------------- */

struct takes_back {
    struct ev_callback *timer, *soon, *later;
};

static int takes_back(void *frame)
{
    const struct takes_back *self = frame;

    await(co_call_later(&self->timer->timer, 0.1));
    co_timer_cancel(&self->timer->timer);
    await(co_call_soon(&self->soon->timer.callback));
    co_callback_cancel(&self->soon->timer.callback);
    await(co_call_later(&self->later->timer, 0.1));
    co_timer_cancel(&self->timer->timer);
    return 0;
}

static int takes_timers_back(void *)
{
    struct ev_callback timer = EV("never"), soon = EV("never"), later = EV("later");

    await(co_thread(takes_back, &timer, &soon, &later));
    await(co_sleep(0.3));
    return 0;
}

Test(executor_edge, a_function_can_take_back_what_it_has_queued)
{
    expect_in_real_time(takes_timers_back, "t=0.1 later\n");
}

static int leaves_a_timer(void *frame)
{
    co_timer *timer = frame;

    timer->callback.run = run_ev_callback;
    return co_call_later(timer, 10);
}

Test(executor_edge, a_timer_can_be_cancelled_when_the_run_is_over)
{
    co_timer timer;

    cr_assert(eq(int, co_run_with(leaves_a_timer, &timer, NULL), 0));
    co_timer_cancel(&timer);
    co_callback_cancel(&timer.callback);
}

/* ---- what any thread may call -------------------------------------------- */

static co_contextvar variable = { "default" };

static const void *seen[2];
static co_loop *loop;
static int called;

static void call_all(void *)
{
    seen[0] = co_contextvar_get(&variable);
    loop = co_get_loop();
    co_say("not heard");
    called = co_is_running() || *co_why() || co_call_soon_threadsafe(NULL, NULL) == 0;
}

static int is_called_by_a_thread(void *)
{
    uv_thread_t thread;

    co_contextvar_set(&variable, "main");
    uv_thread_create(&thread, call_all, NULL);
    uv_thread_join(&thread);
    line("%s %s %d", (const char *)seen[0], loop ? "loop" : "no loop", called);
    return 0;
}

Test(executor_edge, a_thread_of_the_programs_own_has_no_loop)
{
    expect_with((co_options){}, is_called_by_a_thread, NULL, "default no loop 0\n");
}

/* ---- on the virtual clock ------------------------------------------------- */

static void finish(co_executor **executor) { co_executor_finish(*executor); }

struct begins {
    const char *name;
};

static int begins(void *frame)
{
    const struct begins *self = frame;

    ev("%s begins", self->name);
    await(co_block(0.1));
    ev("%s ends", self->name);
    return 0;
}

static int begins_at_once(void *)
{
    finally(finish) co_executor *pool = co_executor_new(1);
    struct ev_callback soon = EV("callback"), timer = EV("timer");

    co_call_soon(&soon.timer.callback);
    co_future *a = co_execute(pool, begins, "A");
    ev("submitted A");
    co_future *b = co_execute(pool, begins, "B");
    ev("submitted B");
    co_call_later(&timer.timer, 0.1);
    await(co_settle(a, b));
    co_future *c = co_execute(pool, begins, "C");
    ev("submitted C to an idle thread");
    return await(co_join(c));
}

Test(executor_edge, lets_a_function_begin_at_once_or_when_a_thread_is_free)
{
    expect(begins_at_once, "t=0 A begins\n"
                           "t=0 submitted A\n"
                           "t=0 submitted B\n"
                           "t=0 callback\n"
                           "t=0.1 A ends\n"
                           "t=0.1 B begins\n"
                           "t=0.1 timer\n"
                           "t=0.2 B ends\n"
                           "t=0.2 C begins\n"
                           "t=0.2 submitted C to an idle thread\n"
                           "t=0.3 C ends\n");
}

struct asks_the_loop {
};

static int asks_the_loop(void *)
{
    co_concurrent_future *future = co_spawn_threadsafe(co_get_loop(), sleeper, 0.1, 7);

    ev("asks");
    ev("%d", co_concurrent_future_result(future, CO_FOREVER));
    co_concurrent_future_drop(future);
    return 0;
}

static int answers(void *)
{
    co_future *job = co_execute(NULL, asks_the_loop);

    await(co_sleep(0.1));
    for (int i = 0; i < 4; i++) {
        ev("main %d", i);
        await(co_sleep(0));
    }
    return await(co_join(job));
}

Test(executor_edge, lets_a_thread_go_on_when_the_loop_has_its_result)
{
    expect(answers, "t=0 asks\n"
                    "t=0.1 main 0\n"
                    "t=0.1 main 1\n"
                    "t=0.1 7\n"
                    "t=0.1 main 2\n"
                    "t=0.1 main 3\n");
}

struct waits_by_other_means {
    uv_sem_t *semaphore;
};

static int waits_by_other_means(void *frame)
{
    uv_sem_wait(((const struct waits_by_other_means *)frame)->semaphore);
    ev("thread");
    return 0;
}

static int goes_on(void *)
{
    static uv_sem_t semaphore;

    uv_sem_init(&semaphore, 0);
    co_future *job = co_execute(NULL, waits_by_other_means, &semaphore);
    ev("main");
    uv_sem_post(&semaphore);
    int r = attempt(co_join(job));
    uv_sem_destroy(&semaphore);
    return r;
}

Test(executor_edge, does_not_wait_for_ever_for_a_function_that_waits_for_the_loop)
{
    expect(goes_on, "t=0 main\n"
                    "t=0 thread\n");
}

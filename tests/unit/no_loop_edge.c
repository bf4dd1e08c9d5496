/* What needs a loop, or a task, ends the program with a sentence where there is none.
 * It names the function that the program called, and not one that the engine calls.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/system/fatal.h"
#include "tests/support/expect.h"

struct nothing {
};

static int nothing(void *) { return 0; }

/* Made anew for each call. */
static struct {
    co_future future;
    co_event event;
    co_lock lock;
    co_condition condition;
    co_semaphore semaphore;
    co_queue empty, full;
    co_barrier barrier;
    co_callback callback;
    co_timer timer;
    co_runner runner;
    co_group group;
    co_watch watch;
    co_signal signal;
    co_as_completed completed;
    co_exception_handler handler;
    co_process *process;
    void *item;
} my;

static co_task *tasks[] = { &my.future };

/* ---- what is called ------------------------------------------------------ */

/* Where no loop runs: a function and the call of it. */
#define NEED_A_LOOP(XX)                                                        \
    XX(co_as_completed_init, co_as_completed_init(&my.completed, tasks, 1, 1)) \
    XX(co_call_at, co_call_at(&my.timer, 1))                                   \
    XX(co_call_exception_handler,                                              \
       co_call_exception_handler(&(co_exception_context){ .code = UV_EIO }))   \
    XX(co_call_graph_new, co_call_graph_new(&my.future))                       \
    XX(co_call_later, co_call_later(&my.timer, 1))                             \
    XX(co_call_soon, co_call_soon(&my.callback))                               \
    XX(co_callback_raise, co_callback_raise(UV_EIO, "lost"))                   \
    XX(co_choice, co_choice(3))                                                \
    XX(co_close, co_close())                                                   \
    XX(co_create, co_create(nothing))                                          \
    XX(co_default_exception_handler,                                           \
       co_default_exception_handler(&(co_exception_context){}))                \
    XX(co_default_executor, co_default_executor())                             \
    XX(co_execute, co_execute(NULL, nothing))                                  \
    XX(co_executor_new, co_executor_new(1))                                    \
    XX(co_gather_future, co_gather_future(&my.future))                         \
    XX(co_generate, co_generate(nothing))                                      \
    XX(co_get_debug, co_get_debug())                                           \
    XX(co_get_exception_handler, co_get_exception_handler())                   \
    XX(co_group_spawn, co_group_spawn(&my.group, nothing))                     \
    XX(co_next_task, co_next_task(NULL))                                       \
    XX(co_now, co_now())                                                       \
    XX(co_now_ns, co_now_ns())                                                 \
    XX(co_on_done, co_on_done(&my.future, &my.callback))                       \
    XX(co_randint, co_randint(1, 6))                                           \
    XX(co_random, co_random())                                                 \
    XX(co_random_seed, co_random_seed(1))                                      \
    XX(co_run_forever, co_run_forever())                                       \
    XX(co_run_until_complete, co_run_until_complete(&my.future))               \
    XX(co_runner_close, co_runner_close(&my.runner, 0))                        \
    XX(co_runner_init, co_runner_init(&my.runner))                             \
    XX(co_runner_run, co_runner_run(&my.runner, nothing, NULL))                \
    XX(co_set_default_executor, co_set_default_executor(NULL))                 \
    XX(co_set_exception_handler, co_set_exception_handler(&my.handler))        \
    XX(co_set_slow_callback_duration, co_set_slow_callback_duration(1))        \
    XX(co_settle_futurev, co_settle_futurev(tasks, 1))                         \
    XX(co_shield, co_shield(&my.future))                                       \
    XX(co_signal_start, co_signal_start(&my.signal, SIGUSR1))                  \
    XX(co_signal_stop, co_signal_stop(&my.signal))                             \
    XX(co_slow_callback_duration, co_slow_callback_duration())                 \
    XX(co_spawn, co_spawn(nothing))                                            \
    XX(co_stop, co_stop())                                                     \
    XX(co_task_table_new, co_task_table_new())                                 \
    XX(co_task_tree_new, co_task_tree_new())                                   \
    XX(co_uniform, co_uniform(1, 2))                                           \
    XX(co_watch_readable, co_watch_readable(&my.watch, 0))                     \
    XX(co_watch_stop, co_watch_stop(&my.watch))                                \
    XX(co_watch_writable, co_watch_writable(&my.watch, 1))                     \
    XX(co_yield, co_yield(1))

/* Where no task runs either: in a callback. */
#define NEED_A_TASK(XX)                                                               \
    XX(co_barrier_abort, co_barrier_abort(&my.barrier))                               \
    XX(co_barrier_reset, co_barrier_reset(&my.barrier))                               \
    XX(co_barrier_wait, co_barrier_wait(&my.barrier))                                 \
    XX(co_condition_acquire, co_condition_acquire(&my.condition))                     \
    XX(co_event_wait, co_event_wait(&my.event))                                       \
    XX(co_gather, co_gather(&my.future))                                              \
    XX(co_join, co_join(&my.future))                                                  \
    XX(co_lock_acquire, co_lock_acquire(&my.lock))                                    \
    XX(co_process_exec, co_process_exec((co_process_options){}, &my.process, "true")) \
    XX(co_queue_get, co_queue_get(&my.empty, &my.item))                               \
    XX(co_queue_join, co_queue_join(&my.full))                                        \
    XX(co_queue_put, co_queue_put(&my.full, NULL))                                    \
    XX(co_semaphore_acquire, co_semaphore_acquire(&my.semaphore))                     \
    XX(co_settle, co_settle(&my.future))                                              \
    XX(co_sleep, co_sleep(1) + co_sleep(0))                                           \
    XX(co_thread, co_thread(nothing))                                                 \
    XX(co_wait, co_wait(CO_ALL_COMPLETED, 1, &my.future))                             \
    XX(co_wait_for, co_wait_for(&my.future, 1))

/* In a callback these return another error, or do not wait. */
#define NEED_A_LOOP_FIRST(XX)                               \
    XX(co_condition_wait, co_condition_wait(&my.condition)) \
    XX(co_shutdown_generators, co_shutdown_generators())    \
    XX(co_shutdown_default_executor, co_shutdown_default_executor())

struct call {
    const char *name;
    void (*call)(void);
};

/* None of these calls returns. */
#pragma GCC diagnostic ignored "-Wunused-result"
#pragma GCC diagnostic ignored "-Wunused-value"

#define DEFINE(name, expression) \
    static void call_##name(void) { expression; }
NEED_A_LOOP(DEFINE)
NEED_A_LOOP_FIRST(DEFINE)
NEED_A_TASK(DEFINE)

#define ENTRY(name, expression) { #name, call_##name },
static const struct call need_a_loop[] = { NEED_A_LOOP(ENTRY)
                                               NEED_A_LOOP_FIRST(ENTRY) };
static const struct call need_a_task[] = { NEED_A_TASK(ENTRY) };

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* ---- what it says -------------------------------------------------------- */

static void ignore(co_callback *) {}

static void make_all(void)
{
    co_future_init(&my.future);
    co_event_init(&my.event);
    co_lock_init(&my.lock);
    co_condition_init(&my.condition, NULL);
    (void)!co_semaphore_init(&my.semaphore, 0);
    co_queue_init(&my.empty, 0);
    co_queue_init(&my.full, 1);
    co_queue_put_nowait(&my.full, NULL);
    (void)!co_barrier_init(&my.barrier, 2);
    my.callback.run = my.timer.callback.run = my.watch.callback.run = ignore;
    my.signal.callback.run = ignore;
}

/* Call `fn(argument)` in a child; it must end with exactly this line. */
static void expect_end(void (*fn)(const struct call *call), const struct call *call,
                       const char *sentence)
{
    char text[512] = "", line[512];
    int ends[2], status = 0;
    size_t length = 0;

    cr_assert(zero(int, pipe(ends)));
    if (fork() == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        make_all();
        fn(call);
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t got;
         (got = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0;)
        length += (size_t)got;
    close(ends[0]);
    wait(&status);
    snprintf(line, sizeof(line), "%s() %s\n", call->name, sentence);
    cr_expect(eq(str, text, line));
    cr_expect(eq(int, WIFEXITED(status) ? WEXITSTATUS(status) : -1, CO_FATAL_STATUS),
              "%s", call->name);
}

static const char no_loop[] =
    "needs a running event loop: call it inside co_run(), in the thread that runs the "
    "loop";
static const char no_task[] =
    "needs a running task: call it in a coroutine, not in a callback or between two "
    "runs";

static void outside(const struct call *call) { call->call(); }

Test(no_loop_edge, a_function_that_needs_a_loop_names_itself)
{
    for (size_t i = 0; i < COUNT(need_a_loop); i++)
        expect_end(outside, &need_a_loop[i], no_loop);
}

Test(no_loop_edge, a_function_that_waits_names_itself)
{
    for (size_t i = 0; i < COUNT(need_a_task); i++)
        expect_end(outside, &need_a_task[i], no_loop);
}

/* ---- in a callback ------------------------------------------------------- */

static const struct call *current;

static void calls(co_callback *) { current->call(); }

static int queues_a_call(void *)
{
    static co_callback callback = { .run = calls };

    co_call_soon(&callback);
    return await(co_sleep(1));
}

static void in_a_callback(const struct call *call)
{
    current = call;
    co_run(queues_a_call, &(co_options){ .virtual_time = true });
}

Test(no_loop_edge, a_callback_cannot_wait)
{
    for (size_t i = 0; i < COUNT(need_a_task); i++)
        expect_end(in_a_callback, &need_a_task[i], no_task);
}

/* ---- what needs none ----------------------------------------------------- */

Test(no_loop_edge, what_needs_no_loop_works)
{
    co_group group = {};
    co_timeout timeout = co_timeout_at(1);

    make_all();
    cr_assert(eq(int, co_iteration(), 0));
    cr_assert(co_is_closed());
    cr_assert(eq(ptr, co_get_loop(), NULL));
    cr_assert(eq(ptr, co_self(), NULL));
    co_callback_cancel(&my.callback);
    co_timer_cancel(&my.timer);
    co_interrupt();
    cr_assert(eq(int, co_call_soon_threadsafe(NULL, &my.callback), CO_ERUNTIME));
    cr_assert(eq(int, co_group_enter(&group), CO_ERUNTIME));
    cr_assert(eq(int, co_timeout_enter(&timeout), CO_ERUNTIME));
    cr_assert(eq(int, co_future_set(&my.future, 5), 0));
    cr_assert(eq(int, attempt(co_join(&my.future)), 5));
    co_event_set(&my.event);
    cr_assert(eq(int, attempt(co_event_wait(&my.event)), 0));
    cr_assert(eq(int, attempt(co_queue_put(&my.empty, NULL)), 0));
    cr_assert(eq(int, attempt(co_queue_get(&my.empty, &my.item)), 0));
    co_queue_finish(&my.empty);
    co_queue_finish(&my.full);
}

/* outside/thread_pool.c: how many threads an executor starts, and that it uses them
 * again. What executors do in asyncio is in facts/executor.c; their futures, in
 * executor.c here.
 */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>

#include "tests/support/expect.h"

static atomic_int running, most;

struct counts {
    pthread_t thread;
};

/* Counts how many of these functions run at once, and notes its thread. */
static int counts(void *frame)
{
    int now = ++running;

    if (now > most)
        most = now;
    block_thread(0.02);
    running--;
    ((struct counts *)frame)->thread = pthread_self();
    return 0;
}

static int six_on_two(void *)
{
    co_executor *executor = co_executor_new(2);
    co_future *jobs[6];

    running = most = 0;
    for (int i = 0; i < 6; i++)
        jobs[i] = co_execute(executor, counts);
    int r = attempt(co_gatherv(jobs, 6));
    line("%d %d", (int)co_executor_threads(executor), most);
    co_executor_finish(executor);
    co_executor_finish(executor);
    return r;
}

Test(thread_pool, runs_as_many_functions_at_once_as_it_has_threads)
{
    expect_in_real_time(six_on_two, "2 2\n");
}

static int one_after_another(void *)
{
    co_executor *executor = co_executor_new(4);
    co_future *first = co_execute(executor, counts);

    await(co_join(first));
    co_future *second = co_execute(executor, counts);
    await(co_join(second));
    line("%s", py_bool(pthread_equal(co_job_frame(counts, first)->thread,
                                     co_job_frame(counts, second)->thread)));
    co_executor_finish(executor);
    line("%s", py_repr(attempt(co_join(co_execute(executor, counts)))).s);
    return 0;
}

Test(thread_pool, uses_an_idle_thread_again_and_takes_nothing_after_its_end)
{
    expect(one_after_another,
           "True\n"
           "RuntimeError('cannot schedule new futures after shutdown')\n");
}

static int default_size(void *)
{
    unsigned threads = co_executor_threads(co_executor_new(0));

    line("%s", py_bool(threads >= 5 && threads <= 32));
    return 0;
}

Test(thread_pool, has_a_default_size) { expect(default_size, "True\n"); }

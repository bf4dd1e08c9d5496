/* Locks and other primitives that outlive a run: the loop they belong to, and waiters
 * that are abandoned.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct wanting {
    co_lock *lock;
};

static int wanting(void *frame)
{
    return await(unguarded(co_lock_acquire(((const struct wanting *)frame)->lock)));
}

static int contend(void *frame)
{
    co_lock *lock = frame;

    await(unguarded(co_lock_acquire(lock)));
    co_task *task = co_spawn(wanting, lock);
    await(co_sleep(0));
    co_lock_release(lock);
    int r = attempt(co_join(task));
    if (r < 0)
        line("%s: %s", py_exception(r), co_why());
    else
        line("waited ok");
    if (co_lock_locked(lock))
        co_lock_release(lock);
    return 0;
}

static int lock_10(void)
{
    co_lock lock;

    co_lock_init(&lock);
    co_run_with(contend, &lock, NULL);
    co_run_with(contend, &lock, NULL);
    return 0;
}

/* In Python's message the word before "is" is the repr of the lock. */
Test(sync_bound_loop, LOCK_10_a_lock_belongs_to_the_loop_of_its_first_wait)
{
    expect_program(lock_10, "waited ok\n"
                            "RuntimeError: Lock is bound to a different event loop\n");
}

/* Also for runs that do not belong to one program. */
Test(sync_bound_loop, LOCK_10_every_run_is_another_loop)
{
    co_lock lock;

    co_lock_init(&lock);
    cr_assert(eq(int, co_run_with(contend, &lock, NULL), 0));
    cr_assert(ge(u64, lock.bound, 1));
    const uint64_t bound = lock.bound;
    cr_assert(eq(int, co_run_with(contend, &lock, NULL), 0));
    cr_assert(eq(u64, lock.bound, bound));
    lock.bound = 0;
    cr_assert(eq(int, co_run_with(contend, &lock, NULL), 0));
    cr_assert(ne(u64, lock.bound, bound));
}

static int lock_10_runner(void)
{
    co_runner runner, other;
    co_lock lock;

    co_lock_init(&lock);
    co_runner_init(&runner);
    co_runner_init(&other);
    co_runner_run(&runner, contend, &lock);
    co_runner_run(&runner, contend, &lock);
    co_runner_run(&other, contend, &lock);
    co_runner_run(&runner, contend, &lock);
    co_runner_close(&other, 0);
    return co_runner_close(&runner, 0);
}

Test(sync_bound_loop, LOCK_10_a_runner_is_one_loop_however_often_it_runs)
{
    expect_program(lock_10_runner,
                   "waited ok\n"
                   "waited ok\n"
                   "RuntimeError: Lock is bound to a different event loop\n"
                   "waited ok\n");
}

static int alone(void *frame)
{
    co_lock *lock = frame;

    with_lock(lock)
        line("alone");
    return 0;
}

static int lock_10_uncontended(void)
{
    co_lock lock;

    co_lock_init(&lock);
    co_run_with(alone, &lock, NULL);
    co_run_with(contend, &lock, NULL);
    co_run_with(alone, &lock, NULL);
    return 0;
}

Test(sync_bound_loop,
     LOCK_10_an_acquire_without_a_wait_neither_binds_nor_checks_the_loop)
{
    expect_program(lock_10_uncontended, "alone\n"
                                        "waited ok\n"
                                        "alone\n");
}

/* One of each primitive, and a task that waits for one of them. */
struct primitives {
    co_event event;
    co_semaphore semaphore;
    co_queue queue;
};

struct waiting {
    struct primitives *all;
    enum { EVENT, SEMAPHORE, GET, PUT, JOIN } for_what;
};

static int waiting(void *frame)
{
    const struct waiting *self = frame;
    struct primitives *all = self->all;
    void *item;

    switch (self->for_what) {
    case EVENT:
        return await(co_event_wait(&all->event));
    case SEMAPHORE:
        return await(co_semaphore_acquire(&all->semaphore));
    case GET:
        return await(co_queue_get(&all->queue, &item));
    case PUT:
        return await(co_queue_put(&all->queue, NULL));
    case JOIN:
        return await(co_queue_join(&all->queue));
    }
    return 0;
}

static void wait_for(struct primitives *all, int for_what)
{
    const char *const names[] = { "event", "semaphore", "get", "put", "join" };
    int r = attempt(co_wait_for(co_spawn(waiting, all, for_what), 0.1));

    if (r >= 0)
        line("%s passed", names[for_what]);
    else if (r == UV_ETIMEDOUT)
        line("%s %s", names[for_what], py_exception(r));
    else
        line("%s %s: %s", names[for_what], py_exception(r), co_why());
}

static int wait_for_each(void *frame)
{
    struct primitives *all = frame;

    wait_for(all, EVENT);
    wait_for(all, SEMAPHORE);
    wait_for(all, GET);
    co_queue_put_nowait(&all->queue, NULL);
    wait_for(all, PUT);
    wait_for(all, JOIN);
    wait_for(all, GET);
    return 0;
}

static int lock_10_all(void)
{
    struct primitives all;

    co_event_init(&all.event);
    co_semaphore_init(&all.semaphore, 0);
    co_queue_init(&all.queue, 1);
    co_run_with(wait_for_each, &all, NULL);
    co_run_with(wait_for_each, &all, NULL);
    co_queue_finish(&all.queue);
    return 0;
}

Test(sync_bound_loop, LOCK_10_all_primitives_belong_to_the_loop_of_their_first_wait)
{
    expect_program(
        lock_10_all,
        "event TimeoutError\n"
        "semaphore TimeoutError\n"
        "get TimeoutError\n"
        "put TimeoutError\n"
        "join TimeoutError\n"
        "get passed\n"
        "event RuntimeError: Event is bound to a different event loop\n"
        "semaphore RuntimeError: Semaphore is bound to a different event loop\n"
        "get RuntimeError: Queue is bound to a different event loop\n"
        "put RuntimeError: Queue is bound to a different event loop\n"
        "join RuntimeError: Queue is bound to a different event loop\n"
        "get passed\n");
}

/* ---- abandoned waiters, which asyncio leaves to the garbage collector ---- */

struct refuses_to_end {
    co_event *event;
};

static int refuses_to_end(void *frame)
{
    const struct refuses_to_end *self = frame;

    while (attempt(co_event_wait(self->event)) < 0)
        line("no");
    line("not reached");
    return 0;
}

static int leaves_it(void *frame)
{
    co_spawn(refuses_to_end, frame);
    await(co_sleep(0));
    return 0;
}

static int sets(void *frame)
{
    co_event_set(frame);
    await(co_sleep(1));
    line("set");
    return 0;
}

static int abandoned(void)
{
    co_event event;

    co_event_init(&event);
    if (co_run_with(leaves_it, &event, NULL) != CO_EDEADLK)
        line("it has ended");
    co_run_with(sets, &event, NULL);
    return 0;
}

Test(sync_bound_loop, an_abandoned_task_leaves_the_list_of_waiters)
{
    expect_program(abandoned, "no\n"
                              "t=0 DEADLOCK (nothing ready, no timer: "
                              "the loop would block forever)\n"
                              "LOG ERROR Task was destroyed but it is pending!\n"
                              "set\n");
}

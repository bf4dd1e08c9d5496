/* core/block.c: the order in which threads that sleep continue, and that it is the same
 * in every run. What time.sleep() does in asyncio is in facts/executor_sleep.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>
#include <string.h>

#include "tests/support/expect.h"

struct naps {
    const char *name;
    double first, second; /* 0: does not sleep again */
};

static int naps(void *frame)
{
    const struct naps *self = frame;

    await(co_block(self->first));
    ev("%s", self->name);
    if (self->second > 0) {
        await(co_block(self->second));
        ev("%s again", self->name);
    }
    return 0;
}

/* ---- equal deadlines ----------------------------------------------------- */

static int at_one_time(void *)
{
    struct ev_callback timer = EV("timer");
    co_future *a = co_execute(NULL, naps, "A", 0.2);

    co_call_later(&timer.timer, 0.2);
    co_future *b = co_execute(NULL, naps, "B", 0.2);
    co_future *c = co_execute(NULL, naps, "C", 0.1, 0.1);
    return await(co_settle(a, b, c));
}

Test(block, continues_in_the_order_of_creation_at_one_time)
{
    expect(at_one_time, "t=0.1 C\n"
                        "t=0.2 A\n"
                        "t=0.2 timer\n"
                        "t=0.2 B\n"
                        "t=0.2 C again\n");
}

static int sleeps_again(void *)
{
    struct ev_callback early = EV("timer of 0.05"), late = EV("timer of 0.15");
    co_future *a = co_execute(NULL, naps, "A", 0.1, 0.1);

    await(co_sleep(0.05));
    co_call_later(&early.timer, 0.15);
    await(co_sleep(0.1));
    co_call_later(&late.timer, 0.05);
    return await(co_join(a));
}

Test(block, counts_a_later_sleep_from_when_it_begins)
{
    expect(sleeps_again, "t=0.1 A\n"
                         "t=0.2 timer of 0.05\n"
                         "t=0.2 A again\n"
                         "t=0.2 timer of 0.15\n");
}

static void finish(co_executor **executor) { co_executor_finish(*executor); }

static int in_a_queue(void *)
{
    struct ev_callback timer = EV("timer");
    finally(finish) co_executor *pool = co_executor_new(1);
    co_future *a = co_execute(pool, naps, "A", 0.1);
    co_future *b = co_execute(pool, naps, "B", 0.1);

    await(co_sleep(0.05));
    co_call_later(&timer.timer, 0.15);
    return await(co_settle(a, b));
}

Test(block, counts_a_queued_function_from_when_it_begins)
{
    expect(in_a_queue, "t=0.1 A\n"
                       "t=0.2 timer\n"
                       "t=0.2 B\n");
}

struct waits_for_the_loop {
};

static int waits_for_the_loop(void *)
{
    co_concurrent_future *future = co_spawn_threadsafe(co_get_loop(), sleeper, 0.1, 7);

    ev("%d", co_concurrent_future_result(future, CO_FOREVER));
    co_concurrent_future_drop(future);
    await(co_block(0.1));
    ev("thread");
    return 0;
}

static int after_the_loop(void *)
{
    struct ev_callback timer = EV("timer");
    co_future *job = co_execute(NULL, waits_for_the_loop);

    await(co_sleep(0.05));
    co_call_later(&timer.timer, 0.15);
    return await(co_join(job));
}

Test(block, counts_a_sleep_after_a_wait_for_the_loop_from_there)
{
    expect(after_the_loop, "t=0.1 7\n"
                           "t=0.2 timer\n"
                           "t=0.2 thread\n");
}

/* ---- where the time begins ----------------------------------------------- */

struct computes {
};

static int computes(void *)
{
    block_thread(0.02);
    await(co_block(0.1));
    ev("thread");
    return 0;
}

static int while_a_thread_computes(void *)
{
    co_future *job = co_execute(NULL, computes);

    await(co_block(0.2));
    ev("main");
    return await(co_join(job));
}

Test(block, does_not_advance_the_clock_while_a_thread_computes)
{
    expect(while_a_thread_computes, "t=0.1 thread\n"
                                    "t=0.2 main\n");
}

struct says_and_sleeps {
    int number;
};

static int says_and_sleeps(void *frame)
{
    const int number = ((const struct says_and_sleeps *)frame)->number;

    await(co_block(0));
    ev("begin %d", number);
    await(co_block(0.1));
    ev("end %d", number);
    return 0;
}

static int in_order_from_the_start(void *)
{
    co_future *jobs[4];

    for (int i = 0; i < 4; i++)
        jobs[i] = co_execute(NULL, says_and_sleeps, i);
    await(co_sleep(0));
    line("main");
    return await(co_settlev(jobs, 4));
}

Test(block, of_no_time_lets_the_loop_go_first)
{
    expect(in_order_from_the_start, "main\n"
                                    "t=0 begin 0\n"
                                    "t=0 begin 1\n"
                                    "t=0 begin 2\n"
                                    "t=0 begin 3\n"
                                    "t=0.1 end 0\n"
                                    "t=0.1 end 1\n"
                                    "t=0.1 end 2\n"
                                    "t=0.1 end 3\n");
}

static int mixed(void *)
{
    co_future *job = co_execute(NULL, naps, "thread", 1, 1);

    await(co_block(1.5));
    ev("main");
    await(co_join(job));
    return 0;
}

Test(block, is_the_same_at_a_speed)
{
    const co_options options[] = {
        { .virtual_time = true, .speed = 1000 },
        { .virtual_time = true, .speed = 1, .max_pause = 0.001 },
    };

    for (size_t i = 0; i < 2; i++)
        expect_with(options[i], mixed, NULL,
                    "t=1 thread\n"
                    "t=1.5 main\n"
                    "t=2 thread again\n");
}

/* ---- many threads -------------------------------------------------------- */

enum { JOBS = 60, THREADS = 24, SLEEPS = 6, RUNS = 200 };

struct callback {
    co_timer timer;
    int number;
};

static void on_call(co_callback *callback)
{
    ev("callback %d",
       co_container_of(callback, struct callback, timer.callback)->number);
}

struct restless {
    int number;
    struct callback *callback;
};

/* Sleeps of 0 to 3 units, so that many deadlines are equal. */
static int restless(void *frame)
{
    const struct restless *self = frame;

    ev("thread %d", self->number);
    for (int i = 0; i < SLEEPS; i++) {
        await(co_block((self->number * 7 + i * i) % 4 * 0.01));
        ev("thread %d.%d", self->number, i);
        if (i == self->number % SLEEPS)
            co_call_soon_threadsafe(co_get_loop(), &self->callback->timer.callback);
    }
    return self->number;
}

struct awaits {
    co_executor *pool;
    int number;
    struct callback *callback;
};

/* Some await with a limit that is over before the thread is. */
static int awaits(void *frame)
{
    const struct awaits *self = frame;
    co_future *job = co_execute(self->pool, restless, self->number, self->callback);
    int r = attempt(co_within(self->number % 5 ? CO_FOREVER : 0.05, co_join(job)));

    ev("task %d: %s", self->number, r < 0 ? py_exception(r) : "done");
    return 0;
}

static int stress(void *)
{
    static struct callback callbacks[JOBS];
    co_executor *pool = co_executor_new(THREADS);
    co_task *tasks[JOBS];

    for (int i = 0; i < JOBS; i++) {
        callbacks[i] = (struct callback){ .timer.callback.run = on_call, .number = i };
        tasks[i] = co_spawn(awaits, pool, i, &callbacks[i]);
    }
    for (int i = 0; i < 20; i++) {
        await(co_sleep(0.01));
        ev("main %d", i);
        if (i % 7 == 3)
            await(co_block(0.025));
    }
    await(co_settlev(tasks, JOBS));
    return co_executor_finish(pool);
}

/* All events in order, as one number. */
struct digest {
    co_observer observer;
    uint64_t hash;
    size_t events;
};

static void add(struct digest *digest, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        digest->hash = (digest->hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001b3;
}

static void on_event(co_observer *observer, const co_trace_event *event)
{
    struct digest *digest = co_container_of(observer, struct digest, observer);

    digest->events++;
    add(digest, &event->kind, sizeof(event->kind));
    add(digest, &event->at_ns, sizeof(event->at_ns));
    add(digest, &event->number, sizeof(event->number));
    if (event->text)
        add(digest, event->text, strlen(event->text));
}

static struct digest run_stress(void)
{
    struct digest digest = { .observer.event = on_event, .hash = 0xcbf29ce484222325 };
    const co_options options = { .virtual_time = true, .observer = &digest.observer };

    cr_assert(eq(int, co_run(stress, &options), 0));
    return digest;
}

Test(block, makes_the_same_trace_of_many_threads_in_every_run)
{
    const struct digest first = run_stress();

    cr_assert(gt(sz, first.events, JOBS * SLEEPS));
    for (int i = 1; i < RUNS; i++) {
        const struct digest next = run_stress();
        cr_assert(eq(sz, next.events, first.events), "run %d", i);
        cr_assert(eq(u64, next.hash, first.hash), "run %d", i);
    }
}

/* ---- Ctrl-C between runs --------------------------------------------------- */

static int interrupted_between_runs(void)
{
    int r = co_block(1);
    cr_expect(eq(int, r, 0));
    co_interrupt();
    r = co_block(1);
    cr_expect(eq(int, r, UV_EINTR));
    cr_expect(eq(str, (char *)co_exception_name(r), "KeyboardInterrupt"));
    cr_expect(eq(int, co_block(1), 0), "once");
    return (int)co_now();
}

Test(block, is_interrupted_between_runs)
{
    int r = co_program(interrupted_between_runs, &(co_options){ .virtual_time = true });

    cr_expect(eq(int, r, 3));
}

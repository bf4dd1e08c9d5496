/* The programs of the tutorials, compared line by line. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/support/expect.h"

struct count {
};

static int count(void *)
{
    ev("One");
    await(co_sleep(1));
    ev("Two");
    return 0;
}

static int tut_02(void *)
{
    await(co_gather(co_spawn(count), co_spawn(count), co_spawn(count)));
    return 0;
}

Test(tutorials, TUT_02_three_counters)
{
    expect(tut_02, "t=0 One\n"
                   "t=0 One\n"
                   "t=0 One\n"
                   "t=1 Two\n"
                   "t=1 Two\n"
                   "t=1 Two\n");
}

struct part1 {
    int n;
    char result[16];
};

static int part1(void *frame)
{
    struct part1 *self = frame;

    ev("part1(%d) sleeping for %d", self->n, self->n);
    await(co_sleep(self->n));
    snprintf(self->result, sizeof(self->result), "result%d-1", self->n);
    return 0;
}

struct part2 {
    int n;
    const char *arg;
    char result[48];
};

static int part2(void *frame)
{
    struct part2 *self = frame;

    ev("part2(%d, %s) sleeping", self->n, self->arg);
    await(co_sleep(0.5));
    snprintf(self->result, sizeof(self->result), "result%d-2 derived from %s", self->n,
             self->arg);
    return 0;
}

struct chain {
    int n;
};

static int chain(void *frame)
{
    const struct chain *self = frame;
    struct part1 first = { self->n };
    struct part2 second = { self->n, first.result };

    await(part1(&first));
    await(part2(&second));
    ev("--> Chained %d => %s", self->n, second.result);
    return 0;
}

static int tut_03(void *)
{
    await(co_gather(co_spawn(chain, 3), co_spawn(chain, 1), co_spawn(chain, 2)));
    return 0;
}

Test(tutorials, TUT_03_chains_at_once_and_their_parts_in_turn)
{
    expect(tut_03, "t=0 part1(3) sleeping for 3\n"
                   "t=0 part1(1) sleeping for 1\n"
                   "t=0 part1(2) sleeping for 2\n"
                   "t=1 part2(1, result1-1) sleeping\n"
                   "t=1.5 --> Chained 1 => result1-2 derived from result1-1\n"
                   "t=2 part2(2, result2-1) sleeping\n"
                   "t=2.5 --> Chained 2 => result2-2 derived from result2-1\n"
                   "t=3 part2(3, result3-1) sleeping\n"
                   "t=3.5 --> Chained 3 => result3-2 derived from result3-1\n");
}

/* An item is the number of its producer and its own number: 1-2 is 12. */
static void *item(int n) { return (void *)(intptr_t)n; }

struct produce {
    int n;
    co_queue *queue;
    double delays[3]; /* ended by 0, or by the end */
};

static int produce(void *frame)
{
    const struct produce *self = frame;

    for (int i = 0; i < 3 && self->delays[i] > 0; i++) {
        await(co_sleep(self->delays[i]));
        await(co_queue_put(self->queue, item(self->n * 10 + i)));
        ev("Producer %d added <%d>", self->n, i);
    }
    return 0;
}

struct consume {
    int n;
    co_queue *queue;
};

static int consume(void *frame)
{
    const struct consume *self = frame;

    for (;;) {
        void *got;
        await(co_queue_get(self->queue, &got));
        ev("Consumer %d got element <%d-%d>", self->n, (int)(intptr_t)got / 10,
           (int)(intptr_t)got % 10);
        co_queue_task_done(self->queue);
    }
}

static int tut_04(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 0);
    co_task *p0 = co_spawn(produce, 0, &queue, { 1, 2 });
    co_task *p1 = co_spawn(produce, 1, &queue, { 2, 2, 2 });
    co_task *c0 = co_spawn(consume, 0, &queue);
    co_task *c1 = co_spawn(consume, 1, &queue);
    await(co_gather(p0, p1));
    ev("producers done");
    await(co_queue_join(&queue));
    co_cancel(c0);
    co_cancel(c1);
    ev("main ends");

    /* They wait for the queue, which ends with this function. */
    await(co_settle(c0, c1));
    return 0;
}

Test(tutorials, TUT_04_producers_and_consumers)
{
    expect(tut_04, "t=1 Producer 0 added <0>\n"
                   "t=1 Consumer 0 got element <0-0>\n"
                   "t=2 Producer 1 added <0>\n"
                   "t=2 Consumer 1 got element <1-0>\n"
                   "t=3 Producer 0 added <1>\n"
                   "t=3 Consumer 0 got element <0-1>\n"
                   "t=4 Producer 1 added <1>\n"
                   "t=4 Consumer 1 got element <1-1>\n"
                   "t=6 Producer 1 added <2>\n"
                   "t=6 Consumer 0 got element <1-2>\n"
                   "t=6 producers done\n"
                   "t=6 main ends\n");
}

struct philosopher {
    int i;
    co_lock *first, *second;
};

static int philosopher(void *frame)
{
    const struct philosopher *self = frame;

    for (int meal = 0; meal < 2; meal++) {
        with_lock(self->first)
            with_lock(self->second) {
                ev("P %d eats %d", self->i, meal);
                await(co_sleep(1));
            }
        ev("P %d thinks", self->i);
        await(co_sleep(0.5));
    }
    return 0;
}

static int tut_09(void *)
{
    co_lock forks[3];

    for (int i = 0; i < 3; i++)
        co_lock_init(&forks[i]);
    await(co_gather(co_spawn(philosopher, 0, &forks[0], &forks[1]),
                    co_spawn(philosopher, 1, &forks[1], &forks[2]),
                    co_spawn(philosopher, 2, &forks[0], &forks[2])));
    return 0;
}

Test(tutorials, TUT_09_dining_philosophers)
{
    expect(tut_09, "t=0 P 0 eats 0\n"
                   "t=1 P 0 thinks\n"
                   "t=1 P 1 eats 0\n"
                   "t=2 P 1 thinks\n"
                   "t=2 P 2 eats 0\n"
                   "t=3 P 2 thinks\n"
                   "t=3 P 1 eats 1\n"
                   "t=4 P 1 thinks\n"
                   "t=4 P 0 eats 1\n"
                   "t=5 P 0 thinks\n"
                   "t=5 P 2 eats 1\n"
                   "t=6 P 2 thinks\n");
}

struct download {
    int i;
    double seconds;
    co_semaphore *semaphore;
};

static int download(void *frame)
{
    const struct download *self = frame;

    with_semaphore(self->semaphore) {
        ev("start %d", self->i);
        await(co_sleep(self->seconds));
        ev("end %d", self->i);
    }
    return self->i * 10;
}

static int tut_10(void *)
{
    const double seconds[] = { 1, 2.5, 0.7, 1.1 };
    co_semaphore semaphore;
    co_task *tasks[4];

    co_semaphore_init(&semaphore, 2);
    for (int i = 0; i < 4; i++)
        tasks[i] = co_spawn(download, i, seconds[i], &semaphore);
    await(co_gatherv(tasks, 4));
    ev("[%d, %d, %d, %d]", co_result(tasks[0]), co_result(tasks[1]),
       co_result(tasks[2]), co_result(tasks[3]));
    return 0;
}

Test(tutorials, TUT_10_two_downloads_at_a_time)
{
    expect(tut_10, "t=0 start 0\n"
                   "t=0 start 1\n"
                   "t=1 end 0\n"
                   "t=1 start 2\n"
                   "t=1.7 end 2\n"
                   "t=1.7 start 3\n"
                   "t=2.5 end 1\n"
                   "t=2.8 end 3\n"
                   "t=2.8 [0, 10, 20, 30]\n");
}

struct flaky {
    int n;
};

static int flaky(void *frame)
{
    const struct flaky *self = frame;

    ev("attempt %d", self->n);
    await(co_sleep(3 - self->n));
    return self->n;
}

static int tut_11(void *)
{
    for (int n = 1; n <= 3; n++) {
        int r = attempt(co_within(0.9, co_call(flaky, n)));

        if (r != UV_ETIMEDOUT) {
            ev("ok on attempt %d", await(r));
            break;
        }
        ev("attempt %d timed out", n);
        await(co_sleep(0.1 * n));
    }
    return 0;
}

Test(tutorials, TUT_11_three_attempts)
{
    expect(tut_11, "t=0 attempt 1\n"
                   "t=0.9 attempt 1 timed out\n"
                   "t=1 attempt 2\n"
                   "t=1.9 attempt 2 timed out\n"
                   "t=2.1 attempt 3\n"
                   "t=2.1 ok on attempt 3\n");
}

struct ticker {
};

static int ticker(void *)
{
    int r = 0;

    for (int i = 0; i < 10 && r >= 0; i++) {
        ev("tick %d", i);
        r = attempt(co_sleep(1));
    }
    ev("ticker cleanup");
    await(co_sleep(0.2));
    ev("ticker gone");
    return r;
}

struct fails_late {
};

static int fails_late(void *)
{
    await(co_sleep(2.5));
    ev("worker fails");
    return co_raise(CO_ERUNTIME, "worker");
}

static int tut_12(void *)
{
    finally(co_group_close) co_group group = {};
    co_error *taken;

    co_group_enter(&group);
    co_group_spawn_with(&group, (co_spawn_options){ .name = "ticker" }, ticker);
    co_group_spawn_with(&group, (co_spawn_options){ .name = "worker" }, fails_late);
    int r = co_except(attempt(co_group_leave(&group, 0)), CO_ERUNTIME, &taken);
    if (taken)
        ev("main: %s", py_repr_errors(taken).s);
    co_error_drop(taken);
    await(r);
    await(co_sleep(0.3));
    ev("main ends");
    return 0;
}

Test(tutorials, TUT_12_a_ticker_and_a_worker_that_fails)
{
    expect(tut_12, "t=0 tick 0\n"
                   "t=1 tick 1\n"
                   "t=2 tick 2\n"
                   "t=2.5 worker fails\n"
                   "t=2.5 ticker cleanup\n"
                   "t=2.7 ticker gone\n"
                   "t=2.7 main: (RuntimeError('worker'),)\n"
                   "t=3 main ends\n");
}

/* Queues: first in first out, limits, waiters, and cancellation. join is in
 * queue_join.c, other orders in queue_order.c, shutdown in queue_shutdown.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>

#include "tests/support/expect.h"

/* Convert a number or a letter to an item, and back. */
static void *item(int n) { return (void *)(intptr_t)n; }

static int number(void *item) { return (int)(intptr_t)item; }

struct producer {
    co_queue *queue;
};

static int producer(void *frame)
{
    const struct producer *self = frame;

    for (int i = 0; i < 5; i++) {
        await(co_queue_put(self->queue, item(i)));
        ev("put %d qsize %zu", i, co_queue_size(self->queue));
    }
    return 0;
}

struct consumer {
    co_queue *queue;
};

static int consumer(void *frame)
{
    const struct consumer *self = frame;

    for (int i = 0; i < 5; i++) {
        void *got;
        await(co_queue_get(self->queue, &got));
        ev("got %d", number(got));
    }
    return 0;
}

static int queue_01(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 3);
    await(co_gather(co_spawn(producer, &queue), co_spawn(consumer, &queue)));
    return 0;
}

Test(queue, QUEUE_01_while_there_is_room_put_does_not_suspend)
{
    expect(queue_01, "t=0 put 0 qsize 1\n"
                     "t=0 put 1 qsize 2\n"
                     "t=0 put 2 qsize 3\n"
                     "t=0 got 0\n"
                     "t=0 got 1\n"
                     "t=0 got 2\n"
                     "t=0 put 3 qsize 1\n"
                     "t=0 put 4 qsize 2\n"
                     "t=0 got 3\n"
                     "t=0 got 4\n");
}

struct one {
    char name;
    co_queue *queue;
};

static int one(void *frame)
{
    const struct one *self = frame;
    void *got;

    await(co_queue_get(self->queue, &got));
    evi("%c got %d", self->name, number(got));
    return 0;
}

static int queue_02(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 0);
    co_task *tasks[] = { co_spawn(one, 'A', &queue), co_spawn(one, 'B', &queue),
                         co_spawn(one, 'C', &queue) };
    await(co_sleep(0));
    for (int i = 0; i < 3; i++)
        co_queue_put_nowait(&queue, item(i));
    evi("3 items put");
    await(co_settlev(tasks, 3));
    return 0;
}

Test(queue, QUEUE_02_getters_get_items_in_the_order_they_began_to_wait)
{
    expect(queue_02, "i=2 3 items put\n"
                     "i=3 A got 0\n"
                     "i=3 B got 1\n"
                     "i=3 C got 2\n");
}

/* Takes one letter, and prints that it waits, that it was cancelled, or what it got. */
struct getter {
    char name;
    co_queue *queue;
    bool tells;
};

static int getter(void *frame)
{
    const struct getter *self = frame;
    void *got;

    if (self->tells)
        ev("%c waits", self->name);
    int r = attempt(co_queue_get(self->queue, &got));
    if (r == UV_ECANCELED)
        ev("%c cancelled", self->name);
    await(r);
    ev("%c got %c", self->name, number(got));
    return 0;
}

static int queue_04(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *got;

    co_queue_init(&queue, 0);
    co_task *a = co_spawn(getter, 'A', &queue, .tells = true);
    co_task *b = co_spawn(getter, 'B', &queue, .tells = true);
    await(co_sleep(0));
    co_queue_put_nowait(&queue, item('x'));
    await(co_queue_get_nowait(&queue, &got));
    ev("main steals %c", number(got));
    await(co_sleep(0.1));
    co_queue_put_nowait(&queue, item('y'));
    await(co_sleep(0.1));
    co_queue_put_nowait(&queue, item('z'));
    await(co_settle(a, b));
    return 0;
}

Test(queue, QUEUE_04_another_task_can_take_the_item_of_a_woken_getter)
{
    expect(queue_04, "t=0 A waits\n"
                     "t=0 B waits\n"
                     "t=0 main steals x\n"
                     "t=0.1 B got y\n"
                     "t=0.2 A got z\n");
}

static int queue_05(void *)
{
    finally(co_queue_finish) co_queue queue;
    finally(co_queue_finish) co_queue endless;
    void *got;

    co_queue_init(&queue, 1);
    line("%s()", py_exception(co_queue_get_nowait(&queue, &got)));
    co_queue_put_nowait(&queue, item(1));
    line("%s()", py_exception(co_queue_put_nowait(&queue, item(2))));
    line("%s %s %zu %zu", py_bool(co_queue_full(&queue)),
         py_bool(co_queue_empty(&queue)), co_queue_size(&queue),
         co_queue_maxsize(&queue));

    co_queue_init(&endless, 0);
    for (int i = 0; i < 1000; i++)
        co_queue_put_nowait(&endless, item(i));
    line("%s %zu", py_bool(co_queue_full(&endless)), co_queue_size(&endless));
    return 0;
}

Test(queue, QUEUE_05_nowait_fails_where_put_and_get_suspend)
{
    expect(queue_05, "QueueEmpty()\n"
                     "QueueFull()\n"
                     "True False 1 1\n"
                     "False 1000\n");
}

static int queue_07(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *got;

    co_queue_init(&queue, 0);
    co_queue_put_nowait(&queue, item(1));
    co_queue_get_nowait(&queue, &got);
    co_queue_task_done(&queue);
    int r = co_queue_task_done(&queue);
    if (r < 0)
        line("%s: %s", py_exception(r), co_why());
    return 0;
}

Test(queue, QUEUE_07_no_more_items_can_be_done_than_were_put)
{
    expect(queue_07, "ValueError: task_done() called too many times\n");
}

static int queue_10(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 0);
    co_task *a = co_spawn(getter, 'A', &queue);
    co_task *b = co_spawn(getter, 'B', &queue);
    await(co_sleep(0));
    co_queue_put_nowait(&queue, item('x'));
    co_cancel(a);
    await(co_settle(a, b));
    ev("qsize %zu", co_queue_size(&queue));
    return 0;
}

Test(queue, QUEUE_10_a_getter_cancelled_when_woken_wakes_the_next)
{
    expect(queue_10, "t=0 A cancelled\n"
                     "t=0 B got x\n"
                     "t=0 qsize 0\n");
}

struct putter {
    char name;
    co_queue *queue;
};

static int putter(void *frame)
{
    const struct putter *self = frame;
    int r = attempt(co_queue_put(self->queue, item(self->name)));

    if (r == UV_ECANCELED)
        ev("%c cancelled", self->name);
    await(r);
    ev("put %c", self->name);
    return 0;
}

static int queue_11(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *got;

    co_queue_init(&queue, 1);
    co_queue_put_nowait(&queue, item('0'));
    co_task *a = co_spawn(putter, 'A', &queue);
    co_task *b = co_spawn(putter, 'B', &queue);
    await(co_sleep(0));
    await(co_queue_get_nowait(&queue, &got));
    ev("got %c", number(got));
    co_cancel(a);
    await(co_settle(a, b));
    await(co_queue_get_nowait(&queue, &got));
    ev("got %c", number(got));
    return 0;
}

Test(queue, QUEUE_11_a_putter_cancelled_when_woken_wakes_the_next)
{
    expect(queue_11, "t=0 got 0\n"
                     "t=0 A cancelled\n"
                     "t=0 put B\n"
                     "t=0 got B\n");
}

struct taker {
    co_queue *queue;
};

static int taker(void *frame)
{
    const struct taker *self = frame;
    void *got;

    return await(co_queue_get(self->queue, &got));
}

static int queue_13(void *)
{
    finally(co_queue_finish) co_queue queue;
    int getters = 0;
    void *got;

    co_queue_init(&queue, 0);
    if (attempt(co_wait_for(co_spawn(taker, &queue), 0.1)) == UV_ETIMEDOUT)
        ev("TimeoutError");
    co_queue_put_nowait(&queue, item('x'));
    await(co_queue_get(&queue, &got));

    /* Counts the private list, as the original does. */
    co_list_each(link, &queue.getters)
        getters++;
    ev("got %c getters left %d", number(got), getters);
    return 0;
}

Test(queue, QUEUE_13_a_getter_that_times_out_leaves_the_queue_as_it_was)
{
    expect(queue_13, "t=0.1 TimeoutError\n"
                     "t=0.1 got x getters left 0\n");
}

struct worker {
    int n;
    co_queue *queue; /* of double */
};

static int worker(void *frame)
{
    const struct worker *self = frame;

    for (;;) {
        void *delay;
        await(co_queue_get(self->queue, &delay));
        await(co_sleep(*(const double *)delay));
        co_queue_task_done(self->queue);
        ev("worker-%d has slept for %g", self->n, *(const double *)delay);
    }
}

static int queue_14(void *)
{
    double delays[] = { 0.3, 0.1, 0.2, 0.5, 0.1, 0.2 };
    finally(co_queue_finish) co_queue queue;
    co_task *tasks[3];

    co_queue_init(&queue, 0);
    for (int i = 0; i < 6; i++)
        co_queue_put_nowait(&queue, &delays[i]);
    for (int i = 0; i < 3; i++)
        tasks[i] = co_spawn(worker, i, &queue);
    await(co_queue_join(&queue));
    ev("queue done");
    for (int i = 0; i < 3; i++)
        co_cancel(tasks[i]);
    await(co_settlev(tasks, 3));
    ev("[%s(''), %s(''), %s('')]", py_exception(co_result(tasks[0])),
       py_exception(co_result(tasks[1])), py_exception(co_result(tasks[2])));
    return 0;
}

Test(queue, QUEUE_14_each_item_goes_to_a_free_worker)
{
    expect(queue_14, "t=0.1 worker-1 has slept for 0.1\n"
                     "t=0.2 worker-2 has slept for 0.2\n"
                     "t=0.3 worker-0 has slept for 0.3\n"
                     "t=0.3 worker-2 has slept for 0.1\n"
                     "t=0.5 worker-0 has slept for 0.2\n"
                     "t=0.6 worker-1 has slept for 0.5\n"
                     "t=0.6 queue done\n"
                     "t=0.6 [CancelledError(''), CancelledError(''), "
                     "CancelledError('')]\n");
}

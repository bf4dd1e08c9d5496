/* Queues that are shut down: which calls fail, in which iteration, and what join
 * counts.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>

#include "tests/support/expect.h"

/* Convert a number or a letter to an item, and back. */
static void *item(int n) { return (void *)(intptr_t)n; }

static int number(const void *item) { return (int)(intptr_t)item; }

static int by_number(const void *one, const void *other)
{
    return number(one) - number(other);
}

struct getter {
    const char *name;
    co_queue *queue;
};

static int getter(void *frame)
{
    const struct getter *self = frame;
    void *got;
    int r;

    while ((r = attempt(co_queue_get(self->queue, &got))) >= 0)
        ev("%s got %d", self->name, number(got));
    if (r != CO_ESHUTDOWN)
        return r;
    ev("%s %s", self->name, py_exception(r));
    return 0;
}

struct putter {
    co_queue *queue;
};

static int putter(void *frame)
{
    const struct putter *self = frame;
    int r = attempt(co_queue_put(self->queue, "late"));

    if (r != CO_ESHUTDOWN)
        return r;
    ev("putter: %s", py_exception(r));
    return 0;
}

static void report(const char *what, int r)
{
    if (r < 0)
        ev("%s: %s", what, py_exception(r));
}

static int queue_15(void *)
{
    finally(co_queue_finish) co_queue queue;
    finally(co_queue_finish) co_queue empty;
    void *got;

    co_queue_init(&queue, 2);
    co_queue_put_nowait(&queue, item(1));
    co_queue_put_nowait(&queue, item(2));
    co_task *putting = co_spawn(putter, &queue);
    await(co_sleep(0));
    co_queue_shutdown(&queue, false);
    ev("shutdown, qsize %zu", co_queue_size(&queue));
    report("put_nowait", co_queue_put_nowait(&queue, item(3)));
    await(co_call(getter, "g", &queue));
    report("get_nowait", co_queue_get_nowait(&queue, &got));

    co_queue_init(&empty, 0);
    co_task *blocked = co_spawn(getter, "blocked", &empty);
    await(co_sleep(0.1));
    co_queue_shutdown(&empty, false);
    await(co_settle(blocked, putting));
    return 0;
}

Test(queue_shutdown, QUEUE_15_puts_fail_and_the_remaining_items_can_be_got)
{
    const char lines[] = "t=0 shutdown, qsize 2\n"
                         "t=0 put_nowait: QueueShutDown\n"
                         "t=0 g got 1\n"
                         "t=0 g got 2\n"
                         "t=0 g QueueShutDown\n"
                         "t=0 get_nowait: QueueShutDown\n"
                         "t=0 putter: QueueShutDown\n"
                         "t=0.1 blocked QueueShutDown\n";

    expect_as(313, queue_15, lines);
    expect(queue_15, lines);
}

struct joiner {
    co_queue *queue;
};

static int joiner(void *frame)
{
    return await(co_queue_join(((const struct joiner *)frame)->queue));
}

static int queue_16(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *got;

    co_queue_init(&queue, 0);
    for (int i = 0; i < 3; i++)
        co_queue_put_nowait(&queue, item(i));
    co_task *joining = co_spawn(joiner, &queue);
    await(co_sleep(0));
    co_queue_shutdown(&queue, true);
    ev("qsize %zu", co_queue_size(&queue));
    report("get", attempt(co_queue_get(&queue, &got)));
    await(co_join(joining));
    ev("join released");
    return 0;
}

Test(queue_shutdown, QUEUE_16_an_immediate_shutdown_empties_it_and_all_counts_as_done)
{
    expect_as(313, queue_16,
              "t=0 qsize 0\n"
              "t=0 get: QueueShutDown\n"
              "t=0 join released\n");
}

/* ---- in which iteration, and of which kind ------------------------------- */

/* Waits in put, get or join, and prints the outcome. */
struct waiter {
    const char *name;
    co_queue *queue;
    enum { GET, PUT, JOIN } for_what;
};

static int waiter(void *frame)
{
    const struct waiter *self = frame;
    void *got = NULL;
    int r = attempt(self->for_what == GET   ? co_queue_get(self->queue, &got)
                    : self->for_what == PUT ? co_queue_put(self->queue, item(2))
                                            : co_queue_join(self->queue));

    if (r == UV_ECANCELED)
        evi("%s cancelled", self->name);
    else if (r < 0)
        evi("%s %s", self->name, py_exception(r));
    else
        evi("%s got None", self->name);
    return r == UV_ECANCELED ? r : 0;
}

static int queue_15_order(void *)
{
    finally(co_queue_finish) co_queue empty;
    finally(co_queue_finish) co_queue full;
    void *got;

    co_queue_init(&empty, 0);
    co_queue_init_priority(&full, 1, by_number);
    co_queue_put_nowait(&full, item(1));
    co_task *a = co_spawn(waiter, "A", &empty, GET);
    co_task *b = co_spawn(waiter, "B", &empty, GET);
    co_task *c = co_spawn(waiter, "C", &empty, GET);
    co_task *d = co_spawn(waiter, "D", &full, PUT);
    co_task *e = co_spawn(waiter, "E", &full, PUT);
    await(co_sleep(0));
    co_queue_shutdown(&full, false);
    co_queue_shutdown(&empty, false);
    evi("shut down");
    co_cancel(b);
    co_queue_shutdown(&full, false);
    await(co_settle(a, b, c, d, e));

    size_t size = co_queue_size(&full);
    const char *is_full = py_bool(co_queue_full(&full));
    await(co_queue_get_nowait(&full, &got));
    evi("%zu %s %d", size, is_full, number(got));
    await(co_call(waiter, "get", &full, GET));
    await(co_queue_task_done(&full));
    await(co_queue_join(&full));
    int r = co_queue_task_done(&full);
    if (r < 0)
        evi("%s: %s", py_exception(r), co_why());
    return 0;
}

Test(queue_shutdown, QUEUE_15_waiters_fail_in_the_next_iteration)
{
    expect_as(313, queue_15_order,
              "i=2 shut down\n"
              "i=3 D QueueShutDown\n"
              "i=3 E QueueShutDown\n"
              "i=3 A QueueShutDown\n"
              "i=3 B cancelled\n"
              "i=3 C QueueShutDown\n"
              "i=5 1 True 1\n"
              "i=5 get QueueShutDown\n"
              "i=5 ValueError: task_done() called too many times\n");
}

/* One item of four is taken, and not reported done before the shutdown. */
static co_checked int drop_three(co_queue *queue)
{
    void *got;

    for (int i = 0; i < 4; i++)
        await(co_queue_put_nowait(queue, item(i)));
    await(co_queue_get_nowait(queue, &got));
    evi("got %d", number(got));
    co_task *joining = co_spawn(waiter, "join", queue, JOIN);
    await(co_sleep(0));
    co_queue_shutdown(queue, true);
    evi("qsize %zu empty %s", co_queue_size(queue), py_bool(co_queue_empty(queue)));
    int r = co_queue_put_nowait(queue, item(1));
    if (r < 0)
        evi("put_nowait: %s", py_exception(r));
    await(co_call(waiter, "put", queue, PUT));
    await(co_sleep(0));
    evi("joined %s", py_bool(co_done(joining)));
    await(co_queue_task_done(queue));
    return await(co_join(joining));
}

static int queue_16_kinds(void *)
{
    finally(co_queue_finish) co_queue first_come;
    finally(co_queue_finish) co_queue newest;
    finally(co_queue_finish) co_queue smallest;

    co_queue_init(&first_come, 0);
    await(drop_three(&first_come));
    co_queue_init_lifo(&newest, 0);
    await(drop_three(&newest));
    co_queue_init_priority(&smallest, 0, by_number);
    return await(drop_three(&smallest));
}

Test(queue_shutdown, QUEUE_16_an_item_taken_before_has_still_to_be_done)
{
    expect_as(313, queue_16_kinds,
              "i=1 got 0\n"
              "i=2 qsize 0 empty True\n"
              "i=2 put_nowait: QueueShutDown\n"
              "i=2 put QueueShutDown\n"
              "i=3 joined False\n"
              "i=4 join got None\n"
              "i=5 got 3\n"
              "i=6 qsize 0 empty True\n"
              "i=6 put_nowait: QueueShutDown\n"
              "i=6 put QueueShutDown\n"
              "i=7 joined False\n"
              "i=8 join got None\n"
              "i=9 got 0\n"
              "i=10 qsize 0 empty True\n"
              "i=10 put_nowait: QueueShutDown\n"
              "i=10 put QueueShutDown\n"
              "i=11 joined False\n"
              "i=12 join got None\n");
}

static int queue_16_done(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 0);
    for (int i = 0; i < 2; i++)
        await(co_queue_put_nowait(&queue, item(i)));
    for (int i = 0; i < 2; i++)
        await(co_queue_task_done(&queue));
    co_queue_shutdown(&queue, true);
    int r = co_queue_task_done(&queue);
    if (r < 0)
        evi("%s: %s", py_exception(r), co_why());
    return 0;
}

Test(queue_shutdown,
     QUEUE_16_an_item_reported_done_before_it_is_taken_is_not_counted_twice)
{
    expect_as(313, queue_16_done,
              "i=1 ValueError: task_done() called too many times\n");
}

/* queue.h: order, limits, errors, events, memory. How queues behave in asyncio, to the
 * iteration, is in facts/queue.c, facts/queue_join.c and facts/queue_shutdown.c.
 */
#include <criterion/criterion.h>
#include <stdint.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

static void *item_of(intptr_t number) { return (void *)number; }

static int number_of(void *item) { return (int)(intptr_t)item; }

struct puts_three {
    co_queue *queue;
};

static int puts_three(void *frame)
{
    for (int i = 1; i <= 3; i++) {
        await(co_queue_put(((const struct puts_three *)frame)->queue, item_of(i)));
        line("put %d", i);
    }
    return 0;
}

static int hands_over(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *item;

    co_queue_init(&queue, 1);
    queue.name = "Q";
    co_task *task = co_spawn(puts_three, &queue);
    for (int i = 0; i < 3; i++) {
        await(co_sleep(1));
        await(co_queue_get(&queue, &item));
        line("got %d", number_of(item));
    }
    return await(co_join(task));
}

Test(queue, makes_a_producer_wait_while_it_is_full)
{
    expect(hands_over, "put 1\n"
                       "got 1\n"
                       "put 2\n"
                       "got 2\n"
                       "put 3\n"
                       "got 3\n");
}

Test(queue, emits_its_name_and_its_length)
{
    expect_events(hands_over, "put get",
                  "Task-2 put queue Q =1\n"
                  "Task-1 get queue Q\n"
                  "Task-2 put queue Q =1\n"
                  "Task-1 get queue Q\n"
                  "Task-2 put queue Q =1\n"
                  "Task-1 get queue Q\n");
}

static int nowait(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *item = item_of(7);

    co_queue_init(&queue, 1);
    line("%s %d", py_exception(co_queue_get_nowait(&queue, &item)), number_of(item));
    line("%d", co_queue_put_nowait(&queue, NULL));
    line("%s", py_exception(co_queue_put_nowait(&queue, item)));
    co_queue_get_nowait(&queue, &item);
    line("%d", number_of(item));
    line("%d", co_queue_task_done(&queue));
    line("%s", py_repr(co_queue_task_done(&queue)).s);
    return 0;
}

Test(queue, returns_an_error_where_it_may_not_wait)
{
    expect(nowait, "QueueEmpty 7\n"
                   "0\n"
                   "QueueFull\n"
                   "0\n"
                   "0\n"
                   "ValueError('task_done() called too many times')\n");
}

static int sizes(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *item;

    co_queue_init(&queue, 0);
    for (int i = 0; i < 1000; i++) {
        co_queue_put_nowait(&queue, item_of(i));
        if (i % 3 == 0)
            co_queue_get_nowait(&queue, &item);
    }
    co_queue_get_nowait(&queue, &item);
    line("%d", number_of(item));
    line("%d %s %s %d", (int)co_queue_size(&queue), py_bool(co_queue_empty(&queue)),
         py_bool(co_queue_full(&queue)), (int)co_queue_maxsize(&queue));
    return 0;
}

Test(queue, without_a_limit_is_never_full)
{
    expect(sizes, "334\n"
                  "665 False False 0\n");
}

static int shut_down(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *item;

    co_queue_init(&queue, 0);
    co_queue_put_nowait(&queue, item_of(1));
    co_queue_shutdown(&queue, false);
    line("%s", py_exception(attempt(co_queue_put(&queue, item_of(2)))));
    line("%d", await(co_queue_get(&queue, &item)));
    line("%s", py_exception(attempt(co_queue_get(&queue, &item))));
    return 0;
}

Test(queue, that_is_shut_down_hands_out_what_it_holds)
{
    expect(shut_down, "QueueShutDown\n"
                      "0\n"
                      "QueueShutDown\n");
}

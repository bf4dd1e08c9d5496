/* sync/queue_order.c: the order of LIFO and priority queues. The same with waiting
 * tasks and equal items is in facts/queue_order.c.
 */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>

#include "tests/support/expect.h"

static int compare(const void *one, const void *other)
{
    intptr_t a = (intptr_t)one, b = (intptr_t)other;

    return (a > b) - (a < b);
}

static void fill(co_queue *queue)
{
    static const intptr_t numbers[] = { 3, 1, 5, 2, 4 };

    for (int i = 0; i < 5; i++)
        co_queue_put_nowait(queue, (void *)numbers[i]);
}

static void drain(co_queue *queue)
{
    char text[32] = "", *end = text;
    void *item;

    while (co_queue_get_nowait(queue, &item) == 0)
        *end++ = (char)('0' + (intptr_t)item);
    line("%s", text);
}

static int lifo(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init_lifo(&queue, 0);
    fill(&queue);
    drain(&queue);
    return 0;
}

Test(queue_order, lifo_hands_out_the_newest_item) { expect(lifo, "42513\n"); }

static int priority(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init_priority(&queue, 0, compare);
    fill(&queue);
    drain(&queue);
    return 0;
}

Test(queue_order, priority_hands_out_the_smallest_item) { expect(priority, "12345\n"); }

static int limited(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init_priority(&queue, 3, compare);
    fill(&queue);
    line("%d %s", (int)co_queue_size(&queue), py_bool(co_queue_full(&queue)));
    drain(&queue);
    return 0;
}

Test(queue_order, respects_the_limit) { expect(limited, "3 True\n135\n"); }

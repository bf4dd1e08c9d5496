/* Priority queues and LIFO queues, with equal items and with waiting tasks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/support/expect.h"

/* Convert a letter or a number to an item, and back. */
static void *item(int n) { return (void *)(intptr_t)n; }

static int number(const void *item) { return (int)(intptr_t)item; }

static int by_number(const void *one, const void *other)
{
    return number(one) - number(other);
}

/* A tuple, compared element by element. */
struct tuple {
    int first;
    char second;
};

static int by_element(const void *one, const void *other)
{
    const struct tuple *a = one, *b = other;

    return a->first != b->first ? a->first - b->first : a->second - b->second;
}

static int queue_08(void *)
{
    const struct tuple tuples[] = { { 2, 'b' }, { 1, 'z' }, { 3, 'c' }, { 1, 'a' } };
    finally(co_queue_finish) co_queue smallest;
    finally(co_queue_finish) co_queue newest;
    char text[64], *end = text;
    void *got;

    co_queue_init_priority(&smallest, 0, by_element);
    for (int i = 0; i < 4; i++)
        await(co_queue_put_nowait(&smallest, (void *)&tuples[i]));
    for (int i = 0; i < 4; i++) {
        await(co_queue_get_nowait(&smallest, &got));
        const struct tuple *tuple = got;
        end += sprintf(end, "%s(%d, '%c')", i ? ", " : "", tuple->first, tuple->second);
    }
    line("[%s]", text);

    co_queue_init_lifo(&newest, 0);
    for (int letter = 'a'; letter <= 'c'; letter++)
        await(co_queue_put_nowait(&newest, item(letter)));
    end = text;
    for (int i = 0; i < 3; i++) {
        await(co_queue_get_nowait(&newest, &got));
        end += sprintf(end, "%s'%c'", i ? ", " : "", number(got));
    }
    line("[%s]", text);
    return 0;
}

Test(queue_order, QUEUE_08_the_smallest_is_taken_first_or_the_newest)
{
    expect(queue_08, "[(1, 'a'), (1, 'z'), (2, 'b'), (3, 'c')]\n"
                     "['c', 'b', 'a']\n");
}

/* A priority, and a letter that is not compared. */
static void *ranked(int priority, int letter) { return item(256 * priority + letter); }

static int by_priority(const void *one, const void *other)
{
    return number(one) / 256 - number(other) / 256;
}

static int queue_09(void *)
{
    finally(co_queue_finish) co_queue queue;
    char letters[6] = {};

    co_queue_init_priority(&queue, 0, by_priority);
    for (int i = 0; i < 5; i++)
        await(co_queue_put_nowait(&queue, ranked(0, 'A' + i)));
    for (int i = 0; i < 5; i++) {
        void *got;
        await(co_queue_get_nowait(&queue, &got));
        letters[i] = (char)(number(got) % 256);
    }
    line("ties come out as %s", letters);
    return 0;
}

/* Without the items that cannot be compared: a comparison in C does not fail. */
Test(queue_order, QUEUE_09_equal_items_come_out_as_heapq_has_them)
{
    expect(queue_09, "ties come out as ACEBD\n");
}

/* Fifty letters of five priorities, of which one is taken for every three put. */
static int queue_09_many(void *)
{
    finally(co_queue_finish) co_queue queue;
    char letters[51] = {};
    size_t taken = 0;
    void *got;

    co_queue_init_priority(&queue, 0, by_priority);
    for (int i = 0; i < 50; i++) {
        int letter = i < 26 ? 'A' + i : 'a' + i - 26;
        await(co_queue_put_nowait(&queue, ranked(i * i * 7 % 5, letter)));
        if (i % 3 == 2) {
            await(co_queue_get_nowait(&queue, &got));
            letters[taken++] = (char)(number(got) % 256);
        }
    }
    while (!co_queue_empty(&queue)) {
        await(co_queue_get_nowait(&queue, &got));
        letters[taken++] = (char)(number(got) % 256);
    }
    line("%s", letters);
    return 0;
}

Test(queue_order, QUEUE_09_many_equal_items_come_out_as_heapq_has_them)
{
    expect(queue_09_many, "AFBKJPUQZVejaoitkpsnTOfEdLGYxurvCqcXMHIRlSgNwDmWhb\n");
}

/* ---- with waiting tasks -------------------------------------------------- */

struct putter {
    co_queue *queue;
    int n;
};

static int putter(void *frame)
{
    const struct putter *self = frame;

    await(co_queue_put(self->queue, item(self->n)));
    evi("put %d", self->n);
    return 0;
}

struct getter {
    char name;
    co_queue *queue;
};

static int getter(void *frame)
{
    const struct getter *self = frame;
    void *got;

    await(co_queue_get(self->queue, &got));
    evi("%c got %d", self->name, number(got));
    return 0;
}

static co_checked int take_all(co_queue *queue)
{
    while (!co_queue_empty(queue)) {
        void *got;
        await(co_queue_get(queue, &got));
        evi("got %d", number(got));
        await(co_sleep(0));
    }
    return 0;
}

/* A limit of three, two putters that wait with a fourth and a fifth item, and two
 * getters that wait for more.
 */
static co_checked int crowd(co_queue *queue)
{
    const int first[] = { 3, 1, 2 }, then[] = { 7, 5, 6 };
    void *got;

    for (int i = 0; i < 3; i++)
        await(co_queue_put_nowait(queue, item(first[i])));
    co_spawn(putter, queue, 0);
    co_spawn(putter, queue, 9);
    await(co_sleep(0));
    await(take_all(queue));

    co_task *a = co_spawn(getter, 'A', queue);
    co_task *b = co_spawn(getter, 'B', queue);
    await(co_sleep(0));
    for (int i = 0; i < 3; i++)
        await(co_queue_put_nowait(queue, item(then[i])));
    line("%s()", py_exception(co_queue_put_nowait(queue, item(8))));
    await(co_settle(a, b));
    await(co_queue_get_nowait(queue, &got));
    evi("last %d, %zu of %zu left", number(got), co_queue_size(queue),
        co_queue_maxsize(queue));
    line("%s()", py_exception(co_queue_get_nowait(queue, &got)));
    for (int i = 0; i < 8; i++)
        await(co_queue_task_done(queue));
    return await(co_queue_join(queue));
}

static int smallest_first(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init_priority(&queue, 3, by_number);
    return await(crowd(&queue));
}

static int newest_first(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init_lifo(&queue, 3);
    return await(crowd(&queue));
}

Test(queue_order, QUEUE_08_waiters_are_woken_in_the_order_they_came)
{
    expect(smallest_first, "i=2 got 1\n"
                           "i=3 put 0\n"
                           "i=3 got 0\n"
                           "i=4 put 9\n"
                           "i=4 got 2\n"
                           "i=5 got 3\n"
                           "i=6 got 9\n"
                           "QueueFull()\n"
                           "i=9 A got 5\n"
                           "i=9 B got 6\n"
                           "i=11 last 7, 0 of 3 left\n"
                           "QueueEmpty()\n");
    expect(newest_first, "i=2 got 2\n"
                         "i=3 put 0\n"
                         "i=3 got 0\n"
                         "i=4 put 9\n"
                         "i=4 got 9\n"
                         "i=5 got 1\n"
                         "i=6 got 3\n"
                         "QueueFull()\n"
                         "i=9 A got 6\n"
                         "i=9 B got 5\n"
                         "i=11 last 7, 0 of 3 left\n"
                         "QueueEmpty()\n");
}

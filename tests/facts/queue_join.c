/* Queues: putters that wait for room, join, and waiters that are cancelled. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>

#include "tests/support/expect.h"

/* Convert a letter to an item, and back. */
static void *item(int n) { return (void *)(intptr_t)n; }

static int letter(const void *item) { return (int)(intptr_t)item; }

struct putter {
    char name;
    co_queue *queue;
};

static int putter(void *frame)
{
    const struct putter *self = frame;

    await(co_queue_put(self->queue, item(self->name)));
    evi("put %c", self->name);
    return 0;
}

static int queue_03(void *frame)
{
    co_queue *queue = frame;
    co_task *tasks[3];
    void *got;

    await(co_queue_put_nowait(queue, item('0')));
    for (int i = 0; i < 3; i++)
        tasks[i] = co_spawn(putter, (char)('A' + i), queue);
    await(co_sleep(0));
    while (!co_done(tasks[2])) {
        await(co_queue_get_nowait(queue, &got));
        evi("got %c full %s", letter(got), py_bool(co_queue_full(queue)));
        await(co_sleep(0));
    }
    await(co_queue_get_nowait(queue, &got));
    evi("got %c empty %s", letter(got), py_bool(co_queue_empty(queue)));
    return 0;
}

/* The queue outlives main, which may end before the putters do. */
static int queue_03_program(void)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 1);
    return co_run_with(queue_03, &queue, NULL);
}

Test(queue_join, putters_wait_for_room_in_order)
{
    expect_program(queue_03_program, "i=2 got 0 full False\n"
                                     "i=3 put A\n"
                                     "i=3 got A full False\n"
                                     "i=4 put B\n"
                                     "i=4 got B full False\n"
                                     "i=5 put C\n"
                                     "i=5 got C empty True\n");
}

struct joiner {
    char name;
    co_queue *queue;
};

static int joiner(void *frame)
{
    const struct joiner *self = frame;

    await(co_queue_join(self->queue));
    evi("%c joined", self->name);
    return 0;
}

static int queue_06(void *)
{
    finally(co_queue_finish) co_queue queue;
    void *got;

    co_queue_init(&queue, 0);
    await(co_queue_join(&queue));
    evi("nothing was put");
    co_queue_put_nowait(&queue, item('x'));
    co_queue_put_nowait(&queue, item('y'));
    co_task *a = co_spawn(joiner, 'A', &queue);
    co_task *b = co_spawn(joiner, 'B', &queue);
    await(co_sleep(0));
    co_queue_get_nowait(&queue, &got);
    co_queue_get_nowait(&queue, &got);
    evi("taken");
    co_queue_task_done(&queue);
    evi("one done");
    await(co_sleep(0));
    co_queue_task_done(&queue);
    co_queue_put_nowait(&queue, item('z'));
    evi("both done, another put");
    await(co_settle(a, b));

    co_task *c = co_spawn(joiner, 'C', &queue);
    await(co_sleep(0));
    co_queue_task_done(&queue);
    evi("the other done, but not taken");
    await(co_settle(c));
    evi("qsize %zu", co_queue_size(&queue));
    return 0;
}

Test(queue_join, join_returns_when_all_items_are_reported_done)
{
    expect(queue_06, "i=1 nothing was put\n"
                     "i=2 taken\n"
                     "i=2 one done\n"
                     "i=3 both done, another put\n"
                     "i=4 A joined\n"
                     "i=4 B joined\n"
                     "i=7 the other done, but not taken\n"
                     "i=8 C joined\n"
                     "i=10 qsize 1\n");
}

struct getter {
    char name;
    co_queue *queue;
};

static int getter(void *frame)
{
    const struct getter *self = frame;
    void *got;
    int r = attempt(co_queue_get(self->queue, &got));

    if (r == UV_ECANCELED)
        evi("%c cancelled", self->name);
    await(r);
    evi("%c got %c", self->name, letter(got));
    return 0;
}

static int queue_12(void *)
{
    finally(co_queue_finish) co_queue queue;
    int getters = 0;

    co_queue_init(&queue, 0);
    co_task *a = co_spawn(getter, 'A', &queue);
    co_task *b = co_spawn(getter, 'B', &queue);
    co_task *c = co_spawn(getter, 'C', &queue);
    await(co_sleep(0));
    co_cancel(a);
    co_cancel(b);
    co_queue_put_nowait(&queue, item('x'));
    evi("A and B cancelled, x put");
    await(co_settle(a, b, c));
    co_list_each(link, &queue.getters)
        getters++;
    evi("qsize %zu getters %d", co_queue_size(&queue), getters);
    return 0;
}

Test(queue_join, a_cancelled_waiter_is_skipped)
{
    expect(queue_12, "i=2 A and B cancelled, x put\n"
                     "i=3 A cancelled\n"
                     "i=3 B cancelled\n"
                     "i=3 C got x\n"
                     "i=5 qsize 0 getters 0\n");
}

/* queue.c — W3: an item from one task to another through a queue. */
#include "tests/bench/bench.h"

static void finish(co_queue *queue) { co_queue_finish(queue); }

struct echo {
    co_queue *there;
    co_queue *back;
};

/* Until the run ends, which cancels it. */
static int echo(void *frame)
{
    const struct echo *self = frame;

    for (;;) {
        void *item;
        await(co_queue_get(self->there, &item));
        await(co_queue_put(self->back, item));
    }
}

static co_checked int serve(co_queue *there, co_queue *back, int times)
{
    for (int i = 0; i < times; i++) {
        void *item;
        await(co_queue_put(there, NULL));
        await(co_queue_get(back, &item));
    }
    return 0;
}

static int pingpong(void *)
{
    enum { ROUND_TRIPS = 1000000 };
    finally(finish) co_queue there;
    finally(finish) co_queue back;

    co_queue_init(&there, 1);
    co_queue_init(&back, 1);
    co_task *other = co_spawn(echo, &there, &back);
    await(serve(&there, &back, ROUND_TRIPS / 10));

    bench_start();
    await(serve(&there, &back, ROUND_TRIPS));
    bench_stop(2.0 * ROUND_TRIPS);

    /* The queues end before the run: no task may wait then. */
    co_cancel(other);
    return attempt(co_join(other)) == UV_ECANCELED ? 0 : CO_ERUNTIME;
}

struct producer {
    co_queue *queue;
};

static int producer(void *frame)
{
    const struct producer *self = frame;

    for (;;)
        await(co_queue_put(self->queue, NULL));
}

static co_checked int consume(co_queue *queue, int times)
{
    for (int i = 0; i < times; i++) {
        void *item;
        await(co_queue_get(queue, &item));
    }
    return 0;
}

static int buffered(void *)
{
    enum { ITEMS = 4000000 };
    finally(finish) co_queue queue;

    co_queue_init(&queue, 1024);
    co_task *other = co_spawn(producer, &queue);
    await(consume(&queue, ITEMS / 10));

    bench_start();
    await(consume(&queue, ITEMS));
    bench_stop(ITEMS);

    co_cancel(other);
    return attempt(co_join(other)) == UV_ECANCELED ? 0 : CO_ERUNTIME;
}

static const struct workload workloads[] = {
    { "W3.pingpong", "ns", pingpong },
    { "W3.buffered", "ns", buffered },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 2); }

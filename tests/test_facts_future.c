/* Futures: completed once, and what becomes of those who wait. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/facts.h"

static int fut_01(void *)
{
    co_future future, cancelled;

    co_future_init(&future);
    line("%s", yes(co_done(&future)));
    co_future_set(&future, 1);
    line("%s", exception(co_future_set(&future, 2)));
    line("%s", exception(co_future_fail(&future, CO_EVALUE, "too late")));

    int awaited = await(co_join(&future));
    line("%s %d %s %d", yes(co_done(&future)), co_result(&future),
         *co_reason(&future) ? co_reason(&future) : "None", awaited);

    co_future_init(&cancelled);
    co_cancel(&cancelled);
    line("%s on cancelled", exception(co_future_set(&cancelled, 1)));
    return 0;
}

Test(facts, FUT_01_a_future_is_completed_once)
{
    expect(fut_01, "False\n"
                   "InvalidStateError\n"
                   "InvalidStateError\n"
                   "True 1 None 1\n"
                   "InvalidStateError on cancelled\n");
}

struct getter {
    co_future *future;
};

static int getter(void *frame)
{
    const struct getter *self = frame;
    int r = await(co_join(self->future));

    evi("waiter gets %c", r);
    return 0;
}

static int fut_02(void *)
{
    co_future future;
    struct saying before = EVI("queued before set_result");
    struct saying after = EVI("queued after set_result");

    co_future_init(&future);
    co_spawn(getter, &future);
    await(co_sleep(0));
    co_call_soon(&before.timer.callback);
    co_future_set(&future, 'R');
    co_call_soon(&after.timer.callback);
    evi("main after set_result");
    await(co_sleep(0));
    evi("main resumed");
    return 0;
}

Test(facts, FUT_02_completing_a_future_queues_those_who_wait)
{
    expect(fut_02, "i=2 main after set_result\n"
                   "i=3 queued before set_result\n"
                   "i=3 waiter gets R\n"
                   "i=3 queued after set_result\n"
                   "i=3 main resumed\n");
}

static int fut_04(void *)
{
    co_future future;

    co_future_init(&future);
    co_future_fail(&future, CO_EVALUE, "v");
    for (int i = 0; i < 2; i++) {
        int r = attempt(co_join(&future));

        /* That it is the same object is that code and reason are the future's. */
        line("caught %s %s", shown(r).s, yes(r == co_result(&future)));
    }
    return 0;
}

/* Without the class given instead of an exception, which is Python's alone. */
Test(facts, FUT_04_every_awaiter_gets_the_error)
{
    expect(fut_04, "caught ValueError('v') True\n"
                   "caught ValueError('v') True\n");
}

struct sharer {
    char name;
    co_future *future;
};

static int sharer(void *frame)
{
    const struct sharer *self = frame;
    int r = attempt(co_join(self->future));

    if (r == UV_ECANCELED)
        ev("%c CancelledError, cancelling() = %u", self->name,
           co_cancelling(co_self()));
    else
        ev("%c ok", self->name);
    return 0;
}

static int fut_07(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *a = co_spawn(sharer, 'A', &future);
    co_task *b = co_spawn(sharer, 'B', &future);
    await(co_sleep(0));
    co_cancel(a);
    ev("future cancelled: %s", yes(co_cancelled(&future)));
    await(co_settle(a, b));
    return 0;
}

Test(facts, FUT_07_cancelling_one_awaiter_cancels_the_future_for_all)
{
    expect(fut_07, "t=0 future cancelled: True\n"
                   "t=0 A CancelledError, cancelling() = 1\n"
                   "t=0 B CancelledError, cancelling() = 0\n");
}

struct namer {
    char name;
    co_future *future;
};

static int namer(void *frame)
{
    const struct namer *self = frame;

    await(co_join(self->future));
    evi("%c", self->name);
    return 0;
}

static int fut_10(void *)
{
    co_future futures[3];
    co_task *tasks[3];

    for (int i = 0; i < 3; i++) {
        co_future_init(&futures[i]);
        tasks[i] = co_spawn(namer, (char)('A' + i), &futures[i]);
    }
    await(co_sleep(0));
    co_future_set(&futures[2], 0);
    co_future_set(&futures[0], 0);
    co_future_set(&futures[1], 0);
    await(co_settlev(tasks, 3));
    return 0;
}

Test(facts, FUT_10_awaiters_go_on_in_the_order_of_completion)
{
    expect(fut_10, "i=3 C\n"
                   "i=3 A\n"
                   "i=3 B\n");
}

/* The programs of asyncio's documentation, compared line by line. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct say_after {
    double delay;
    const char *what;
};

static int say_after(void *frame)
{
    const struct say_after *self = frame;

    await(co_sleep(self->delay));
    ev("%s", self->what);
    return 0;
}

static int tut_01(void *)
{
    ev("started");
    await(co_call(say_after, 1, "hello"));
    await(co_call(say_after, 2, "world"));
    ev("finished");

    co_task *hello = co_spawn(say_after, 1, "hello");
    co_task *world = co_spawn(say_after, 2, "world");
    ev("started");
    await(co_join(hello));
    await(co_join(world));
    ev("finished");

    finally(co_group_close) co_group group = {};
    co_group_enter(&group);
    co_group_spawn(&group, say_after, 1, "hello");
    co_group_spawn(&group, say_after, 2, "world");
    ev("started");
    await(co_group_leave(&group, 0));
    ev("finished");
    return 0;
}

Test(documentation, TUT_01_one_after_the_other_or_at_once)
{
    expect(tut_01, "t=0 started\n"
                   "t=1 hello\n"
                   "t=3 world\n"
                   "t=3 finished\n"
                   "t=3 started\n"
                   "t=4 hello\n"
                   "t=5 world\n"
                   "t=5 finished\n"
                   "t=5 started\n"
                   "t=6 hello\n"
                   "t=7 world\n"
                   "t=7 finished\n");
}

struct cancel_me {
};

static int cancel_me(void *)
{
    ev("cancel_me(): before sleep");
    int r = attempt(co_sleep(3600));
    if (r == UV_ECANCELED)
        ev("cancel_me(): cancel sleep");
    ev("cancel_me(): after sleep");
    return r;
}

static int tut_05(void *)
{
    co_task *task = co_spawn(cancel_me);

    await(co_sleep(1));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("main(): cancel_me is cancelled now");
    return 0;
}

Test(documentation, TUT_05_cancel_me)
{
    expect(tut_05, "t=0 cancel_me(): before sleep\n"
                   "t=1 cancel_me(): cancel sleep\n"
                   "t=1 cancel_me(): after sleep\n"
                   "t=1 main(): cancel_me is cancelled now\n");
}

struct eternity {
};

static int eternity(void *)
{
    await(co_sleep(3600));
    ev("yay!");
    return 0;
}

static int tut_06(void *)
{
    if (attempt(co_wait_for(co_spawn(eternity), 1.0)) == UV_ETIMEDOUT)
        ev("timeout!");
    return 0;
}

Test(documentation, TUT_06_eternity) { expect(tut_06, "t=1 timeout!\n"); }

/* A future, and beside it the text that is its result. */
struct letter {
    co_future future;
    const char *text;
};

struct set_after {
    struct letter *letter;
    double delay;
    const char *value;
};

static int set_after(void *frame)
{
    const struct set_after *self = frame;

    await(co_sleep(self->delay));
    self->letter->text = self->value;
    return co_future_set(&self->letter->future, 0);
}

struct waiter {
    co_event *event;
};

static int waiter(void *frame)
{
    const struct waiter *self = frame;

    ev("waiting for it ...");
    await(co_event_wait(self->event));
    ev("... got it!");
    return 0;
}

static int tut_07(void *)
{
    struct letter letter;
    co_event event;

    co_future_init(&letter.future);
    co_spawn(set_after, &letter, 1, "... world");
    ev("hello ...");
    await(co_join(&letter.future));
    ev("%s", letter.text);

    co_event_init(&event);
    co_task *task = co_spawn(waiter, &event);
    await(co_sleep(1));
    co_event_set(&event);
    await(co_join(task));
    return 0;
}

Test(documentation, TUT_07_a_future_set_by_a_task_and_an_event)
{
    expect(tut_07, "t=0 hello ...\n"
                   "t=1 ... world\n"
                   "t=1 waiting for it ...\n"
                   "t=2 ... got it!\n");
}

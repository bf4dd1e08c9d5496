/* Requests to cancel: with a message, before the start, along a chain, of itself, and
 * of what is left at the end.
 */
#include "lessons/lesson.h"

struct nap {
};

static int nap(void *) { return co_sleep(9); }

struct wakeful {
};

static int wakeful(void *)
{
    int r = attempt(co_sleep(9));

    say("no: %d", r == UV_ECANCELED);
    await(co_sleep(0.5));
    return 0;
}

struct follower {
    co_task *task;
};

static int follower(void *frame)
{
    return co_join(((const struct follower *)frame)->task);
}

struct gatherer {
};

static int gatherer(void *) { return co_gather(co_spawn(nap), co_spawn(nap)); }

struct quitter {
};

static int quitter(void *)
{
    co_cancel_with(co_self(), "by myself");
    await(co_join(co_spawn(nap)));
    return 0;
}

static int ended(co_task *task)
{
    int r = attempt(co_join(task));

    say("%s", r == UV_ECANCELED ? "cancelled" : "done");
    return 0;
}

static int main_task(void *)
{
    co_task *one = co_spawn(nap), *two = co_spawn(nap), *stubborn = co_spawn(wakeful);
    co_cancel(one);
    await(co_sleep(0));
    co_cancel_with(two, "enough");
    co_cancel(stubborn);
    co_cancel(stubborn);
    await(ended(one));
    await(ended(two));
    await(ended(stubborn));
    co_cancel(stubborn);

    co_task *last = co_spawn(follower, co_spawn(follower, co_spawn(nap)));
    co_task *gathering = co_spawn(gatherer);
    await(co_sleep(1));
    co_cancel(last);
    co_cancel(gathering);
    await(ended(last));
    await(ended(gathering));
    await(ended(co_spawn(quitter)));

    co_spawn(wakeful);
    co_spawn(nap);
    await(co_sleep(0.25));
    say("end");
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about ends_cancels = {
    .title = "cancels",
    .replays = "",
    .program = program,
};

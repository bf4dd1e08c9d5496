/* Ctrl-C while main waits: main is cancelled, and the run ends by that. */
#include "lessons/lesson.h"

struct nap {
};

static int nap(void *)
{
    int r = attempt(co_sleep(9));

    say("up: %s", r < 0 ? co_exception_name(r) : "rested");
    return r;
}

static void interrupt(co_callback *) { co_interrupt(); }

static int main_task(void *)
{
    static co_timer timer = { .callback.run = interrupt };

    co_call_later(&timer, 1);
    co_spawn(nap);
    int r = attempt(co_join(co_spawn(nap)));
    await(co_sleep(0.5));
    return r;
}

static int program(void)
{
    int r = co_run(main_task, NULL);

    say("%s", r < 0 ? co_exception_name(r) : "no error");
    return r;
}

const struct about ends_interrupt = {
    .title = "interrupt",
    .replays = "",
    .program = program,
};

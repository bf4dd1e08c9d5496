/* A loop run by hand: callbacks that print and fail, a handler, and what is left. */
#include "lessons/lesson.h"

struct nap {
    double seconds;
};

static int nap(void *frame) { return co_sleep(((const struct nap *)frame)->seconds); }

static void greet(co_callback *) { say("greeting"); }

static void broken(co_callback *) { co_callback_raise(CO_EVALUE, "broken"); }

static int handle(co_exception_handler *, const co_exception_context *context)
{
    say("handler: %s", context->message);
    co_default_exception_handler(context);
    return 0;
}

static int program(void)
{
    static co_timer greeting = { .callback.run = greet };
    static co_callback breaking = { .run = broken };
    static co_exception_handler handler = { handle };

    co_task *task = co_spawn(nap, 1), *left = co_spawn(nap, 9);
    co_call_later(&greeting, 0.5);
    co_call_soon(&breaking);
    await(co_run_until_complete(task));
    say("%s is done", co_name(task));
    co_set_exception_handler(&handler);
    co_call_exception_handler(
        &(co_exception_context){ .message = "lost", .code = CO_ERUNTIME });
    say("%s is not", co_name(left));
    co_set_exception_handler(NULL);
    return co_close();
}

const struct about loops_by_hand = {
    .title = "by hand",
    .replays = "",
    .program = program,
};

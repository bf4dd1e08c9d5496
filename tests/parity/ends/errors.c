/* Errors: caught, gathered, without a reason, never retrieved; and one that ends it. */
#include "lessons/lesson.h"

struct fail {
    int code;
    const char *reason;
};

static int fail(void *frame)
{
    const struct fail *self = frame;

    await(co_sleep(0.5));
    return self->reason ? co_raise(self->code, "%s", self->reason) : self->code;
}

static int main_task(void *)
{
    int r = attempt(co_join(co_spawn(fail, CO_EVALUE, "no number")));
    say("%s: %s", co_exception_name(r), co_why());
    await(co_settle(co_spawn(fail, CO_EXCEPTION, "key"), co_spawn(fail, UV_ETIMEDOUT)));
    co_drop(co_spawn(fail, CO_ERUNTIME, "lost"));
    finally(co_coroutine_release) co_coroutine *never = co_create(fail, CO_EVALUE);
    co_coroutine_drop(never);
    never = NULL;
    await(co_sleep(1));
    co_block(0.25);
    return co_raise(CO_EVALUE, "the end");
}

static int program(void) { return co_run(main_task, NULL); }

const struct about ends_errors = {
    .title = "errors",
    .replays = "",
    .program = program,
};

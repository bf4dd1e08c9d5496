#include "tests/support/small_tasks.h"

#include "tests/support/expect.h"

static const char *text_of(co_callback *self)
{
    return co_container_of(self, struct ev_callback, timer.callback)->text;
}

void run_ev_callback(co_callback *self) { ev("%s", text_of(self)); }

void run_evi_callback(co_callback *self) { evi("%s", text_of(self)); }

void run_cancel_callback(co_callback *self)
{
    co_cancel(co_container_of(self, struct future_callback, timer.callback)->future);
}

void run_set_callback(co_callback *self)
{
    struct future_callback *callback =
        co_container_of(self, struct future_callback, timer.callback);

    co_future_set(callback->future, callback->result);
}

int ev_task(void *frame)
{
    ev("%s", ((const struct ev_task *)frame)->text);
    return 0;
}

int evi_task(void *frame)
{
    evi("%s", ((const struct evi_task *)frame)->text);
    return 0;
}

int sleeper(void *frame)
{
    const struct sleeper *self = frame;

    await(co_sleep(self->seconds));
    return self->result;
}

void evi_text(const char **text) { evi("%s", *text); }

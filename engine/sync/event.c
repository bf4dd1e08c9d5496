#include "engine/event.h"

#include "engine/core/emit.h"
#include "engine/core/waitq.h"

void co_event_init(co_event *event)
{
    *event = (co_event){};
    co_list_init(&event->waiters);
}

void co_event_set(co_event *event)
{
    if (event->set)
        return;
    event->set = true;
    if (co_is_observed_here())
        co_emit_object(co_loop_now, CO_SET, "event", event->name, 0);
    co_waitq_check_thread(&event->waiters, __func__);
    co_waitq_wake_all(&event->waiters);
}

void co_event_clear(co_event *event) { event->set = false; }

void co_event_finish(co_event *event)
{
    const struct co_list *waiters[] = { &event->waiters };

    co_waitq_finish("event", event->name, event, waiters, 1);
}

bool co_event_is_set(const co_event *event) { return event->set; }

int co_event_wait(co_event *event)
{
    static const struct co_future_class class = { .what = "event",
                                                  .function = "co_event_wait" };
    struct co_waiter me;

    if (event->set)
        return 0;
    return co_waitq_wait(&me, &class, event, event->name, &event->waiters,
                         &event->bound);
}

/* Events: the order and iteration in which waiting tasks continue, cancellation, and
 * clear.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct watcher {
    char name;
    co_event *event;
};

static int watcher(void *frame)
{
    const struct watcher *self = frame;
    bool passed = attempt(co_event_wait(self->event)) >= 0;

    evi("%c %s", self->name, py_bool(passed));
    return 0;
}

static int event_01(void *)
{
    co_event event;

    co_event_init(&event);
    co_task *tasks[] = { co_spawn(watcher, 'A', &event), co_spawn(watcher, 'B', &event),
                         co_spawn(watcher, 'C', &event) };
    await(co_sleep(0));
    co_event_set(&event);
    evi("set %s", py_bool(co_event_is_set(&event)));
    await(co_settlev(tasks, 3));
    return 0;
}

Test(event, EVENT_01_all_waiters_continue_in_the_order_they_came)
{
    expect(event_01, "i=2 set True\n"
                     "i=3 A True\n"
                     "i=3 B True\n"
                     "i=3 C True\n");
}

static int event_02(void *)
{
    struct ev_callback other = EVI("other callback");
    co_event event;

    co_event_init(&event);
    co_event_set(&event);
    co_call_soon(&other.timer.callback);
    evi("%s", py_bool(attempt(co_event_wait(&event)) >= 0));
    await(co_sleep(0));
    return 0;
}

Test(event, EVENT_02_waiting_for_a_set_event_does_not_suspend)
{
    expect(event_02, "i=1 True\n"
                     "i=2 other callback\n");
}

struct passer {
    char name;
    co_event *event;
};

static int passer(void *frame)
{
    const struct passer *self = frame;
    int r = attempt(co_event_wait(self->event));

    ev("%c %s", self->name, r == UV_ECANCELED ? "cancelled" : "passed");
    return r;
}

static int event_04(void *)
{
    co_event event;

    co_event_init(&event);
    co_task *a = co_spawn(passer, 'A', &event);
    co_task *b = co_spawn(passer, 'B', &event);
    await(co_sleep(0.1));
    co_cancel(a);
    await(co_sleep(0.1));
    co_event_set(&event);
    co_event_set(&event);
    await(co_settle(a, b));
    return 0;
}

Test(event, EVENT_04_a_cancelled_waiter_is_removed)
{
    expect(event_04, "t=0.1 A cancelled\n"
                     "t=0.2 B passed\n");
}

struct reports_set {
    char name;
    co_event *event;
};

static int reports_set(void *frame)
{
    const struct reports_set *self = frame;
    bool passed = await(co_event_wait(self->event)) >= 0;

    evi("%c %s set %s", self->name, py_bool(passed),
        py_bool(co_event_is_set(self->event)));
    return 0;
}

static int event_03(void *)
{
    co_event event;

    co_event_init(&event);
    co_task *a = co_spawn(reports_set, 'A', &event);
    co_task *b = co_spawn(reports_set, 'B', &event);
    await(co_sleep(0));
    co_event_set(&event);
    co_event_clear(&event);
    evi("set and cleared %s", py_bool(co_event_is_set(&event)));
    co_task *c = co_spawn(reports_set, 'C', &event);
    await(co_sleep(0));
    await(co_sleep(0));
    evi("C done %s", py_bool(co_done(c)));
    co_event_set(&event);
    co_event_set(&event);
    return await(co_gather(a, b, c));
}

Test(event, an_event_cleared_at_once_still_wakes_its_waiters)
{
    expect(event_03, "i=2 set and cleared False\n"
                     "i=3 A True set False\n"
                     "i=3 B True set False\n"
                     "i=4 C done False\n"
                     "i=5 C True set True\n");
}

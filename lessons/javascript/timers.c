#include "lessons/javascript/timers.h"

#include <math.h>

#include "lessons/javascript/script.h"

struct js_timer {
    js_closure closure;
    double due, delay; /* ms */
    bool repeats;
    struct co_list link; /* of the script's timers */
};

double js_date_now(void) { return floor((double)(co_now_ns() / 1000000)); }

double js_random(void) { return co_random(); }

/* What Node makes of a delay. */
static double whole_milliseconds(double delay)
{
    const double longest = 2147483647;

    return delay >= 1 && delay <= longest ? trunc(delay) : 1;
}

/* Behind all that are due at the same time or earlier. */
static void start(js_timer *timer)
{
    struct co_list *timers = js_script_timers(), *after = timers->prev;

    timer->due = js_date_now() + timer->delay;
    while (after != timers && co_container_of(after, js_timer, link)->due > timer->due)
        after = after->prev;
    co_list_append(after->next, &timer->link);
    js_script_wake();
}

js_timer *js_timer_start(js_closure closure, double delay, bool repeats)
{
    js_timer *timer = js_alloc(sizeof(*timer));

    timer->closure = closure;
    timer->delay = whole_milliseconds(delay);
    timer->repeats = repeats;
    start(timer);
    return timer;
}

void js_clear_timer(js_timer *timer)
{
    if (!timer)
        return;
    timer->repeats = false;
    if (timer->link.next)
        co_list_remove(&timer->link);
}

js_function(wake_sleeper, js_promise *promise)
{
    js_resolve(self->promise, js_undefined);
    return js_undefined;
}

js_promise *js_sleep(double delay)
{
    js_promise *promise = js_promise_new_named(
        js_format("setTimeout(%s)", js_string(whole_milliseconds(delay))));

    js_set_timeout(wake_sleeper, delay, promise);
    return promise;
}

double js_timers_next(void)
{
    return co_container_of(js_script_timers()->next, js_timer, link)->due / 1000;
}

bool js_timers_run_first(void)
{
    struct co_list *timers = js_script_timers();
    js_timer *timer = co_container_of(timers->next, js_timer, link);

    if (co_list_empty(timers) || timer->due > js_date_now())
        return false;
    co_list_remove(&timer->link);
    js_value result = js_apply(timer->closure);
    if (result.thrown)
        js_script_fail(result);
    else if (timer->repeats)
        start(timer);
    return true;
}

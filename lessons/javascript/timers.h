/* timers.h — setTimeout, setInterval, the clock and Math.random.
 *
 *     js_function(resolve_later, js_promise *promise)
 *     {
 *         js_resolve(self->promise, js_text("Future value"));
 *         return js_undefined;
 *     }
 *
 *     js_set_timeout(resolve_later, 1000, promise);
 *
 * Times are in milliseconds, whole ones: a delay is truncated, and at least 1. Timers
 * that are due run one at a time, each after all microtasks of the one before: the
 * earliest first, of equal ones the older.
 */
#ifndef JS_TIMERS_H
#define JS_TIMERS_H

#include "lessons/javascript/promise.h"

typedef struct js_timer js_timer;

/* setTimeout(f, delay), setInterval(f, delay): f is a js_function() or a js_async(),
 * its captured variables follow. The timer lives until the script ends.
 */
#define js_set_timeout(name, delay, ...) \
    js_timer_start(js_closure(name, __VA_ARGS__), (delay), false)
#define js_set_interval(name, delay, ...) \
    js_timer_start(js_closure(name, __VA_ARGS__), (delay), true)
js_timer *js_timer_start(js_closure closure, double delay, bool repeats);

/* clearTimeout(timer), clearInterval(timer): also if it has run, or is NULL. */
void js_clear_timer(js_timer *timer);

/* new Promise(resolve => setTimeout(resolve, delay)) */
js_promise *js_sleep(double delay);

/* Date.now(), from the beginning of the program. */
double js_date_now(void);

/* Math.random(): the numbers of Python's random.random() for the same seed. */
double js_random(void);

/* For the script: run the first timer if it is due. False: there is none. */
bool js_timers_run_first(void);

/* When the first timer is due, in seconds of co_now(). There is one. */
double js_timers_next(void);

#endif

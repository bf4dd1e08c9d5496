/* small_tasks.h — tasks and callbacks of one line that many tests need.
 */
#ifndef SMALL_TASKS_H
#define SMALL_TASKS_H

#include "engine/co.h"

/* A callback, or a timer, that prints its text with ev() or with evi():
 *
 *     struct ev_callback first = EV("first");
 *     co_call_soon(&first.timer.callback);
 */
struct ev_callback {
    co_timer timer;
    const char *text;
};
#define EV(text) ((struct ev_callback){ { { .run = run_ev_callback } }, text })
#define EVI(text) ((struct ev_callback){ { { .run = run_evi_callback } }, text })
void run_ev_callback(co_callback *self);
void run_evi_callback(co_callback *self);

/* A callback, or a timer, that cancels a future or sets its result. */
struct future_callback {
    co_timer timer;
    co_future *future;
    int result;
};
#define CANCEL(future) \
    ((struct future_callback){ { { .run = run_cancel_callback } }, future, 0 })
#define SET(future, result) \
    ((struct future_callback){ { { .run = run_set_callback } }, future, result })
void run_cancel_callback(co_callback *self);
void run_set_callback(co_callback *self);

/* A task that prints its text and ends. */
struct ev_task {
    const char *text;
};
struct evi_task {
    const char *text;
};
int ev_task(void *frame);
int evi_task(void *frame);

/* asyncio.sleep(seconds, result) as a task: co_spawn(sleeper, 0.1, 7). */
struct sleeper {
    double seconds;
    int result;
};
int sleeper(void *frame);

/* The rest of the scope is a try block, and `finally: evi(text)` follows it. */
#define finally_evi(text) \
    [[maybe_unused]] finally(evi_text) const char *finally_text_ = (text)
void evi_text(const char **text);

#endif

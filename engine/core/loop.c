#include "engine/loop.h"

#include "engine/core/block.h"
#include "engine/core/emit.h"
#include "engine/core/loop_switch.h"
#include "engine/system/fatal.h"

_Thread_local struct co_loop *co_loop_now;
_Thread_local co_observer *co_observer_now;

void co_no_loop(const char *function)
{
    co_fatal("%s() needs a running event loop: call it inside co_run(), in the thread "
             "that runs the loop",
             function);
}

void co_no_task(const char *function)
{
    co_loop_here(function);
    co_fatal("%s() needs a running task: call it in a coroutine, not in a callback or "
             "between two runs",
             function);
}

int co_loop_is_closed(void) { return co_raise(CO_ERUNTIME, "Event loop is closed"); }

bool co_is_running(void) { return co_loop_now && co_loop_now->running; }

bool co_is_closed(void)
{
    if (co_loop_now)
        return co_loop_now->closed;
    return !co_thread_serial || !co_serial_is_open(co_serial_mark(co_thread_serial));
}

/* ---- time ---------------------------------------------------------------- */

int64_t co_time_here(const char *function)
{
    const struct co_loop *loop = co_loop_of_thread();

    return co_clock_now(&(loop ? loop : co_loop_here(function))->clock);
}

int64_t co_now_ns(void) { return co_time_here(__func__); }

double co_now(void) { return (double)co_time_here(__func__) / 1e9; }

uint64_t co_iteration(void) { return co_loop_now ? co_loop_now->iteration : 0; }

/* ---- one iteration ------------------------------------------------------- */

/* The first Ctrl-C cancels main, a later one ends the run. A loop that is run by hand
 * has no main, so each Ctrl-C ends its run.
 */
static void deliver_sigint(struct co_loop *loop, bool is_first)
{
    if (loop->by_hand) {
        loop->interrupted = true;
    } else if (is_first && loop->main && !co_done(loop->main)) {
        loop->cause = (struct co_cause){ .what = "sigint" };
        co_cancel(loop->main);
        loop->cause = (struct co_cause){};
    } else if (loop->main && loop->catch_sigint) {
        loop->interrupted = true;
    } else if (!is_first) {
        loop->abandoned = true;
    }
}

void co_deliver_sigint(struct co_loop *loop)
{
    while (loop->sigints_delivered < loop->sigints) {
        loop->sigints_delivered++;
        deliver_sigint(loop, loop->sigints_delivered == loop->sigints_before_run + 1);
    }
}

static bool timer_is_due(struct co_loop *loop)
{
    return loop->timers.count &&
           loop->timers.entries[0].deadline_ns <= co_clock_now(&loop->clock);
}

static bool sleeper_is_due(struct co_loop *loop)
{
    return co_sleepers_may_run(loop) &&
           co_sleepers_deadline(loop) <= co_clock_now(&loop->clock);
}

/* The next deadline, of a timer or of a thread; CO_TIME_NEVER: there is none. */
static int64_t next_deadline(struct co_loop *loop)
{
    int64_t deadline_ns = co_sleepers_deadline(loop);

    if (loop->timers.count && loop->timers.entries[0].deadline_ns < deadline_ns)
        deadline_ns = loop->timers.entries[0].deadline_ns;
    return deadline_ns;
}

/* True if the loop has to poll in each iteration. */
static bool has_to_poll(struct co_loop *loop)
{
    return co_inbox_active(loop) || loop->poll.listeners > 0 || loop->poll.dropped > 0;
}

static bool is_something_due(struct co_loop *loop)
{
    co_inbox_take(loop);
    return !co_list_empty(&loop->ready) || timer_is_due(loop) || sleeper_is_due(loop) ||
           loop->sigints != loop->sigints_delivered || loop->interrupted ||
           loop->abandoned;
}

/* Real events come first: the virtual clock jumps only if a poll finds none. */
static void let_time_pass(struct co_loop *loop)
{
    if (loop->virtual_time && has_to_poll(loop)) {
        co_poll_now(&loop->poll);
        if (is_something_due(loop))
            return;
    }
    int64_t before = co_clock_now(&loop->clock);

    co_clock_wait(&loop->clock, &loop->poll, next_deadline(loop));
    if (co_is_observed(loop)) {
        int64_t passed = co_clock_now(&loop->clock) - before;
        co_emit_object(loop, CO_CLOCK, NULL, NULL, (size_t)passed);
    }
}

/* Nothing is ready: wait until something is. False: nothing can become ready. A thread
 * that begins to sleep has its deadline in the list before it stops being busy.
 */
static bool wait_for_something(struct co_loop *loop)
{
    while (!is_something_due(loop)) {
        const bool active = co_inbox_active(loop);
        if (!(active && loop->virtual_time) && next_deadline(loop) != CO_TIME_NEVER)
            let_time_pass(loop);
        else if (active || loop->poll.listeners > 0)
            co_poll_forever(&loop->poll);
        else
            return false;
    }
    co_deliver_sigint(loop);
    return true;
}

static void move_due_timers(struct co_loop *loop)
{
    struct co_timer_heap *timers = &loop->timers;
    const bool with_sleepers = co_sleepers_may_run(loop);

    if (!timers->count && !with_sleepers)
        return;
    const int64_t now = co_clock_now(&loop->clock);
    while (timers->count && timers->entries[0].deadline_ns <= now) {
        co_timer *timer = co_timer_heap_first(timers);
        if (with_sleepers)
            co_sleepers_move_due(loop, timer->deadline_ns, timers->entries[0].order);
        co_timer_heap_remove(timers, timer);
        co_ready(loop, &timer->callback);
    }
    if (with_sleepers)
        co_sleepers_move_due(loop, now, UINT64_MAX);
}

static bool begin_iteration(struct co_loop *loop)
{
    loop->iteration++;
    co_deliver_sigint(loop);
    if (has_to_poll(loop))
        co_poll_now(&loop->poll);
    if (co_list_empty(&loop->ready) && !loop->skipped_callback && !loop->stopping &&
        !wait_for_something(loop))
        return false;
    co_inbox_take(loop);
    move_due_timers(loop);
    co_list_splice(&loop->batch, &loop->ready);
    loop->skipped_callback = false;
    /* Clear the flag before the test: a signal that comes in between sets it again. */
    loop->must_poll = false;
    if (loop->stopping || has_to_poll(loop) || loop->sigints_delivered < loop->sigints)
        co_request_poll(loop);
    return true;
}

/* A callback sees the context variables as they were when it was scheduled. What it
 * sets is dropped when it returns.
 */
static void call(struct co_loop *loop, co_callback *callback)
{
    struct co_contextvars *outside = loop->contextvars;

    loop->contextvars = callback->contextvars;
    callback->contextvars = NULL;
    callback->run(callback);
    co_contextvars_drop(loop->contextvars);
    loop->contextvars = outside;
}

static void run_next(struct co_loop *loop)
{
    co_callback *callback = co_container_of(loop->batch.next, co_callback, link);

    co_list_remove(&callback->link);
    if (callback->run == co_task_step)
        co_task_turn(loop, co_task_of_step(callback));
    else
        call(loop, callback);
    loop->current = NULL;
}

static void run_what_is_ready(struct co_loop *loop)
{
    while (!co_list_empty(&loop->batch) && !loop->exit_code)
        if (loop->debug)
            co_debug_time(loop, run_next);
        else
            run_next(loop);
}

/* ---- until it is stopped ------------------------------------------------- */

static int run_until_stopped(struct co_loop *loop)
{
    do {
        if (!begin_iteration(loop))
            return CO_EDEADLK;
        if (loop->abandoned)
            return CO_EABANDONED;
        if (loop->interrupted)
            return UV_EINTR;
        run_what_is_ready(loop);
        if (loop->exit_code)
            return loop->exit_code;
    } while (!loop->stopping);
    return 0;
}

void co_loop_exit(struct co_loop *loop, int code, struct co_error *error)
{
    loop->exit_code = code;
    co_error_drop(loop->exit_error);
    loop->exit_error = co_error_keep(error);
    co_request_poll(loop);
}

int co_loop_run_forever(struct co_loop *loop)
{
    co_inbox_open(loop);
    loop->running = loop->has_run = true;
    int r = run_until_stopped(loop);
    loop->running = false;
    loop->stopping = false;
    loop->exit_code = 0;
    /* The callbacks that this run has left run first in the next run. */
    co_list_splice(&loop->batch, &loop->ready);
    co_list_splice(&loop->ready, &loop->batch);
    co_sleepers_put_back(loop);
    return r;
}

static void on_done(co_callback *callback)
{
    (void)callback;
    co_stop();
}

int co_loop_run_until(struct co_loop *loop, co_future *future)
{
    co_callback stopper = { .run = on_done };

    co_future_add_callback(future, &stopper);
    int r = co_loop_run_forever(loop);
    bool late = co_done(future) && !co_list_empty(&stopper.link);
    co_callback_cancel(&stopper);
    /* asyncio's done callback marks it as retrieved when the loop runs again. */
    if (co_error_ends_loop(r) && co_done(future))
        future->unretrieved = false;
    /* asyncio leaves its stop callback in the ready queue, where it stops the next run.
     */
    if (late && !co_error_ends_loop(future->code))
        loop->stopping = true;
    return r == 0 && !co_done(future)
               ? co_raise(CO_ERUNTIME, "Event loop stopped before Future completed.")
               : r;
}

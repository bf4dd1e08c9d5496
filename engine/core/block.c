/* block.c — co_block(), in the thread of the loop and in others. */
#include "engine/core/block.h"

#include <math.h>

#include "engine/core/emit.h"

/* A sleeping thread; the struct is on its stack. The mutex of the loop guards it. */
struct sleeper {
    struct co_list link; /* of co_inbox.sleepers */
    co_callback turn;    /* wakes the thread; it is ready when the deadline has come */
    int64_t deadline_ns;
    uint64_t order; /* equal deadlines: the smallest order continues first */
    uint64_t job;   /* equal orders, of threads that waited for the same task: the
                       smallest job continues first */
    bool awake;
    uv_cond_t wake;
};

static struct sleeper *sleeper_of(struct co_list *link)
{
    return co_container_of(link, struct sleeper, link);
}

/* ---- in a thread --------------------------------------------------------- */

static bool precedes(const struct sleeper *a, const struct sleeper *b)
{
    if (a->deadline_ns != b->deadline_ns)
        return a->deadline_ns < b->deadline_ns;
    return a->order != b->order ? a->order < b->order : a->job < b->job;
}

static void insert(struct co_list *sleepers, struct sleeper *sleeper)
{
    struct co_list *next = sleepers->next;

    while (next != sleepers && !precedes(sleeper, sleeper_of(next)))
        next = next->next;
    co_list_append(next, &sleeper->link); /* before it */
}

static void run_turn(co_callback *turn);

/* Sleep on the virtual clock. The clock does not advance while the thread is busy, so
 * the deadline does not depend on when the system runs the thread.
 */
static int sleep_in_thread(struct co_loop *loop, double seconds)
{
    struct sleeper sleeper = {
        .turn.run = run_turn,
        .order = co_thread_order,
        .job = co_thread_job,
    };

    if (!co_time_after(co_clock_now(&loop->clock), seconds, &sleeper.deadline_ns))
        return co_time_too_far(seconds);
    co_list_init(&sleeper.turn.link);
    uv_cond_init(&sleeper.wake);
    co_inbox_lock(loop);
    insert(&loop->inbox.sleepers, &sleeper);
    loop->inbox.sleeping++;
    co_inbox_thread_idle(loop);
    while (!sleeper.awake)
        uv_cond_wait(&sleeper.wake, &loop->inbox.mutex);
    co_thread_order = sleeper.order;
    co_inbox_unlock(loop);
    uv_cond_destroy(&sleeper.wake);
    return 0;
}

/* ---- in the loop's thread ------------------------------------------------ */

/* The thread that continues first; NULL: no thread sleeps. Call it with the mutex held.
 */
static struct sleeper *first(struct co_loop *loop)
{
    struct co_list *sleepers = &loop->inbox.sleepers;

    return co_list_empty(sleepers) ? NULL : sleeper_of(sleepers->next);
}

int64_t co_sleepers_deadline(struct co_loop *loop)
{
    if (loop->inbox.sleeping == 0)
        return CO_TIME_NEVER;
    co_inbox_lock(loop);
    int64_t deadline_ns = first(loop)->deadline_ns;
    co_inbox_unlock(loop);
    return deadline_ns;
}

bool co_sleepers_may_run(struct co_loop *loop)
{
    return loop->inbox.busy_threads == 0 && loop->inbox.sleeping > 0 &&
           co_list_empty(&loop->ready);
}

void co_sleepers_move_due(struct co_loop *loop, int64_t deadline_ns, uint64_t order)
{
    co_inbox_lock(loop);
    co_list_each(link, &loop->inbox.sleepers) {
        struct sleeper *sleeper = sleeper_of(link);
        if (sleeper->deadline_ns > deadline_ns ||
            (sleeper->deadline_ns == deadline_ns && sleeper->order > order))
            break;
        if (co_list_empty(&sleeper->turn.link))
            co_ready(loop, &sleeper->turn);
    }
    co_inbox_unlock(loop);
}

void co_sleepers_put_back(struct co_loop *loop)
{
    if (loop->inbox.sleeping == 0)
        return;
    co_inbox_lock(loop);
    co_list_each(link, &loop->inbox.sleepers)
        co_list_remove(&sleeper_of(link)->turn.link);
    co_inbox_unlock(loop);
}

/* Call it with the mutex held. The thread counts as busy at once, and not only when the
 * system runs it: otherwise the clock could advance before.
 */
static void wake(struct co_loop *loop, struct sleeper *sleeper)
{
    struct co_inbox *inbox = &loop->inbox;

    co_list_remove(&sleeper->link);
    co_list_remove(&sleeper->turn.link);
    inbox->sleeping--;
    inbox->busy_threads++;
    inbox->awaited = sleeper->order = co_timer_heap_next_order(&loop->timers);
    sleeper->awake = true;
    uv_cond_signal(&sleeper->wake);
}

/* Wake the thread, and block the loop until the thread sleeps again, waits for the loop
 * or returns. A thread may also wait for I/O that the loop handles, so I/O ends the
 * wait, as Ctrl-C does. Then the thread runs at the same time as the loop.
 */
static void run_turn(co_callback *turn)
{
    struct co_loop *loop = co_loop_now;
    const struct co_list *last_ready = loop->ready.prev;

    co_inbox_lock(loop);
    wake(loop, co_container_of(turn, struct sleeper, turn));
    co_inbox_unlock(loop);
    while (loop->inbox.awaited && loop->ready.prev == last_ready &&
           loop->sigints == loop->sigints_delivered)
        co_poll_forever(&loop->poll);
    /* A thread that has returned still holds the mutex until it counts as idle. Lock
     * it, so that the loop sees that count.
     */
    co_inbox_lock(loop);
    loop->inbox.awaited = 0;
    co_inbox_unlock(loop);
}

/* ---- in the loop's thread, which is blocked ------------------------------ */

void co_let_threads_run(struct co_loop *loop)
{
    const uint64_t limit_ns = 1000000000, end = uv_hrtime() + limit_ns;

    while (loop->virtual_time && loop->inbox.busy_threads > 0) {
        const uint64_t now = uv_hrtime();
        if (now >= end)
            return;
        uv_cond_timedwait(&loop->inbox.stopped, &loop->inbox.mutex, end - now);
    }
}

/* Advance the clock to `until_ns`, and return by how many nanoseconds. Call it with the
 * mutex held, when no thread is busy. The mutex is released meanwhile.
 */
static int64_t advance(struct co_loop *loop, int64_t until_ns)
{
    int64_t length_ns = until_ns - co_clock_now(&loop->clock);

    if (length_ns <= 0)
        return 0;
    co_inbox_unlock(loop);
    co_clock_block(&loop->clock, length_ns);
    co_inbox_lock(loop);
    return length_ns;
}

/* Wait until no thread is busy. Return the thread that continues first, if its deadline
 * is not after `until_ns`; else NULL. Call it with the mutex held.
 */
static struct sleeper *next_until(struct co_loop *loop, int64_t until_ns)
{
    while (loop->inbox.busy_threads > 0)
        uv_cond_wait(&loop->inbox.stopped, &loop->inbox.mutex);
    struct sleeper *sleeper = first(loop);
    return sleeper && sleeper->deadline_ns <= until_ns ? sleeper : NULL;
}

static void block_virtually(struct co_loop *loop, int64_t until_ns)
{
    co_inbox_lock(loop);
    for (struct sleeper *sleeper; (sleeper = next_until(loop, until_ns));) {
        advance(loop, sleeper->deadline_ns);
        wake(loop, sleeper);
    }
    advance(loop, until_ns);
    co_inbox_unlock(loop);
}

void co_block_until_zero(struct co_loop *loop, const unsigned *counter)
{
    co_inbox_lock(loop);
    while (*counter > 0) {
        if (loop->inbox.busy_threads > 0 || !first(loop)) {
            uv_cond_wait(&loop->inbox.stopped, &loop->inbox.mutex);
            continue;
        }
        int64_t passed = advance(loop, first(loop)->deadline_ns);
        if (passed > 0 && co_is_observed(loop))
            co_emit_object(loop, CO_CLOCK, NULL, NULL, (size_t)passed);
        wake(loop, first(loop));
    }
    co_inbox_unlock(loop);
}

/* Between runs Python's own handler gets a SIGINT and raises. */
static int interrupted(struct co_loop *loop)
{
    if (loop->sigints_delivered == loop->sigints)
        return 0;
    loop->sigints_delivered = loop->sigints;
    return co_set_current_error(UV_EINTR, NULL);
}

static int block_loop(struct co_loop *loop, double seconds)
{
    int64_t until_ns, length_ns = co_nanoseconds(seconds);

    if (!co_time_after(co_clock_now(&loop->clock), seconds, &until_ns))
        return co_time_too_far(seconds);
    if (loop->virtual_time)
        block_virtually(loop, until_ns);
    else
        co_clock_block(&loop->clock, length_ns);
    if (loop->running)
        co_deliver_sigint(loop);
    if (co_is_observed(loop))
        co_emit_object(loop, CO_BUSY, NULL, NULL, (size_t)length_ns);
    return loop->running ? 0 : interrupted(loop);
}

/* ---- in any thread ------------------------------------------------------- */

/* A thread that the program made itself has no current error, so it gets the code
 * without a reason.
 */
static int refuse(double seconds)
{
    if (!co_loop_of_thread())
        return CO_EVALUE;
    if (isnan(seconds))
        return co_raise(CO_EVALUE, "Invalid value NaN (not a number)");
    return seconds < 0 ? co_raise(CO_EVALUE, "sleep length must be non-negative")
                       : co_time_too_far(seconds);
}

int co_block(double seconds)
{
    struct co_loop *loop = co_loop_now;

    if (!(seconds >= 0) || co_nanoseconds(seconds) == CO_TIME_NEVER)
        return refuse(seconds);
    if (loop)
        return seconds > 0 ? block_loop(loop, seconds) : 0;
    if (co_thread_loop && co_thread_loop->virtual_time)
        return sleep_in_thread(co_thread_loop, seconds);
    co_sleep_really(co_nanoseconds(seconds));
    return 0;
}

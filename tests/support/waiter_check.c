#include "tests/support/waiter_check.h"

#include <stdio.h>
#include <string.h>

#include "engine/core/waitq.h"
#include "engine/event.h"
#include "engine/lock.h"
#include "engine/queue.h"
#include "engine/semaphore.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* ---- what is acquired ---------------------------------------------------- */

static struct holding *holding_of(struct waiter_check *check, const char *what,
                                  const char *name)
{
    struct holding *holding = check->holdings;

    name = name ? name : "";
    for (size_t i = 0; i < check->holding_count; i++, holding++)
        if (strcmp(holding->what, what) == 0 &&
            strncmp(holding->name, name, sizeof(holding->name) - 1) == 0)
            return holding;
    if (check->holding_count == COUNT(check->holdings))
        return NULL;
    check->holding_count++;
    *holding = (struct holding){ .what = what, .capacity = -1 };
    snprintf(holding->name, sizeof(holding->name), "%s", name);
    return holding;
}

/* The event's number is the semaphore's value after it. */
static void note_holding(struct waiter_check *check, const co_trace_event *event)
{
    int change = event->kind == CO_ACQUIRE ? 1 : -1;
    struct holding *holding = holding_of(check, event->what, event->object);

    if (!holding)
        return;
    if (holding->capacity < 0)
        holding->capacity = event->number + change;
    holding->held += change;
}

int waiter_check_held(const struct waiter_check *check)
{
    int held = 0;

    for (size_t i = 0; i < check->holding_count; i++)
        held += check->holdings[i].held;
    return held;
}

/* ---- the lists of waiters ------------------------------------------------ */

static bool is(const co_future *future, const char *what)
{
    return strcmp(future->class->what, what) == 0;
}

/* The waiter of a task that waits in a primitive's list; NULL: it waits for something
 * else, or not at all.
 */
static struct co_waiter *waiter_of(const struct co_task_impl *task)
{
    static const char *const primitives[] = { "lock",   "semaphore",    "event",
                                              "queue",  "as_completed", "condition",
                                              "barrier" };
    co_future *future = task ? task->waiting : NULL;

    for (size_t i = 0; future && i < COUNT(primitives); i++)
        if (is(future, primitives[i]))
            return co_container_of(future, struct co_waiter, future);
    return NULL;
}

static bool belongs_to_a_task(const struct co_list *link)
{
    co_list_each(other, &co_loop_now->handles) {
        struct co_waiter *waiter = waiter_of(co_unfinished_task(other));
        if (waiter && &waiter->link == link)
            return true;
    }
    return false;
}

/* The head of the list this waiter is in: the only link that is no waiter of a task.
 * A second such link is a waiter whose task is done. NULL: the waiter is in no list.
 */
static struct co_list *head_of(const struct co_waiter *waiter, bool *ret_stale)
{
    struct co_list *head = NULL;

    *ret_stale = false;
    for (struct co_list *link = waiter->link.next; link != &waiter->link;
         link = link->next)
        if (!belongs_to_a_task(link)) {
            *ret_stale |= head != NULL;
            head = link;
        }
    return head;
}

static bool is_static(const struct co_list *head)
{
#ifdef __ELF__
    extern const char __executable_start[], _end[];

    return (const char *)head >= __executable_start && (const char *)head < _end;
#else
    return (void)head, false; /* unknown */
#endif
}

static void note_head(struct waiter_check *check, struct co_list *head)
{
    for (size_t i = 0; i < check->waiters_count; i++)
        if (check->waiters[i] == head)
            return;
    if (head && is_static(head) && check->waiters_count < COUNT(check->waiters))
        check->waiters[check->waiters_count++] = head;
}

/* The check is quadratic in the number of tasks, and large programs show nothing that
 * small ones do not.
 */
static bool is_large(const struct co_loop *loop) { return loop->spawned > 64; }

static void note_heads(struct waiter_check *check)
{
    bool stale;

    if (is_large(co_loop_now))
        return;
    co_list_each(link, &co_loop_now->handles) {
        struct co_waiter *waiter = waiter_of(co_unfinished_task(link));
        if (waiter)
            note_head(check, head_of(waiter, &stale));
    }
}

void waiter_check_event(struct waiter_check *check, const co_trace_event *event)
{
    if (event->kind == CO_ACQUIRE || event->kind == CO_RELEASE)
        note_holding(check, event);
    else if (event->kind == CO_WAIT || event->kind == CO_WAKE)
        note_heads(check);
}

const char *waiter_check_stale(const struct waiter_check *check)
{
    for (size_t i = 0; i < check->waiters_count; i++)
        if (!co_list_empty(check->waiters[i]))
            return "a list of waiters still has the waiter of a task that is done";
    return NULL;
}

/* ---- lost wake-ups ------------------------------------------------------- */

static bool queue_is_ready(const struct co_waiter *waiter, struct co_list *head)
{
    const co_queue *queue = waiter->object;

    if (!head)
        return false;
    if (head == &queue->getters)
        return queue->count > 0;
    if (head == &queue->putters)
        return !co_queue_full(queue);
    return queue->unfinished == 0;
}

/* It is unlocked, or locked though each acquire had its release. A lock inside another
 * primitive emits no events, so its holder is not known.
 */
static bool lock_is_free(struct waiter_check *check, const co_lock *lock)
{
    const struct holding *holding = holding_of(check, "lock", lock->name);

    return !lock->locked || (!lock->silent && holding && holding->held == 0);
}

static bool semaphore_is_free(struct waiter_check *check, const co_semaphore *semaphore)
{
    const struct holding *holding = holding_of(check, "semaphore", semaphore->name);

    return semaphore->value > 0 || (holding && holding->held < holding->capacity);
}

/* The futures that a gather, wait or shield waits for are all done. */
static bool awaits_only_done(const co_future *future)
{
    co_future *other;

    if (!future->class->awaits || !future->class->awaits(future, 0))
        return false;
    for (size_t i = 0; (other = future->class->awaits(future, i)); i++)
        if (!co_done(other))
            return false;
    return true;
}

/* What the task waits for although it is available; NULL: it waits rightly. */
static const char *lost_wakeup_of(struct waiter_check *check,
                                  const struct co_task_impl *task)
{
    struct co_waiter *waiter = waiter_of(task);
    bool stale;

    if (co_done(task->waiting))
        return "a future that is done";
    if (awaits_only_done(task->waiting))
        return "futures that are all done";
    if (!waiter)
        return NULL;
    struct co_list *head = head_of(waiter, &stale);
    if (stale)
        return "its turn behind a task that is done";
    if (is(task->waiting, "lock"))
        return lock_is_free(check, waiter->object) ? "a free lock" : NULL;
    if (is(task->waiting, "semaphore"))
        return semaphore_is_free(check, waiter->object) ? "a free semaphore" : NULL;
    if (is(task->waiting, "event"))
        return co_event_is_set(waiter->object) ? "an event that is set" : NULL;
    if (is(task->waiting, "queue") || is(task->waiting, "as_completed"))
        return queue_is_ready(waiter, head) ? "a queue that is ready" : NULL;
    return NULL;
}

const char *waiter_check_lost_wakeup(struct waiter_check *check)
{
    struct co_loop *loop = co_loop_now;

    if (!co_list_empty(&loop->ready) || !co_list_empty(&loop->batch) || is_large(loop))
        return NULL;
    co_list_each(link, &loop->handles) {
        const struct co_task_impl *task = co_unfinished_task(link);
        const char *what = task && task->waiting ? lost_wakeup_of(check, task) : NULL;
        if (what)
            return what;
    }
    return NULL;
}

#include "tests/support/waiter_check.h"

#include <stdio.h>
#include <string.h>

#include "engine/core/waitq.h"
#include "engine/event.h"
#include "engine/lock.h"
#include "engine/queue.h"
#include "engine/semaphore.h"

/* ---- what is held -------------------------------------------------------- */

static struct holding *holding_of(struct lines *lines, const char *what,
                                  const char *name)
{
    struct holding *holding = lines->holdings;

    name = name ? name : "";
    for (size_t i = 0; i < lines->holding_count; i++, holding++)
        if (strcmp(holding->what, what) == 0 &&
            strncmp(holding->name, name, sizeof(holding->name) - 1) == 0)
            return holding;
    if (lines->holding_count == HOLDINGS)
        return NULL;
    lines->holding_count++;
    *holding = (struct holding){ .what = what, .slots = -1 };
    snprintf(holding->name, sizeof(holding->name), "%s", name);
    return holding;
}

static void note_holding(struct lines *lines, const co_trace_event *record)
{
    int change = record->kind == CO_ACQUIRE ? 1 : -1;
    struct holding *holding = holding_of(lines, record->what, record->object);

    if (!holding)
        return;
    if (holding->slots < 0)
        holding->slots = record->number + change;
    holding->held += change;
}

int lines_held(const struct lines *lines)
{
    int held = 0;

    for (size_t i = 0; i < lines->holding_count; i++)
        held += lines->holdings[i].held;
    return held;
}

/* ---- who stands where ---------------------------------------------------- */

static bool is(const co_future *future, const char *what)
{
    return strcmp(future->class->what, what) == 0;
}

/* What a task waits for, if it stands in somebody's line for it; else NULL. */
static struct co_waiter *in_line(const struct co_task_impl *task)
{
    static const char *const lines[] = { "lock",         "semaphore", "event",  "queue",
                                         "as_completed", "condition", "barrier" };
    co_future *future = task ? task->waiting : NULL;

    for (size_t i = 0; future && i < sizeof(lines) / sizeof(*lines); i++)
        if (is(future, lines[i]))
            return co_container_of(future, struct co_waiter, future);
    return NULL;
}

static bool stands_in_line(struct co_list *link)
{
    co_list_each(other, &co_loop_now->handles) {
        struct co_waiter *waiter = in_line(co_unfinished_task(other));
        if (waiter && &waiter->link == link)
            return true;
    }
    return false;
}

/* The head of the line: of all that is linked the one that is nobody's. NULL: he has
 * left it. If there are two the one belongs to somebody who has gone.
 */
static struct co_list *head_of(const struct co_waiter *waiter, bool *ret_somebody_gone)
{
    struct co_list *head = NULL;

    *ret_somebody_gone = false;
    for (struct co_list *link = waiter->link.next; link != &waiter->link;
         link = link->next)
        if (!stands_in_line(link)) {
            *ret_somebody_gone |= head != NULL;
            head = link;
        }
    return head;
}

/* Static, and so there when everybody has gone. */
static bool stays(const struct co_list *head)
{
#ifdef __ELF__
    extern const char __executable_start[], _end[];

    return (const char *)head >= __executable_start && (const char *)head < _end;
#else
    return (void)head, false; /* unknown */
#endif
}

static void note_head(struct lines *lines, struct co_list *head)
{
    for (size_t i = 0; i < lines->head_count; i++)
        if (lines->heads[i] == head)
            return;
    if (head && stays(head) && lines->head_count < LINES)
        lines->heads[lines->head_count++] = head;
}

/* Looking at many would take too long, and show nothing that fewer do not. */
static bool are_many(const struct co_loop *loop) { return loop->spawned > 64; }

static void look_at_lines(struct lines *lines)
{
    bool somebody_gone;

    if (are_many(co_loop_now))
        return;
    co_list_each(link, &co_loop_now->handles) {
        struct co_waiter *waiter = in_line(co_unfinished_task(link));
        if (waiter)
            note_head(lines, head_of(waiter, &somebody_gone));
    }
}

void lines_note(struct lines *lines, const co_trace_event *record)
{
    if (record->kind == CO_ACQUIRE || record->kind == CO_RELEASE)
        note_holding(lines, record);
    else if (record->kind == CO_WAIT || record->kind == CO_WAKE)
        look_at_lines(lines);
}

const char *lines_left(const struct lines *lines)
{
    for (size_t i = 0; i < lines->head_count; i++)
        if (!co_list_empty(lines->heads[i]))
            return "somebody who has ended still stands in line";
    return NULL;
}

/* ---- who waits in vain --------------------------------------------------- */

static bool queue_has_it(const struct co_waiter *waiter, struct co_list *head)
{
    const char *what = waiter->object;

    if (!head)
        return false;
    if (strcmp(what, "get") == 0)
        return co_container_of(head, co_queue, getters)->count > 0;
    if (strcmp(what, "put") == 0)
        return !co_queue_full(co_container_of(head, co_queue, putters));
    return co_container_of(head, co_queue, joiners)->unfinished == 0;
}

/* It is free, or nobody is known to have it. What is inside of something else nobody
 * is told of.
 */
static bool lock_is_free(struct lines *lines, const co_lock *lock)
{
    const struct holding *holding = holding_of(lines, "lock", lock->name);

    return !lock->locked || (!lock->silent && holding && holding->held == 0);
}

static bool semaphore_is_free(struct lines *lines, const co_semaphore *semaphore)
{
    const struct holding *holding = holding_of(lines, "semaphore", semaphore->name);

    return semaphore->value > 0 || (holding && holding->held < holding->slots);
}

static bool all_done(const co_future *future)
{
    co_future *other;

    if (!future->class->awaits || !future->class->awaits(future, 0))
        return false;
    for (size_t i = 0; (other = future->class->awaits(future, i)); i++)
        if (!co_done(other))
            return false;
    return true;
}

static const char *in_vain(struct lines *lines, const struct co_task_impl *task)
{
    struct co_waiter *waiter = in_line(task);
    bool somebody_gone;

    if (co_done(task->waiting))
        return "for what is done";
    if (all_done(task->waiting))
        return "for others who all have ended";
    if (!waiter)
        return NULL;
    struct co_list *head = head_of(waiter, &somebody_gone);
    if (somebody_gone)
        return "behind somebody who has gone";
    if (is(task->waiting, "lock"))
        return lock_is_free(lines, waiter->object) ? "for a free lock" : NULL;
    if (is(task->waiting, "semaphore"))
        return semaphore_is_free(lines, waiter->object) ? "for a free slot" : NULL;
    if (is(task->waiting, "event"))
        return co_event_is_set(waiter->object) ? "for what is set" : NULL;
    if (is(task->waiting, "queue") || is(task->waiting, "as_completed"))
        return queue_has_it(waiter, head) ? "for what a queue has" : NULL;
    return NULL;
}

const char *lines_forgotten(struct lines *lines)
{
    struct co_loop *loop = co_loop_now;

    if (!co_list_empty(&loop->ready) || !co_list_empty(&loop->batch) || are_many(loop))
        return NULL;
    co_list_each(link, &loop->handles) {
        const struct co_task_impl *task = co_unfinished_task(link);
        const char *why = task && task->waiting ? in_vain(lines, task) : NULL;
        if (why)
            return why;
    }
    return NULL;
}

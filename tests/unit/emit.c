/* core/emit.c: the events of primitives inside other primitives, and of waits for
 * groups.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "engine/co.h"

/* The events wait, wake, acquire, release, put and get of named objects: the task, the
 * kind, and the object.
 */
struct notes {
    co_observer observer;
    char text[4096];
    size_t used;
};

static void note(co_observer *observer, const co_trace_event *record)
{
    struct notes *notes = (struct notes *)observer;
    const bool reported = record->kind == CO_WAIT || record->kind == CO_WAKE ||
                          record->kind == CO_ACQUIRE || record->kind == CO_RELEASE ||
                          record->kind == CO_PUT || record->kind == CO_GET;

    if (!reported || !record->object)
        return;
    notes->used += (size_t)snprintf(
        notes->text + notes->used, sizeof(notes->text) - notes->used,
        "%s %s %s %s%s%s\n", co_name(record->task), co_trace_event_word(record->kind),
        record->what, record->object, record->text ? " " : "",
        record->text ? record->text : "");
}

static void expect_named_events(co_fn *main, const char *lines)
{
    struct notes notes = { { note } };
    int r = co_run(main,
                   &(co_options){ .virtual_time = true, .observer = &notes.observer });

    cr_assert(eq(int, r, 0));
    cr_assert(eq(str, notes.text, (char *)lines));
}

struct waiter {
    co_condition *condition;
};

static int waiter(void *frame)
{
    co_condition *condition = ((const struct waiter *)frame)->condition;

    with_condition(condition)
        await(co_condition_wait(condition));
    return 0;
}

static int notifies(void *)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    condition.name = "news";
    co_task *task = co_spawn(waiter, &condition);
    await(co_sleep(0));
    with_condition(&condition) {
        co_condition_notify_all(&condition);
        await(co_sleep(1));
    }
    await(co_join(task));
    return 0;
}

Test(emit, the_lock_of_a_condition_has_the_name_of_the_condition)
{
    expect_named_events(notifies, "Task-2 acquire lock news\n"
                                  "Task-2 release lock news\n"
                                  "Task-2 wait condition news\n"
                                  "Task-1 acquire lock news\n"
                                  "Task-2 wake condition news\n"
                                  "Task-2 wait lock news\n"
                                  "Task-1 release lock news\n"
                                  "Task-2 wake lock news\n"
                                  "Task-2 acquire lock news\n"
                                  "Task-2 release lock news\n");
}

struct arrival {
    co_barrier *barrier;
};

static int arrival(void *frame)
{
    await(co_barrier_wait(((const struct arrival *)frame)->barrier));
    return 0;
}

static int meets(void *)
{
    co_barrier barrier;

    co_barrier_init(&barrier, 2);
    barrier.name = "gate";
    await(co_gather(co_spawn(arrival, &barrier), co_spawn(arrival, &barrier)));
    return 0;
}

Test(emit, a_barrier_emits_no_events_of_the_primitives_it_is_made_of)
{
    expect_named_events(meets, "Task-2 wait barrier gate\n"
                               "Task-2 wake barrier gate\n");
}

/* ---- groups -------------------------------------------------------------- */

struct group_notes {
    co_observer observer;
    char text[512];
};

static void note_group(co_observer *observer, const co_trace_event *record)
{
    struct group_notes *notes = (struct group_notes *)observer;
    size_t used = strlen(notes->text);
    char *end = notes->text + used;
    size_t room = sizeof(notes->text) - used;

    if (record->kind == CO_DEADLOCK)
        snprintf(end, room, "%s\n", record->text);
    else if (record->kind == CO_CANCEL && record->what)
        snprintf(end, room, "cancel %s: %s\n", co_name(record->other), record->what);
    else if (record->kind == CO_WAIT && record->count)
        snprintf(end, room, "wait for %s: %zu, the first %s\n", record->what,
                 record->count, co_name(record->tasks[0]));
}

struct fails {
};

static int fails(void *) { return co_raise(CO_EVALUE, "b"); }

struct stuck {
};

static int stuck(void *)
{
    co_future future;

    co_future_init(&future);
    while (attempt(co_join(&future)) < 0)
        co_future_init(&future);
    return 0;
}

#define NAMED(name) \
    (co_spawn_options) { name }

static int hangs(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn_with(&group, NAMED("a"), stuck);
    co_group_spawn_with(&group, NAMED("b"), fails);
    co_group_spawn_with(&group, NAMED("c"), stuck);
    return attempt(co_group_leave(&group, 0));
}

/* The tasks are abandoned then, with everything they own. */
Test(emit, a_wait_for_a_group_names_its_tasks)
{
    struct group_notes notes = { .observer.event = note_group };

    co_run(hangs, &(co_options){ .virtual_time = true, .observer = &notes.observer });
    cr_expect(eq(str, notes.text,
                 "wait for group: 3, the first a\n"
                 "cancel a: group\n"
                 "cancel c: group\n"
                 "cancel Task-1: group\n"
                 "wait for group: 2, the first a\n"
                 "main -> group (a, c) ; a -> future ; c -> future\n"
                 /* The engine cancels the waiting task, and the tasks that are left. */
                 "wait for group: 2, the first a\n"
                 "wait for group: 2, the first a\n"));
}

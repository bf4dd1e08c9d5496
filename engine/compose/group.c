#include "engine/group.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/compose/group_internal.h"

/* A task of a group. It holds a reference until the task is done, or, if the task
 * fails, until the group is left. It is in a slab of the loop, which frees it even if
 * the group is abandoned with its parent.
 */
struct member {
    co_callback done;
    struct co_list link; /* of co_group.tasks, then of .failed */
    co_group *group;
    co_task *task;
};

struct members {
    struct co_extension extension;
    struct co_slab slab;
};

static void init_members(struct co_extension *self)
{
    co_slab_init(&co_container_of(self, struct members, extension)->slab,
                 sizeof(struct member));
}

static void finish_members(struct co_loop *loop, struct co_extension *self)
{
    (void)loop;
    co_slab_finish(&co_container_of(self, struct members, extension)->slab);
}

static struct co_slab *members_of(struct co_loop *loop)
{
    static const struct co_extension_class class = {
        .size = sizeof(struct members),
        .of_program = true,
        .init = init_members,
        .step = CO_SHUTDOWN_NONE,
        .finish = finish_members,
    };
    struct co_extension *extension = co_extension_get(loop, &class);

    return &co_container_of(extension, struct members, extension)->slab;
}

static struct member *member_of(struct co_list *link)
{
    return co_container_of(link, struct member, link);
}

static size_t count_of(const struct co_list *list)
{
    size_t count = 0;

    co_list_each(link, list)
        count++;
    return count;
}

/* ---- as Python shows it -------------------------------------------------- */

struct repr {
    char s[96];
};

static struct repr repr(const co_group *group)
{
    const size_t tasks = group->entered ? count_of(&group->tasks) : 0;
    const size_t errors = group->entered ? count_of(&group->failed) : 0;
    struct repr repr = {};
    char *end = repr.s;

    end += sprintf(end, "<TaskGroup");
    if (tasks)
        end += sprintf(end, " tasks=%zu", tasks);
    if (errors)
        end += sprintf(end, " errors=%zu", errors);
    sprintf(end, "%s>",
            group->aborting  ? " cancelling"
            : group->entered ? " entered"
                             : "");
    return repr;
}

static int refuse(const co_group *group, const char *why)
{
    return co_raise(CO_ERUNTIME, "TaskGroup %s %s", repr(group).s, why);
}

/* ---- failing ------------------------------------------------------------- */

/* Note a SystemExit or KeyboardInterrupt, which leaves the group without the other
 * errors; the first one counts.
 */
static void note_base(co_group *group, int code, struct co_error *error)
{
    if (group->base || !co_error_ends_loop(code))
        return;
    group->base = code;
    group->base_error = co_error_keep(error);
}

static void cancel(co_task *task, const co_task *because_of)
{
    struct co_loop *loop = co_loop_now;

    loop->cause = (struct co_cause){ .what = "group", .other = because_of };
    co_cancel(task);
    loop->cause = (struct co_cause){};
}

/* Cancel in order of creation; asyncio has the order of a set. */
static void cancel_tasks(co_group *group, const co_task *because_of)
{
    group->aborting = true;
    co_list_each(link, &group->tasks)
        if (!co_done(member_of(link)->task))
            cancel(member_of(link)->task, because_of);
}

static void on_failure(co_group *group, co_task *task)
{
    task->unretrieved = false;
    note_base(group, task->code, task->error);
    if (co_done(group->parent)) {
        co_group_report_orphan(group, task);
        return;
    }
    if (group->aborting || group->parent_cancelled)
        return;
    /* Cancel the parent too, to end whatever the block of the group waits for. */
    cancel_tasks(group, task);
    group->parent_cancelled = true;
    cancel(group->parent, task);
}

/* ---- the end of a task --------------------------------------------------- */

static void forget(struct member *member)
{
    co_list_remove(&member->link);
    co_unref(member->task);
    co_slab_give(members_of(co_loop_now), member);
}

static void wake_parent(co_group *group, const co_task *last)
{
    struct co_loop *loop = co_loop_now;

    loop->cause = (struct co_cause){ .what = "done", .other = last };
    co_future_complete(&group->ended, CO_HAS_RESULT, 0, NULL);
    loop->cause = (struct co_cause){};
}

static void on_done(co_callback *callback)
{
    struct member *member = co_container_of(callback, struct member, done);
    co_group *group = member->group;
    co_task *task = member->task;

    co_list_remove(&member->link);
    if (group->exiting && co_list_empty(&group->tasks) && co_is_pending(&group->ended))
        wake_parent(group, task);
    if (task->state != CO_HAS_FAILED) {
        forget(member);
        return;
    }
    co_list_append(&group->failed, &member->link);
    on_failure(group, task);
}

/* ---- entering, and spawning ---------------------------------------------- */

static co_future *awaits(const co_future *future, size_t i)
{
    const co_group *group = co_container_of(future, co_group, ended);

    co_list_each(link, &group->tasks)
        if (i-- == 0)
            return member_of(link)->task;
    return NULL;
}

static void prepare_to_wait(co_group *group)
{
    static const struct co_future_class class = {
        .what = "group",
        .function = "co_group_leave",
        .awaits = awaits,
    };

    co_future_prepare(&group->ended, &class, NULL);
}

int co_group_enter(co_group *group)
{
    if (group->entered)
        return refuse(group, "has already been entered");
    if (!co_self())
        return refuse(group, "cannot determine the parent task");
    *group = (co_group){ .parent = co_self(), .entered = true };
    co_list_init(&group->tasks);
    co_list_init(&group->failed);
    prepare_to_wait(group);
    co_ref(group->parent);
    return 0;
}

static const char *refusal(const co_group *group)
{
    return !group->entered                                  ? "has not been entered"
           : group->exiting && co_list_empty(&group->tasks) ? "is finished"
           : group->aborting                                ? "is shutting down"
                                                            : NULL;
}

static struct member *adopt(struct co_loop *loop, co_group *group, co_task *task)
{
    struct member *member = co_slab_take(members_of(loop));
    *member = (struct member){ { .run = on_done }, {}, group, task };
    co_list_append(&group->tasks, &member->link);
    co_ref(task);
    return member;
}

co_task *co_group_spawn_copy(co_group *group, co_spawn_options options, co_fn *fn,
                             const char *fn_name, const void *frame, size_t size)
{
    struct co_loop *loop = co_loop_here("co_group_spawn");
    const char *why_not = refusal(group);

    if (why_not) {
        refuse(group, why_not);
        co_group_emit_never_awaited(loop, fn_name);
        return NULL;
    }
    co_task *task = co_spawn_copy(options, fn, fn_name, frame, size);
    struct member *member = adopt(loop, group, task);
    if (co_done(task) && co_asyncio_at_least(loop, 312) &&
        !co_asyncio_at_least(loop, 314))
        on_done(&member->done);
    else
        co_future_add_callback(task, &member->done);
    return task;
}

/* ---- leaving ------------------------------------------------------------- */

/* How the block of a group ended, and whether the parent was cancelled meanwhile. */
struct leaving {
    int r;
    bool cancelled;
    struct co_error *reason;  /* of `r` */
    struct co_error *message; /* of the cancellation */
};

static void note_cancelled(struct leaving *leaving)
{
    leaving->cancelled = true;
    co_error_drop(leaving->message);
    leaving->message = co_error_keep(co_current_error_with_code(UV_ECANCELED));
}

static void wait_for_tasks(co_group *group, struct leaving *leaving)
{
    while (!co_list_empty(&group->tasks)) {
        prepare_to_wait(group);
        if (co_park(&group->ended) < 0 && !group->aborting) {
            note_cancelled(leaving);
            cancel_tasks(group, group->parent);
        }
    }
}

static int raise_group(const co_group *group, const struct leaving *leaving)
{
    size_t count = 0;
    struct co_error **parts = co_alloc((count_of(&group->failed) + 1) * sizeof(*parts));

    co_list_each(link, &group->failed) {
        const co_task *task = member_of(link)->task;
        parts[count++] = co_error_object(task->code, task->error);
    }
    if (leaving->r < 0 && leaving->r != UV_ECANCELED)
        parts[count++] = co_error_object(leaving->r, leaving->reason);
    struct co_error *error =
        co_error_group_new("unhandled errors in a TaskGroup", count, parts);
    while (count > 0)
        co_error_drop(parts[--count]);
    free(parts);
    co_set_current_error(CO_EGROUP, error);
    co_error_drop(error);
    return CO_EGROUP;
}

/* What co_group_leave() returns. */
static int outcome_of(const co_group *group, const struct leaving *leaving)
{
    const bool failed = !co_list_empty(&group->failed);

    if (group->base)
        return co_set_current_error(group->base, group->base_error);
    if (leaving->cancelled && !failed)
        return co_set_current_error(UV_ECANCELED, leaving->message);
    if (!failed && leaving->r >= 0)
        return leaving->r;
    /* A cancellation by another task is not lost: request it again for the next wait.
     */
    if (co_asyncio_at_least(co_loop_now, 313) && co_cancelling(group->parent) > 0) {
        co_uncancel(group->parent);
        co_cancel(group->parent);
    }
    return raise_group(group, leaving);
}

static void finish(co_group *group, struct leaving *leaving)
{
    co_list_each(link, &group->failed)
        forget(member_of(link));
    co_error_drop(group->base_error);
    group->base_error = NULL;
    co_error_drop(leaving->reason);
    co_error_drop(leaving->message);
    co_unref(group->parent);
}

int co_group_leave(co_group *group, int r)
{
    const bool later = co_asyncio_at_least(co_loop_here(__func__), 313);
    struct leaving leaving = { .r = r,
                               .reason = co_error_keep(co_current_error_with_code(r)) };

    group->exiting = true;
    note_base(group, r, leaving.reason);
    if (r == UV_ECANCELED)
        note_cancelled(&leaving);
    if (group->parent_cancelled && !later)
        co_uncancel(group->parent);
    if (r < 0 && !group->aborting)
        cancel_tasks(group, group->parent);
    wait_for_tasks(group, &leaving);
    if (group->parent_cancelled && later && !group->base)
        co_uncancel(group->parent);
    r = outcome_of(group, &leaving);
    finish(group, &leaving);
    return r;
}

void co_group_close(co_group *group)
{
    if (!group->entered || group->exiting)
        return;
    struct co_current_error on_its_way = co_current_error_save();
    if (co_group_leave(group, UV_ECANCELED) == CO_EGROUP)
        co_group_report_lost(co_self());
    co_current_error_restore(on_its_way);
}

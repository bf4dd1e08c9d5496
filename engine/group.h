/* group.h — asyncio.TaskGroup: tasks that end together.
 *
 *     async_def(fetch, double seconds)
 *     {
 *         return co_sleep(self->seconds);
 *     }
 *
 *     co_group group = {};
 *     int r = attempt(co_in_group(&group, ({
 *         co_group_spawn(&group, fetch, .seconds = 0.3);
 *         co_group_spawn(&group, fetch, .seconds = 0.2);
 *         0;
 *     })));
 *     if (r == CO_EGROUP)
 *         co_say("%s", co_why()); // its errors: co_except(), co_error_at()
 *
 * The block ends when all tasks of the group are done. The first error, of a task or of
 * the block itself, cancels the rest. Then all errors are returned together, as one
 * error of code CO_EGROUP.
 */
#ifndef CO_GROUP_H
#define CO_GROUP_H

#include <stdbool.h>

#include "engine/await.h"
#include "engine/task.h"

/* Begin with {}. The caller owns it, and keeps it in place until it is left or closed.
 * A group is used once.
 */
typedef struct co_group {
    /* private */
    struct co_list tasks;  /* struct member: those not done, in order of creation */
    struct co_list failed; /* and those that failed, in the order of their end */
    co_future ended;       /* what the parent waits for */
    co_task *parent;
    struct co_error *base_error;
    int base; /* SystemExit or KeyboardInterrupt, with that reason; 0: none */
    bool entered;
    bool exiting;
    bool aborting;
    bool parent_cancelled; /* by the group */
} co_group;

/* async with TaskGroup() as group: evaluate `expression`, an int like co_call(…) or a
 * block ({ …; 0; }), and end the group with its value as `r`. Returns as
 * co_group_leave().
 *
 * A `return`, or an await() that fails, within the expression leaves the function. Then
 * co_group_close() ends the group on the way. The function returns its own value and
 * not CO_EGROUP, and the exception handler gets the errors of the tasks. If the caller
 * has to see these errors, call a coroutine that awaits (co_call), or use attempt().
 */
#define co_in_group(group, expression)                            \
    ({                                                            \
        co_group *co_entered_ = (group);                          \
        finally(co_group_close_held) co_group *co_held_ = NULL;   \
        int co_outcome_ = co_group_enter(co_entered_);            \
        if (co_outcome_ == 0) {                                   \
            co_held_ = co_entered_;                               \
            co_outcome_ = co_group_leave(co_held_, (expression)); \
        }                                                         \
        co_outcome_;                                              \
    })

/* The same in parts. Enter the group in the running task, which becomes its parent and
 * has to leave it too. Returns 0. CO_ERUNTIME: the group was entered before, or no task
 * runs. Does not suspend.
 */
int co_group_enter(co_group *group);

/* Leave the group: `r` is the outcome of the block. Suspends until all tasks of the
 * group are done; does not suspend if they are done already.
 *
 * The tasks that are left are cancelled once, in order of creation, at the first of
 * these: a task fails; `r` is an error; the parent is cancelled while it waits here.
 * Later cancellations of the parent are ignored while it waits here.
 *
 * Returns the first that holds:
 *
 *   CO_EXIT, UV_EINTR  `r` or the error of a task is this one; other errors are dropped
 *   UV_ECANCELED       the parent was cancelled, and no task failed
 *   CO_EGROUP          a task failed, or `r` is an error: "unhandled errors in a
 *                      TaskGroup (2 sub-exceptions)", with the errors of the tasks in
 *                      the order in which they ended, and then `r` if it is an error
 *                      other than UV_ECANCELED
 *   r                  it is a result, and no task failed
 *
 * A task that ends cancelled has not failed.
 *
 * The first failure of a task also cancels the parent, so that the block stops waiting.
 * When the group is left, this request is taken back: co_cancelling() is as before. If
 * the parent was already waiting here when the task failed, it is taken back only from
 * `asyncio` 313 on. From 313 on, if another task has cancelled the parent too and the
 * parent gets CO_EGROUP, the parent is cancelled again at its next wait.
 */
co_checked int co_group_leave(co_group *group, int r);

/* For `finally`: if the group was entered and not left, cancel the tasks that are left
 * and wait for them. If an error is being returned meanwhile, it stays the current
 * error. Errors of the tasks reach no caller here, so the exception handler gets them,
 * as one CO_EGROUP.
 */
void co_group_close(co_group *group);

/* TaskGroup.create_task(): spawn a task of the group. Any task may call this, also one
 * of the group, until the last task of the group is done. The handle is like that of
 * co_spawn(): it belongs to the task that calls, so that it can read results after the
 * group. If the calling task never ends and does not need the handle, it drops it:
 * co_drop(co_group_spawn(…)). Does not suspend.
 *
 * NULL: CO_ERUNTIME, and co_why() says that the group "has not been entered", "is
 * finished" or "is shutting down"; before `asyncio` 313 a note says that the coroutine
 * was never awaited.
 *
 * An eager task may fail before this returns. The others are then cancelled one
 * iteration later, as at any failure; under `asyncio` 312 and 313 before this returns.
 */
#define co_group_spawn(group, fn, ...) \
    co_group_spawn_with((group), (co_spawn_options){}, fn, __VA_ARGS__)
#define co_group_spawn_with(group, options, fn, ...) \
    CO_UNLESS_CUT_(fn, CO_GROUP_SPAWN_)(group, options, fn, __VA_ARGS__)
#define CO_GROUP_SPAWN_(group, options, fn, ...) \
    CO_MAKE_(co_task *, fn,                      \
             co_group_spawn_copy((group), (options), fn, #fn, CO_FRAME_(__VA_ARGS__)))
co_task *co_group_spawn_copy(co_group *group, co_spawn_options options, co_fn *fn,
                             const char *fn_name, const void *frame, size_t size);

static inline void co_group_close_held(co_group **held)
{
    if (*held)
        co_group_close(*held);
}

#endif

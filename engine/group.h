/* group.h — asyncio.TaskGroup: tasks that end together.
 *
 *     struct fetch {
 *         double seconds;
 *     };
 *
 *     static int fetch(void *frame)
 *     {
 *         return co_sleep(((const struct fetch *)frame)->seconds);
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
 * the block itself, cancels the rest; then the errors come out together, as one of code
 * CO_EGROUP.
 */
#ifndef CO_GROUP_H
#define CO_GROUP_H

#include <stdbool.h>

#include "engine/await.h"
#include "engine/task.h"

/* Begin with {}. It is the caller's, who keeps it in place until it was left or closed.
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
 * block ({ …; 0; }), and end the group with that; the value is that of
 * co_group_leave().
 *
 * If `return`, or an await() that fails, leaves the function from within the
 * expression, the group is closed on the way: co_group_close(). Then the function
 * returns what it returns, not CO_EGROUP, and errors of the tasks go to the exception
 * handler. Call a coroutine that awaits (co_call), or use attempt(), where the caller
 * has to see them.
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

/* The same in parts. Begin: returns 0, in a task, which is the parent and has to leave
 * the group too. CO_ERUNTIME: it was entered before, or this is no task. Does not
 * suspend.
 */
int co_group_enter(co_group *group);

/* End with outcome `r` of the block, and suspend until all tasks are done; at once if
 * all are. An error as `r` first cancels the tasks that are left, in order of creation,
 * as the first failure of a task has done; so does a cancellation of the parent while
 * it waits here, and further ones are ignored. Returns the first that holds:
 *
 *   CO_EXIT, UV_EINTR  `r`, or the error of a task: alone, whatever else failed
 *   UV_ECANCELED       the parent was cancelled, not by the group, and no task failed
 *   CO_EGROUP          "unhandled errors in a TaskGroup (2 sub-exceptions)": those of
 *                      the tasks in the order of their end, then `r` if that is another
 *                      error than UV_ECANCELED
 *   r                  no task failed
 *
 * A task that ends cancelled has not failed. The first failure also cancels the parent,
 * to end whatever the block waits for; leaving takes that request back, so that
 * co_cancelling() is as before. If the parent waited here already, the request is taken
 * back only from `asyncio` 313 on. From then on, too, a parent that was also cancelled
 * by another task, and gets CO_EGROUP, is cancelled again at its next wait.
 */
co_checked int co_group_leave(co_group *group, int r);

/* For `finally`: if the group was entered and not left, cancel the tasks that are left
 * and wait for them. The error on its way meanwhile stays the current one. Errors of
 * the tasks reach no caller here, so the exception handler gets them, as one CO_EGROUP.
 */
void co_group_close(co_group *group);

/* TaskGroup.create_task(): spawn a task of the group, in any task, also in the group's
 * own, until the last one is done. Its handle is like that of co_spawn(): it belongs to
 * the task that calls, so that results can be read after the group. Where it is not
 * needed and the calling task never ends, drop it: co_drop(co_group_spawn(…)). Does not
 * suspend.
 *
 * NULL: CO_ERUNTIME, and co_why() says that the group "has not been entered", "is
 * finished" or "is shutting down"; before `asyncio` 313 a note says that the coroutine
 * was never awaited.
 *
 * The failure of an eager task cancels the others one iteration later, as any failure
 * does; under `asyncio` 312 and 313 right here.
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

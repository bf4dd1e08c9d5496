/* group.h — tasks that end together: nobody leaves before everybody is done.
 *
 *     co_group group = {};
 *     int r = attempt(co_in_group(&group, co_call(spawn_some, &group)));
 *
 * The first error, of a task or of what stands in the group, cancels the rest; when all
 * have ended the errors come out together, as one of code CO_EGROUP, to be taken apart
 * by co_except() or co_error_at().
 */
#ifndef CO_GROUP_H
#define CO_GROUP_H

#include <stdbool.h>

#include "engine/await.h"
#include "engine/task.h"

/* TaskGroup: it begins as {}. It is the caller's, who keeps it in place until it was
 * left or closed; its tasks are handles of whoever spawned them, as of co_spawn().
 */
typedef struct co_group {
    /* private */
    struct co_list tasks;  /* struct member: those not done, in order of creation */
    struct co_list failed; /* and those that failed, in the order of their end */
    co_future ended;       /* what the parent waits for */
    co_task *parent;
    struct co_error *base_error;
    int base;     /* an error that comes out bare, and why; 0: none */
    bool entered; /* for ever: a group is used once */
    bool exiting;
    bool aborting;
    bool asked; /* the parent was cancelled by us */
} co_group;

/* async with TaskGroup(): evaluate `expression`, an int like co_call(…), and end the
 * group with that; the value is that of co_group_leave(). An await() in the expression
 * that leaves the function closes the group on its way, as co_group_close() does.
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

/* The same in parts. Begin: 0, in a task, which is the parent and leaves it too.
 * CO_ERUNTIME: it was entered before. Does not suspend.
 */
int co_group_enter(co_group *group);

/* End with outcome `r` of what stands between, and suspend until no task is left; at
 * once if none is. An error as `r` first cancels those that are left, in order of
 * creation, as the first failure of a task has done; so does a cancellation of the
 * parent while it waits here, further ones are ignored. What comes out, the first that
 * holds:
 *
 *   CO_EXIT, UV_EINTR  `r`, or how a task ended: alone, whatever else failed
 *   UV_ECANCELED       the parent was cancelled by somebody else and no task failed
 *   CO_EGROUP          "unhandled errors in a TaskGroup (2 sub-exceptions)": of the
 *                      tasks as they ended, then `r` if that is an error of its own
 *   r                  all went well
 *
 * Tasks that end cancelled have not failed. The first failure cancels the parent, too,
 * to get it out of whatever it waits for; leaving takes that request back, so that
 * co_cancelling() is as before. Not so if the parent waited here already: that one is
 * taken back only as of asyncio 3.13. From then on a parent that was cancelled from
 * outside as well, and gets CO_EGROUP, is cancelled again at its next wait.
 */
co_checked int co_group_leave(co_group *group, int r);

/* Cancel those that are left and wait for them, if it was not left yet, whatever comes
 * out; for `finally`. The error that is on its way meanwhile stays the last one met.
 */
void co_group_close(co_group *group);

/* TaskGroup.create_task(): spawn a task of the group, from any task, the group's own
 * included, until the last one has ended. Does not suspend. NULL: CO_ERUNTIME, as
 * co_why() tells: the group "has not been entered", "is finished" or "is shutting
 * down"; before asyncio 3.13 a note says that the coroutine was never awaited.
 *
 * An eager task that has failed already does its harm one iteration later, like any
 * other; under asyncio 312 and 313 right here.
 */
#define co_group_spawn(group, fn, ...) \
    co_group_spawn_with((group), (co_spawn_options){}, fn, __VA_ARGS__)
#define co_group_spawn_with(group, options, fn, ...)                              \
    co_group_spawn_copy((group), (options), fn, #fn, &(struct fn){ __VA_ARGS__ }, \
                        sizeof(struct fn))
co_task *co_group_spawn_copy(co_group *group, co_spawn_options options, co_fn *fn,
                             const char *fn_name, const void *frame, size_t size);

static inline void co_group_close_held(co_group **held)
{
    if (*held)
        co_group_close(*held);
}

#endif

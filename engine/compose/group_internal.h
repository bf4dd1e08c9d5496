/* group_internal.h — reports of a task group. (Private to the engine.)
 */
#ifndef CO_GROUP_INTERNAL_H
#define CO_GROUP_INTERNAL_H

#include "engine/core/loop_internal.h"
#include "engine/group.h"

/* A task has failed whose parent is done and has never left the group: give its error
 * to the exception handler.
 */
co_cold void co_group_report_orphan(const co_group *group, co_task *task);

/* The parent has left the group by return, which fixed what it returns: give the
 * CO_EGROUP it has met to the exception handler.
 */
co_cold void co_group_report_lost(co_task *parent);

/* A group has refused to spawn this coroutine: before 313 Python warns. */
co_cold void co_group_emit_never_awaited(struct co_loop *loop, const char *fn_name);

#endif

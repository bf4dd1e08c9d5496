/* group_internal.h — reports of a task group. (Private to the engine.)
 */
#ifndef CO_GROUP_INTERNAL_H
#define CO_GROUP_INTERNAL_H

#include "engine/core/loop_internal.h"
#include "engine/group.h"

/* Pass the error of a failed task to the exception handler: its parent is done and
 * never left the group.
 */
co_cold void co_group_report_orphan(const co_group *group, co_task *task);

/* Pass the current CO_EGROUP to the exception handler. The parent left the group by
 * `return`, so it already has another return value.
 */
co_cold void co_group_report_lost(co_task *parent);

/* A group has refused to spawn this coroutine: emit the warning of Python before 313.
 */
co_cold void co_group_emit_never_awaited(struct co_loop *loop, const char *fn_name);

#endif

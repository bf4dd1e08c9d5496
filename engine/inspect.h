/* inspect.h — who awaits whom, and where each task stands.
 *
 * For debuggers and for the curious. Nothing here suspends or changes anything; the
 * texts are for people, and the caller's to free().
 */
#ifndef CO_INSPECT_H
#define CO_INSPECT_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/future.h"

/* all_tasks(): the tasks that are not done, in the order of spawning: the first one
 * after this one, or of all if `after` is NULL. NULL: no more.
 */
co_task *co_next_task(const co_task *after);

/* What it waits for; NULL: it does not wait, or only for its next turn. */
co_future *co_awaiting(const co_task *task);

/* True if the task waits for the future: with co_join() or co_wait_for(), or through
 * gather, wait, shield or a task group. Those who wait by as_completed do not count.
 */
bool co_awaits(const co_task *task, const co_future *future);

/* The coroutines it is in by co_call(), innermost first, and what the innermost waits
 * for, as "sleep", before them. Fills as much of the array as there is room; returns
 * how many there are. The names are static.
 */
size_t co_call_stack(const co_task *task, const char **ret_names, size_t room);

/* CPython 3.14's format_call_graph(): the task, its calls, and who awaits it,
 * recursively.
 */
char *co_call_graph_new(const co_future *future);

/* CPython 3.14's "asyncio pstree": a tree of the tasks that are not done, each below
 * who awaits it; and its "asyncio ps": a table of the same, one line for each awaiter.
 * A circle of tasks that await each other has no tree: the text says so.
 */
char *co_task_tree_new(void);
char *co_task_table_new(void);

#endif

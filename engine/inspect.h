/* inspect.h — which task awaits which, and in which calls each task is.
 *
 *     for (co_task *task = co_next_task(NULL); task; task = co_next_task(task))
 *         co_say("%s waits: %d", co_name(task), co_awaiting(task) != NULL);
 *     char *tree = co_task_tree_new();
 *     co_say("%s", tree);
 *     free(tree);
 *
 * For debugging. Nothing here suspends or changes anything. The texts are for people;
 * the caller owns them and calls free().
 */
#ifndef CO_INSPECT_H
#define CO_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "engine/future.h"

/* asyncio.all_tasks(), one by one: the task that was spawned first after `after` and is
 * not done; NULL for `after`: the first of all. NULL: there is no other.
 */
co_task *co_next_task(const co_task *after);

/* What the task waits for; NULL: it does not wait, or only for its next turn. */
co_future *co_awaiting(const co_task *task);

/* True if the task waits for this future: by co_join() or co_wait_for(), or through a
 * gather, a wait, a shield or a task group. A wait by as_completed does not count.
 */
bool co_awaits(const co_task *task, const co_future *future);

/* task.get_stack(): the coroutines the task is in by co_call(), innermost first; before
 * them, if it waits in the library, the name of that, as "sleep". Fills as much of the
 * array as there is room, and returns how many there are. The names are static.
 */
size_t co_call_stack(const co_task *task, const char **ret_names, size_t room);

/* CPython 3.14's format_call_graph(): the task, its calls, and the tasks that await it,
 * recursively.
 */
char *co_call_graph_new(const co_future *future);

/* CPython 3.14's "asyncio pstree": the tasks that are not done as a tree, each below
 * the tasks that await it. "asyncio ps": the same as a table, a line for each awaiting
 * task. Tasks that await each other in a circle are no tree: the text says so.
 */
char *co_task_tree_new(void);
char *co_task_table_new(void);

#endif

/* inspect.h — which task awaits which, and in which calls each task is.
 *
 *     for (co_task *task = co_next_task(NULL); task; task = co_next_task(task))
 *         co_say("%s waits: %d", co_name(task), co_awaiting(task) != NULL);
 *     char *tree = co_task_tree_new();
 *     co_say("%s", tree);
 *     free(tree);
 *
 * For debugging. Nothing here suspends or changes anything. The caller owns the texts
 * and frees them with free(). They are not meant to be parsed.
 */
#ifndef CO_INSPECT_H
#define CO_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "engine/future.h"

/* asyncio.all_tasks(), one by one in the order of spawning: the next task after `after`
 * that is not done. `after` NULL: the first one. Returns NULL after the last one.
 */
co_task *co_next_task(const co_task *after);

/* The future that the task waits for; NULL: it runs or is ready. */
co_future *co_awaiting(const co_task *task);

/* True if the task waits for this future: by co_join() or co_wait_for(), or through a
 * gather, a wait, a shield or a task group. A wait by as_completed does not count.
 */
bool co_awaits(const co_task *task, const co_future *future);

/* task.get_stack(): the names of the coroutines that are called by co_call() in this
 * task, innermost first, and last its own. If it waits in a function of the engine, the
 * first name is that of the wait, as "sleep". Writes at most `room` names, and returns
 * how many there are. The names are static.
 */
size_t co_call_stack(const co_task *task, const char **ret_names, size_t room);

/* CPython 3.14's format_call_graph(): the task, its calls, and the tasks that await it,
 * recursively.
 */
char *co_call_graph_new(const co_future *future);

/* CPython 3.14's "asyncio pstree": the tasks that are not done as a tree, each below
 * the tasks that await it. If tasks await each other in a circle, the text is an error
 * message with that circle. "asyncio ps": the same as a table, with a line for each
 * pair of a task and a task that awaits it.
 */
char *co_task_tree_new(void);
char *co_task_table_new(void);

#endif

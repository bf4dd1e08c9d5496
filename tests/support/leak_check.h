/* leak_check.h — count what a run has not freed, before its loop is closed and frees
 * the rest.
 */
#ifndef LEAK_CHECK_H
#define LEAK_CHECK_H

#include <stdbool.h>
#include <stddef.h>

struct co_loop;

/* Tasks that are not done. */
size_t leak_check_unfinished(const struct co_loop *loop);

/* Handles (futures that the engine allocated) that nothing owns and that have no reason
 * to stay. 0 while a task is not done, since it may use them.
 */
unsigned leak_check_handles(const struct co_loop *loop);

/* Errors that nothing known refers to. A future of the program's own may refer to one
 * of them, so a run without a fault can have some as well.
 */
unsigned leak_check_errors(const struct co_loop *loop);

/* Whether more stacks are in use than there are tasks and generators. */
bool leak_check_stacks(const struct co_loop *loop);

/* Whether context variables have values that nothing can read any more. */
bool leak_check_contextvars(const struct co_loop *loop);

#endif

/* contextvar.h — context variables: values that belong to a task and what it spawns.
 *
 * A task begins with the values its creator had at that moment; what it sets later
 * nobody else sees, but for the coroutines it calls.
 */
#ifndef CO_CONTEXTVAR_H
#define CO_CONTEXTVAR_H

/* Give it static storage: it is known by its address. */
typedef struct co_contextvar {
    const void *initial; /* until it is set */
} co_contextvar;

/* Its value in the running task, or outside of one in the callback or program. What
 * it points at is the caller's, and must outlive every task that may look at it.
 */
const void *co_contextvar_get(const co_contextvar *variable);
void co_contextvar_set(const co_contextvar *variable, const void *value);

#endif

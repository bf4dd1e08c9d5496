/* contextvar.h — context variables: values of a task, inherited by those it spawns.
 *
 *     static co_contextvar user = { "guest" };
 *
 *     static void greet(void)
 *     {
 *         co_say("hello, %s", (const char *)co_contextvar_get(&user));
 *     }
 *
 *     co_contextvar_set(&user, "ann");
 *     greet();
 *
 * A task, a callback and a coroutine object see the values as they were where they were
 * made. What a task sets is seen by itself, by the coroutines it calls and by what it
 * makes later; by no other task.
 */
#ifndef CO_CONTEXTVAR_H
#define CO_CONTEXTVAR_H

/* ContextVar: give it static storage, for its address identifies it. */
typedef struct co_contextvar {
    const void *initial; /* its value until it is set */
} co_contextvar;

/* get(), set(): the value in the running task; in a callback or a program that of the
 * callback or program. What a value points at belongs to the caller and must outlive
 * every task that may read it. Do not suspend.
 */
const void *co_contextvar_get(const co_contextvar *variable);
void co_contextvar_set(const co_contextvar *variable, const void *value);

#endif

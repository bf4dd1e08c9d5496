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
 * A new task or callback inherits the values of the code that makes it. A value that a
 * task sets is seen by that task, by the coroutines it calls, and by tasks and
 * callbacks that it makes later; no other task sees it.
 */
#ifndef CO_CONTEXTVAR_H
#define CO_CONTEXTVAR_H

/* ContextVar: give it static storage, for its address identifies it. */
typedef struct co_contextvar {
    const void *initial; /* its value until it is set */
} co_contextvar;

/* get(), set(): the value in the running task; in a callback, or a program outside of a
 * run, its own value. What a value points at belongs to the caller and must outlive
 * every task that may read it. Do not suspend.
 */
const void *co_contextvar_get(const co_contextvar *variable);
void co_contextvar_set(const co_contextvar *variable, const void *value);

#endif

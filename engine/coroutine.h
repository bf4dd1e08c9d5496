/* coroutine.h — coroutine objects: a call that is made now and awaited later, or never.
 *
 *     async_def(fetch, double seconds)
 *     {
 *         return co_sleep(self->seconds);
 *     }
 *
 *     finally(co_coroutine_release) co_coroutine *later = co_create(fetch, 0.3);
 *     await(co_await(later)); // runs it
 *
 * co_call() and co_spawn() do not need such an object. It is for programs that pass
 * coroutines to other functions, as Python does, and that may forget to await one.
 */
#ifndef CO_COROUTINE_H
#define CO_COROUTINE_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/task.h"

typedef struct co_coroutine co_coroutine;

/* fn(arguments): make the object; nothing of the coroutine runs yet. The arguments are
 * copied as those of co_spawn(). The handle belongs to the task that made it and is
 * good until that task ends. If it is freed and was never awaited, a note is emitted:
 * "coroutine 'fetch' was never awaited" (CO_NOTE, word "never-awaited"). Does not
 * suspend.
 */
#define co_create(fn, ...) \
    CO_MAKE_(co_coroutine *, fn, co_create_copy(fn, #fn, CO_FRAME_(__VA_ARGS__)))
co_coroutine *co_create_copy(co_fn *fn, const char *fn_name, const void *frame,
                             size_t size);

/* Keep the handle after the end of the task that made it; drop it, kept or not.
 * co_coroutine_release() is co_coroutine_drop() for `finally`.
 */
co_coroutine *co_coroutine_keep(co_coroutine *coroutine);
void co_coroutine_drop(co_coroutine *coroutine); /* NULL is allowed */
void co_coroutine_release(co_coroutine **coroutine);

/* Its arguments and results, good as long as the handle. A task that is made of it has
 * a copy of its own: co_frame().
 */
#define co_coroutine_frame(fn, coroutine) \
    ((struct fn *)co_coroutine_frame_of(coroutine))
void *co_coroutine_frame_of(co_coroutine *coroutine);

/* The name of its function: "fetch". Good as long as the handle. */
const char *co_coroutine_function(const co_coroutine *coroutine);

/* await coroutine: run it in this task, on this stack, to its end, and return its
 * result or error. CO_ERUNTIME: it was awaited or closed before, or a task of it has
 * started. CO_EVALUE: it awaits itself.
 */
co_checked int co_await(co_coroutine *coroutine);

/* create_task(coroutine): a task as of co_spawn_with(). If the coroutine was used
 * before, or is used before the task starts, the task fails with CO_ERUNTIME. Does not
 * suspend.
 */
co_task *co_spawn_coroutine(co_spawn_options options, co_coroutine *coroutine);

/* coroutine.close(): it can no longer be awaited, and no note is emitted. Returns 0.
 * CO_ERUNTIME: a task is awaiting it, and nothing changes; Python raises GeneratorExit
 * in it. CO_EVALUE: it closes itself. Does not suspend.
 */
int co_coroutine_close(co_coroutine *coroutine);

#endif

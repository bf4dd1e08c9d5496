/* coroutine.h — coroutine objects: a call that is made now and awaited later, or never.
 *
 * co_call() and co_spawn() need none. This is for where Python passes coroutines
 * around, and for what happens if somebody forgets to await one.
 */
#ifndef CO_COROUTINE_H
#define CO_COROUTINE_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/task.h"

typedef struct co_coroutine co_coroutine;

/* fn(arguments): nothing of it runs yet. The arguments are copied as those of
 * co_spawn(). The handle belongs to the task that made it and is good until that one
 * ends. If it goes without ever having been awaited, the observer is told (CO_NOTE,
 * word "never-awaited"). Does not suspend.
 */
#define co_create(fn, ...) \
    co_create_copy(fn, #fn, &(struct fn){ __VA_ARGS__ }, sizeof(struct fn))
co_coroutine *co_create_copy(co_fn *fn, const char *fn_name, const void *frame,
                             size_t size);

/* Hold it beyond the end of its owner, and let it go again; the owner lets it go early.
 * co_coroutine_release() is co_coroutine_drop() for `finally`.
 */
co_coroutine *co_coroutine_keep(co_coroutine *coroutine);
void co_coroutine_drop(co_coroutine *coroutine); /* NULL is allowed */
void co_coroutine_release(co_coroutine **coroutine);

/* Its arguments and results, good as long as the handle. If it is made a task they are
 * the task's: co_frame().
 */
#define co_coroutine_frame(fn, coroutine) \
    ((struct fn *)co_coroutine_frame_of(coroutine))
void *co_coroutine_frame_of(co_coroutine *coroutine);

/* await coroutine: run it in this task, on this stack, to its end. Its result or error.
 * CO_ERUNTIME: it was awaited or closed before, or a task of it has begun. CO_EVALUE:
 * it awaits itself.
 */
co_checked int co_await(co_coroutine *coroutine);

/* create_task(coroutine): what co_spawn_with() makes of a call. If it was used before,
 * or is before the task begins, the task fails with CO_ERUNTIME. Does not suspend.
 */
co_task *co_spawn_coroutine(co_spawn_options options, co_coroutine *coroutine);

/* coroutine.close(): it will not be awaited, and nobody shall be told. Returns 0.
 * CO_ERUNTIME: it is under way, and Python would pull it from under whoever awaits it.
 * CO_EVALUE: it closes itself. Does not suspend.
 */
int co_coroutine_close(co_coroutine *coroutine);

#endif

/* shield.h — let somebody wait for a task, and be cancelled, without harm to the task.
 *
 *     int r = attempt(co_join(co_shield(task)));
 */
#ifndef CO_SHIELD_H
#define CO_SHIELD_H

#include "engine/future.h"

/* shield(inner): a future that ends as `inner` does, one iteration later, but whose
 * cancellation stays its own: whoever joins it and is cancelled gets UV_ECANCELED at
 * once, and `inner` goes on. If `inner` itself is cancelled so is the shield, without
 * the message. A shield of what is done already is done already.
 *
 * It is a handle of the running task, which nobody frees and co_drop() may give up
 * early, and keeps `inner` until that is done or the shield was cancelled. A plain
 * future as `inner` is the caller's: keep it in place for as long. Does not suspend.
 *
 * An error of `inner` counts as seen once it has reached the shield. What comes after
 * the shield was cancelled remains the error of a task nobody asked; as of asyncio 3.14
 * it goes to the exception handler, which says "ValueError exception in shielded
 * future" as soon as it happens.
 */
co_future *co_shield(co_future *inner);

#endif

/* shield.h — asyncio.shield(): wait for a task without cancelling it.
 *
 *     async_def(save)
 *     {
 *         return co_sleep(1);
 *     }
 *
 *     co_task *saving = co_spawn(save);
 *     int r = attempt(co_join(co_shield(saving)));
 *     if (r == UV_ECANCELED)
 *         co_say("not waiting any more; %s goes on", co_name(saving));
 *
 * asyncio's warning to keep a reference to the inner task does not apply here: its
 * handle is kept until the task that spawned it ends. A task that never ends keeps the
 * handle in a variable, as above, and calls co_drop(saving).
 */
#ifndef CO_SHIELD_H
#define CO_SHIELD_H

#include "engine/future.h"

/* shield(inner): a new future that gets the outcome of `inner`, one iteration later. To
 * cancel the new future does not cancel `inner`: if a task that joins the shield is
 * cancelled, its wait returns UV_ECANCELED and `inner` continues. If `inner` is
 * cancelled, the shield is cancelled without the message. If `inner` is done already,
 * the shield is done, too.
 *
 * The shield is a handle of the running task like that of co_spawn(): good until that
 * task ends or co_drop(). If it is made in the argument of co_join() or co_wait_for(),
 * these drop it. It keeps `inner` until that is done or the shield is cancelled. A
 * plain future as `inner` belongs to the caller: keep it in place for as long. Does not
 * suspend.
 *
 * An error of `inner` counts as retrieved when the shield gets it. If the shield was
 * cancelled before, the error counts as never retrieved; from `asyncio` 314 on the
 * exception handler gets it at once ("ValueError exception in shielded future").
 */
co_future *co_shield(co_future *inner);

#endif

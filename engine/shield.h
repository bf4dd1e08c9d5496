/* shield.h — asyncio.shield(): wait for a task, and be cancelled without it.
 *
 *     struct save {
 *     };
 *
 *     static int save(void *) { return co_sleep(1); }
 *
 *     co_task *saving = co_spawn(save);
 *     int r = attempt(co_join(co_shield(saving)));
 *     if (r == UV_ECANCELED)
 *         co_say("not waiting any more; %s goes on", co_name(saving));
 *
 * Here asyncio's warning to keep a reference to the inner task does not apply: its
 * handle is kept until the task that spawned it ends. A server that shields for ever
 * names it, as above, and calls co_drop(saving).
 */
#ifndef CO_SHIELD_H
#define CO_SHIELD_H

#include "engine/future.h"

/* shield(inner): a future that ends as `inner` does, one iteration later, but that can
 * be cancelled without it: a task that joins the shield and is cancelled gets
 * UV_ECANCELED at once, and `inner` goes on. If `inner` is cancelled so is the shield,
 * without the message. If `inner` is done already so is the shield.
 *
 * It is a handle of the running task like that of co_spawn(): good until that task
 * ends, or dropped earlier, by co_drop() or, where it is made in the argument of
 * co_join() or co_wait_for(), by these. It keeps `inner` until that is done or the
 * shield is cancelled. A plain future as `inner` is the caller's: keep it in place for
 * as long. Does not suspend.
 *
 * An error of `inner` counts as retrieved once the shield has it. If the shield was
 * cancelled before, it counts as never retrieved; from `asyncio` 314 on the exception
 * handler gets it as soon as it happens ("ValueError exception in shielded future").
 */
co_future *co_shield(co_future *inner);

#endif

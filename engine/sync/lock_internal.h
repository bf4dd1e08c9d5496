/* lock_internal.h — the lock that is part of a condition or barrier.
 * (Private to the engine.)
 */
#ifndef CO_LOCK_INTERNAL_H
#define CO_LOCK_INTERNAL_H

#include "engine/lock.h"

/* Like co_lock_finish(), but the message calls the lock `what`. */
void co_lock_finish_as(const char *what, const co_lock *lock);

#endif

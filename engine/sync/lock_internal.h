/* lock_internal.h — the lock that is part of a condition or barrier.
 * (Private to the engine.)
 */
#ifndef CO_LOCK_INTERNAL_H
#define CO_LOCK_INTERNAL_H

#include "engine/lock.h"

/* co_lock_finish(), with what its sentence calls the lock. */
void co_lock_finish_as(const char *what, const co_lock *lock);

#endif

/* alloc_count.h — how many blocks of memory are in use, and the failure of one to come.
 *
 * In a plain build an allocator that is preloaded tells (failing_allocator.c), under
 * the address sanitizer its own does, which cannot fail.
 */
#ifndef ALLOC_COUNT_H
#define ALLOC_COUNT_H

#include <stdbool.h>

/* -1: nobody counts here. */
long blocks_in_use(void);

/* The n-th allocation from now on of this thread fails. 0: none. Returns whether one
 * has failed since the last call.
 */
bool blocks_fail(unsigned nth);

#endif

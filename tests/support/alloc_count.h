/* alloc_count.h — count the blocks of memory in use, and make one allocation fail.
 *
 * A plain build counts by a preloaded allocator (failing_allocator.c). The address
 * sanitizer brings an allocator of its own, which counts but cannot fail on request.
 */
#ifndef ALLOC_COUNT_H
#define ALLOC_COUNT_H

#include <stdbool.h>

/* How many blocks are allocated and not freed; -1 if nothing counts them. */
long alloc_count(void);

/* Make the n-th allocation of this thread from now on fail; 0: none. Returns whether
 * one has failed since the last call.
 */
bool alloc_fail_at(unsigned nth);

#endif

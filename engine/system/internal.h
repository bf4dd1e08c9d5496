/* internal.h — what all files of the engine include. (Private to the engine.)
 */
#ifndef CO_INTERNAL_H
#define CO_INTERNAL_H

#include "engine/await.h"

/* A wait inside the engine is shown at the line of the program that called it, so
 * await() in the engine notes no place.
 */
#undef CO_AT_
#define CO_AT_ ((void)0)

/* For functions that are rarely called. They are not inlined, so that the frequent path
 * needs few registers and can end in a tail call.
 */
#define co_cold __attribute__((noinline, cold))

#endif

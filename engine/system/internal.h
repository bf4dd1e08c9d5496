/* internal.h — how the engine's own files are written. (Private to the engine.)
 */
#ifndef CO_INTERNAL_H
#define CO_INTERNAL_H

#include "engine/await.h"

/* What waits inside the engine waits, to a reader of traces, at the line of the
 * program that called it.
 */
#undef CO_AT_
#define CO_AT_ ((void)0)

/* What is seldom needed stays out of line, so that what is needed often keeps few
 * registers and can end in a jump.
 */
#define co_cold __attribute__((noinline, cold))

#endif

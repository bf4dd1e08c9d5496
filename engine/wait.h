/* wait.h — wait for several tasks without becoming responsible for them.
 *
 * Where gather is for the results, wait is for the moment: it raises nothing that a
 * task raises, cancels nobody, and leaves the rest running.
 */
#ifndef CO_WAIT_H
#define CO_WAIT_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/loop.h"

typedef enum co_when {
    CO_ALL_COMPLETED,
    CO_FIRST_COMPLETED,
    CO_FIRST_EXCEPTION, /* or all, if none fails; a cancelled one has not failed */
} co_when;

/* await wait(a, b, …, return_when, timeout): suspend until so many are done, or until
 * the seconds are over; CO_FOREVER: no limit. Zero or less gives each ready task one
 * turn. Suspends even if all are done already.
 *
 * Returns how many different ones are done by the time this task goes on, which may be
 * more than those that ended the wait; co_done() tells which. Their errors stay theirs,
 * to be asked for; but CO_FIRST_EXCEPTION has seen the one that ended it. Being late is
 * no error. UV_ECANCELED: this task was cancelled, nobody else. CO_EVALUE: there is
 * nothing to wait for, no such `when`, or the time is finite and beyond the end of the
 * clock (loop.h).
 */
#define co_wait(when, seconds, ...) \
    co_waitv(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__), (when), (seconds))
co_checked int co_waitv(co_future *const futures[], size_t count, co_when when,
                        double seconds);

#endif

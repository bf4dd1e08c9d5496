#include "cli/trace/event_kinds.h"

/* kind, level, weight, form */
#define EVENT_KINDS(XX)               \
    XX(SPAWN, TASK, NORMAL, spawn)    \
    XX(START, TASK, NORMAL, text)     \
    XX(WAIT, TASK, DIM, wait)         \
    XX(WAKE, LOOP, DIM, wake)         \
    XX(RESUME, TASK, NORMAL, resume)  \
    XX(DONE, TASK, NORMAL, done)      \
    XX(FAIL, TASK, BOLD, error)       \
    XX(CANCEL, TASK, NORMAL, cancel)  \
    XX(CANCELLED, TASK, BOLD, text)   \
    XX(SAY, SAY, BOLD, say)           \
    XX(SET, LOOP, DIM, object)        \
    XX(READ, LOOP, DIM, text)         \
    XX(ACQUIRE, TASK, DIM, semaphore) \
    XX(RELEASE, TASK, DIM, semaphore) \
    XX(PUT, TASK, DIM, queue)         \
    XX(GET, TASK, DIM, queue)         \
    XX(TIMEOUT, TASK, BOLD, after)    \
    XX(BUSY, TASK, NORMAL, span)      \
    XX(OPEN, LOOP, DIM, text)         \
    XX(CLOSE, LOOP, DIM, text)        \
    XX(SEND, LOOP, DIM, text)         \
    XX(RECV, LOOP, DIM, text)         \
    XX(CLOCK, LOOP, DIM, clock)       \
    XX(POLL, LOOP, DIM, text)         \
    XX(DEADLOCK, TASK, BOLD, text)    \
    XX(ABANDON, TASK, BOLD, text)     \
    XX(NOTE, TASK, BOLD, note)

static const struct event_kind kinds[] = {
#define XX(kind, level, weight, form) \
    [CO_##kind] = { LEVEL_##level, WEIGHT_##weight, &form_##form },
    EVENT_KINDS(XX)
#undef XX
};

/* Every kind of the engine has a row, so that none is left out. */
#define XX(...) +1
_Static_assert(0 EVENT_KINDS(XX) == 0 CO_TRACE_EVENTS(XX),
               "a kind of event has no row in EVENT_KINDS");
#undef XX

const struct event_kind *event_kind_of(co_trace_event_kind kind)
{
    return &kinds[kind];
}

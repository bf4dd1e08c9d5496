/* observer.h — what happens in a run, told as it happens.
 *
 * The engine prints nothing. Every view there is, from a line of text to a chart,
 * is made of these events. Pointers in an event are good for the call only.
 */
#ifndef CO_OBSERVER_H
#define CO_OBSERVER_H

#include <stddef.h>
#include <stdint.h>

#include "engine/await.h"
#include "engine/future.h"

/* The words of trace format 1. Those nobody emits yet are part of the format. */
#define CO_TRACE_EVENTS(XX)                                                      \
    XX(SPAWN, "spawn")         /* task made `other`                           */ \
    XX(START, "start")         /* task has its first turn                     */ \
    XX(WAIT, "wait")           /* task waits: for `what`, of name `object`    */ \
    XX(WAKE, "wake")           /* task is ready again, because of `what`      */ \
    XX(RESUME, "resume")       /* task has another turn                       */ \
    XX(DONE, "done")           /* task ended with result `number`             */ \
    XX(FAIL, "fail")           /* task ended with error `number`, and why     */ \
    XX(CANCEL, "cancel")       /* task asks `other` to end                    */ \
    XX(CANCELLED, "cancelled") /* task ended by a cancellation                */ \
    XX(SAY, "say")             /* the program prints the line `text`          */ \
    XX(SET, "set")             /* a future or event `object` is set           */ \
    XX(READ, "read")                                                             \
    XX(ACQUIRE, "acquire") /* task got `object`                           */     \
    XX(RELEASE, "release") /* task gave `object` back                     */     \
    XX(PUT, "put")         /* task put into `object`, now `number` long   */     \
    XX(GET, "get")         /* task took from `object`, now `number` long  */     \
    XX(TIMEOUT, "timeout") /* task's deadline of `number` ns has passed   */     \
    XX(BUSY, "busy")       /* task computed for `number` ns               */     \
    XX(OPEN, "open")                                                             \
    XX(CLOSE, "close")                                                           \
    XX(SEND, "send")                                                             \
    XX(RECV, "recv")                                                             \
    XX(CLOCK, "clock") /* the clock went on by `number` ns            */         \
    XX(POLL, "poll")                                                             \
    XX(DEADLOCK, "deadlock") /* nobody can ever wake: who waits for what    */   \
    XX(ABANDON, "abandon")   /* task will never end                         */   \
    XX(NOTE, "note")         /* something a programmer should know: `text`  */

typedef enum co_trace_event_kind {
#define XX(name, word) CO_##name,
    CO_TRACE_EVENTS(XX)
#undef XX
} co_trace_event_kind;

typedef struct co_trace_event {
    co_trace_event_kind kind;
    int64_t at_ns;        /* since the program began, on its clock */
    uint64_t turn;        /* how many turns tasks have had so far */
    const co_task *task;  /* whose doing; NULL: the loop's, another thread's, or outside
                             a run */
    const co_task *other; /* see above; wait: for a task, that task; for a lock, its
                             holder; wake: who brought it about; NULL: nobody */
    const char *what;     /* wait: sleep yield join gather wait shield group queue event
                             wait_for lock semaphore condition barrier as_completed
                             future thread executor process reader writer; wake: timer
                             timeout done cancel group, or what was waited for; cancel:
                             timeout sigint group, or NULL */
    const char *object;   /* its name; NULL: it has none; note: the error's reason */
    const char *text;     /* say, fail, deadlock, note; wait on a queue: get, put
                             or join */
    const char *details;  /* note: further lines, "key: value"; NULL: none */
    int64_t number;       /* see above; wait and wake of a sleep: its length in ns,
                             INT64_MAX for ever;
                             note: the code of the error it is about, or 0 */
    int64_t late_ns;      /* wake by a timer: how long after its deadline */
    co_task *const *tasks; /* wait for several, as gather: the tasks, */
    size_t count;          /* and how many */
    const co_site *site;   /* wait: where in the source; NULL: unknown */
} co_trace_event;

/* Called for every event, on whatever stack is running and, where there are executors,
 * in whatever thread, but never in two at once: be brief, and neither suspend nor call
 * back into the engine but for the names of tasks.
 */
typedef struct co_observer {
    void (*event)(struct co_observer *self, const co_trace_event *event);
} co_observer;

/* The word of a kind, as in traces. */
const char *co_trace_event_word(co_trace_event_kind kind);

/* print(): tell the observer what the program says, one record a line. A trailing
 * newline adds no line. Without an observer nothing happens. Threads of an executor may
 * call it as well.
 */
void co_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

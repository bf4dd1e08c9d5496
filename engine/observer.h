/* observer.h — the events of a run, for a trace, a chart or a test.
 *
 *     struct counter {
 *         co_observer observer;
 *         int waits;
 *     };
 *
 *     static void on_event(co_observer *self, const co_trace_event *event)
 *     {
 *         if (event->kind == CO_WAIT)
 *             co_container_of(self, struct counter, observer)->waits++;
 *     }
 *
 *     async_def(main_task)
 *     {
 *         return co_sleep(0.5);
 *     }
 *
 *     struct counter counter = { .observer.event = on_event };
 *     co_run(main_task, &(co_options){ .observer = &counter.observer });
 *
 * The engine prints nothing: every view of a run is made of these events. The pointers
 * in an event are good until the function returns.
 */
#ifndef CO_OBSERVER_H
#define CO_OBSERVER_H

#include <stddef.h>
#include <stdint.h>

#include "engine/await.h"
#include "engine/future.h"

/* The words of trace format 1. The format has some that the engine does not emit. */
#define CO_TRACE_EVENTS(XX)                                                          \
    XX(SPAWN, "spawn")         /* task makes the task `other` */                     \
    XX(START, "start")         /* task has its first turn */                         \
    XX(WAIT, "wait")           /* task waits: for `what`, of name `object` */        \
    XX(WAKE, "wake")           /* task becomes ready, because of `what` */           \
    XX(RESUME, "resume")       /* task has another turn */                           \
    XX(DONE, "done")           /* task is done with result `number` */               \
    XX(FAIL, "fail")           /* task is done with error `number`, reason `text` */ \
    XX(CANCEL, "cancel")       /* task requests the cancellation of `other` */       \
    XX(CANCELLED, "cancelled") /* task is done: it was cancelled */                  \
    XX(SAY, "say")             /* the program prints the line `text` */              \
    XX(SET, "set")             /* a future or event `object` is set */               \
    XX(READ, "read")                                                                 \
    XX(ACQUIRE, "acquire") /* task has acquired `object` */                          \
    XX(RELEASE, "release") /* task has released `object` */                          \
    XX(PUT, "put")         /* task has put an item, `object` has `number` now */     \
    XX(GET, "get")         /* task has taken an item, `object` has `number` now */   \
    XX(TIMEOUT, "timeout") /* the deadline of `number` ns of task has passed */      \
    XX(BUSY, "busy")       /* task has blocked the loop for `number` ns */           \
    XX(OPEN, "open")                                                                 \
    XX(CLOSE, "close")                                                               \
    XX(SEND, "send")                                                                 \
    XX(RECV, "recv")                                                                 \
    XX(CLOCK, "clock") /* the clock has advanced by `number` ns */                   \
    XX(POLL, "poll")                                                                 \
    XX(DEADLOCK, "deadlock") /* no task can ever wake: `text` says why */            \
    XX(ABANDON, "abandon")   /* task will never be done */                           \
    XX(NOTE, "note")         /* a warning or an unhandled error: `text` */

typedef enum co_trace_event_kind {
#define XX(name, word) CO_##name,
    CO_TRACE_EVENTS(XX)
#undef XX
} co_trace_event_kind;

typedef struct co_trace_event {
    co_trace_event_kind kind;
    int64_t at_ns;       /* since the program began, on its clock */
    uint64_t turn;       /* how many turns tasks have had so far */
    const co_task *task; /* the running task; NULL: the loop, another thread, or none */
    const co_task *other; /* see above. wait: the task waited for, or the holder of the
                             lock. wake: the task that caused it. NULL: none */
    const char *what;     /* wait: sleep yield join gather wait shield group queue event
                             wait_for lock semaphore condition barrier as_completed
                             future thread executor process reader writer. wake: timer
                             timeout done cancel group, or what was waited for. cancel:
                             timeout sigint group, or NULL */
    const char *object;   /* its name; NULL: it has none. note: the error's reason */
    const char *text;     /* see above. wait for a queue: get, put or join */
    const char *details;  /* note: further lines, "key: value"; NULL: none */
    int64_t number;       /* see above. wait and wake of a sleep: its length in ns,
                             INT64_MAX for ever.
                             note: the code of the error it is about, or 0 */
    int64_t late_ns;      /* wake by a timer: how long after its deadline */
    co_task *const *tasks; /* wait for several, as gather: the tasks, */
    size_t count;          /* and how many */
    const co_site *site;   /* wait: where in the source; NULL: unknown */
} co_trace_event;

/* event() is called for each event, on the stack that is running. Threads of executors
 * call it as well, but never two threads at a time. It must be short, must not suspend,
 * and may call no function of the engine except those that name tasks (co_name).
 */
typedef struct co_observer {
    void (*event)(struct co_observer *self, const co_trace_event *event);
} co_observer;

/* The word of a kind, as in traces: "wait". Never NULL; static. */
const char *co_trace_event_word(co_trace_event_kind kind);

/* print(): emit CO_SAY for each line of the text. A newline at its end adds no line.
 * Without an observer nothing happens. Threads of an executor may call it as well. Does
 * not suspend.
 */
void co_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

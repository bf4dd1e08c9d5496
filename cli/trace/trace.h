/* trace.h — a trace: the events of a run, in order.
 *
 * A trace comes from the recorder, during a run, or from a file of text or JSON Lines.
 * Every view is made of a trace and of nothing else.
 */
#ifndef CLI_TRACE_H
#define CLI_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/observer.h"

/* The fields a kind does not need are NULL or 0. All texts are owned, and UTF-8. */
struct trace_event {
    co_trace_event_kind kind;
    int64_t at_us;     /* since the program began */
    uint64_t turn;     /* turns of all tasks so far */
    char *task;        /* the task whose event it is; NULL: the loop, or no run */
    int id;            /* its place in the order of spawning; -1: none */
    unsigned step;     /* turns of this task so far */
    char *what;        /* wait, wake: sleep, join, lock, …; timer, done, cancel */
    char *object;      /* the name of the object waited for, acquired, released,
                          set, put into or taken from */
    char *text;        /* say: the line; fail: the reason; wait: get, put, join */
    char *other;       /* the task that is spawned, awaited or cancelled, that
                          holds the lock, or that causes the wake */
    int other_id;      /* -1: none */
    char *function;    /* spawn: the coroutine's name */
    int64_t number;    /* done: the result; put, get: the size after it */
    int64_t length_us; /* of a sleep, a limit, a computation, a jump of the clock */
    int64_t late_us;   /* wake by a timer: after its deadline */
    char **tasks;      /* gather: the children, */
    size_t count;      /* and how many */
    char *source;      /* "counters.c:9" */
};

/* What is known before the first event: the beginning of a file. */
struct trace_head {
    char *lesson;
    char *example;
    char *policy; /* the order in which ready tasks run */
    bool real_clock;
    bool seeded; /* the seed means something */
    uint64_t seed;
};

enum trace_end {
    TRACE_CUT, /* the end is missing */
    TRACE_OK,
    TRACE_ERROR,
    TRACE_CANCELLED,
    TRACE_DEADLOCK,
    TRACE_ABANDONED,
};

/* What is known after the last event: the end of a file. */
struct trace_tail {
    enum trace_end end;
    unsigned tasks;  /* spawned, main among them */
    uint64_t turns;  /* all tasks together */
    int64_t at_us;   /* when it ended */
    uint32_t digest; /* of the lines of text */
};

struct trace {
    struct trace_head head;
    struct trace_event *events;
    size_t count, capacity;
    struct trace_tail tail;
    bool whole; /* no event is missing: it was recorded, or read with its digest */
    bool torn;  /* its digest is that of other lines: some are missing or changed */
};

/* The words for how a run ends: "ok", "error", … ; TRACE_CUT for any other word. */
const char *trace_end_word(enum trace_end end);
enum trace_end trace_end_of(const char *word);

/* The kind of event of a word. False: it is no such word. */
bool trace_kind_of(const char *word, co_trace_event_kind *ret_kind);

/* The words of an event's `what` that say more than the kind of an object, such as
 * event or barrier.
 */
#define TRACE_WHATS(XX)                                            \
    XX(SLEEP, "sleep")         /* wait: for a length of time    */ \
    XX(YIELD, "yield")         /* wait: to be resumed next      */ \
    XX(JOIN, "join")           /* wait: for one task            */ \
    XX(WAIT_FOR, "wait_for")   /* the same                      */ \
    XX(GATHER, "gather")       /* wait: for several tasks       */ \
    XX(WAIT, "wait")           /* the same                      */ \
    XX(GROUP, "group")         /* the same                      */ \
    XX(SHIELD, "shield")       /* the same                      */ \
    XX(QUEUE, "queue")         /* wait: to get, put or join     */ \
    XX(SEMAPHORE, "semaphore") /* acquire, release: has a count */ \
    XX(TIMER, "timer")         /* wake: a sleep is over         */ \
    XX(DONE, "done")           /* wake: a task is done          */ \
    XX(TIMEOUT, "timeout")     /* wake, cancel: by a time limit */ \
    XX(SIGINT, "sigint")       /* cancel: by Ctrl-C             */

enum trace_what {
    WHAT_OTHER,
#define XX(name, word) WHAT_##name,
    TRACE_WHATS(XX)
#undef XX
};

/* WHAT_OTHER for any other word, and for NULL. */
enum trace_what trace_what_of(const char *word);

/* True of waits whose detail is tasks, as "gather(A,B)"; and of those for one task. */
bool trace_waits_for_many(const char *word);
bool trace_waits_for_one(const char *word);

/* Add an empty event at the end; the pointer is valid until the next one is added. */
struct trace_event *trace_add(struct trace *trace);

/* End a trace that was recorded. Fill in the tail: count tasks and turns, and find the
 * time of the end.
 */
void trace_close(struct trace *trace, enum trace_end end);

/* Free what it owns, and leave it empty. */
void trace_finish(struct trace *trace);

#endif

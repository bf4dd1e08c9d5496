/* world.h — what the tasks of one random program share, and what they print.
 */
#ifndef WORLD_H
#define WORLD_H

#include <stdio.h>

#include "engine/co.h"

enum {
    SLOTS = 8,        /* variables that refer to something to wait for; */
    FUTURES_FROM = 6, /* from this one up to plain futures */
    LOCKS = 2,
    SEMAPHORES = 2,
    EVENTS = 2,
    QUEUES = 2,
    TIMERS = 2,
    LIMITS = 2,
    VARIABLES = 2,
    CONDITIONS = 2,
    BARRIERS = 2,
    GROUPS = 2,
    GENERATORS = 2,
    COROUTINES = 2,
    UNITS = 16,
    ARGS = 12,
    FOREVER = 1000000, /* milliseconds that stand for no limit */
};

/* ---- the program: a tree of statements ----------------------------------- */

struct scope;
struct node;

typedef int statement(struct scope *scope, const struct node *node);

struct node {
    char word[16];
    statement *run; /* NULL: a part of the program, no statement */
    int args[ARGS];
    int count; /* of args */
    struct node *blocks[3];
    struct node *next;        /* the next statement of its block */
    unsigned times, *reached; /* how often it has run; the counter for that */
};

/* The function of this statement; NULL: there is none. */
statement *statement_named(const char *word);

/* ---- its objects ---------------------------------------------------- */

/* Something to wait for, and how to show its result. As in Python it is dropped with
 * its last reference.
 */
struct handle {
    co_future *future;
    enum { PLAIN, TASK, GATHERING, SHIELD } kind;
    unsigned holds;
    size_t count; /* of children, if it is a gathering, or a shield of one */
    struct handle *children[ARGS];
    co_future plain;
};

/* A generator, dropped with its last reference. */
struct generated {
    co_generator *generator;
    unsigned holds;
};

/* A coroutine object, the same way. */
struct made {
    co_coroutine *coroutine;
    unsigned holds;
    bool running;  /* a task is in it, */
    bool used;     /* or was, or it was closed */
    co_task *task; /* made of it; NULL: none */
};

struct world {
    const struct node *units[UNITS]; /* coroutines and callbacks */
    co_lock locks[LOCKS];
    co_semaphore semaphores[SEMAPHORES];
    co_event events[EVENTS];
    co_queue queues[QUEUES];
    co_condition conditions[CONDITIONS];
    int counters[CONDITIONS];
    co_barrier barriers[BARRIERS];
    struct handle *slots[SLOTS];
    struct handle
        *nothing; /* in every slot that was never filled: a future that is done */
    struct call *timers[TIMERS];
    co_timeout *limits[LIMITS]; /* the one entered last, */
    co_timeout after[LIMITS];   /* which may have been left */
    co_exception_handler handler;
    co_group *groups[GROUPS]; /* the one entered last */
    struct generated *generated[GENERATORS];
    struct made *made[COROUTINES];
    const struct node *on_unhandled; /* the handler's unit; NULL: none */
    int unhandled;
    struct allocation *allocations;
    FILE *out;
    bool silent; /* no line is printed any more */
};

/* A callback of the program, queued or run. */
struct call {
    co_timer timer;
    struct world *world;
    const struct node *unit;
};

/* Zeroed memory that lives as long as the world. */
void *allocate(struct world *world, size_t size);
void free_all(struct world *world);

struct handle *handle_new(struct world *world, co_future *future, int kind);
struct handle *handle_hold(struct handle *handle);
void handle_drop(struct handle *handle);
void slot_set(struct world *world, int slot, struct handle *handle);

/* The body of a task or generator. */
struct unit {
    struct world *world;
    const struct node *node;
};
int unit(void *frame);

struct call *call_new(struct world *world, int unit);
co_task *unit_spawn(struct world *world, int unit, int name);
co_task *unit_spawn_in(struct world *world, int unit, int name, co_group *group);

enum { NO_UNIT = -1 }; /* a coroutine or generator that does nothing */
struct generated *generated_new(struct world *world, int unit);
struct generated *generated_hold(struct generated *generated);
void generated_drop(struct generated *generated);
void generated_set(struct world *world, int slot, struct generated *generated);

struct made *made_new(struct world *world, int unit);
struct made *made_hold(struct made *made);
void made_drop(struct made *made);
void made_set(struct world *world, int place, struct made *made);

/* Print an event line: time, iteration, task, text. */
void ev(struct world *world, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Print an event of the observer, if it is one that CPython's tasks show as well. */
void trace(struct world *world, const co_trace_event *event);

/* Texts to print; each good until the next call of the same function. The error is
 * the one that was met last, and must be of this code.
 */
const char *repr_error(int code);
const char *repr_group(const co_error *group);
const char *repr_context(const co_exception_context *context);
const char *repr_result(const struct handle *handle);
const char *repr_state(const struct handle *handle);

/* Whether it is an Exception in Python; CancelledError and SystemExit are not. */
bool is_exception(const co_error *error);

static inline const char *py_bool(bool claim) { return claim ? "True" : "False"; }

/* The body of a coroutine or a callback: its result, or an error. */
int unit_run(struct world *world, const struct node *unit);

/* The main task's body is the unit 0. */
void world_init(struct world *world, const struct node *program, FILE *out);
void world_finish(struct world *world);

#endif

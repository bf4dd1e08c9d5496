/* task.h — coroutines that run at once: spawn, call, cancel, and the life of a task.
 *
 * A coroutine is `static int fetch(void *frame)`. Its arguments, and the results
 * that do not fit an int, are the fields of a struct of the same name:
 *
 *     struct fetch {
 *         const char *url;
 *         double seconds;
 *         char page[64]; // what it found
 *     };
 *
 * so that a call reads with keywords, and a misspelt one does not compile. A
 * coroutine without any has an empty struct.
 */
#ifndef CO_TASK_H
#define CO_TASK_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"

/* A coroutine. It returns a result from zero up, or an error below. */
typedef int co_fn(void *frame);

/* create_task: make a task of fn(arguments). It does not run yet: it is put at the
 * end of the ready queue and starts in the loop's next iteration.
 *
 * The task keeps its own copy of the arguments, bit by bit: what a pointer in them
 * points at must outlive the task. The handle belongs to the task that spawned it,
 * and is good until that one ends; nobody frees it. Does not fail: out of memory
 * ends the program with a message. Does not suspend.
 */
#define co_spawn(fn, ...) co_spawn_with((co_spawn_options){}, fn, __VA_ARGS__)

/* The same, with a name for traces or a stack of another size. */
#define co_spawn_with(options, fn, ...) \
    co_spawn_copy((options), fn, #fn, &(struct fn){ __VA_ARGS__ }, sizeof(struct fn))

typedef struct co_spawn_options {
    const char *name;  /* copied; NULL: "Task-N" */
    size_t stack_size; /* bytes, rounded up to whole pages; 0: the run's default */
    bool eager;        /* run it up to its first wait before co_spawn() returns, as
                          CPython's eager tasks of 312; its name it gets after that,
                          from 314 on before */
} co_spawn_options;

co_task *co_spawn_copy(co_spawn_options options, co_fn *fn, const char *fn_name,
                       const void *frame, size_t size);

/* await fn(arguments): a plain call. It runs at once, in this task, on this stack;
 * others get a turn only where it waits itself. That it is under way can be asked for
 * (inspect.h).
 */
#define co_call(fn, ...)                             \
    ({                                               \
        finally(co_call_end) co_calling co_calling_; \
        co_call_begin(&co_calling_, #fn);            \
        fn(&(struct fn){ __VA_ARGS__ });             \
    })

typedef struct co_calling {
    /* private */
    struct co_task_impl *task; /* NULL: outside a task */
    const char *function;
    struct co_calling *outer;
} co_calling;

void co_call_begin(co_calling *calling, const char *function);
void co_call_end(co_calling *calling);

/* The arguments and results of a task: co_frame(fetch, task)->page. Good as long
 * as the handle.
 */
#define co_frame(fn, task) ((struct fn *)co_frame_of(task))
void *co_frame_of(co_task *task);

/* Suspend for this long; zero or less gives the other ready tasks one turn, the
 * shortest time two. So does NaN, which from 313 on is CO_EVALUE. Infinity ends by
 * cancellation only. UV_ECANCELED: interrupted. CO_EVALUE: finite, and beyond the end
 * of the clock (loop.h).
 */
co_checked int co_sleep(double seconds);

/* The running task; NULL in a callback and outside a run. */
co_task *co_self(void);

/* Its name ("Task-N" unless one was given), its coroutine's name, its place in the
 * order of spawning from 0, and how many turns it has had.
 */
const char *co_name(const co_task *task);
const char *co_function(const co_task *task);
int co_id(const co_task *task);
unsigned co_turns(const co_task *task);
void co_set_name(co_task *task, const char *name);

/* True of the task that co_run() made. */
bool co_is_main(const co_task *task);

/* How many requests to cancel it has had and not taken back; and take one back.
 * Both return the number that remains. A request that is on its way arrives even so;
 * from 313 on not if none remains.
 */
unsigned co_cancelling(const co_task *task);
unsigned co_uncancel(co_task *task);

/* Keep a handle beyond the end of the task that spawned it; give up a handle, kept
 * or spawned, before that end. The task runs on. NULL is allowed.
 *
 * A kept task that has not ended by the end of its run never will: CO_EABANDONED.
 */
co_task *co_keep(co_task *task);
void co_drop(co_task *task);

/* co_drop() for `finally`: finally(co_release) co_task *task = co_spawn(…); */
static inline void co_release(co_task **task) { co_drop(*task); }

/* The most bytes of stack it has used so far, if the run was asked to measure
 * (co_options.measure_stacks) and the task has not ended; else 0.
 */
size_t co_stack_used(const co_task *task);

#endif

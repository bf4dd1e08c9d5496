/* run.h — asyncio.run(): run a coroutine to its end, and all that it spawned.
 *
 *     async_def(main_task, co_lock lock, int count)
 *     {
 *         with_lock(&self->lock)
 *             self->count++;
 *         return self->count;
 *     }
 *
 *     struct main_task frame = {};
 *     co_lock_init(&frame.lock);
 *     int r = co_run_with(main_task, &frame, &(co_options){ .virtual_time = true });
 *     if (r < 0)
 *         fprintf(stderr, "%s: %s\n", co_exception_name(r), co_why());
 *
 * co_run() must be called outside of any coroutine; inside of one it is CO_ERUNTIME.
 */
#ifndef CO_RUN_H
#define CO_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/observer.h"
#include "engine/task.h"

/* All zero: real time, stacks of 64 KiB, no observer. */
typedef struct co_options {
    bool virtual_time;   /* time jumps to the next deadline when nothing is ready */
    double speed;        /* virtual seconds per real second; 0: do not pause */
    double max_pause;    /* of the real pause for a jump, in s; 0: no limit */
    size_t stack_size;   /* bytes per task, in whole pages, of which up to 960 stay
                            unused; 0: 64 KiB */
    bool measure_stacks; /* for co_stack_used(); fills each new stack, which is slow */
    uint64_t seed;       /* of co_random() and the others; as Python's random.seed */
    unsigned asyncio;    /* behave as this release of CPython: 313 is 3.13; 0: 311.
                            See below */
    bool debug;          /* report slow callbacks and the like; see debug.h */
    bool catch_sigint;   /* while a main or a loop by hand runs, SIGINT calls
                            co_interrupt(), if its action is the default one */
    bool eager_tasks;    /* all tasks except main are eager: co_spawn_options */
    co_observer *observer; /* NULL: none */
} co_options;

/* What changes with a later `asyncio`; the rest is as in 3.11:
 *
 *   312  a gather counts at once the tasks that are done already; co_wait_for is a
 *        timeout around a join; co_process_communicate closes the input
 *   313  a task with a name uses no number of "Task-N"; if co_uncancel returns 0, a
 *        cancellation that has not arrived yet does not arrive; co_sleep refuses NaN;
 *        a cancelled waiter passes a notification on; a semaphore wakes as many waiters
 *        as it has room for; a group cancels its parent again if the parent was
 *        cancelled meanwhile, and does not warn of a coroutine that was never awaited;
 *        as_completed watches its tasks from the time it is made; a generator is closed
 *        before the task that closes it is cancelled; an error that leaves an expired
 *        timeout has that timeout as its context
 *   314  a shield reports at once an error that no task waits for; an eager task gets
 *        its name before it starts, and its error reaches a group later
 */

/* asyncio.run(main()): run the coroutine to its end. Then cancel the tasks that are
 * left and wait for their cleanup, close the asynchronous generators, and wait for the
 * threads of the default executor. Returns the result or error of main. co_why()
 * returns the reason of that error until the next error or run of this thread.
 *
 * CO_EDEADLK: all tasks waited and no event could wake one, where asyncio would hang;
 * they were cancelled and cleaned up. CO_EXIT, UV_EINTR: a task or callback raised it
 * (SystemExit, KeyboardInterrupt). UV_EINTR also: co_interrupt() was called.
 * CO_ERUNTIME: a loop runs already.
 *
 * `options` may be NULL. Inside co_program() the options of the program apply; only
 * `debug` may be set for one run.
 */
int co_run(co_fn *main, const co_options *options);

/* The same for a main with an argument. The caller owns `frame`, which outlives all
 * tasks of the run. Objects that tasks share (locks, queues, futures, timers, results)
 * belong in it or in static memory. They must not be local variables of main: tasks
 * that are left are cancelled after main has ended, and their cleanup may still use
 * them. In Python an object exists as long as a task refers to it. A local variable of
 * main may be used by main, and by tasks that main waits for.
 */
int co_run_with(co_fn *main, void *frame, const co_options *options);

/* Call `program`, which may call co_run() several times. All these runs share one
 * clock, one random sequence and one numbering of tasks, as in one Python process; each
 * run has an event loop of its own. A program may also run a loop by hand (loop.h) and
 * use runners (runner.h). Returns what `program` returns, and frees all resources of
 * the engine. CO_ERUNTIME: a loop exists already.
 */
int co_program(int (*program)(void), const co_options *options);

/* Ctrl-C. In a run the first call cancels the main task. If main ends by that, the run
 * returns UV_EINTR; if it was also cancelled otherwise, the run returns UV_ECANCELED.
 *
 * The second call ends the run without cleanup (CO_EABANDONED). With catch_sigint it
 * ends only the wait for main: main and all tasks that are left are then cancelled, and
 * the run waits for them and returns UV_EINTR. SIGINT has its default action again by
 * then.
 *
 * A loop run by hand returns UV_EINTR after its current iteration, or when it runs
 * next. May be called from a signal handler. Without a loop this does nothing.
 */
void co_interrupt(void);

#endif

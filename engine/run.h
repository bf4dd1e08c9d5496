/* run.h — asyncio.run(): run a coroutine to its end, and all that it spawned.
 *
 *     struct shared {
 *         co_lock lock;
 *         int count;
 *     };
 *
 *     static int main_task(void *frame)
 *     {
 *         struct shared *shared = frame;
 *         with_lock(&shared->lock)
 *             shared->count++;
 *         return shared->count;
 *     }
 *
 *     struct shared shared = {};
 *     co_lock_init(&shared.lock);
 *     int r = co_run_with(main_task, &shared, &(co_options){ .virtual_time = true });
 *     if (r < 0)
 *         fprintf(stderr, "%s: %s\n", co_exception_name(r), co_why());
 *
 * (A program calls co_run() outside of any coroutine; inside of one it is CO_ERUNTIME.)
 */
#ifndef CO_RUN_H
#define CO_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/observer.h"
#include "engine/task.h"

/* All zero: real time, stacks of 64 KiB, no observer. */
typedef struct co_options {
    bool virtual_time;     /* time jumps to the next deadline when nothing is ready */
    double speed;          /* virtual time: seconds of it per real second; 0: at once */
    double max_pause;      /* virtual time: no jump takes longer, in s; 0: no limit */
    size_t stack_size;     /* bytes per task, in whole pages, of which up to 960 stay
                              unused; 0: 64 KiB */
    bool measure_stacks;   /* for co_stack_used(); costs a fill of each new stack */
    uint64_t seed;         /* of co_random() and the others; as Python's random.seed */
    unsigned asyncio;      /* the release whose behaviour is wanted, as 313 for CPython
                              3.13; 0: 311. See below */
    bool debug;            /* report slow callbacks and the like; see debug.h */
    bool catch_sigint;     /* while a main runs, or a loop by hand, SIGINT calls
                              co_interrupt(), if its action is the default one */
    bool eager_tasks;      /* all tasks but main start in co_spawn(); see there */
    co_observer *observer; /* NULL: none */
} co_options;

/* What a later `asyncio` changes; the rest is as in 3.11:
 *
 *   312  gather counts tasks that are done already at once; co_wait_for is a limit
 *        around a join; co_process_communicate closes the input
 *   313  named tasks take no number; co_uncancel to 0 takes back a request that has not
 *        arrived; sleep refuses NaN; a cancelled waiter passes a notification on;
 *        semaphores wake as many as fit; groups cancel a parent again that was
 *        cancelled meanwhile, and warn of no coroutine; as_completed watches from the
 *        moment it is made; a generator is closed before the task that closes it is
 *        cancelled; an error out of an expired limit has the limit as context
 *   314  a shield reports an error that no task waits for at once; eager tasks are
 *        named before they start, and their failure reaches a group later
 */

/* asyncio.run(main()): run the coroutine; when it has ended cancel the tasks that are
 * left and wait for their cleanup, close the asynchronous generators, and wait for the
 * threads of the default executor. Returns the result or error of main, whose reason
 * co_why() gives afterwards, until the next error or run of this thread.
 *
 * CO_EDEADLK: all tasks waited for something that cannot happen, where asyncio would
 * hang; they were cancelled and cleaned up. CO_EXIT, UV_EINTR: a task or callback
 * raised it (SystemExit, KeyboardInterrupt), or co_interrupt() was called. CO_ERUNTIME:
 * a loop runs already.
 *
 * `options` may be NULL. Inside a program (below) they must be: its own hold.
 */
int co_run(co_fn *main, const co_options *options);

/* The same for a main with an argument. A variable of main ends when main does, but the
 * tasks that are left are cancelled after that, and may still use it in their cleanup.
 * In Python such an object lives as long as a task refers to it. So what tasks share
 * (locks, queues, futures, timers, results) belongs into `frame`, which is the caller's
 * and outlives all tasks of the run; or in static memory. Main's own variables are for
 * what only main uses, or tasks that main has awaited.
 */
int co_run_with(co_fn *main, void *frame, const co_options *options);

/* Code around one or more calls of co_run(): one clock, one random sequence, one
 * numbering of tasks for all of them, as in one Python process; each co_run() has an
 * event loop of its own. Also the place to run a loop by hand (loop.h), and for runners
 * (runner.h). Returns what `program` returns; everything taken from the system is given
 * back. CO_ERUNTIME: a loop exists already.
 */
int co_program(int (*program)(void), const co_options *options);

/* Ctrl-C. In a run the first call cancels the main task: if main ends by that, the run
 * returns UV_EINTR; if another cancellation came as well, it returns UV_ECANCELED. The
 * second ends the run without cleanup (CO_EABANDONED); but with catch_sigint it ends
 * the wait for main, which is then cancelled again with all tasks that are left
 * (UV_EINTR) and waited for once more: by then SIGINT has its default action again. A
 * loop run by hand returns UV_EINTR after the current iteration, or if it does not run,
 * when it runs next. May be called from a signal handler. Without a loop: nothing.
 */
void co_interrupt(void);

#endif

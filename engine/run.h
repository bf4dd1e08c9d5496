/* run.h — run a coroutine to its end, and everything it spawned.
 */
#ifndef CO_RUN_H
#define CO_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/observer.h"
#include "engine/task.h"

/* All zero: real time, stacks of 64 KiB, nobody watching. */
typedef struct co_options {
    bool virtual_time;   /* time jumps to the next deadline when nothing is ready */
    double speed;        /* virtual time: seconds of it per real second; 0: at once */
    double max_pause;    /* virtual time: no jump takes longer, in s; 0: no limit */
    size_t stack_size;   /* bytes per task, in whole pages, of which up to 960 stay
                            unused; 0: 64 KiB */
    bool measure_stacks; /* for co_stack_used(); costs a fill of each new stack */
    uint64_t seed;       /* of co_random() and its kin; as Python's random.seed */
    unsigned asyncio;    /* the release whose behaviour is wanted, as 313 for CPython
                            3.13; 0: 311. See below */
    bool debug;          /* tell what takes long; see debug.h */
    bool catch_sigint; /* while a main runs, Ctrl-C interrupts it as asyncio.run() does:
                          SIGINT calls co_interrupt(), if what it does is the default */
    bool eager_tasks;  /* all tasks but main start at once, in co_spawn(); see there */
    co_observer *observer; /* NULL: nobody watches */
} co_options;

/* What a later `asyncio` changes; the rest is as in 3.11:
 *
 *   312  gather counts at once those who are done already; co_wait_for is a limit
 *        around a join; co_process_communicate closes the input
 *   313  named tasks take no number; co_uncancel to 0 takes back a request on its
 *        way; sleep refuses NaN; a cancelled waiter passes a notification on;
 *        semaphores wake as many as fit; groups cancel a parent again that was
 *        cancelled meanwhile, and warn of no coroutine; as_completed watches from its
 *        making; generators are closed before the cancellation of who closes them; an
 *        error of an expired limit's block remembers the limit
 *   314  a shield tells at once of an error nobody waits for; eager tasks are named
 *        before they start, and their failure reaches a group later
 */

/* asyncio.run(main()): run the coroutine, and when it has ended cancel the tasks
 * that are left and wait for their cleanup. Returns its result or error.
 *
 * CO_EDEADLK: everybody waited for something that cannot happen; everybody was
 * cancelled and cleaned up. UV_EINTR: co_interrupt() ended it.
 *
 * `options` may be NULL. Inside a program (below) they must be: its own hold.
 */
int co_run(co_fn *main, const co_options *options);

/* The same for a main with an argument. The frame is the caller's, and so outlives
 * every task of the run: the place for what tasks share, since main's own variables
 * go when main ends, and tasks that are left are cancelled only after that.
 */
int co_run_with(co_fn *main, void *frame, const co_options *options);

/* Code around one or more calls of co_run(): one clock, one random sequence, one
 * numbering of tasks for all of them, as in one Python process. Returns what
 * `program` returns; everything taken from the system is given back.
 */
int co_program(int (*program)(void), const co_options *options);

/* Ctrl-C: the first call cancels the main task of the run on this thread: if main ends
 * by that, the run returns UV_EINTR; if somebody else has cancelled it as well, it
 * returns UV_ECANCELED. The second gives the run up without cleanup (CO_EABANDONED);
 * but with catch_sigint, it ends the wait for main, which is then cancelled again with
 * all tasks that are left (UV_EINTR), and waited for once more: by then SIGINT does
 * what it did before. May be called from a signal handler. Without a run: nothing.
 */
void co_interrupt(void);

#endif

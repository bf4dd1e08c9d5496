/* runner.h — asyncio.Runner: several mains on one loop, and one shutdown after them.
 *
 *     static int first(void *) { return attempt(co_sleep(0.1)); }
 *
 *     static int program(void)
 *     {
 *         co_runner runner;
 *         co_runner_init(&runner);
 *         int r = co_runner_run(&runner, first, NULL);
 *         if (r >= 0)
 *             r = co_runner_run(&runner, first, NULL);
 *         return co_runner_close(&runner, r);
 *     }
 *
 *     co_program(program, NULL);
 *
 * Use it inside co_program() and outside of co_run(). co_run() is a runner that runs
 * once.
 *
 * Each runner has a loop of its own, with its ready queue, timers, tasks, exception
 * handler, asynchronous generators and default executor. A program may alternate
 * between runners. The suspended tasks and the due timers of a runner run only in its
 * next run, but another runner may complete a future that they wait for. All runners of
 * a program share one clock, one random sequence and one numbering of tasks. Between
 * runs, co_spawn(), co_call_soon(), co_stop() and co_set_exception_handler() use the
 * loop of the runner that ran last.
 */
#ifndef CO_RUNNER_H
#define CO_RUNNER_H

#include <stdbool.h>

#include "engine/task.h"

typedef struct co_runner {
    /* private */
    bool closed;
    uint64_t serial; /* of its loop */
    struct co_contextvars
        *contextvars; /* the context variables that all its mains share */
} co_runner;

/* Initialize it. Its loop is made in the first run. */
void co_runner_init(co_runner *runner);

/* Runner.run: run a coroutine to its end and return its result or error. `frame` is as
 * for co_run_with(). Tasks that are not done then continue in the next run of this
 * runner. CO_ERUNTIME: the runner is closed, a loop runs already, or the program
 * is over. CO_EDEADLK, UV_EINTR: as for co_run().
 */
int co_runner_run(co_runner *runner, co_fn *main, void *frame);

/* Runner.close: cancel the tasks that are left and wait for their cleanup, close the
 * asynchronous generators, and wait for the threads of the default executor. `r` is the
 * outcome so far. Returns the outcome of the whole. CO_ERUNTIME: a loop runs. A second
 * call does nothing. If a runner is never closed, its tasks are abandoned at the end of
 * the program.
 */
int co_runner_close(co_runner *runner, int r);

#endif

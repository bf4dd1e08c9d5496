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
 * For a program (co_program) outside of co_run(), which is a runner that runs once.
 *
 * Each runner has a loop of its own: ready queue, timers, tasks, exception handler,
 * asynchronous generators, default executor. Several may take turns: what one leaves
 * suspended goes on only in its next run, though another may complete the future it
 * waits for, and a timer that becomes due meanwhile runs then. One clock, one random
 * sequence and one numbering of tasks serve the whole program. Between its runs, the
 * loop of the runner that ran last is the one that co_spawn(), co_call_soon(),
 * co_stop() and co_set_exception_handler() act on.
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

/* The loop itself begins with the first run. */
void co_runner_init(co_runner *runner);

/* Runner.run: run a coroutine to its end and return its result or error; `frame` is as
 * for co_run_with(). Tasks that are left stay suspended, and go on in the next run of
 * this runner. CO_ERUNTIME: the runner is closed, a loop runs already, or the program
 * is over. CO_EDEADLK, UV_EINTR: as for co_run().
 */
int co_runner_run(co_runner *runner, co_fn *main, void *frame);

/* Runner.close: end with outcome `r`. Cancel the tasks that are left and wait for their
 * cleanup, close the asynchronous generators, wait for the threads of the default
 * executor. Returns the outcome of the whole. CO_ERUNTIME: a loop runs. A second time
 * it does nothing. The tasks of a runner that is never closed are abandoned at the end
 * of the program.
 */
int co_runner_close(co_runner *runner, int r);

#endif

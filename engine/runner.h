/* runner.h — asyncio.Runner: several mains on one loop, and one shutdown after them.
 *
 *     co_runner runner;
 *     co_runner_init(&runner);
 *     int r = co_runner_run(&runner, first, NULL);
 *     if (r >= 0)
 *         r = co_runner_run(&runner, second, NULL);
 *     return co_runner_close(&runner, r);
 *
 * For a program (co_program) outside of co_run(), which is a runner that runs once.
 */
#ifndef CO_RUNNER_H
#define CO_RUNNER_H

#include <stdbool.h>

#include "engine/task.h"

typedef struct co_runner {
    /* private */
    bool closed;
    uint64_t serial; /* of its loop, for what is bound to one */
    struct co_contextvars
        *contextvars; /* of the context variables all its mains share */
} co_runner;

void co_runner_init(co_runner *runner);

/* Run a coroutine to its end and return its result or error; see co_run_with() for
 * the frame. Tasks that are left stay suspended, and go on in the next run.
 * CO_ERUNTIME: the runner is closed, or a loop runs already. CO_EDEADLK, UV_EINTR: as
 * of co_run().
 */
int co_runner_run(co_runner *runner, co_fn *main, void *frame);

/* End with outcome `r`: cancel the tasks that are left and wait for their cleanup,
 * close the asynchronous generators, wait for the threads of the default executor.
 * Returns the outcome of the whole. CO_ERUNTIME: a loop runs. A second time it does
 * nothing.
 */
int co_runner_close(co_runner *runner, int r);

#endif

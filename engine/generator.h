/* generator.h — asynchronous generators: coroutines that yield values.
 *
 *     async_def(count, int to)
 *     {
 *         for (int i = 0; i < self->to; i++)
 *             await(co_yield(i));
 *         return 0;
 *     }
 *
 *     finally(co_generator_release) co_generator *c = co_generate(count, .to = 3);
 *     async_for(i, co_next(c))
 *         co_say("%d", i);
 *
 * A generator has a stack of its own, and runs in the task that asks for its next
 * value: co_self() is that task, a wait in the generator suspends that task, and
 * cancelling that task cancels that wait. Generators may iterate over others.
 *
 * Any function that returns a value from zero up, or CO_ESTOP when there are no more,
 * is an asynchronous iterator, and async_for() makes a loop of it.
 */
#ifndef CO_GENERATOR_H
#define CO_GENERATOR_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/task.h"

typedef struct co_generator co_generator;

/* Make a generator of fn(arguments), which are copied as those of co_spawn(). It does
 * not run before it is asked for a value. The handle belongs to the task, or to the
 * generator, that makes it, and is good until that owner ends. If the owner ends with
 * an error, it is good until the handle of the owner is freed, as an error in Python
 * keeps the frames it has passed. Does not suspend.
 *
 * If the last handle is dropped while the generator is at a yield, a new task closes it
 * two iterations later, so that its cleanup runs. The exception handler gets an error
 * of that cleanup.
 */
#define co_generate(fn, ...) \
    CO_MAKE_(co_generator *, fn, co_generate_copy(fn, #fn, CO_FRAME_(__VA_ARGS__)))
co_generator *co_generate_copy(co_fn *fn, const char *fn_name, const void *frame,
                               size_t size);

/* Keep the handle after the end of its owner; drop it, kept or not.
 * co_generator_release() is co_generator_drop() for `finally`. A task that never ends
 * drops each generator that it does not need any more.
 *
 * When all tasks of a run are done, it closes all generators that are left at the same
 * time; the exception handler gets their errors. A generator that has yielded instead
 * of ending cannot be used after the run either. One that was never asked for a value
 * can be used in another run.
 */
co_generator *co_generator_keep(co_generator *generator);
void co_generator_drop(co_generator *generator); /* NULL is allowed */
void co_generator_release(co_generator **generator);

/* Its arguments and results: co_generator_frame(count, c)->to. */
#define co_generator_frame(fn, generator) \
    ((struct fn *)co_generator_frame_of(generator))
void *co_generator_frame_of(co_generator *generator);

/* yield: pass a value from zero up to the task that asked for it, and suspend until the
 * next value is asked for. A larger value is a field of the frame. Returns the value of
 * co_send() (0 for co_next()), or the error of co_throw() (CO_ECLOSE for
 * co_generator_close()). A function that the generator calls may yield as well.
 * CO_EVALUE: a negative value. CO_ERUNTIME: no generator is running.
 */
co_checked int co_yield(int value);

/* anext(): run it up to its next yield, and return that value. CO_ESTOP
 * (StopAsyncIteration): it has ended without an error. If it ends with an error, that
 * is returned once, and CO_ESTOP later. Suspends where the generator waits.
 * CO_ERUNTIME: another task, or the generator itself, is in such a call already; or it
 * returned CO_ESTOP, which is not allowed.
 */
co_checked int co_next(co_generator *generator);

/* asend(): the same, and the yield in the generator returns `value`, from zero up. 0
 * stands for None; before the first yield nothing else can be sent (CO_EVALUE, a
 * TypeError in Python).
 */
co_checked int co_send(co_generator *generator, int value);

/* athrow(): the same, and the yield in the generator returns this error. A generator
 * that has not started ends with it. If the generator has ended before, the error is
 * ignored, and this returns 0.
 */
co_checked int co_throw(co_generator *generator, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* aclose(): as co_throw() of CO_ECLOSE (GeneratorExit). Returns 0 if it ends by that or
 * without an error, or has ended before; else its error. CO_ERUNTIME: it is running; or
 * it has yielded instead of ending. From the first call on, co_throw() and
 * co_generator_close() of a generator that has not ended return CO_ESTOP.
 */
co_checked int co_generator_close(co_generator *generator);

/* shutdown_asyncgens(): close all generators of this loop that were asked for a value,
 * each in a task of its own, and suspend until all are closed. The exception handler
 * gets their errors. Each run calls this at its end. UV_ECANCELED: interrupted, and so
 * are those tasks.
 */
co_checked int co_shutdown_generators(void);

/* async for name in …: declare an int of this name, and run the block for each value
 * of `next`, which is evaluated each time. `break` ends the loop. An error of `next`
 * is returned from this function.
 */
#define async_for(name, next) for (int name; await(co_more((next), &name));)

/* Its condition: returns 1 if the outcome is a value, which is then in *ret_value, 0 if
 * it is CO_ESTOP, else the error.
 */
static inline int co_more(int outcome, int *ret_value)
{
    if (outcome < 0)
        return outcome == CO_ESTOP ? 0 : outcome;
    *ret_value = outcome;
    return 1;
}

#endif

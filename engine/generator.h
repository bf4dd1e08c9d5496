/* generator.h — asynchronous generators: coroutines that yield values on their way.
 *
 *     struct count {
 *         int to;
 *     };
 *
 *     static int count(void *frame)
 *     {
 *         for (int i = 0; i < ((const struct count *)frame)->to; i++)
 *             await(co_yield(i));
 *         return 0;
 *     }
 *
 *     finally(co_generator_release) co_generator *c = co_generate(count, .to = 3);
 *     for (int i; await(co_more(co_next(c), &i));)
 *         co_say("%d", i);
 *
 * A generator has a stack of its own, and runs in the task that asks for its next
 * value: co_self() is that task, a wait in the generator suspends that task, and
 * cancelling that task cancels that wait. Generators may iterate over others.
 *
 * Any function that returns a value from zero up, or CO_ESTOP when there are no more,
 * is an asynchronous iterator, and co_more() makes a loop of it.
 */
#ifndef CO_GENERATOR_H
#define CO_GENERATOR_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/task.h"

typedef struct co_generator co_generator;

/* Make a generator of fn(arguments), which are copied as those of co_spawn(). Nothing
 * of it runs before it is asked for a value. The handle belongs to the task, or to the
 * generator, that made it, and is good until that one ends; or, if that one ends with
 * an error, until the handle of that one is freed, as an error in Python keeps the
 * frames it came through. Handles that a generator makes belong to the generator. Does
 * not suspend.
 *
 * If the last handle of a generator that is at a yield is dropped, a new task closes it
 * two iterations later, so that its cleanup runs; the exception handler gets an error
 * of that.
 */
#define co_generate(fn, ...) \
    CO_MAKE_(co_generator *, fn, co_generate_copy(fn, #fn, CO_FRAME_(__VA_ARGS__)))
co_generator *co_generate_copy(co_fn *fn, const char *fn_name, const void *frame,
                               size_t size);

/* Keep the handle beyond the end of its owner, and drop it, kept or not, before that
 * end. co_generator_release() is co_generator_drop() for `finally`: a task that never
 * ends drops each generator it has finished.
 *
 * A run closes the generators that are left when all tasks are done, all at once; the
 * exception handler gets errors of that. One that refuses to be closed can still not be
 * used after the run. One that was never asked for a value may be used in another run.
 */
co_generator *co_generator_keep(co_generator *generator);
void co_generator_drop(co_generator *generator); /* NULL is allowed */
void co_generator_release(co_generator **generator);

/* Its arguments and results: co_generator_frame(count, c)->to. */
#define co_generator_frame(fn, generator) \
    ((struct fn *)co_generator_frame_of(generator))
void *co_generator_frame_of(co_generator *generator);

/* yield: give a value from zero up to the task that asked for one, and suspend until
 * the next one is asked for. Larger values are fields of the frame. Returns what is
 * sent in (0 by co_next()), or the error that is thrown in (CO_ECLOSE by
 * co_generator_close()). Functions that the generator calls may yield for it.
 * CO_EVALUE: a negative value. CO_ERUNTIME: no generator is running.
 */
co_checked int co_yield(int value);

/* anext(): its next value; CO_ESTOP (StopAsyncIteration) when it ends, and from then
 * on; or the error it ends with. Suspends where the generator waits. CO_ERUNTIME:
 * another task, or the generator itself, is asking it already; or it returned CO_ESTOP,
 * which a generator must not.
 */
co_checked int co_next(co_generator *generator);

/* asend(): the same, and the yield in the generator returns `value`, from zero up. 0
 * stands for None; before the first yield nothing else can be sent (CO_EVALUE, a
 * TypeError in Python).
 */
co_checked int co_send(co_generator *generator, int value);

/* athrow(): the same, and the yield in the generator returns this error. A generator
 * that has not started ends with it; if it has ended before, the error is ignored and 0
 * is returned.
 */
co_checked int co_throw(co_generator *generator, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* aclose(): throw CO_ECLOSE (GeneratorExit) in, and return 0 when it has ended by that
 * or without an error; else its error. If it has ended before, nothing happens.
 * CO_ERUNTIME: a task is asking it for a value; or it has yielded instead of ending,
 * and after that co_throw() and co_generator_close() return CO_ESTOP.
 */
co_checked int co_generator_close(co_generator *generator);

/* shutdown_asyncgens(): close all generators of this loop that were asked for a value,
 * all at once, each in a task of its own, and suspend until all are closed. The
 * exception handler gets their errors. Every run ends with it. UV_ECANCELED:
 * interrupted, and so are those tasks.
 */
co_checked int co_shutdown_generators(void);

/* async for: returns 1 if the outcome is a value, which is then in *ret_value, 0 if it
 * is CO_ESTOP, else the error.
 */
static inline int co_more(int outcome, int *ret_value)
{
    if (outcome < 0)
        return outcome == CO_ESTOP ? 0 : outcome;
    *ret_value = outcome;
    return 1;
}

#endif

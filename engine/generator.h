/* generator.h — asynchronous generators: coroutines that hand out values on their way.
 *
 *     struct count {
 *         int to;
 *     };
 *
 *     static int count(void *frame)
 *     {
 *         const struct count *self = frame;
 *
 *         for (int i = 0; i < self->to; i++) {
 *             await(co_sleep(0.1));
 *             await(co_yield(i));
 *         }
 *         return 0;
 *     }
 *
 *     co_generator *counting = co_generate(count, .to = 3);
 *     for (int i; await(co_more(co_next(counting), &i));)
 *         co_say("%d", i);
 *
 * A generator has a stack of its own, and runs inside whatever task asks it for its
 * next value: co_self() is that task, a wait in the generator suspends that task, and
 * cancelling that task arrives in the generator. It may run another one itself.
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
 * generator, that made it, and is good until that one ends; if that one ends with an
 * error, until its own handle goes, as an error in Python holds the frames it came
 * through. What a generator makes itself is its own in the same way.
 *
 * A generator that nobody holds any more while it is at a yield is closed by a new
 * task, two iterations later, so that its cleanup runs; an error of that is told to the
 * exception handler. Does not suspend.
 */
#define co_generate(fn, ...) \
    co_generate_copy(fn, #fn, &(struct fn){ __VA_ARGS__ }, sizeof(struct fn))
co_generator *co_generate_copy(co_fn *fn, const char *fn_name, const void *frame,
                               size_t size);

/* Hold it beyond the end of its owner, and let it go again; the owner lets it go early.
 * Those still held when a run ends are closed by it, all at once, after all tasks have
 * ended; errors of that are told to the exception handler. One that refuses to be
 * closed is at its end all the same when the run is over, and one that nobody has asked
 * may be asked in another. co_generator_release() is co_generator_drop() for `finally`.
 */
co_generator *co_generator_keep(co_generator *generator);
void co_generator_drop(co_generator *generator); /* NULL is allowed */
void co_generator_release(co_generator **generator);

/* Its arguments and results: co_generator_frame(count, counting)->to. */
#define co_generator_frame(fn, generator) \
    ((struct fn *)co_generator_frame_of(generator))
void *co_generator_frame_of(co_generator *generator);

/* yield: hand out a value from zero up, and suspend until the next one is asked for.
 * Larger values are fields of the frame. Returns what is sent in, 0 by co_next(); or
 * the error that is thrown in, CO_ECLOSE by co_generator_close(). Functions called by
 * the generator may yield for it.
 * CO_EVALUE: a negative value. CO_ERUNTIME: there is no generator here.
 */
co_checked int co_yield(int value);

/* anext(): its next value, CO_ESTOP at its end and from then on, or the error it ended
 * with. Suspends where the generator waits. CO_ERUNTIME: it is being asked already, by
 * another task or by itself; or it ended with CO_ESTOP, which is an error there.
 */
co_checked int co_next(co_generator *generator);

/* asend(): the same, where the yield returns `value` to it, from zero up; 0 stands for
 * None, and so is the only thing it can be sent before its first yield (CO_EVALUE, a
 * TypeError in Python).
 */
co_checked int co_send(co_generator *generator, int value);

/* athrow(): the same, where the yield returns this error to it. If it has not started
 * it ends by it; if it has ended before, the error is lost and 0 is returned.
 */
co_checked int co_throw(co_generator *generator, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* aclose(): throw in CO_ECLOSE, and return 0 when it has ended by that, or of itself;
 * else its error. A second time, or at its end, it does nothing.
 * CO_ERUNTIME: it is being asked for a value, or it yields although it shall end; after
 * that co_throw() and another co_generator_close() are CO_ESTOP.
 */
co_checked int co_generator_close(co_generator *generator);

/* shutdown_asyncgens(): close all generators of this loop that were ever asked for a
 * value, all at once, in tasks of their own, and suspend until they are. What becomes
 * of each is told to the exception handler if it is an error. A run ends with it.
 * UV_ECANCELED: interrupted, and so were they.
 */
co_checked int co_shutdown_generators(void);

/* For loops: 1 if the outcome is a value, which is then in *ret_value, 0 if it is
 * CO_ESTOP, else the error.
 */
static inline int co_more(int outcome, int *ret_value)
{
    if (outcome < 0)
        return outcome == CO_ESTOP ? 0 : outcome;
    *ret_value = outcome;
    return 1;
}

#endif

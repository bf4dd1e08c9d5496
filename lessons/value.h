/* value.h — Python values for examples: texts, lists, None and errors, each as an int.
 *
 *     async_def(fetch, int id)
 *     {
 *         await(co_sleep(1));
 *         return text("Data %d", self->id);
 *     }
 *
 *     int results = await(gather(co_spawn(fetch, 1), co_spawn(fetch, 2)));
 *     say("%s, first %s", str(results), str(at(results, 0)));
 *     // ['Data 1', 'Data 2'], first Data 1
 *
 * A coroutine returns an int. An int below VALUE_FIRST is that number. From there up it
 * names a value that the program has made: so a text passes through whatever an int
 * passes through, as the result of a task, a queue's item or what a generator yields.
 *
 * A value never changes, and is freed when the program ends, so a task may keep it. All
 * functions may be called in threads of executors. Only those with the word await, and
 * for_as_completed(), suspend. Values are made inside example_run() (lesson.h).
 */
#ifndef VALUE_H
#define VALUE_H

#include <limits.h>
#include <stddef.h>

#include "engine/co.h"

enum { VALUE_FIRST = 1 << 30, None = INT_MAX };

/* f"...": a str. */
int text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Any other object, of which only the repr is of interest: object("{'id': %d}", id). */
int object(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* [a, b, c]; an array of them; and the results of tasks that are done, where an error
 * is a value too, as with return_exceptions=True.
 */
#define list(...) \
    list_of(VALUES_(__VA_ARGS__), sizeof(VALUES_(__VA_ARGS__)) / sizeof(int) - 1)
#define VALUES_(...) ((const int[]){ __VA_ARGS__ __VA_OPT__(, ) 0 })
int list_of(const int values[], size_t count);
int list_of_results(co_task *const tasks[], size_t count);

/* len(list), and list[i]; 0 if it is no list, or shorter. */
int len(int list);
int at(int list, int i);

/* The code of the error that a value is: isinstance(value, E). 0: it is none. */
int error_of(int value);

/* str(value), repr(value): a text without and with quotes, a number in digits, an error
 * as its reason and as E('reason'), a list as [a, b].
 */
const char *str(int value);
const char *repr(int value);

/* repr(coroutine): "<coroutine object fetch at 0x...>"; no address, which differs from
 * run to run.
 */
const char *coroutine_repr(const co_coroutine *coroutine);

/* f"..." where C expects characters and not a value. */
const char *format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* await gather(a, b): wait for all; the value is the list of their results. settle() is
 * gather(a, b, return_exceptions=True). For arrays: gatherv(), settlev().
 */
#define gather(...) gatherv(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
#define settle(...) settlev(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
co_checked int gatherv(co_task *const tasks[], size_t count);
co_checked int settlev(co_task *const tasks[], size_t count);

/* for name in as_completed(tasks): the block runs once for each task, as they are done.
 * It waits before the block: await(name) and attempt(name) then only tell the outcome
 * of the task, its result or its error. If this task is cancelled meanwhile, the
 * outcome is UV_ECANCELED. `break` and `continue` are as in any loop; the tasks
 * continue.
 */
#define for_as_completed(name, tasks, count)                          \
    for (co_as_completed name##_all_ finally(co_as_completed_finish), \
         *name##_once_ = watch_tasks(&name##_all_, tasks, count);     \
         name##_once_; name##_once_ = NULL)                           \
        for (int name; attempt(next_outcome(&name##_all_, &name));)
co_as_completed *watch_tasks(co_as_completed *all, co_task *const tasks[],
                             size_t count);
co_checked int next_outcome(co_as_completed *all, int *ret_outcome);

/* Queue(maxsize), Lock(), Semaphore(value), Event(), with a name for traces. They live
 * until the program ends, so that any task may use them.
 */
co_queue *new_queue(const char *name, size_t maxsize);
co_lock *new_lock(const char *name);
co_semaphore *new_semaphore(const char *name, int value);
co_event *new_event(const char *name);

/* await queue.put(value), await queue.get(): for a queue whose items are values. */
co_checked int put(co_queue *queue, int value);
co_checked int get(co_queue *queue);

/* Forget all values. */
void values_free(void);

#endif

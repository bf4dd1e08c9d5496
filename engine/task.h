/* task.h — coroutines and tasks: spawn, call, sleep, and the state of a task.
 *
 *     async_def(fetch, const char *url, double seconds, int bytes)
 *     {
 *         await(co_sleep(self->seconds));
 *         self->bytes = 512; // a result beside the one it returns
 *         return 200;
 *     }
 *
 *     co_task *home = co_spawn(fetch, .url = "/home", .seconds = 0.3);
 *     await(co_call(fetch, .url = "/news", .seconds = 0.1));
 *     int status = await(co_join(home));
 *     co_say("%d, %d bytes", status, co_frame(fetch, home)->bytes);
 *
 * A coroutine is a function and a struct of one name. The fields of the struct are its
 * arguments, and the results that do not fit an int. So a call has keywords, and a
 * misspelt keyword does not compile.
 */
#ifndef CO_TASK_H
#define CO_TASK_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"

/* A coroutine. It returns a result from zero up, or an error below zero. */
typedef int co_fn(void *frame);

/* async def fn(arguments): define the struct and the static function. Up to twelve
 * fields, separated by commas; none: a coroutine without arguments. In the body they
 * are self->name. It stands for
 *
 *     struct fetch {
 *         const char *url;
 *         double seconds;
 *     };
 *
 *     static int fetch(void *frame)
 *     {
 *         struct fetch *self = frame;
 */
#define async_def(fn, ...)                                   \
    struct fn {                                              \
        CO_FIELDS_(__VA_ARGS__)                              \
    };                                                       \
    static int fn##_body_(struct fn *self);                  \
    static int fn(void *frame) { return fn##_body_(frame); } \
    static int fn##_body_(__attribute__((unused)) struct fn *self)

/* A semicolon behind each field. A macro does not expand itself again, so each step
 * leaves a macro without its parentheses, which the next scan of CO_SCAN_() expands;
 * that is David Mazieres' way to recursive macros with __VA_OPT__ (2021).
 */
/* clang-format off */
#define CO_FIELDS_(...) __VA_OPT__(CO_SCAN_(CO_FIELD_(__VA_ARGS__)))
#define CO_FIELD_(first, ...) first; __VA_OPT__(CO_NEXT_FIELD_ CO_PARENS_ (__VA_ARGS__))
#define CO_NEXT_FIELD_() CO_FIELD_
#define CO_PARENS_ ()
#define CO_SCAN_(...) CO_SCAN3_(CO_SCAN3_(CO_SCAN3_(__VA_ARGS__)))
#define CO_SCAN3_(...) CO_SCAN1_(CO_SCAN1_(CO_SCAN1_(__VA_ARGS__)))
#define CO_SCAN1_(...) __VA_ARGS__
/* clang-format on */

/* create_task(fn(arguments)): make a task and append it to the ready queue. It starts
 * in the next iteration.
 *
 * The task has its own copy of the struct; what a pointer in it points at must outlive
 * the task. The handle belongs to the task that spawns it, and is released when that
 * task is done; co_keep() and co_drop() change that. Does not fail: out of memory ends
 * the program with a message. Does not suspend.
 */
#define co_spawn(fn, ...) co_spawn_with((co_spawn_options){}, fn, __VA_ARGS__)

typedef struct co_spawn_options {
    const char *name;  /* copied; NULL: "Task-N" */
    size_t stack_size; /* bytes, rounded up to whole pages; 0: the run's default */
    bool eager;        /* run it up to its first wait before co_spawn() returns, as
                          eager tasks of CPython 3.12. Then it gets its name; from 314
                          on it gets it before it runs */
    bool name_first;   /* an eager task gets its name before it runs in any case */
} co_spawn_options;

/* create_task() with options:
 *
 *     co_spawn_with(co_spawn_options(.name = "home", .eager = true), fetch, "/home");
 *
 * co_spawn_options() is a macro because the preprocessor would take a comma between
 * braces as the end of the argument. Such braces are one error, which names it.
 */
#define co_spawn_options(...) ((co_spawn_options){ __VA_ARGS__ })
#define co_spawn_with(options, fn, ...) \
    CO_UNLESS_CUT_(fn, CO_SPAWN_)(options, fn, __VA_ARGS__)
#define CO_SPAWN_(options, fn, ...) \
    CO_MAKE_(co_task *, fn, co_spawn_copy((options), fn, #fn, CO_FRAME_(__VA_ARGS__)))

/* The macro; or CO_CUT_, if in place of `fn` there is a part of the options between
 * braces. Such a part begins with a dot, so the paste is an error, and its first half
 * stays a macro of its own. With a function the paste is a name that means nothing.
 */
#define CO_UNLESS_CUT_(fn, macro) \
    CO_SECOND_(use_the_macro_co_spawn_options_in_place_of_braces_##fn, macro, ~)
#define use_the_macro_co_spawn_options_in_place_of_braces_ ~, CO_CUT_,
#define CO_SECOND_(...) CO_SECOND_OF_(__VA_ARGS__)
#define CO_SECOND_OF_(first, second, ...) second
#define CO_CUT_(...)          \
    ({                        \
        co_task *co_cut_ = 0; \
        co_cut_;              \
    })

/* Make a task, or another object, of fn(arguments). Where no struct has the name of the
 * function, the compiler reports one error and not several.
 */
#define CO_MAKE_(type, fn, call) \
    ({                           \
        CO_ARGUMENTS_(fn);       \
        type co_made_ = call;    \
        co_made_;                \
    })
#define CO_ARGUMENTS_(fn)                                \
    typedef struct {                                     \
        struct fn a_coroutine_needs_a_struct_named_##fn; \
    } co_arguments_
#define CO_FRAME_(...) &(co_arguments_){ { __VA_ARGS__ } }, sizeof(co_arguments_)

co_task *co_spawn_copy(co_spawn_options options, co_fn *fn, const char *fn_name,
                       const void *frame, size_t size);

/* await fn(arguments): a call. It runs now, in this task, on this stack; other tasks
 * run only where it waits. inspect.h shows it among the calls of the task.
 */
#define co_call(fn, ...)                                          \
    co_checked_value_(({                                          \
        finally(co_call_end) co_calling co_calling_;              \
        co_call_begin(&co_calling_, #fn);                         \
        CO_ARGUMENTS_(fn);                                        \
        int co_called_ = fn(&(co_arguments_){ { __VA_ARGS__ } }); \
        co_called_;                                               \
    }))

typedef struct co_calling {
    /* private */
    struct co_task_impl *task; /* that called; NULL: none */
    const char *function;
    struct co_calling *outer;
} co_calling;

void co_call_begin(co_calling *calling, const char *function);
void co_call_end(co_calling *calling);

/* The arguments and results of a task: co_frame(fetch, task)->bytes. Good as long as
 * the handle.
 */
#define co_frame(fn, task) ((struct fn *)co_frame_of(task))
void *co_frame_of(co_task *task);

/* asyncio.sleep(): suspend for `seconds` seconds, and return 0. Zero or less: until the
 * next iteration, so that each ready task has one turn before. Any time above zero
 * takes at least two iterations. NaN: as zero; from `asyncio` 313 on CO_EVALUE.
 * CO_FOREVER: only a cancellation ends it. UV_ECANCELED: this task was cancelled.
 * CO_EVALUE: the time is finite and beyond the end of the clock (loop.h).
 */
co_checked int co_sleep(double seconds);

/* current_task(): the running task; NULL in a callback and outside of a run. */
co_task *co_self(void);

/* get_name(): "Task-N" unless it was named; the name of its coroutine; its place in the
 * order of spawning, from 0; how many turns it has had; set_name(), which copies.
 */
const char *co_name(const co_task *task);
const char *co_function(const co_task *task);
int co_id(const co_task *task);
unsigned co_turns(const co_task *task);
void co_set_name(co_task *task, const char *name);

/* True for the task of the main coroutine of co_run(). */
bool co_is_main(const co_task *task);

/* cancelling(): how many requests to cancel it were made and not taken back.
 * uncancel(): take one back and return how many remain. A UV_ECANCELED that the task
 * has not received yet still arrives; from `asyncio` 313 on only if a request remains.
 */
unsigned co_cancelling(const co_task *task);
unsigned co_uncancel(co_task *task);

/* co_keep(): keep a handle after the end of the task that spawned it, until co_drop();
 * returns it. co_drop(): release a handle, kept or spawned; it must not be used any
 * more, and the task continues. NULL is allowed. A kept task that is not done when its
 * run ends has the result CO_EABANDONED.
 */
co_task *co_keep(co_task *task);
void co_drop(co_task *task);

/* co_drop() for `finally`: finally(co_release) co_task *task = co_spawn(…); */
static inline void co_release(co_task **task) { co_drop(*task); }

/* The most bytes of stack it has used so far; 0 if it is done, or if the run does not
 * measure (co_options.measure_stacks).
 */
size_t co_stack_used(const co_task *task);

#endif

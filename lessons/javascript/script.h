/* script.h — a script: JavaScript's event loop on the event loop of the engine.
 *
 *     static int program(void) { return js_run(main_task); } // main();
 *
 * JavaScript runs one task (the script itself, or the callback of one timer), then all
 * microtasks, then the next task. A microtask is a callback or a resumed async function
 * in the ready queue of the engine. A callback of the script, its turn, is in that
 * queue as well. If no microtask has run between two turns, none is left, and the turn
 * runs the next timer that is due.
 */
#ifndef JS_SCRIPT_H
#define JS_SCRIPT_H

#include "lessons/javascript/function.h"

/* The errors of tasks and scripts in traces. */
#define JS_ERRORS(XX) XX(JS_ETHROWN, CO_EUSER - 100, "error thrown", "Error")
CO_DECLARE_ERRORS(JS_ERRORS);

/* Call a js_async() or js_function() without parameters, as the last line of a script
 * does, and run until no timer and no microtask is left; what still waits then never
 * runs on. For use as a program of co_program(). Returns 0. JS_ETHROWN: an error was
 * not caught, or a rejection had no handler when all microtasks had run; the script
 * ends there. UV_EINTR: Ctrl-C. In traces the async function that is called is `main`.
 */
#define js_run(name) js_run_script(#name, js_closure(name))
int js_run_script(const char *name, js_closure main);

/* queueMicrotask(f) */
#define js_queue_microtask(...) js_queue_closure(js_closure(__VA_ARGS__))
void js_queue_closure(js_closure closure);

/* ---- for the other files here -------------------------------------------- */

typedef struct js_microtask {
    co_callback callback;
    void (*run)(struct js_microtask *self);
} js_microtask;

void js_script_queue(js_microtask *microtask);

/* Each microtask begins with this. False: the script ends, so do nothing. */
bool js_script_begins_microtask(void);
bool js_script_is_ending(void);

/* Something happened: take another turn. */
void js_script_wake(void);

/* A rejection without a handler. It is removed if it gets one. */
void js_script_add_rejection(struct co_list *rejected);

/* An error that no function catches: the script ends. */
void js_script_fail(js_value reason);

/* The tasks of the script, which are cancelled when it ends. */
typedef struct js_task {
    co_task *task;
    struct co_list link;
} js_task;

void js_script_enter(js_task *task); /* the running task */
void js_script_leave(js_task *task);

/* The name of the next call of this function, in the eight columns that traces have for
 * it: the second call of fetch_data is "fetch-2".
 */
const char *js_script_name_call(const char *name);

/* The timers, in the order in which they run: of timers.c. */
struct co_list *js_script_timers(void);

#endif

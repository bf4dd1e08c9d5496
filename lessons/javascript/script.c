#include "lessons/javascript/script.h"

#include <stdint.h>
#include <string.h>

#include "lessons/javascript/promise.h"
#include "lessons/javascript/timers.h"

CO_DEFINE_ERRORS(JS_ERRORS);

struct counter {
    const char *name;
    unsigned calls;
    struct counter *next;
};

static _Thread_local struct script {
    const char *main_name;
    js_closure main;
    co_callback start;
    co_callback turn; /* it runs the next timer if no microtask is left */
    co_timer alarm;   /* for the next timer, when there is nothing else to do */
    bool turn_is_queued, is_ending;
    const char *uncaught; /* the error that ends the script; NULL: none */
    uint64_t microtasks;  /* that have begun */
    uint64_t seen;        /* that had begun at the last turn */
    struct co_list timers, rejections, tasks;
    struct counter *counters;
} script;

enum { NEVER = -1 };

/* ---- microtasks ---------------------------------------------------------- */

bool js_script_is_ending(void) { return script.is_ending; }

bool js_script_begins_microtask(void)
{
    script.microtasks++;
    return !script.is_ending;
}

static void run_microtask(co_callback *callback)
{
    js_microtask *self = co_container_of(callback, js_microtask, callback);

    if (js_script_begins_microtask())
        self->run(self);
}

void js_script_queue(js_microtask *microtask)
{
    microtask->callback.run = run_microtask;
    co_call_soon(&microtask->callback);
    js_script_wake();
}

struct closure_call {
    js_microtask microtask;
    js_closure closure;
};

static void call_closure(js_microtask *microtask)
{
    js_closure closure =
        co_container_of(microtask, struct closure_call, microtask)->closure;
    js_value result = js_apply(closure);

    if (result.thrown)
        js_script_fail(result);
}

void js_queue_closure(js_closure closure)
{
    struct closure_call *call = js_alloc(sizeof(*call));

    call->microtask.run = call_closure;
    call->closure = closure;
    js_script_queue(&call->microtask);
}

/* ---- turns --------------------------------------------------------------- */

static void queue_turn(void)
{
    if (!script.turn_is_queued)
        co_call_soon(&script.turn);
    script.turn_is_queued = true;
}

void js_script_wake(void)
{
    if (script.is_ending)
        return;
    /* What woke it may be behind the turn in the queue: the first turn decides nothing.
     */
    script.seen = (uint64_t)NEVER;
    co_timer_cancel(&script.alarm);
    queue_turn();
}

/* All microtasks have run. */
static void run_next_task(void)
{
    if (!co_list_empty(&script.rejections)) {
        js_script_fail(
            co_container_of(script.rejections.next, js_promise, rejected)->value);
        return;
    }
    if (js_timers_run_first()) {
        js_script_wake();
        return;
    }
    if (co_list_empty(&script.timers))
        co_stop();
    else
        co_call_at(&script.alarm, js_timers_next());
}

static void take_turn(co_callback *)
{
    bool is_idle = script.microtasks == script.seen;

    script.turn_is_queued = false;
    script.seen = script.microtasks;
    if (script.is_ending)
        return;
    if (is_idle)
        run_next_task();
    else
        queue_turn();
}

/* ---- errors -------------------------------------------------------------- */

void js_script_add_rejection(struct co_list *rejected)
{
    co_list_append(&script.rejections, rejected);
}

void js_script_fail(js_value reason)
{
    if (script.is_ending)
        return;
    script.is_ending = true;
    script.uncaught = js_string(reason);
    co_raise(JS_ETHROWN, "%s", script.uncaught);
    co_default_exception_handler(&(co_exception_context){
        .kind = "uncaught",
        .message = "Uncaught",
        .code = JS_ETHROWN,
        .error = co_error_now(),
    });
    co_stop();
}

/* The rejected promise of a task says that it has failed; asyncio's report does not. */
static int ignore_failed_tasks(co_exception_handler *,
                               const co_exception_context *context)
{
    if (context->code != JS_ETHROWN)
        co_default_exception_handler(context);
    return 0;
}

/* ---- tasks --------------------------------------------------------------- */

void js_script_enter(js_task *task)
{
    task->task = co_self();
    co_list_append(&script.tasks, &task->link);
}

void js_script_leave(js_task *task)
{
    co_list_remove(&task->link);
    if (script.is_ending && co_list_empty(&script.tasks))
        co_stop();
}

static struct counter *counter_of(const char *name)
{
    struct counter *counter = script.counters;

    while (counter && strcmp(counter->name, name) != 0)
        counter = counter->next;
    if (!counter) {
        counter = js_alloc(sizeof(*counter));
        *counter = (struct counter){ name, 0, script.counters };
        script.counters = counter;
    }
    return counter;
}

/* As much of the name as fits, and whole words of it if possible. */
static const char *shortened(const char *name, size_t room)
{
    size_t length = strnlen(name, room + 1);

    if (length <= room)
        return name;
    for (length = room; length > 0 && name[length] != '_';)
        length--;
    return js_format("%.*s", (int)(length ? length : room), name);
}

const char *js_script_name_call(const char *name)
{
    enum { COLUMNS = 8 };

    if (strcmp(name, script.main_name) == 0)
        name = "main";
    name = shortened(name, COLUMNS);
    unsigned calls = ++counter_of(name)->calls;
    if (calls == 1)
        return name;
    const char *number = js_format("-%u", calls);
    return js_format("%s%s", shortened(name, COLUMNS - strlen(number)), number);
}

struct co_list *js_script_timers(void) { return &script.timers; }

/* ---- the script ---------------------------------------------------------- */

static void start(co_callback *)
{
    js_value result = js_apply(script.main);

    if (result.thrown)
        js_script_fail(result);
    js_script_wake();
}

/* Nothing of the functions that still wait runs any more: js_await() and js_try()
 * return from them.
 */
static void end(void)
{
    script.is_ending = true;
    co_callback_cancel(&script.turn);
    co_timer_cancel(&script.alarm);
    co_list_each(link, &script.tasks)
        co_cancel(co_container_of(link, js_task, link)->task);
    while (!co_list_empty(&script.tasks) && co_run_forever() != CO_EDEADLK)
        ;
}

int js_run_script(const char *name, js_closure main)
{
    static co_exception_handler handler = { ignore_failed_tasks };

    script = (struct script){
        .main_name = name,
        .main = main,
        .start.run = start,
        .turn.run = take_turn,
        .alarm.callback.run = take_turn,
        .seen = (uint64_t)NEVER,
    };
    co_list_init(&script.timers);
    co_list_init(&script.rejections);
    co_list_init(&script.tasks);
    co_set_exception_handler(&handler);
    co_call_soon(&script.start);
    int r = co_run_forever();
    end();
    co_close();
    if (script.uncaught)
        r = co_raise(JS_ETHROWN, "%s", script.uncaught);
    js_free_all();
    return r;
}

#include "tests/support/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/core/loop_internal.h"
#include "engine/runner.h"
#include "tests/support/alloc_count.h"
#include "tests/support/leak_check.h"
#include "tests/support/main_stack.h"
#include "tests/support/waiter_check.h"

/* Far more events than any program under test has. */
enum { MAX_EVENTS = 500000 };

struct run {
    co_observer observer;
    const struct fault_program *program;
    enum fault fault;
    unsigned nth, places; /* the place to inject at, and how many there were so far */
    co_task *victim;      /* the task to cancel; NULL: none, or it is done */
    co_callback cancellation;
    int delay;            /* iterations before it */
    bool may_hold;        /* see fault_allow_unreleased() */
    bool program_is_over; /* what is abandoned from now on, the program left behind */
    bool callbacks_left; /* callbacks that use context variables are left, or unknown */
    unsigned spawned, ended;
    unsigned long events;
    struct waiter_check waiters;
    struct fault_result result;
};

static _Thread_local struct run *current;

static void fail(struct run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The first failure is kept: the others may be its consequences. */
static void fail(struct run *run, const char *format, ...)
{
    va_list arguments;

    if (*run->result.failure)
        return;
    va_start(arguments, format);
    vsnprintf(run->result.failure, sizeof(run->result.failure), format, arguments);
    va_end(arguments);
}

/* ---- the injected cancellation ------------------------------------------- */

static void cancel_victim(co_callback *self)
{
    struct run *run = co_container_of(self, struct run, cancellation);

    if (run->delay-- > 0)
        co_call_soon(self);
    else if (run->victim && run->fault == CANCEL_AFTER_WAIT)
        co_cancel_with(run->victim, "after wait");
    else if (run->victim)
        co_cancel(run->victim);
}

static bool is_the_place(struct run *run, const co_trace_event *event)
{
    static const co_trace_event_kind kinds[] = {
        [CANCEL_BEFORE_START] = CO_SPAWN,
        [CANCEL_AT_WAIT] = CO_WAIT,
        [CANCEL_AFTER_WAIT] = CO_WAIT,
        [CANCEL_AT_WAKE] = CO_WAKE,
    };

    if (run->fault == NO_FAULT || run->fault == FAIL_ALLOCATION)
        return false;
    /* An eager task starts before it could be cancelled. */
    if (run->fault == CANCEL_BEFORE_START && run->program->options.eager_tasks)
        return false;
    return event->kind == kinds[run->fault] && ++run->places == run->nth;
}

/* Observers must not call the engine. This one may: the event of a spawn comes when the
 * task is complete, and the events of a wait and a wake come before anything is changed
 * that co_call_soon() changes as well.
 */
static void inject(struct run *run, const co_trace_event *event)
{
    if (!is_the_place(run, event))
        return;
    run->result.injected = true;
    if (run->fault == CANCEL_BEFORE_START) {
        co_cancel_with((co_task *)event->other, "before start");
        return;
    }
    run->victim = (co_task *)event->task;
    run->delay = run->fault == CANCEL_AFTER_WAIT;
    run->cancellation.run = cancel_victim;
    co_call_soon(&run->cancellation);
}

/* ---- checks during the run ----------------------------------------------- */

/* FNV-1a, without the digits of addresses, which differ from run to run. */
static void add_to_digest(struct run *run, const char *text)
{
    for (; *text; text++) {
        run->result.output =
            (run->result.output ^ (unsigned char)*text) * 0x100000001b3;
        if (strncmp(text, "0x", 2) == 0)
            text += 1 + strspn(text + 2, "0123456789abcdef");
    }
}

static void check_text(struct run *run, const co_trace_event *event)
{
    if (!event->text)
        fail(run, "a '%s' event without its text", co_trace_event_word(event->kind));
    else if (event->kind != CO_FAIL)
        add_to_digest(run, event->text);
}

static void note_end(struct run *run, const co_trace_event *event)
{
    run->ended++;
    if (event->task == run->victim)
        run->victim = NULL;
    if (event->kind == CO_ABANDON)
        run->result.abandoned += !run->program_is_over;
}

static void check_wakeups(struct run *run)
{
    const char *available = waiter_check_lost_wakeup(&run->waiters);

    if (available)
        fail(run, "lost wake-up: a task waits for %s", available);
}

/* Leave a run that does not end: the second interrupt abandons its tasks. */
static void limit_events(struct run *run)
{
    if (++run->events != MAX_EVENTS)
        return;
    fail(run, "does not end");
    co_interrupt();
    co_interrupt();
}

static void on_event(co_observer *observer, const co_trace_event *event)
{
    struct run *run = co_container_of(observer, struct run, observer);

    limit_events(run);
    main_stack_event(event);
    waiter_check_event(&run->waiters, event);
    switch (event->kind) {
    case CO_SPAWN:
        run->spawned++;
        break;
    case CO_DONE:
    case CO_CANCELLED:
        note_end(run, event);
        break;
    case CO_FAIL:
    case CO_ABANDON:
        note_end(run, event);
        check_text(run, event);
        break;
    case CO_SAY:
    case CO_NOTE:
        check_text(run, event);
        break;
    case CO_DEADLOCK:
        check_text(run, event);
        check_wakeups(run);
        break;
    case CO_CLOCK:
        check_wakeups(run);
        break;
    default:
        break;
    }
    inject(run, event);
}

/* ---- checks after the run ------------------------------------------------ */

/* When the program has returned and its loop is not closed yet. */
static void check_loop(struct run *run, const struct co_loop *loop)
{
    if (leak_check_stacks(loop))
        fail(run, "a stack is not freed");
    run->result.errors_left = leak_check_errors(loop);
    if (!run->callbacks_left && leak_check_contextvars(loop))
        fail(run, "values of context variables are not freed");
    if (leak_check_unfinished(loop) == 0 && waiter_check_stale(&run->waiters))
        fail(run, "%s", waiter_check_stale(&run->waiters));
}

static void compare(struct run *run, const struct fault_result *baseline)
{
    const struct fault_result *result = &run->result;

    if (run->spawned != run->ended)
        fail(run, "%u tasks spawned, %u ended", run->spawned, run->ended);
    if (!baseline)
        return;
    if (run->fault == NO_FAULT && result->output != baseline->output)
        fail(run, "does not print the same when it runs again");
    if (result->handles_left > baseline->handles_left)
        fail(run, "a handle is not freed");
    if (result->errors_left > baseline->errors_left)
        fail(run, "an error is not freed");
    if (run->may_hold)
        return;
    if (result->abandoned > baseline->abandoned)
        fail(run, "a task never ends");
    if (result->held > baseline->held && result->held > 0)
        fail(run, "what is acquired is not released");
}

void fault_allow_unreleased(void)
{
    if (current)
        current->may_hold = true;
}

/* ---- the run ------------------------------------------------------------- */

/* As co_run(), with a check between the shutdown and the close of the loop. */
static int run_main(struct run *run, struct co_loop *loop)
{
    co_runner runner;

    co_runner_init(&runner);
    int r = co_runner_run(&runner, run->program->main, NULL);
    if (!loop->abandoned)
        r = co_loop_shut_down(loop, r);
    run->callbacks_left = loop->timers.count > 0 || !co_list_empty(&loop->ready);
    run->result.handles_left = leak_check_handles(loop);
    return co_runner_close(&runner, r);
}

static int run_program(void)
{
    struct run *run = current;
    struct co_loop *loop = co_loop_now;
    int r = run->program->main ? run_main(run, loop) : run->program->program();

    run->program_is_over = true;
    check_loop(run, loop);
    return r;
}

struct fault_result fault_run(const struct fault_program *program, enum fault fault,
                              unsigned nth, const struct fault_result *baseline)
{
    struct run run = {
        .observer.event = on_event,
        .program = program,
        .fault = fault,
        .nth = nth,
        .callbacks_left = true,
    };
    co_options options = program->options;
    long before = alloc_count();

    options.observer = &run.observer;
    current = &run;
    alloc_fail_at(fault == FAIL_ALLOCATION ? nth : 0);
    co_program(run_program, &options);
    if (alloc_fail_at(0))
        run.result.injected = true;
    run.result.held = waiter_check_held(&run.waiters);
    compare(&run, baseline);
    /* The first run also makes the allocations that stay for the whole process. */
    if (baseline && alloc_count() != before)
        fail(&run, "blocks of memory in use: %+ld", alloc_count() - before);
    current = NULL;
    return run.result;
}

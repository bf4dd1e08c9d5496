/* The exception handler: which unhandled errors reach it, and the reports of the
 * default one. Handlers and callbacks that fail are in exception_handler_errors.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/expect.h"

/* A callback that fails as often as it is called. */
static void bad_callback(co_callback *) { co_callback_raise(CO_EVALUE, "x"); }

/* Python's list of the keys of a context, in their order. */
struct keys {
    char s[128];
};

static struct keys keys(const co_exception_context *unhandled_error)
{
    struct keys keys = { "[" };
    const struct {
        const char *key;
        bool there;
    } all[] = {
        { "exception", unhandled_error->code < 0 },
        { "future", unhandled_error->future },
        { "handle", unhandled_error->callback },
        { "message", unhandled_error->message },
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (all[i].there)
            sprintf(keys.s + strlen(keys.s), "%s'%s'", keys.s[1] ? ", " : "",
                    all[i].key);
    strcat(keys.s, "]");
    return keys;
}

static int loop_12(void *)
{
    co_timer soon = { { bad_callback } }, later = { { bad_callback } };
    struct ev_callback next = EV("next"), other = EV("other callback");
    co_callback done = { bad_callback };
    co_future future;

    co_call_soon(&soon.callback);
    co_call_soon(&next.timer.callback);
    co_call_later(&later, 0.1);
    await(co_sleep(0));
    ev("main");
    await(co_sleep(0.2));
    ev("main goes on");
    co_future_init(&future);
    co_on_done(&future, &done);
    co_on_done(&future, &other.timer.callback);
    co_future_set(&future, 1);
    await(co_sleep(0));
    ev("end");
    return 0;
}

Test(exception_handler, LOOP_12_a_callback_that_fails_stops_no_other)
{
    expect(loop_12, "LOG ERROR Exception in callback bad_callback() | ValueError('x')\n"
                    "t=0 next\n"
                    "t=0 main\n"
                    "LOG ERROR Exception in callback bad_callback() | ValueError('x')\n"
                    "t=0.2 main goes on\n"
                    "LOG ERROR Exception in callback bad_callback() | ValueError('x')\n"
                    "t=0.2 other callback\n"
                    "t=0.2 end\n");
}

/* ---- the exception handler ----------------------------------------------- */

static int report_unhandled(co_exception_handler *,
                            const co_exception_context *unhandled_error)
{
    ev("handler: %s %s('%s') %s", keys(unhandled_error).s,
       py_exception(unhandled_error->code), co_error_reason(unhandled_error->error),
       py_bool(co_get_loop() != NULL));
    return 0;
}

static int loop_13(void *)
{
    co_exception_handler handler = { report_unhandled };
    co_callback bad = { bad_callback };

    co_set_exception_handler(&handler);
    co_call_soon(&bad);
    await(co_sleep(0));
    ev("installed: %s", py_bool(co_get_exception_handler() == &handler));
    co_set_exception_handler(NULL);
    co_call_soon(&bad);
    await(co_sleep(0));
    return 0;
}

/* The name of a callback is that of its function, without a scope. */
Test(exception_handler, LOOP_13_a_handler_is_called_instead_of_the_logger)
{
    expect(loop_13, "t=0 handler: ['exception', 'handle', 'message'] "
                    "ValueError('x') True\n"
                    "t=0 installed: True\n"
                    "LOG ERROR Exception in callback bad_callback() | "
                    "ValueError('x')\n");
}

static int break_down(co_exception_handler *, const co_exception_context *)
{
    return co_raise(CO_ERUNTIME, "handler is broken");
}

static int loop_14(void *)
{
    co_exception_handler handler = { break_down };
    co_callback bad = { bad_callback };

    co_set_exception_handler(&handler);
    co_call_soon(&bad);
    await(co_sleep(0));
    ev("main goes on");
    co_set_exception_handler(NULL);
    return 0;
}

Test(exception_handler, LOOP_14_a_handler_that_fails_is_reported)
{
    expect(loop_14, "LOG ERROR Unhandled error in exception handler | "
                    "RuntimeError('handler is broken')\n"
                    "t=0 main goes on\n");
}

struct lost {
    const char *why;
};

static int lost(void *frame)
{
    return co_raise(CO_EVALUE, "%s", ((const struct lost *)frame)->why);
}

/* Everything a log would show of a note. */
struct log {
    co_observer observer;
    size_t used;
    char lines[1024];
};

static void write_all(co_observer *observer, const co_trace_event *record)
{
    struct log *log = co_container_of(observer, struct log, observer);
    char *end = log->lines + log->used;

    if (record->kind != CO_NOTE)
        return;
    log->used += sprintf(end, "| %s\n", record->text);
    for (const char *line = record->details; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        log->used +=
            sprintf(log->lines + log->used, "| %.*s\n", (int)strcspn(line, "\n"), line);
    }
    if (record->number)
        log->used += sprintf(log->lines + log->used, "| + traceback of %s('%s')\n",
                             py_exception((int)record->number), record->object);
}

static int loop_32(void *)
{
    const struct co_exception_detail more[] = { { "zeta", "1" }, { "alpha", "'x'" } };
    co_task *task = co_spawn_with((co_spawn_options){ .name = "T" }, lost, "lost");

    await(co_sleep(0));
    await(co_sleep(0));
    co_drop(task);
    co_call_exception_handler(
        &(co_exception_context){ .message = "my message", .more = more, .count = 2 });
    co_call_exception_handler(&(co_exception_context){});
    return 0;
}

/* Without the place where a coroutine is defined, which the engine does not know. */
Test(exception_handler, LOOP_32_the_report_has_a_line_for_each_key)
{
    struct log log = { { write_all } };
    const char *lines = "| Task exception was never retrieved\n"
                        "| future: <Task finished name='T' coro=<lost() done> "
                        "exception=ValueError('lost')>\n"
                        "| + traceback of ValueError('lost')\n"
                        "| my message\n"
                        "| alpha: 'x'\n"
                        "| zeta: 1\n"
                        "| Unhandled exception in event loop\n";

    cr_assert(zero(int, co_run(loop_32, &(co_options){ .virtual_time = true,
                                                       .observer = &log.observer })));
    cr_assert(eq(str, log.lines, (char *)lines));
}

/* ---- errors never retrieved ---------------------------------------------- */

static int task_10(void *)
{
    co_task *task = co_spawn(lost, "lost");

    await(co_sleep(0.1));
    ev("main: bad has failed, nothing shown yet");
    co_drop(task);
    ev("main: after dropping the last reference");
    return 0;
}

Test(exception_handler,
     TASK_10_an_error_never_retrieved_is_reported_when_the_task_is_freed)
{
    expect(task_10,
           "t=0.1 main: bad has failed, nothing shown yet\n"
           "LOG ERROR Task exception was never retrieved | ValueError('lost')\n"
           "t=0.1 main: after dropping the last reference\n");
}

static int task_12(void *frame)
{
    co_task **keep = frame;

    *keep = co_keep(co_spawn(lost, "late report"));
    await(co_sleep(0.1));
    ev("main ends");
    return 0;
}

static int task_12_program(void)
{
    co_task *keep = NULL;
    int r = co_run_with(task_12, &keep, NULL);

    line("run() returned");
    co_drop(keep);
    line("end");
    return r;
}

Test(exception_handler, TASK_12_a_failed_task_that_is_kept_is_reported_after_the_run)
{
    expect_program(task_12_program, "t=0.1 main ends\n"
                                    "run() returned\n"
                                    "LOG ERROR Task exception was never retrieved | "
                                    "ValueError('late report')\n"
                                    "end\n");
}

static int fut_08(void *)
{
    co_future failed, cancelled;

    co_future_init(&failed);
    co_future_fail(&failed, CO_EVALUE, "lost");
    co_future_finish(&failed);

    co_future_init(&cancelled);
    co_cancel(&cancelled);
    co_future_finish(&cancelled);
    line("end");
    return 0;
}

Test(exception_handler,
     FUT_08_an_error_never_retrieved_is_reported_when_the_future_is_freed)
{
    expect(fut_08, "LOG ERROR Future exception was never retrieved | "
                   "ValueError('lost')\n"
                   "end\n");
}

static int gather_21(void *)
{
    co_future *gathering = co_gather_future(co_spawn(lost, "b"));

    await(co_sleep(0.1));
    co_drop(gathering);
    line("end");
    return 0;
}

Test(exception_handler,
     GATHER_21_a_gather_that_is_not_awaited_is_reported_under_its_own_name)
{
    expect(gather_21, "LOG ERROR _GatheringFuture exception was never retrieved | "
                      "ValueError('b')\n"
                      "end\n");
}

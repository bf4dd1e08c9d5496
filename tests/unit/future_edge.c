/* Futures that outlive the run in which something waited for them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/expect.h"

static const co_options options = { .virtual_time = true };

static co_future future;

/* Memory that the ended run has freed is used for something else. */
static void reuse_memory(void)
{
    void *blocks[64];

    for (size_t i = 0; i < 64; i++)
        memset(blocks[i] = malloc(16 * (i + 1)), 0xa5, 16 * (i + 1));
    for (size_t i = 0; i < 64; i++)
        free(blocks[i]);
}

/* ---- what watches it when its run ends ----------------------------------- */

static int watch_by_gather(void *)
{
    co_gather_future(&future);
    return 0;
}

static int watch_by_shield(void *)
{
    co_shield(&future);
    return 0;
}

static void never_called(co_callback *) { abort(); }

static int watch_by_callback(void *)
{
    co_callback callback = { .run = never_called };

    co_on_done(&future, &callback);
    return 0;
}

static co_fn *const watchers[] = { watch_by_gather, watch_by_shield,
                                   watch_by_callback };
enum { WATCHERS = sizeof(watchers) / sizeof(*watchers) };

static co_fn *watcher;

static int make_and_watch(void *)
{
    co_future_init(&future);
    return watcher(NULL);
}

/* ---- what a later run does with it --------------------------------------- */

static int set(void *)
{
    int r = attempt(co_future_set(&future, 7));

    cr_expect(eq(int, r, CO_ERUNTIME));
    cr_expect(eq(str, (char *)co_why(), "Event loop is closed"));
    cr_expect(eq(int, co_result(&future), 7));
    cr_expect(eq(int, co_future_set(&future, 8), CO_ESTATE));
    return 0;
}

static int fail(void *)
{
    cr_expect(eq(int, co_future_fail(&future, CO_EVALUE, "late"), CO_ERUNTIME));
    cr_expect(eq(int, co_result(&future), CO_EVALUE));
    cr_expect(eq(str, (char *)co_why(), "late"));
    co_future_finish(&future);
    return 0;
}

static int cancel(void *)
{
    cr_expect(co_cancel(&future));
    cr_expect(co_cancelled(&future));
    cr_expect(not(co_cancel(&future)));
    return 0;
}

static int ask(void *)
{
    char text[512];

    co_repr(&future, text, sizeof(text));
    cr_expect(eq(str, text, "<Future pending>"));
    cr_expect(eq(sz, co_off_done(&future, never_called), 0));
    return 0;
}

static co_fn *const users[] = { set, fail, cancel, ask };
enum { USERS = sizeof(users) / sizeof(*users) };

Test(future_edge, the_callbacks_of_an_ended_run_are_not_called)
{
    for (size_t i = 0; i < WATCHERS * USERS; i++) {
        watcher = watchers[i / USERS];
        cr_assert(eq(int, co_run(make_and_watch, &options), 0));
        reuse_memory();
        cr_assert(eq(int, co_run(users[i % USERS], &options), 0));
    }
}

Test(future_edge, the_same_of_a_future_that_was_made_outside_of_runs)
{
    for (size_t i = 0; i < WATCHERS * USERS; i++) {
        co_future_init(&future);
        cr_assert(eq(int, co_run(watchers[i / USERS], &options), 0));
        reuse_memory();
        cr_assert(eq(int, co_run(users[i % USERS], &options), 0));
    }
}

static int runs_in_one_program(void)
{
    for (size_t i = 0; i < WATCHERS * USERS; i++) {
        co_future_init(&future);
        co_run(watchers[i / USERS], NULL);
        reuse_memory();
        co_run(users[i % USERS], NULL);
    }
    return 0;
}

Test(future_edge, the_same_of_two_runs_in_one_program)
{
    cr_assert(eq(int, co_program(runs_in_one_program, &options), 0));
}

static int closed_by_hand(void)
{
    co_callback callback = { .run = never_called };

    co_future_init(&future);
    co_on_done(&future, &callback);
    co_close();
    cr_assert(eq(int, co_future_set(&future, 7), CO_ERUNTIME));
    cr_assert(eq(str, (char *)co_why(), "Event loop is closed"));
    cr_assert(eq(int, co_result(&future), 7));
    return 0;
}

Test(future_edge, the_callbacks_of_a_closed_loop_are_not_called)
{
    cr_assert(eq(int, co_program(closed_by_hand, &options), 0));
}

static int set_future(void *) { return attempt(co_future_set(&future, 7)); }

struct set_future {
};

static int gather_again(void *)
{
    co_task *setter = co_spawn(set_future);

    await(co_gather(&future));
    await(co_join(setter));
    return co_result(&future);
}

/* The memory of the first gather is likely to be used for the second. */
Test(future_edge, a_later_run_gathers_it_again_if_no_run_made_it)
{
    co_future_init(&future);
    cr_assert(eq(int, co_run(watch_by_gather, &options), 0));
    cr_assert(eq(int, co_run(gather_again, &options), 7));
}

struct joiner {
};

static int joiner(void *) { return co_join(&future); }

static int join_later(void *)
{
    co_task *task = co_spawn(joiner);

    await(co_sleep(0));
    cr_expect(eq(int, co_future_set(&future, 7), 0));
    return co_join(task);
}

Test(future_edge, a_later_run_waits_for_it_again_if_no_run_made_it)
{
    for (size_t i = 0; i < WATCHERS; i++) {
        co_future_init(&future);
        cr_assert(eq(int, co_run(watchers[i], &options), 0));
        reuse_memory();
        cr_assert(eq(int, co_run(join_later, &options), 7));
    }
}

static int join_of_another_loop(void *)
{
    int r = attempt(co_join(&future));

    cr_expect(strstr(co_why(), "attached to a different loop") != NULL);
    return r;
}

Test(future_edge, a_later_run_cannot_wait_for_it_if_another_run_made_it)
{
    for (size_t i = 0; i < WATCHERS; i++) {
        watcher = watchers[i];
        cr_assert(eq(int, co_run(make_and_watch, &options), 0));
        reuse_memory();
        cr_assert(eq(int, co_run(join_of_another_loop, &options), CO_ERUNTIME));
    }
}

/* ---- errors of an ended run ---------------------------------------------- */

static int fail_with_reason(void *)
{
    co_future_fail(&future, CO_EVALUE, "of the first run");
    return 0;
}

static int cancel_with_reason(void *)
{
    co_cancel_with(&future, "of the first run");
    return 0;
}

static int result_of_first_run(void *)
{
    const int code = co_cancelled(&future) ? UV_ECANCELED : CO_EVALUE;

    cr_expect(eq(str, (char *)co_reason(&future), (char *)co_strerror(code)));
    cr_expect(eq(int, co_join(&future), code));
    cr_expect(eq(str, (char *)co_why(), (char *)co_strerror(code)));
    return 0;
}

Test(future_edge, an_error_is_its_code_alone_after_the_program_it_was_made_in)
{
    co_fn *const enders[] = { fail_with_reason, cancel_with_reason };

    for (size_t i = 0; i < 2; i++) {
        co_future_init(&future);
        cr_assert(eq(int, co_run(enders[i], &options), 0));
        reuse_memory();
        cr_assert(eq(str, (char *)co_reason(&future),
                     (char *)co_strerror(i ? UV_ECANCELED : CO_EVALUE)));
        cr_assert(eq(int, co_run(result_of_first_run, &options), 0));
        co_future_finish(&future);
    }
}

/* ---- outside of a run ---------------------------------------------------- */

Test(future_edge, a_future_works_outside_of_runs)
{
    co_future_init(&future);
    cr_assert(eq(int, co_result(&future), CO_ESTATE));
    cr_assert(eq(str, (char *)co_why(), "Result is not set."));
    cr_assert(eq(int, co_exception(&future), CO_ESTATE));
    cr_assert(eq(str, (char *)co_why(), "Exception is not set."));
    cr_assert(eq(int, co_future_set(&future, -1), CO_EVALUE));
    cr_assert(eq(int, co_future_set(&future, 7), 0));
    cr_assert(eq(int, co_result(&future), 7));
    cr_assert(eq(int, co_exception(&future), 0));

    co_future_init(&future);
    cr_assert(eq(int, co_future_fail(&future, CO_EVALUE, "why"), 0));
    cr_assert(eq(int, co_result(&future), CO_EVALUE));
    cr_assert(eq(str, (char *)co_why(), "why"));
    co_future_finish(&future);

    co_future_init(&future);
    cr_assert(co_cancel_with(&future, "stop"));
    cr_assert(eq(int, co_exception(&future), UV_ECANCELED));
    cr_assert(eq(str, (char *)co_why(), "stop"));
    co_future_finish(&future);
}

Test(future_edge, the_callbacks_of_an_ended_run_are_not_called_outside_of_runs)
{
    for (size_t i = 0; i < WATCHERS; i++) {
        watcher = watchers[i];
        cr_assert(eq(int, co_run(make_and_watch, &options), 0));
        reuse_memory();
        cr_assert(eq(int, co_future_set(&future, 7), CO_ERUNTIME));
        cr_assert(eq(str, (char *)co_why(), "Event loop is closed"));
        cr_assert(eq(int, co_result(&future), 7));
    }
}

/* ---- py_exception() --------------------------------------------------------- */

struct fails {
};

static int fails(void *) { return co_raise(CO_EVALUE, "of the task"); }

static int look(void *)
{
    co_task *failed = co_spawn(fails), *slept = co_spawn(sleeper, 0);
    co_task *cancelled = co_spawn(sleeper, 1);
    char text[64];

    int r = co_exception(failed);
    line("%s %s", py_exception(r), co_why());
    await(co_sleep(0));
    co_cancel_with(cancelled, "message");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, failed, slept, cancelled));
    co_raise(CO_EEMPTY, "older");
    r = co_exception(failed);
    co_error_repr(co_future_error(failed), text, sizeof(text));
    line("%s %s, current: %s", py_exception(r), text, co_why());
    r = co_exception(slept);
    line("%d %d, current: %s", r, co_future_error(slept) == NULL, co_why());
    r = co_exception(cancelled);
    line("%s", py_repr(r).s);
    r = co_exception(cancelled);
    line("%s", py_repr(r).s);
    r = co_error_raise(co_future_error(failed));
    line("%s", py_repr(r).s);
    return 0;
}

Test(future_edge, exception_looks_at_an_error_without_raising_it)
{
    expect(look, "InvalidStateError Exception is not set.\n"
                 "ValueError ValueError('of the task'), current: older\n"
                 "0 1, current: older\n"
                 "CancelledError('message')\n"
                 "CancelledError()\n"
                 "ValueError('of the task')\n");
}

static int look_and_drop(void *)
{
    co_task *failed = co_spawn(fails);

    await(co_sleep(0));
    return co_exception(failed) == CO_EVALUE ? 0 : CO_EVALUE;
}

Test(future_edge, an_error_that_was_looked_at_counts_as_retrieved)
{
    expect(look_and_drop, "");
}

/* ---- another thread ------------------------------------------------------ */

struct set_elsewhere {
};

static int set_elsewhere(void *) { return co_future_set(&future, 7); }

static int set_by_a_thread(void *)
{
    co_future_init(&future);
    co_future *job = co_execute(NULL, set_elsewhere);
    int r = attempt(co_join(&future));
    co_drop(job);
    return r;
}

Test(future_edge, a_thread_cannot_wake_the_tasks_of_a_loop)
{
    expect_fatal(set_by_a_thread, "co_future_set() needs a running event loop");
}

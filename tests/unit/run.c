/* run.h: interrupts, abandoned tasks, several runs in a program, and real time. How
 * asyncio.run() behaves is in facts/run.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

#include "engine/co.h"

/* ---- an observer that writes each event ---------------------------------- */

struct notes {
    co_observer observer;
    char text[8192];
    size_t used;
    co_trace_event_kind only; /* CO_SPAWN: everything */
};

static void note(co_observer *observer, const co_trace_event *record)
{
    struct notes *notes = (struct notes *)observer;

    if (notes->only != CO_SPAWN && record->kind != notes->only)
        return;
    notes->used += (size_t)snprintf(
        notes->text + notes->used, sizeof(notes->text) - notes->used, "%s %s%s%s%s%s\n",
        record->task ? co_name(record->task) : "-", co_trace_event_word(record->kind),
        record->what ? " " : "", record->what ? record->what : "",
        record->text ? ": " : "", record->text ? record->text : "");
}

static int run_noting(struct notes *notes, co_fn *main)
{
    notes->observer.event = note;
    return co_run(main,
                  &(co_options){ .virtual_time = true, .observer = &notes->observer });
}

/* ---- a task that cannot end ------------------------------------------------ */

static int refuses_to_end(void *)
{
    co_future never;

    co_future_init(&never);
    int r = attempt(co_join(&never));
    co_future_init(&never);
    r = attempt(co_join(&never));
    co_future_init(&never);
    return attempt(co_join(&never)) + r;
}

Test(run, abandons_a_task_that_survives_its_cancellation)
{
    struct notes notes = { .only = CO_ABANDON };

    cr_assert(eq(int, run_noting(&notes, refuses_to_end), CO_EDEADLK));
    cr_assert(
        eq(str, notes.text, "Task-1 abandon: Task was destroyed but it is pending!\n"));
}

struct never_ends {
};

static int never_ends(void *) { return refuses_to_end(NULL); }

static int keeps_the_abandoned(void *frame)
{
    *(co_task **)frame = co_keep(co_spawn(never_ends));
    return await(co_sleep(0));
}

static int ask_the_abandoned(void)
{
    co_task *task;

    cr_expect(eq(int, co_run_with(keeps_the_abandoned, &task, NULL), CO_EDEADLK));
    cr_expect(eq(int, co_result(task), CO_EABANDONED));
    cr_expect(not(co_cancel(task)));
    cr_expect(eq(str, (char *)co_name(task), "Task-2"));
    co_drop(task);
    return 0;
}

Test(run, keeps_the_handle_of_an_abandoned_task)
{
    cr_assert(zero(
        int, co_program(ask_the_abandoned, &(co_options){ .virtual_time = true })));
}

/* ---- Ctrl-C -------------------------------------------------------------- */

static int interrupted(void *)
{
    co_interrupt();
    int r = attempt(co_sleep(10));
    co_say("cleaning up at %g", co_now());
    await(co_sleep(0.5));
    co_say("clean at %g", co_now());
    return r;
}

Test(run, interrupted_cancels_main_and_waits_for_its_cleanup)
{
    struct notes notes = {};

    cr_assert(eq(int, run_noting(&notes, interrupted), UV_EINTR));
    cr_assert(ne(ptr, strstr(notes.text, "- cancel sigint\n"), NULL));
    cr_assert(ne(ptr, strstr(notes.text, "say: cleaning up at 0\n"), NULL));
    cr_assert(ne(ptr, strstr(notes.text, "say: clean at 0.5\n"), NULL));
}

static int refuses(void *)
{
    co_interrupt();
    int r = attempt(co_sleep(10));
    co_say("no: %s", co_error_name(r));
    co_interrupt();
    r = attempt(co_sleep(10));
    co_say("not reached");
    return r;
}

Test(run, interrupted_twice_abandons_its_tasks)
{
    struct notes notes = {};

    cr_assert(eq(int, run_noting(&notes, refuses), CO_EABANDONED));
    cr_assert(ne(ptr, strstr(notes.text, "say: no: ECANCELED\n"), NULL));
    cr_assert(ne(ptr, strstr(notes.text, "Task-1 abandon"), NULL));
    cr_assert(eq(ptr, strstr(notes.text, "not reached"), NULL));
}

static int swallows(void *)
{
    co_interrupt();
    int r = attempt(co_sleep(10));
    return r == UV_ECANCELED ? 5 : r;
}

Test(run, interrupted_is_no_error_if_main_swallows_it)
{
    struct notes notes = {};

    cr_assert(eq(int, run_noting(&notes, swallows), 5));
}

/* ---- a program of several runs ------------------------------------------- */

static int sleeps(void *)
{
    co_say("%s at %g", co_name(co_self()), co_now());
    await(co_sleep(1));
    return 3;
}

static int thrice(void)
{
    int sum = 0;

    for (int i = 0; i < 3; i++)
        sum += co_run(sleeps, NULL);
    return sum;
}

Test(run, keeps_clock_and_numbers_from_run_to_run)
{
    struct notes notes = { .observer.event = note, .only = CO_SAY };
    co_options options = { .virtual_time = true, .observer = &notes.observer };

    cr_assert(eq(int, co_program(thrice, &options), 9));
    cr_assert(eq(str, notes.text,
                 "Task-1 say: Task-1 at 0\nTask-4 say: Task-4 at 1\n"
                 "Task-7 say: Task-7 at 2\n"));
}

static int inner(void *) { return 0; }

static int nests(void *) { return co_run(inner, NULL); }

Test(run, cannot_run_inside_a_run)
{
    cr_assert(
        eq(int, co_run(nests, &(co_options){ .virtual_time = true }), CO_ERUNTIME));
}

/* ---- real time ----------------------------------------------------------- */

struct long_sleep {
};

static int long_sleep(void *) { return await(co_sleep(3600)); }

static int naps(void *)
{
    double start = co_now();

    await(co_sleep(0.02));
    co_block(0.02);
    int r = attempt(co_wait_for(co_spawn(long_sleep), 0.02));
    cr_expect(eq(int, r, UV_ETIMEDOUT));
    cr_expect(ge(dbl, co_now() - start, 0.06));
    return 0;
}

Test(run, is_not_early_in_real_time) { cr_assert(zero(int, co_run(naps, NULL))); }

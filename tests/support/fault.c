#include "tests/support/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/generators/generator_internal.h"
#include "engine/outside/child.h"
#include "engine/runner.h"
#include "tests/support/alloc_count.h"
#include "tests/support/waiter_check.h"

#ifdef CO_ASAN
#include <sanitizer/asan_interface.h>
#endif

/* More than any program under test needs, by far. */
enum { ENDLESS = 500000 };

struct trial {
    co_observer observer;
    const struct scenario *scenario;
    enum disturbance how;
    unsigned nth, seen;
    co_task *victim; /* whom the strike is for; NULL: nobody, or he has ended */
    co_callback strike;
    int pause;      /* iterations before it */
    co_fn *main;    /* the coroutine of the main task */
    bool excused;   /* from releasing what it acquires */
    bool over;      /* the program, which may leave tasks behind by itself */
    bool callbacks; /* are left that see values, or there may be some */
    unsigned spawned, ended;
    unsigned long records;
    struct lines lines;
    struct verdict verdict;
};

static _Thread_local struct trial *running;

static void complain(struct trial *trial, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void complain(struct trial *trial, const char *format, ...)
{
    va_list arguments;

    if (*trial->verdict.complaint) /* the rest may follow from the first */
        return;
    va_start(arguments, format);
    vsnprintf(trial->verdict.complaint, sizeof(trial->verdict.complaint), format,
              arguments);
    va_end(arguments);
}

/* ---- the disturbance ----------------------------------------------------- */

static void strike(co_callback *self)
{
    struct trial *trial = co_container_of(self, struct trial, strike);

    if (trial->pause-- > 0)
        co_call_soon(self);
    else if (trial->victim && trial->how == LATER)
        co_cancel_with(trial->victim, "later");
    else if (trial->victim)
        co_cancel(trial->victim);
}

/* Observers are asked not to call back. This one may: a spawn is told when all of it
 * is done, and before a wait or a wake nothing is begun that a callback in the queue,
 * or a request to a task that has not started, could be in the way of.
 */
static void disturb(struct trial *trial, const co_trace_event *record)
{
    static const co_trace_event_kind places[] = {
        [UNBORN] = CO_SPAWN,
        [PARKED] = CO_WAIT,
        [LATER] = CO_WAIT,
        [WOKEN] = CO_WAKE,
    };

    /* Nobody could cancel an eager task before it starts. */
    if (trial->how == UNBORN && trial->scenario->options.eager_tasks)
        return;
    if (trial->how == UNDISTURBED || trial->how == STARVED ||
        record->kind != places[trial->how] || ++trial->seen != trial->nth)
        return;
    trial->verdict.disturbed = true;
    if (trial->how == UNBORN) {
        co_cancel_with((co_task *)record->other, "unborn");
        return;
    }
    trial->victim = (co_task *)record->task;
    trial->pause = trial->how == LATER;
    trial->strike.run = strike;
    co_call_soon(&trial->strike);
}

/* ---- main ---------------------------------------------------------------- */

/* Where main is cancelled it ends before those it shares its variables with, and in C
 * these are gone then; in Python they live as long as somebody refers to them. So that
 * this is not what is judged, nobody gets the stack main has had, and what the engine
 * does at its end is done out of reach of its variables.
 */
enum { MAIN_STACK = 256 * 1024 }; /* bytes, unlike any that are asked for */

static int main_apart(void *frame)
{
    char between[16 * 1024];

    __asm__ volatile("" : : "r"(between) : "memory"); /* so that it takes its place */
    int r = running->main(frame);
    __asm__ volatile("" : : "r"(between) : "memory");
    return r;
}

static void set_apart(struct trial *trial, struct co_task_impl *main)
{
    struct co_stacks *stacks = co_alloc(sizeof(*stacks));

    co_stacks_init(stacks, MAIN_STACK, false);
    stacks->other = main->stacks->other;
    main->stacks->other = stacks;
    main->stacks = stacks;
    trial->main = main->fn;
    main->fn = main_apart;
}

static void note_spawn(struct trial *trial, const co_trace_event *record)
{
    trial->spawned++;
    if (co_is_main(record->other))
        set_apart(trial, co_task_of(record->other));
}

#ifdef CO_ASAN

/* What the tasks that have ended left on their stacks is nobody's any more, but for
 * main. Not their tops, which belong to who is next before that is told.
 */
static void forbid_stacks(const struct co_loop *loop)
{
    enum { TOP = 256 };
    char here;

    /* A thread that tells something of its own stands on none of them. */
    for (const struct co_stacks *stacks = loop ? loop->stacks : NULL; stacks;
         stacks = stacks->other)
        for (size_t i = 0; i < stacks->free_count; i++) {
            char *slot = stacks->free[i];
            if (stacks->size > MAIN_STACK)
                break;
            if (&here < slot || &here >= slot + stacks->size)
                __asan_poison_memory_region(slot + stacks->page,
                                            co_stack_usable(stacks, slot) - TOP);
        }
}

static void allow_stack(const co_task *task)
{
    const struct co_task_impl *record = co_task_of(task);

    __asan_unpoison_memory_region(record->stack, record->stacks->size);
}

#else

static void forbid_stacks(const struct co_loop *) {}

static void allow_stack(const co_task *) {}

#endif

/* ---- what is told -------------------------------------------------------- */

/* As the FNV hash has it, but for addresses, which differ from run to run. */
static void add_to_digest(struct trial *trial, const char *text)
{
    for (; *text; text++) {
        trial->verdict.said =
            (trial->verdict.said ^ (unsigned char)*text) * 0x100000001b3;
        if (strncmp(text, "0x", 2) == 0)
            text += 1 + strspn(text + 2, "0123456789abcdef");
    }
}

static void note_text(struct trial *trial, const co_trace_event *record)
{
    if (!record->text)
        complain(trial, "a '%s' without its text", co_trace_event_word(record->kind));
    else if (record->kind != CO_FAIL)
        add_to_digest(trial, record->text);
}

static void note_end(struct trial *trial, const co_trace_event *record)
{
    trial->ended++;
    if (record->task == trial->victim)
        trial->victim = NULL;
}

static void find_forgotten(struct trial *trial)
{
    const char *forgotten = lines_forgotten(&trial->lines);

    if (forgotten)
        complain(trial, "somebody waits %s", forgotten);
}

static void limit(struct trial *trial)
{
    if (++trial->records != ENDLESS)
        return;
    complain(trial, "does not end");
    co_interrupt();
    co_interrupt();
}

static void watch(co_observer *observer, const co_trace_event *record)
{
    struct trial *trial = co_container_of(observer, struct trial, observer);

    limit(trial);
    forbid_stacks(co_loop_now);
    lines_note(&trial->lines, record);
    switch (record->kind) {
    case CO_SPAWN:
        note_spawn(trial, record);
        break;
    case CO_START:
        allow_stack(record->task);
        break;
    case CO_DONE:
    case CO_CANCELLED:
        note_end(trial, record);
        break;
    case CO_FAIL:
        note_end(trial, record);
        note_text(trial, record);
        break;
    case CO_ABANDON:
        trial->verdict.abandoned += !trial->over;
        note_end(trial, record);
        note_text(trial, record);
        break;
    case CO_SAY:
    case CO_NOTE:
        note_text(trial, record);
        break;
    case CO_DEADLOCK:
        note_text(trial, record);
        find_forgotten(trial);
        break;
    case CO_CLOCK:
        find_forgotten(trial);
        break;
    default:
        break;
    }
    disturb(trial, record);
}

/* ---- what is left -------------------------------------------------------- */

static size_t slots_in_use(const struct co_loop *loop)
{
    size_t in_use = 0;

    for (const struct co_stacks *stacks = loop->stacks; stacks;
         stacks = stacks->other) {
        for (size_t i = 0; i < stacks->mapping_count; i++)
            in_use += stacks->mappings[i].size / stacks->size;
        in_use -= (size_t)(stacks->fresh_end - stacks->fresh) / stacks->size;
        in_use -= stacks->free_count;
    }
    return in_use;
}

static bool holds(const struct co_error *holder, const struct co_error *error)
{
    if (!holder || holder == error)
        return holder != NULL;
    for (size_t i = 0; i < holder->count; i++)
        if (holds(holder->parts[i], error))
            return true;
    return holds(holder->context, error);
}

/* The last error a task or generator has met. */
static const struct co_error *caught_by(const struct co_handle *handle)
{
    const co_future *future = &handle->future;

    if (future->class == &co_task_class)
        return co_task_of(future)->current_error.error;
    if (future->class == &co_generator_class)
        return co_container_of(handle, struct co_generator, handle)
            ->current_error.error;
    return NULL;
}

/* By the code outside all tasks, which keeps the last it met; or by what is kept. What
 * a future of the program's own holds nobody can know.
 */
static bool is_held(const struct co_loop *loop, const struct co_error *error)
{
    if (holds(loop->current_error.error, error))
        return true;
    co_list_each(link, &loop->handles) {
        const struct co_handle *handle = co_container_of(link, struct co_handle, all);
        if (holds(handle->future.error, error) || holds(caught_by(handle), error))
            return true;
    }
    return false;
}

static size_t count_unfinished(const struct co_loop *loop)
{
    size_t count = 0;

    co_list_each(link, &loop->handles)
        count += co_unfinished_task(link) != NULL;
    return count;
}

/* They may have stacks: tasks and generators that have not ended, but are kept. */
static size_t count_handles(const struct co_loop *loop)
{
    size_t count = 0;

    co_list_each(link, &loop->handles)
        count++;
    return count;
}

/* It stays on its stack, having refused to be closed. */
static bool refused(const struct co_handle *handle)
{
    const struct co_generator *generator =
        co_container_of(handle, struct co_generator, handle);

    return generator->state == CO_AT_YIELD &&
           (generator->closed || generator->outlived);
}

/* It has itself until it has ended and its pipes are closed. */
static bool runs_on(const struct co_handle *handle)
{
    const co_process *process = co_container_of(handle, co_process, handle);

    return process->running || process->in || (process->out && process->out->pipe) ||
           (process->err && process->err->pipe);
}

/* A shield of 3.14 looks after what it shielded, which may be a future that never ends.
 */
static bool may_stay(const struct co_loop *loop, const struct co_handle *handle)
{
    const char *what = handle->future.class->what;

    return handle->owner || handle->future.kept ||
           (handle->future.class == &co_generator_class && refused(handle)) ||
           (what && strcmp(what, "process") == 0 && runs_on(handle)) ||
           (co_asyncio_at_least(loop, 314) && what && strcmp(what, "shield") == 0);
}

/* Where everybody has ended, what was theirs has gone. */
static void look_for_lost(struct trial *trial, const struct co_loop *loop)
{
    trial->callbacks = loop->timers.count > 0 || !co_list_empty(&loop->ready);
    if (count_unfinished(loop) > 0)
        return;
    co_list_each(link, &loop->handles) {
        const struct co_handle *handle = co_container_of(link, struct co_handle, all);
        trial->verdict.lost += !may_stay(loop, handle);
    }
}

/* After the program and before the end of its loop. */
static void look_around(struct trial *trial, const struct co_loop *loop)
{
    if (slots_in_use(loop) > count_handles(loop))
        complain(trial, "a stack is not given back");
    co_list_each(link, &loop->errors_all)
        if (!is_held(loop, co_container_of(link, struct co_error, all)))
            trial->verdict.errors++;
    if (!trial->callbacks && count_handles(loop) == 0 && !loop->contextvars &&
        !co_list_empty(&loop->contextvars_all))
        complain(trial, "values of context variables are not given back");
    if (count_unfinished(loop) == 0 && lines_left(&trial->lines))
        complain(trial, "%s", lines_left(&trial->lines));
}

static void compare(struct trial *trial, const struct verdict *normal)
{
    const struct verdict *verdict = &trial->verdict;

    if (trial->spawned != trial->ended)
        complain(trial, "%u tasks spawned, and %u have ended", trial->spawned,
                 trial->ended);
    if (!normal)
        return;
    if (trial->how == UNDISTURBED && verdict->said != normal->said)
        complain(trial, "does not print the same when it runs again");
    if (verdict->lost > normal->lost)
        complain(trial, "a handle is not given back");
    if (verdict->errors > normal->errors)
        complain(trial, "an error is not given back");
    if (trial->excused)
        return;
    if (verdict->abandoned > normal->abandoned)
        complain(trial, "a task never ends");
    if (verdict->held > normal->held && verdict->held > 0)
        complain(trial, "what was acquired is not released");
}

void trial_excuse(void)
{
    if (running)
        running->excused = true;
}

/* ---- the whole ----------------------------------------------------------- */

/* co_run(), with a look at what is there before the rest of it is thrown away. */
static int run_main(struct trial *trial, struct co_loop *loop)
{
    co_runner runner;

    co_runner_init(&runner);
    int r = co_runner_run(&runner, trial->scenario->main, NULL);
    if (!loop->abandoned)
        r = co_loop_shut_down(loop, r);
    look_for_lost(trial, loop);
    return co_runner_close(&runner, r);
}

static int run(void)
{
    struct trial *trial = running;
    struct co_loop *loop = co_loop_now;
    int r = trial->scenario->main ? run_main(trial, loop) : trial->scenario->program();

    trial->over = true;
    look_around(trial, loop);
    return r;
}

struct verdict try(const struct scenario *scenario, enum disturbance how, unsigned nth,
                   const struct verdict *normal)
{
    struct trial trial = {
        .observer.event = watch,
        .scenario = scenario,
        .how = how,
        .nth = nth,
        .callbacks = true,
    };
    co_options options = scenario->options;
    long before = blocks_in_use();

    options.observer = &trial.observer;
    running = &trial;
    blocks_fail(how == STARVED ? nth : 0);
    co_program(run, &options);
    if (blocks_fail(0))
        trial.verdict.disturbed = true;
    trial.verdict.held = lines_held(&trial.lines);
    compare(&trial, normal);
    /* What is allocated once for all, the first run has. */
    if (normal && blocks_in_use() != before)
        complain(&trial, "blocks of memory in use: %+ld", blocks_in_use() - before);
    running = NULL;
    return trial.verdict;
}

#include "tests/trial.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/sched.h"
#include "tests/blocks.h"
#include "tests/lines.h"

/* More than any program under test needs, by far. */
enum { ENDLESS = 500000 };

struct trial {
    co_observer observer;
    const struct scenario *scenario;
    enum disturbance how;
    unsigned nth, seen;
    co_task *victim; /* whom the strike is for; NULL: nobody, or he has ended */
    co_callback strike;
    int pause;   /* iterations before it */
    co_fn *main; /* the coroutine of the main task */
    bool unguarded;
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

/* ---- the disturbance ------------------------------------------------------------- */

static void strike(co_callback *self)
{
    struct trial *trial = co_container_of(self, struct trial, strike);

    if (trial->pause-- > 0)
        co_call_soon(self);
    else if (trial->victim)
        co_cancel(trial->victim);
}

/* Observers are asked not to call back. This one may: a spawn is told when all of it
 * is done, and before a wait or a wake nothing is begun that a callback in the queue,
 * or a request to a task that has not started, could be in the way of.
 */
static void disturb(struct trial *trial, const co_record *record)
{
    static const co_record_kind places[] = {
        [UNBORN] = CO_SPAWN,
        [PARKED] = CO_WAIT,
        [LATER] = CO_WAIT,
        [WOKEN] = CO_WAKE,
    };

    if (trial->how == UNDISTURBED || trial->how == STARVED ||
        record->kind != places[trial->how] || ++trial->seen != trial->nth)
        return;
    trial->verdict.disturbed = true;
    if (trial->how == UNBORN) {
        co_cancel((co_task *)record->other);
        return;
    }
    trial->victim = (co_task *)record->task;
    trial->pause = trial->how == LATER;
    trial->strike.run = strike;
    co_call_soon(&trial->strike);
}

/* ---- main ------------------------------------------------------------------------ */

/* Where main is cancelled it ends before those it shares its variables with, and in C
 * these are gone then; in Python they live as long as somebody refers to them. So that
 * this is not what is judged, nobody gets the stack main has had, and what the engine
 * does at its end is done out of reach of its variables.
 */
static int main_apart(void *frame)
{
    volatile char between[16 * 1024];

    *between = 0;
    return running->main(frame) + *between;
}

static void set_apart(struct trial *trial, struct co_task_record *main)
{
    enum { USABLE = 256 * 1024 }; /* unlike any that is asked for */
    struct co_stacks *stacks = co_alloc(sizeof(*stacks));

    co_stacks_init(stacks, USABLE, false);
    stacks->other = main->stacks->other;
    main->stacks->other = stacks;
    main->stacks = stacks;
    trial->main = main->fn;
    main->fn = main_apart;
}

static void note_spawn(struct trial *trial, const co_record *record)
{
    trial->spawned++;
    if (co_is_main(record->other))
        set_apart(trial, co_task_of(record->other));
}

/* ---- what is told -----------------------------------------------------------------
 */

/* As the FNV hash has it. */
static void add_to_digest(struct trial *trial, const char *text)
{
    for (; *text; text++) {
        if (strncmp(text, "0x", 2) == 0) /* an address is another each time */
            text += strspn(text, "0123456789abcdefx") - 1;
        trial->verdict.said =
            (trial->verdict.said ^ (unsigned char)*text) * 0x100000001b3;
    }
}

static void note_text(struct trial *trial, const co_record *record)
{
    if (!record->text)
        complain(trial, "a '%s' without its text", co_record_word(record->kind));
    else if (record->kind != CO_FAIL)
        add_to_digest(trial, record->text);
}

static void note_end(struct trial *trial, const co_record *record)
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

static void watch(co_observer *observer, const co_record *record)
{
    struct trial *trial = co_container_of(observer, struct trial, observer);

    limit(trial);
    lines_note(&trial->lines, record);
    switch (record->kind) {
    case CO_SPAWN:
        note_spawn(trial, record);
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
        trial->verdict.abandoned++;
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

/* ---- what is left ------------------------------------------------------------------
 */

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

/* By the code outside all tasks, which keeps the last it met; or by a kept task. What
 * a future of the program's own holds nobody can know.
 */
static bool is_held(const struct co_loop *loop, const struct co_error *error)
{
    if (holds(loop->caught.error, error))
        return true;
    co_list_each(link, &loop->handles) {
        const struct co_handle *handle = co_container_of(link, struct co_handle, all);
        if (holds(handle->future.error, error))
            return true;
        if (handle->future.class == &co_task_class &&
            holds(co_task_of(&handle->future)->caught.error, error))
            return true;
    }
    return false;
}

/* After the program and before the end of its loop. */
static void look_around(struct trial *trial, struct co_loop *loop)
{
    size_t unfinished = 0;

    co_list_each(link, &loop->handles)
        unfinished += co_unfinished_task(link) != NULL;
    if (slots_in_use(loop) > unfinished)
        complain(trial, "a stack is not given back");
    co_list_each(link, &loop->errors)
        if (!is_held(loop, co_container_of(link, struct co_error, all)))
            trial->verdict.errors++;
    if (trial->verdict.abandoned + unfinished == 0 && lines_left(&trial->lines))
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
    if (verdict->abandoned > normal->abandoned)
        complain(trial, "a task never ends");
    if (verdict->errors > normal->errors)
        complain(trial, "an error is not given back");
    if (verdict->held > normal->held && verdict->held > 0 && !trial->unguarded)
        complain(trial, "what was acquired is not released");
}

int unguarded(int r)
{
    if (running)
        running->unguarded = true;
    return r;
}

/* ---- the whole ---------------------------------------------------------------------
 */

static int run(void)
{
    const struct scenario *scenario = running->scenario;
    int r = scenario->program ? scenario->program() : co_run(scenario->main, NULL);

    look_around(running, co_loop_now);
    return r;
}

struct verdict try(const struct scenario *scenario, enum disturbance how, unsigned nth,
                   const struct verdict *normal)
{
    struct trial trial = { { watch }, .scenario = scenario, .how = how, .nth = nth };
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
        complain(&trial, "%ld blocks of memory more than before",
                 blocks_in_use() - before);
    return trial.verdict;
}

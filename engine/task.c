#include "engine/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sched.h"

/* ---- telling ---------------------------------------------------------------- */

static co_cold void tell_of_other(struct co_loop *loop, co_record_kind kind,
                                  const co_task *other)
{
    co_tell(loop, &(co_record){
                      .kind = kind,
                      .task = co_task_or_null(loop->current),
                      .other = other,
                      .what = loop->cause.what,
                  });
}

static co_cold void tell_end(struct co_loop *loop, const co_task *task,
                             enum co_state state, int r, const struct co_error *error)
{
    static const co_record_kind kinds[] = {
        [CO_HAS_RESULT] = CO_DONE,
        [CO_HAS_FAILED] = CO_FAIL,
        [CO_WAS_CANCELLED] = CO_CANCELLED,
    };

    co_tell(loop, &(co_record){
                      .kind = kinds[state],
                      .task = task,
                      .number = r,
                      .text = error    ? error->text
                              : r >= 0 ? NULL
                                       : co_strerror(r),
                  });
}

/* ---- making ----------------------------------------------------------------- */

/* The pool of stacks so large; there are as many as there are sizes in use. */
static struct co_stacks *stacks_of_size(struct co_loop *loop, size_t usable)
{
    struct co_stacks *stacks = loop->stacks;

    if (usable == 0)
        return stacks;
    for (; stacks; stacks = stacks->other)
        if (stacks->size == co_stack_slot_size(usable))
            return stacks;
    stacks = co_alloc(sizeof(*stacks));
    co_stacks_init(stacks, usable, loop->stacks->measure);
    stacks->other = loop->stacks->other;
    loop->stacks->other = stacks;
    return stacks;
}

co_task *co_spawn_copy(co_spawn_options options, co_fn *fn, const char *fn_name,
                       const void *frame, size_t size)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_record *task = co_slab_take(&loop->records);

    co_handle_prepare(&task->handle, &co_task_class);
    task->handle.refs++; /* it keeps itself alive until it ends */
    task->step.run = co_task_step;
    task->waiting = NULL;
    task->stack = NULL;
    task->turns = task->requests = 0;
    task->must_cancel = task->asked = false;
    task->is_main = !loop->running;
    task->fn = fn;
    task->frame = size > CO_INLINE_FRAME ? co_alloc(size) : task->inline_frame;
    if (size)
        memcpy(task->frame, frame, size);
    task->stacks = stacks_of_size(loop, options.stack_size);
    co_list_init(&task->children.owns);
    task->caught = NULL;
    task->caught_code = 0;
    task->id = loop->spawned++;
    task->number = ++loop->numbers;
    task->fn_name = fn_name;
    task->name = options.name ? co_strdup(options.name) : NULL;
    co_ready(loop, &task->step);
    if (co_is_observed(loop))
        tell_of_other(loop, CO_SPAWN, &task->handle.future);
    return &task->handle.future;
}

static void free_task(co_future *future)
{
    struct co_task_record *task = co_task_of(future);

    /* Those of a task that was abandoned live on until they are, too. */
    while (!co_list_empty(&task->children.owns))
        co_list_remove(task->children.owns.next);
    co_error_unref(task->caught);
    if (task->frame != task->inline_frame)
        free(task->frame);
    free(task->name);
    if (task->stack) { /* abandoned */
        co_context_forget(&task->context);
        co_stack_give(task->stacks, task->stack);
    }
    co_slab_give(&co_loop_now->records, task);
}

/* ---- ending ----------------------------------------------------------------- */

/* The end of a task's last step: asyncio's rules for what it becomes. */
static void end(struct co_loop *loop, struct co_task_record *task, int r)
{
    co_future *future = &task->handle.future;
    struct co_error *error = NULL;
    enum co_state state = CO_HAS_RESULT;

    if (r == UV_ECANCELED || (r >= 0 && task->must_cancel))
        state = CO_WAS_CANCELLED;
    else if (r < 0)
        state = CO_HAS_FAILED;
    if (r < 0 && task->caught && task->caught->code == r)
        error = co_error_ref(task->caught);
    if (r == CO_EXIT) {
        loop->exit_code = r;
        loop->exit_error = co_error_ref(error);
        loop->attention = 1;
    }

    if (co_is_observed(loop))
        tell_end(loop, future, state, r, error);
    co_future_complete(future, state, state == CO_WAS_CANCELLED ? UV_ECANCELED : r,
                       error);
    loop->current = NULL;
    co_handle_disown(&task->children);
    co_unref(future);
}

/* ---- turns ------------------------------------------------------------------ */

static void task_main(void *argument);

static __attribute__((noinline)) void start(struct co_task_record *task)
{
    task->stack = co_stack_take(task->stacks);
    co_context_make(&task->context, co_stack_low(task->stacks, task->stack),
                    co_stack_usable(task->stacks, task->stack), task_main, task);
}

static inline void enter(struct co_loop *loop, struct co_task_record *task)
{
    loop->current = task;
    task->turns++;
    loop->turns++;
    if (co_is_observed(loop))
        co_tell_object(loop, task->turns == 1 ? CO_START : CO_RESUME, NULL, NULL, 0);
}

/* What the wait of a task that is about to go on shall return: found out here, before
 * the switch, so that nothing is left to be done after it.
 */
static int resumed_with(struct co_task_record *task)
{
    co_future *waited = task->waiting;
    int r = 0;

    task->waiting = NULL;
    if (task->must_cancel)
        r = co_caught(UV_ECANCELED, NULL);
    else if (waited)
        r = co_future_outcome(waited);
    task->must_cancel = false;
    if (waited)
        co_unref(waited);
    return r;
}

/* The task that is next, if one is and not something else. */
static inline struct co_task_record *first_ready(struct co_loop *loop)
{
    if (co_list_empty(&loop->now) && !co_loop_turn_over(loop))
        return NULL;
    co_callback *callback = co_container_of(loop->now.next, co_callback, link);
    return callback->run == co_task_step ? co_task_of_step(callback) : NULL;
}

/* The task whose turn it is next, entered; NULL: the loop has to see to something
 * else first.
 */
static struct co_task_record *next_task(struct co_loop *loop)
{
    struct co_task_record *task = first_ready(loop);

    if (!task || (!task->stack && task->must_cancel))
        return NULL;
    if (!task->stack)
        start(task);
    co_list_remove(&task->step.link);
    enter(loop, task);
    return task;
}

/* Whatever comes next, and however seldom. */
static co_cold int suspend_slowly(struct co_loop *loop, struct co_task_record *self)
{
    struct co_task_record *next = next_task(loop);

    if (!next) {
        loop->current = NULL;
        return co_context_switch(&self->context, &loop->context, 0);
    }
    int value = resumed_with(next);
    return next == self ? value
                        : co_context_switch(&self->context, &next->context, value);
}

/* True if what the task's wait will return takes more than a look. */
static inline bool needs_care(const struct co_task_record *task)
{
    const co_future *waited = task->waiting;

    return !task->stack || task->must_cancel ||
           (waited && (waited->state != CO_HAS_RESULT || waited->class->free));
}

/* The usual case calls nothing and ends in a jump into the next task. */
int co_suspend(struct co_loop *loop, struct co_task_record *self)
{
    struct co_task_record *next = first_ready(loop);

    if (__builtin_expect(!next || needs_care(next) || loop->observer, 0))
        return suspend_slowly(loop, self);
    int value = next->waiting ? next->waiting->code : 0;
    next->waiting = NULL;
    co_list_remove(&next->step.link);
    enter(loop, next);
    if (__builtin_expect(next == self, 0))
        return value;
    return co_context_switch(&self->context, &next->context, value);
}

/* A task that has just ended can lend its warm stack to one that has not begun. */
static struct co_task_record *successor(struct co_loop *loop, struct co_stacks *stacks)
{
    struct co_task_record *task = first_ready(loop);

    if (!task || task->stack || task->must_cancel || task->stacks != stacks ||
        stacks->measure || loop->exit_code)
        return NULL;
    co_list_remove(&task->step.link);
    enter(loop, task);
    return task;
}

static void task_main(void *argument)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_record *self = argument, *next;
    struct co_stacks *stacks = self->stacks;

    for (;; self = next) {
        int r = co_context_call(self->fn, self->frame);
        char *stack = self->stack;

        self->stack = NULL;
        co_context_forget(&loop->gone);
        loop->gone = self->context;
        end(loop, self, r); /* it may be gone now */
        next = successor(loop, stacks);
        if (!next) {
            /* Choose before giving the stack back: we still stand on it, and who
             * starts now must not get it.
             */
            next = loop->exit_code ? NULL : next_task(loop);
            co_stack_give(stacks, stack);
            break;
        }
        next->stack = stack;
        next->context = loop->gone;
        loop->gone = (struct co_context){};
    }
    co_context_leave(&loop->gone, next ? &next->context : &loop->context,
                     next ? resumed_with(next) : 0);
}

void co_task_turn(struct co_loop *loop, struct co_task_record *task)
{
    if (!task->stack && task->must_cancel) {
        end(loop, task, UV_ECANCELED);
        return;
    }
    if (!task->stack)
        start(task);
    enter(loop, task);
    co_context_switch(&loop->context, &task->context, resumed_with(task));
}

void co_task_step(co_callback *step)
{
    co_task_turn(co_loop_now, co_task_of_step(step));
}

/* ---- sleeping --------------------------------------------------------------- */

struct sleeper {
    co_future future;
    co_timer timer;
    int64_t length_ns;
};

static void describe_sleep(const co_future *future, co_record *record)
{
    record->number = co_container_of(future, struct sleeper, future)->length_ns;
}

static void wake_sleeper(co_callback *callback)
{
    struct co_loop *loop = co_loop_now;
    struct sleeper *sleeper = co_container_of(callback, struct sleeper, timer.callback);

    if (co_done(&sleeper->future))
        return;
    loop->cause = (struct co_cause){
        .what = "timer",
        .number = sleeper->length_ns,
        .late_ns = co_clock_now(&loop->clock) - sleeper->timer.deadline_ns,
    };
    co_future_complete(&sleeper->future, CO_HAS_RESULT, 0, NULL);
    loop->cause = (struct co_cause){};
}

static int give_way(void)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_record *self = loop->current;

    if (co_is_observed(loop))
        co_tell_object(loop, CO_WAIT, "yield", NULL, 0);
    co_ready(loop, &self->step);
    return co_suspend(loop, self);
}

static __attribute__((noinline)) int sleep_for(double seconds)
{
    static const struct co_future_class class = {
        .what = "sleep",
        .describe = describe_sleep,
    };
    struct sleeper sleeper;

    co_future_prepare(&sleeper.future, &class, NULL);
    sleeper.timer.callback.run = wake_sleeper;
    sleeper.length_ns = co_nanoseconds(seconds);
    co_call_later(&sleeper.timer, seconds);
    int r = co_park(&sleeper.future);
    co_timer_cancel(&sleeper.timer);
    return r;
}

int co_sleep(double seconds) { return seconds > 0 ? sleep_for(seconds) : give_way(); }

/* ---- cancelling ------------------------------------------------------------- */

/* Note the request, and give whom to ask instead: a task that waits for another is
 * cancelled by cancelling that one. NULL: nobody, it is the last of the chain.
 */
static struct co_task_record *request(struct co_loop *loop, struct co_task_record *task)
{
    co_future *waiting = task->waiting;

    task->requests++;
    task->asked = true;
    if (co_is_observed(loop))
        tell_of_other(loop, CO_CANCEL, &task->handle.future);
    return waiting && waiting->class == &co_task_class && co_is_pending(waiting)
               ? co_task_of(waiting)
               : NULL;
}

/* Tasks that await each other in a circle have no last one; asyncio fails with a
 * RecursionError there. We wake the one that closes the circle.
 */
static void open_circle(struct co_loop *loop, struct co_task_record *task)
{
    task->must_cancel = true;
    co_list_remove(&task->step.link);
    co_ready(loop, &task->step);
}

static bool cancel_task(co_future *future)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_record *first = co_task_of(future), *last = first, *next;

    while ((next = request(loop, last)) && !next->asked)
        last = next;
    if (next)
        open_circle(loop, last);
    else if (!last->waiting || !co_cancel(last->waiting))
        last->must_cancel = true;
    for (; first->asked; first = co_task_of(first->waiting)) {
        first->asked = false;
        if (first == last)
            break;
    }
    return true;
}

static void describe_join(const co_future *future, co_record *record)
{
    record->other = future;
}

const struct co_future_class co_task_class = {
    .what = "join",
    .cancel = cancel_task,
    .describe = describe_join,
    .free = free_task,
};

unsigned co_cancelling(const co_task *task) { return co_task_of(task)->requests; }

unsigned co_uncancel(co_task *task)
{
    struct co_task_record *record = co_task_of(task);

    if (record->requests > 0)
        record->requests--;
    return record->requests;
}

/* ---- asking ----------------------------------------------------------------- */

co_task *co_self(void)
{
    struct co_loop *loop = co_loop_now;

    return loop && loop->current ? &loop->current->handle.future : NULL;
}

void *co_frame_of(co_task *task) { return co_task_of(task)->frame; }

const char *co_name(const co_task *task)
{
    struct co_task_record *record = co_task_of(task);

    if (!record->name) {
        char name[sizeof("Task-4294967295")];
        snprintf(name, sizeof(name), "Task-%u", record->number);
        record->name = co_strdup(name);
    }
    return record->name;
}

const char *co_label(const co_task *task)
{
    return co_task_of(task)->is_main ? "main" : co_name(task);
}

void co_set_name(co_task *task, const char *name)
{
    char *copy = co_strdup(name);

    free(co_task_of(task)->name);
    co_task_of(task)->name = copy;
}

const char *co_function(const co_task *task) { return co_task_of(task)->fn_name; }

int co_id(const co_task *task) { return (int)co_task_of(task)->id; }

unsigned co_turns(const co_task *task) { return co_task_of(task)->turns; }

bool co_is_main(const co_task *task) { return co_task_of(task)->is_main; }

size_t co_stack_used(const co_task *task)
{
    const struct co_task_record *record = co_task_of(task);

    return record->stack && record->stacks->measure
               ? co_stack_high_water(record->stacks, record->stack)
               : 0;
}

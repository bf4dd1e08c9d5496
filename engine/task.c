#include "engine/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sched.h"

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
    task->must_cancel = task->started = false;
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
    CO_TELL(loop, .kind = CO_SPAWN, .task = co_task_or_null(loop->current),
            .other = &task->handle.future);
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

    CO_TELL(loop,
            .kind = state == CO_HAS_RESULT   ? CO_DONE
                    : state == CO_HAS_FAILED ? CO_FAIL
                                             : CO_CANCELLED,
            .task = future, .number = r,
            .text = error   ? error->text
                    : r < 0 ? co_strerror(r)
                            : NULL);
    co_future_complete(future, state, state == CO_WAS_CANCELLED ? UV_ECANCELED : r,
                       error);
    loop->current = NULL;
    co_handle_disown(&task->children);
    co_unref(future);
}

/* ---- turns ------------------------------------------------------------------ */

static void task_main(void *argument);

static void start(struct co_task_record *task)
{
    task->stack = co_stack_take(task->stacks);
    co_context_make(&task->context, co_stack_low(task->stacks, task->stack),
                    co_stack_usable(task->stacks, task->stack), task_main, task);
}

static void enter(struct co_loop *loop, struct co_task_record *task)
{
    loop->current = task;
    task->waiting = NULL;
    task->turns++;
    loop->turns++;
    CO_TELL(loop, .kind = task->started ? CO_RESUME : CO_START,
            .task = &task->handle.future);
    task->started = true;
}

/* What the wait of a task that is about to go on shall return. */
static inline int resumed_with(struct co_task_record *task)
{
    if (__builtin_expect(!task->must_cancel, 1))
        return 0;
    task->must_cancel = false;
    return co_caught(UV_ECANCELED, NULL);
}

static struct co_task_record *first_ready(struct co_loop *loop)
{
    if (co_list_empty(&loop->now) && !co_loop_turn_over(loop))
        return NULL;
    co_callback *callback = co_container_of(loop->now.next, co_callback, link);
    return callback->run == co_task_step ? co_task_of_step(callback) : NULL;
}

/* The task whose turn it is next, entered; NULL: the loop has to see to something
 * else first.
 */
static inline struct co_task_record *next_task(struct co_loop *loop)
{
    struct co_task_record *task = first_ready(loop);

    if (!task || __builtin_expect(loop->exit_code != 0, 0))
        return NULL;
    if (__builtin_expect(!task->stack, 0)) {
        if (task->must_cancel)
            return NULL;
        start(task);
    }
    co_list_remove(&task->step.link);
    enter(loop, task);
    return task;
}

int co_suspend(struct co_task_record *self)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_record *next = next_task(loop);

    if (__builtin_expect(!next, 0)) {
        loop->current = NULL;
        return (int)co_context_switch(&self->context, &loop->context, 0);
    }
    if (__builtin_expect(next == self, 0))
        return resumed_with(self);
    return (int)co_context_switch(&self->context, &next->context, resumed_with(next));
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
        int r = self->fn(self->frame);
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
            next = next_task(loop);
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

    CO_TELL(loop, .kind = CO_WAIT, .task = &self->handle.future, .what = "yield");
    co_ready(loop, &self->step);
    return co_suspend(self);
}

static int sleep_for(double seconds)
{
    static const struct co_future_class class = {
        .what = "sleep",
        .describe = describe_sleep,
    };
    struct sleeper sleeper = {
        .timer.callback.run = wake_sleeper,
        .length_ns = co_nanoseconds(seconds),
    };

    co_future_prepare(&sleeper.future, &class, NULL);
    co_call_later(&sleeper.timer, seconds);
    int r = co_park(&sleeper.future);
    co_timer_cancel(&sleeper.timer);
    return r < 0 ? r : co_future_outcome(&sleeper.future);
}

int co_sleep(double seconds) { return seconds > 0 ? sleep_for(seconds) : give_way(); }

/* ---- cancelling ------------------------------------------------------------- */

static bool cancel_task(co_future *future)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_record *task = co_task_of(future);

    task->requests++;
    CO_TELL(loop, .kind = CO_CANCEL, .task = co_task_or_null(loop->current),
            .other = future, .what = loop->cause.what);
    if (!task->waiting || !co_cancel(task->waiting))
        task->must_cancel = true;
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

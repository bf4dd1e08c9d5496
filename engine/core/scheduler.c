/* scheduler.c — the turns of a task, from the first to the last. */
#include "engine/core/emit.h"
#include "engine/core/proxy.h"

/* ---- the end ------------------------------------------------------------- */

static co_cold void emit_end(struct co_loop *loop, const co_task *task,
                             enum co_state state, int r, const struct co_error *error)
{
    static const co_trace_event_kind kinds[] = {
        [CO_HAS_RESULT] = CO_DONE,
        [CO_HAS_FAILED] = CO_FAIL,
        [CO_WAS_CANCELLED] = CO_CANCELLED,
    };

    co_emit(loop, &(co_trace_event){
                      .kind = kinds[state],
                      .task = task,
                      .number = r,
                      .text = error    ? error->text
                              : r >= 0 ? NULL
                                       : co_strerror(r),
                  });
}

/* What few tasks have to do. A SIGINT that came in the last turn of main cancels it, as
 * in asyncio.
 */
static co_cold void before_end(struct co_loop *loop, struct co_task_impl *task)
{
    if (task->is_main)
        co_deliver_sigint(loop);
    if (task->has_proxies)
        co_proxies_forget_stack(loop, task);
}

/* The task is done: asyncio's rules for its outcome. */
static void finish(struct co_loop *loop, struct co_task_impl *task, int r)
{
    co_future *future = &task->handle.future;

    struct co_error *message = future->error, *error = NULL;
    enum co_state state = CO_HAS_RESULT;

    if (r == UV_ECANCELED || (r >= 0 && task->must_cancel))
        state = CO_WAS_CANCELLED;
    else if (r < 0)
        state = CO_HAS_FAILED;
    if (r < 0 && task->current_error.error && task->current_error.error->code == r)
        error = co_error_keep(task->current_error.error);
    else if (r >= 0 && state == CO_WAS_CANCELLED)
        error = co_error_keep(message);
    if (state == CO_HAS_FAILED && co_error_ends_loop(r))
        co_loop_exit(loop, r, error);

    if (co_is_observed(loop))
        emit_end(loop, future, state, r, error);
    /* Its handles are released first, as the locals of a coroutine that returns. */
    co_owner_release(&task->children, r < 0);
    co_future_complete(future, state, state == CO_WAS_CANCELLED ? UV_ECANCELED : r,
                       error);
    if (message || task->current_error.error) {
        co_error_drop(task->current_error.error);
        task->current_error.error = message;
    }
    future->unretrieved = r < 0;
    loop->current = NULL;
    co_unref(future);
}

/* ---- turns --------------------------------------------------------------- */

static void task_main(void *argument);

static __attribute__((noinline)) void start(struct co_task_impl *task)
{
    task->stack = co_stack_take(task->stacks);
    co_context_make(&task->context, co_stack_low(task->stacks, task->stack),
                    co_stack_usable(task->stacks, task->stack), task_main, task);
}

static inline void enter_unseen(struct co_loop *loop, struct co_task_impl *task)
{
    loop->current = task;
    task->turns++;
    loop->turns++;
}

static inline void enter(struct co_loop *loop, struct co_task_impl *task)
{
    enter_unseen(loop, task);
    if (co_is_observed(loop))
        co_emit_object(loop, task->turns == 1 ? CO_START : CO_RESUME, NULL, NULL, 0);
}

/* The wait of a task that has a request to cancel returns that, with its message. */
static co_cold int deliver_cancel(struct co_task_impl *task)
{
    return co_set_current_error(UV_ECANCELED, task->handle.future.error);
}

/* The task does not wait for it any more. A future that is neither counted nor plain,
 * as a lock's waiter, is on the stack of this task and has no other reader.
 */
static void release_waited(co_future *waited)
{
    if (waited->class->free || waited->class == &co_plain_class) {
        co_unref(waited);
        return;
    }
    co_error_drop(waited->error);
    waited->error = NULL;
}

/* A task is resumed: take what its wait returns. That is before the switch, so that the
 * task runs its own code right after it.
 */
static int take_wait_result(struct co_task_impl *task)
{
    co_future *waited = task->waiting;
    int r = 0;

    task->waiting = NULL;
    if (waited && waited->state == CO_HAS_RESULT && !task->must_cancel &&
        task->start != CO_START_CLOSES) {
        r = waited->code;
        co_unref(waited);
        return r;
    }
    if (waited)
        r = co_future_outcome(waited);
    /* A cancellation of what it waited for is the one it gets, as in asyncio. */
    if (task->must_cancel && r != UV_ECANCELED)
        r = deliver_cancel(task);
    task->must_cancel = false;
    if (waited)
        release_waited(waited);
    if (task->start == CO_START_CLOSES && r >= 0) {
        task->start = CO_START_RUNS_BODY;
        r = co_set_current_error(CO_ECLOSE, NULL);
    }
    return r;
}

/* The first entry of the ready queue; NULL: it is no task, or there is none. */
static inline struct co_task_impl *first_ready(struct co_loop *loop)
{
    if (co_list_empty(&loop->batch) && !co_loop_begin_iteration(loop))
        return NULL;
    co_callback *callback = co_container_of(loop->batch.next, co_callback, link);
    return callback->run == co_task_step ? co_task_of_step(callback) : NULL;
}

/* In debug mode each turn begins in the loop, which measures it. */
static inline bool is_measured(const struct co_loop *loop)
{
    return loop->debug || loop->timed;
}

/* Begin the turn of the next task. NULL: the loop has other work first. */
static struct co_task_impl *next_task(struct co_loop *loop)
{
    struct co_task_impl *task = is_measured(loop) ? NULL : first_ready(loop);

    if (!task || (!task->stack && task->must_cancel))
        return NULL;
    if (!task->stack)
        start(task);
    co_list_remove(&task->step.link);
    enter(loop, task);
    return task;
}

/* All cases that co_suspend() does not handle itself. */
static co_cold int suspend_slowly(struct co_loop *loop, struct co_task_impl *self)
{
    struct co_task_impl *next = next_task(loop);

    if (!next) {
        loop->current = NULL;
        return co_context_switch(&self->context, &loop->context, 0);
    }
    int value = take_wait_result(next);
    return next == self ? value
                        : co_context_switch(&self->context, &next->context, value);
}

/* True if the task has to be started, or if its wait has more than a result to return.
 */
static inline bool needs_slow_path(const struct co_task_impl *task)
{
    const co_future *waited = task->waiting;

    return !task->stack || task->must_cancel ||
           (waited && (waited->state != CO_HAS_RESULT || waited->class->free));
}

/* The usual case, from one waiting task to the next, calls no function and ends in a
 * jump into that task.
 */
int co_suspend(struct co_loop *loop, struct co_task_impl *self)
{
    struct co_task_impl *next = first_ready(loop);

    if (__builtin_expect(!next || needs_slow_path(next) || loop->slow_path, 0))
        return suspend_slowly(loop, self);
    int value = next->waiting ? next->waiting->code : 0;
    next->waiting = NULL;
    co_list_remove(&next->step.link);
    enter_unseen(loop, next);
    if (__builtin_expect(next == self, 0))
        return value;
    return co_context_switch(&self->context, &next->context, value);
}

/* The next task, if it can begin on the warm stack of a task that has just ended; NULL:
 * it cannot.
 */
static struct co_task_impl *successor(struct co_loop *loop, struct co_stacks *stacks)
{
    struct co_task_impl *task = first_ready(loop);

    if (!task || task->stack || task->must_cancel || task->stacks != stacks ||
        stacks->measure || loop->exit_code || is_measured(loop))
        return NULL;
    co_list_remove(&task->step.link);
    enter(loop, task);
    return task;
}

static void task_main(void *argument)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_impl *self = argument, *next;
    struct co_stacks *stacks = self->stacks;

    for (;; self = next) {
        co_fn *fn = self->fn;
        self->nested = NULL;
        int r = co_context_call(fn, self->frame);
        if (self->is_main || self->has_proxies)
            before_end(loop, self);
        char *stack = self->stack;

        self->stack = NULL;
        co_context_forget(&loop->exited);
        loop->exited = self->context;
        finish(loop, self, r); /* may free it */
        next = successor(loop, stacks);
        if (!next) {
            /* Chosen before the stack is given back: this code still runs on it, so a
             * task that starts now must not get it.
             */
            next = loop->exit_code ? NULL : next_task(loop);
            co_stack_give(stacks, stack);
            break;
        }
        next->stack = stack;
        next->context = loop->exited;
        loop->exited = (struct co_context){};
    }
    co_context_leave(&loop->exited, next ? &next->context : &loop->context,
                     next ? take_wait_result(next) : 0);
}

void co_task_turn(struct co_loop *loop, struct co_task_impl *task)
{
    if (!task->stack && task->must_cancel && task->start == CO_START_SKIPS_BODY) {
        task->nested = NULL;
        loop->current = task;
        if (task->is_main)
            co_deliver_sigint(loop);
        finish(loop, task, deliver_cancel(task));
        return;
    }
    if (!task->stack)
        start(task);
    enter(loop, task);
    co_context_switch(&loop->context, &task->context, take_wait_result(task));
}

void co_task_step(co_callback *step)
{
    co_task_turn(co_loop_now, co_task_of_step(step));
}

/* At the head of the ready queue: the task that suspends next switches to the loop. */
static void barrier_callback(co_callback *callback) { (void)callback; }

/* The spawning task takes the place of the loop meanwhile: at its first wait, or when
 * it is done, the new task finds the barrier and switches back here.
 */
void co_task_run_eagerly(struct co_loop *loop, struct co_task_impl *task)
{
    struct co_task_impl *self = loop->current;
    struct co_context outer = loop->context;
    co_callback barrier = { .run = barrier_callback };

    co_list_init(&task->step.link);
    co_list_append(loop->batch.next, &barrier.link);
    if (self)
        loop->context = self->context;
    co_task_turn(loop, task);
    if (self)
        self->context = loop->context;
    loop->context = outer;
    loop->current = self;
    co_list_remove(&barrier.link);
}

#include "engine/executor.h"

#include <stdlib.h>
#include <string.h>

#include "engine/core/block.h"
#include "engine/outside/thread_pool.h"

enum job_state { QUEUED, RUNNING, OVER };

/* The mutex of the loop guards what the loop's thread and that of the job both use. */
struct job {
    struct co_handle handle;
    co_callback done;     /* the future's first callback: it may have been cancelled */
    co_callback delivery; /* in the loop: completes the future with the outcome */
    struct co_work work;
    enum job_state state;
    bool orphan; /* no reference is left: the thread that runs it frees it */
    bool in_context;
    struct co_contextvars *contextvars; /* in_context: the context variables it sees */
    uint64_t serial;                    /* of the loop it was submitted from */
    uint64_t order;                     /* see block.h */
    co_fn *fn;
    int r;
    struct co_error *error; /* that it failed with; NULL: only the code */
    _Alignas(max_align_t) char frame[];
};

static struct job *job_of(co_future *future)
{
    return co_container_of(future, struct job, handle.future);
}

static void free_job(struct job *job)
{
    co_contextvars_drop(job->contextvars);
    co_error_drop(job->error);
    free(job);
}

/* ---- in a thread --------------------------------------------------------- */

static void call(struct job *job)
{
    job->r = job->fn(job->frame);
    if (job->r < 0)
        job->error = co_error_keep(co_current_error_with_code(job->r));
    co_set_current_error(0, NULL);
}

static void call_in_context(struct job *job)
{
    struct co_contextvars *usual = co_thread_contextvars;

    co_thread_contextvars = job->contextvars;
    job->contextvars = NULL;
    call(job);
    co_contextvars_drop(co_thread_contextvars);
    co_thread_contextvars = usual;
}

static void run(struct co_loop *loop, struct co_work *work)
{
    struct job *job = co_container_of(work, struct job, work);

    job->state = RUNNING;
    co_thread_serial = job->serial;
    co_thread_job = job->order;
    if (co_thread_order < job->order) /* else it has waited for this thread */
        co_thread_order = job->order;
    co_inbox_unlock(loop);
    if (job->in_context)
        call_in_context(job);
    else
        call(job);
    co_inbox_lock(loop);
    job->state = OVER;
    if (job->orphan)
        free_job(job);
    else
        co_inbox_post(loop, job->serial, &job->delivery);
}

/* ---- in the loop's thread ------------------------------------------------ */

static void on_delivery(co_callback *callback)
{
    struct job *job = co_container_of(callback, struct job, delivery);
    co_future *future = &job->handle.future;

    if (co_is_pending(future)) {
        co_error_adopt(co_loop_now, job->error);
        co_future_complete(future, job->r < 0 ? CO_HAS_FAILED : CO_HAS_RESULT, job->r,
                           job->error);
        job->error = NULL;
    }
    co_unref(future);
}

/* Remove it from the queue of the executor, if no thread has taken it yet. */
static void take_back(struct co_loop *loop, struct job *job)
{
    co_inbox_lock(loop);
    bool queued = job->state == QUEUED;
    if (queued) {
        co_list_remove(&job->work.queued);
        job->state = OVER;
    }
    co_inbox_unlock(loop);
    if (queued)
        co_ready(loop, &job->delivery);
}

static void on_done(co_callback *callback)
{
    struct job *job = co_container_of(callback, struct job, done);

    if (co_cancelled(&job->handle.future))
        take_back(co_loop_now, job);
    co_unref(&job->handle.future);
}

/* No reference is left. If a thread still runs or will run it, that thread frees it. */
static void free_or_orphan(co_future *future)
{
    struct job *job = job_of(future);
    struct co_loop *loop = co_loop_now;

    co_inbox_lock(loop);
    co_list_remove(&job->delivery.link);
    job->orphan = job->state != OVER;
    if (!job->orphan)
        free_job(job);
    co_inbox_unlock(loop);
}

static struct job *make_job(struct co_loop *loop, co_fn *fn, const void *frame,
                            size_t size)
{
    static const struct co_future_class class = { .what = "thread",
                                                  .free = free_or_orphan };
    struct job *job = co_alloc(sizeof(*job) + size);

    co_handle_prepare(&job->handle, &class);
    job->done.run = on_done;
    job->done.contextvars = NULL;
    job->delivery.run = on_delivery;
    job->delivery.contextvars = NULL;
    co_list_init(&job->delivery.link);
    job->work.run = run;
    job->state = OVER;
    job->orphan = job->in_context = false;
    job->contextvars = NULL;
    job->serial = loop->serial;
    job->fn = fn;
    job->error = NULL;
    if (size)
        memcpy(job->frame, frame, size);
    return job;
}

/* The executor has refused it: the future fails at once. */
static void fail(co_future *future, int r)
{
    co_future_complete(future, CO_HAS_FAILED, r,
                       co_error_keep(co_current_error_with_code(r)));
}

static void submit(struct co_loop *loop, co_executor *executor, struct job *job)
{
    co_future *future = &job->handle.future;

    co_inbox_lock(loop);
    job->order = co_timer_heap_next_order(&loop->timers);
    int r = co_pool_has(loop, executor) ? co_pool_submit(executor, &job->work)
                                        : co_pool_refuse();
    if (r == 0) {
        job->state = QUEUED;
        co_let_threads_run(loop);
    }
    co_inbox_unlock(loop);
    if (r < 0) {
        fail(future, r);
        return;
    }
    co_ref(future); /* until it is delivered, */
    co_ref(future); /* and until it is done */
    co_list_append(&future->callbacks, &job->done.link);
    co_request_poll(loop);
}

static void submit_to_default(struct co_loop *loop, struct job *job)
{
    struct co_executors *executors = co_executors_get(loop);

    if (executors->default_is_shut_down) {
        fail(&job->handle.future,
             co_raise(CO_ERUNTIME, "Executor shutdown has been called"));
        return;
    }
    if (!executors->default_executor)
        executors->default_executor = co_executor_new(0);
    submit(loop, executors->default_executor, job);
}

co_future *co_execute_copy(co_executor *executor, co_fn *fn, const void *frame,
                           size_t size)
{
    struct co_loop *loop = co_loop_here("co_execute");
    struct job *job = make_job(loop, fn, frame, size);

    if (executor)
        submit(loop, executor, job);
    else
        submit_to_default(loop, job);
    return &job->handle.future;
}

void *co_job_frame_of(co_future *future) { return job_of(future)->frame; }

int co_thread_copy(co_fn *fn, const void *frame, size_t size)
{
    struct co_loop *loop = co_loop_now;

    co_task_here(loop, "co_thread");
    struct job *job = make_job(loop, fn, frame, size);
    job->in_context = true;
    job->contextvars = co_contextvars_copy();
    submit_to_default(loop, job);
    int r = co_join(&job->handle.future);
    co_drop(&job->handle.future);
    return r;
}

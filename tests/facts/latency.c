/* How many iterations lie between a cause and its effect, for all causes and effects
 * but those of streams, in one program.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* The iterations in which a task was started, and in which something happened. */
struct marks {
    uint64_t started, happened;
};

static void effect(uint64_t mark, const char *what)
{
    line("%s: +%llu", what, (unsigned long long)(co_iteration() - mark));
}

/* Prints how late it starts, if it has a text for that, and marks that it ends. */
struct job {
    struct marks *marks;
    const char *start;
};

static int job(void *frame)
{
    const struct job *self = frame;

    if (self->start)
        effect(self->marks->started, self->start);
    self->marks->happened = co_iteration();
    return 1;
}

/* A callback, or a timer, that marks a cause or prints the latency of an effect. */
struct measure {
    co_timer timer;
    struct marks *marks;
    const char *what;
    void *object;
};

static struct measure *measured(co_callback *self)
{
    struct measure *measure = co_container_of(self, struct measure, timer.callback);

    if (measure->what)
        effect(measure->marks->happened, measure->what);
    else
        measure->marks->happened = co_iteration();
    return measure;
}

static void report(co_callback *self) { measured(self); }
static void mark(co_callback *self) { measured(self); }
static void set_future(co_callback *self) { co_future_set(measured(self)->object, 0); }
static void set_event(co_callback *self) { co_event_set(measured(self)->object); }
static void free_lock(co_callback *self) { co_lock_release(measured(self)->object); }
static void free_slot(co_callback *self)
{
    co_semaphore_release(measured(self)->object);
}
static void put(co_callback *self)
{
    co_queue_put_nowait(measured(self)->object, NULL);
}
static void finish(co_callback *self) { co_queue_task_done(measured(self)->object); }

#define TELL(what) ((struct measure){ { { report } }, marks, what })
#define MARK() ((struct measure){ { { mark } }, marks })
#define CAUSE(fn, object) ((struct measure){ { { fn } }, marks, NULL, object })

static int tasks(struct marks *marks)
{
    marks->started = co_iteration();
    co_task *task = co_spawn(job, marks, "create_task -> start");
    await(co_join(task));
    effect(marks->happened, "task ends -> awaiter");

    task = co_spawn(job, marks);
    struct measure done = TELL("task ends -> done callback");
    co_on_done(task, &done.timer.callback);
    await(co_join(task));
    marks->happened = co_iteration();
    await(co_join(task));
    effect(marks->happened, "await of a done task");

    marks->started = co_iteration();
    await(co_call(job, marks, "await coroutine -> start"));
    marks->happened = co_iteration();
    await(co_sleep(0));
    effect(marks->happened, "sleep(0)");
    return 0;
}

static int callbacks(struct marks *marks)
{
    struct measure timer = MARK();
    struct measure soon = TELL("call_soon");
    struct measure later = TELL("call_later(0)");

    co_call_later(&timer.timer, 0.01);
    await(co_sleep(0.01));
    effect(marks->happened, "timer fires -> sleeper (same deadline)");

    marks->happened = co_iteration();
    co_call_soon(&soon.timer.callback);
    await(co_sleep(0));

    marks->happened = co_iteration();
    co_call_later(&later.timer, 0);
    await(co_sleep(0));
    await(co_sleep(0));
    return 0;
}

static int gathers(struct marks *marks)
{
    marks->started = co_iteration();
    await(co_gather(co_spawn(job, marks, "gather -> start")));
    effect(marks->happened, "last child ends -> gather awaiter");

    await(co_gather(co_gather_future(co_spawn(job, marks))));
    effect(marks->happened, "last child ends -> awaiter of gather(gather)");

    co_task *task = co_spawn(job, marks);
    await(co_join(task));
    marks->happened = co_iteration();
    await(co_gather(task));
    effect(marks->happened, "gather of a done task");

    marks->happened = co_iteration();
    await(co_gatherv(NULL, 0));
    effect(marks->happened, "empty gather");
    return 0;
}

static int waits(struct marks *marks)
{
    co_task *task = co_spawn(job, marks);

    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    effect(marks->happened, "task ends -> wait() awaiter");

    marks->happened = co_iteration();
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    effect(marks->happened, "wait() on a done task");
    return 0;
}

static int others(struct marks *marks)
{
    co_task *task = co_spawn(job, marks), *same;
    finally(co_as_completed_finish) co_as_completed completed;
    co_as_completed_init(&completed, &task, 1, CO_FOREVER);
    await(co_as_completed_next(&completed, &same));
    effect(marks->happened, "task ends -> as_completed awaiter");

    await(co_join(co_shield(co_spawn(job, marks))));
    effect(marks->happened, "task ends -> shield awaiter");

    await(co_wait_for(co_spawn(job, marks), 9));
    effect(marks->happened, "task ends -> wait_for(task) awaiter");
    return 0;
}

/* Since 3.12 wait_for() awaits a coroutine in the task itself. */
static int limits(struct marks *marks, bool since_312)
{
    static const char start[] = "wait_for(coroutine) -> start";

    marks->started = co_iteration();
    if (since_312)
        await(co_within(9, co_call(job, marks, start)));
    else
        await(co_wait_for(co_spawn(job, marks, start), 9));
    effect(marks->happened, "coroutine ends -> wait_for awaiter");
    return 0;
}

static int groups(struct marks *marks)
{
    finally(co_group_close) co_group group = {}, empty = {};

    co_group_enter(&group);
    co_group_spawn(&group, job, marks);
    await(co_group_leave(&group, 0));
    effect(marks->happened, "last task ends -> after TaskGroup block");

    marks->happened = co_iteration();
    co_group_enter(&empty);
    await(co_group_leave(&empty, 0));
    effect(marks->happened, "empty TaskGroup");
    return 0;
}

static int primitives(struct marks *marks)
{
    co_future future;
    struct measure set = CAUSE(set_future, &future);
    co_future_init(&future);
    co_call_soon(&set.timer.callback);
    await(co_join(&future));
    effect(marks->happened, "set_result -> awaiter");

    co_event event;
    struct measure happen = CAUSE(set_event, &event);
    co_event_init(&event);
    co_call_soon(&happen.timer.callback);
    await(co_event_wait(&event));
    effect(marks->happened, "Event.set -> waiter");

    co_lock lock;
    struct measure unlock = CAUSE(free_lock, &lock);
    co_lock_init(&lock);
    await(co_lock_acquire(&lock));
    co_call_soon(&unlock.timer.callback);
    await(co_lock_acquire(&lock));
    effect(marks->happened, "Lock.release -> next holder");

    co_semaphore semaphore;
    struct measure release = CAUSE(free_slot, &semaphore);
    co_semaphore_init(&semaphore, 0);
    co_call_soon(&release.timer.callback);
    await(co_semaphore_acquire(&semaphore));
    effect(marks->happened, "Semaphore.release -> next");

    finally(co_queue_finish) co_queue queue;
    struct measure fill = CAUSE(put, &queue);
    struct measure end = CAUSE(finish, &queue);
    void *got;
    co_queue_init(&queue, 0);
    co_call_soon(&fill.timer.callback);
    await(co_queue_get(&queue, &got));
    effect(marks->happened, "Queue.put -> getter");
    co_call_soon(&end.timer.callback);
    await(co_queue_join(&queue));
    effect(marks->happened, "last task_done -> join");
    return 0;
}

struct victim {
    struct marks *marks;
    const char *what;
    co_future *future; /* what it waits for; NULL: it sleeps */
    bool waits;        /* for it, with wait() */
};

static int victim(void *frame)
{
    const struct victim *self = frame;
    int r = attempt(self->waits    ? co_wait(CO_ALL_COMPLETED, CO_FOREVER, self->future)
                    : self->future ? co_join(self->future)
                                   : co_sleep(9));

    if (r == UV_ECANCELED)
        effect(self->marks->happened, self->what);
    return 0;
}

static int cancelled(struct marks *marks, const char *what, co_future *future,
                     bool waits)
{
    co_task *task = co_spawn(victim, marks, what, future, waits);

    for (int i = 0; i < 3; i++)
        await(co_sleep(0));
    marks->happened = co_iteration();
    co_cancel(task);
    return await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
}

static int cancellations(struct marks *marks)
{
    await(cancelled(marks, "cancel -> CancelledError in a sleeping task", NULL, false));
    await(cancelled(marks, "cancel -> CancelledError in a task awaiting a task",
                    co_spawn(sleeper, 9), false));
    await(cancelled(marks, "cancel -> CancelledError in a task awaiting gather",
                    co_gather_future(co_spawn(sleeper, 9)), false));
    await(cancelled(marks, "cancel -> CancelledError in a task awaiting wait()",
                    co_spawn(sleeper, 9), true));
    return 0;
}

static int timeouts(struct marks *marks)
{
    marks->happened = co_iteration();
    if (attempt(co_within(0, co_sleep(9))) == UV_ETIMEDOUT)
        effect(marks->happened, "timeout(0) entered -> TimeoutError");

    struct measure timer = MARK();
    co_call_later(&timer.timer, 0.01);
    if (attempt(co_within(0.01, co_sleep(9))) == UV_ETIMEDOUT)
        effect(marks->happened, "deadline timer -> TimeoutError");
    return 0;
}

static co_checked int from_cause_to_effect(bool since_312)
{
    struct marks marks;

    await(tasks(&marks));
    await(callbacks(&marks));
    await(gathers(&marks));
    await(waits(&marks));
    await(others(&marks));
    await(limits(&marks, since_312));
    await(groups(&marks));
    await(primitives(&marks));
    await(cancellations(&marks));
    await(timeouts(&marks));
    return 0;
}

/* The lines; the arguments differ between releases. */
#define LINES(gather, task, start, end)                        \
    "create_task -> start: +1\n"                               \
    "task ends -> awaiter: +1\n"                               \
    "task ends -> done callback: +1\n"                         \
    "await of a done task: +0\n"                               \
    "await coroutine -> start: +0\n"                           \
    "sleep(0): +1\n"                                           \
    "timer fires -> sleeper (same deadline): +1\n"             \
    "call_soon: +1\n"                                          \
    "call_later(0): +1\n"                                      \
    "gather -> start: +1\n"                                    \
    "last child ends -> gather awaiter: +2\n"                  \
    "last child ends -> awaiter of gather(gather): +3\n"       \
    "gather of a done task: " gather "\n"                      \
    "empty gather: +0\n"                                       \
    "task ends -> wait() awaiter: +2\n"                        \
    "wait() on a done task: +2\n"                              \
    "task ends -> as_completed awaiter: +2\n"                  \
    "task ends -> shield awaiter: +2\n"                        \
    "task ends -> wait_for(task) awaiter: " task "\n"          \
    "wait_for(coroutine) -> start: " start "\n"                \
    "coroutine ends -> wait_for awaiter: " end "\n"            \
    "last task ends -> after TaskGroup block: +2\n"            \
    "empty TaskGroup: +0\n"                                    \
    "set_result -> awaiter: +1\n"                              \
    "Event.set -> waiter: +1\n"                                \
    "Lock.release -> next holder: +1\n"                        \
    "Semaphore.release -> next: +1\n"                          \
    "Queue.put -> getter: +1\n"                                \
    "last task_done -> join: +1\n"                             \
    "cancel -> CancelledError in a sleeping task: +1\n"        \
    "cancel -> CancelledError in a task awaiting a task: +2\n" \
    "cancel -> CancelledError in a task awaiting gather: +3\n" \
    "cancel -> CancelledError in a task awaiting wait(): +1\n" \
    "timeout(0) entered -> TimeoutError: +2\n"                 \
    "deadline timer -> TimeoutError: +1\n"

static int lat_01(void *) { return await(from_cause_to_effect(false)); }

Test(latency, LAT_01_from_cause_to_effect)
{
    expect(lat_01, LINES("+2", "+2", "+1", "+2"));
}

static int lat_01_since_312(void *) { return await(from_cause_to_effect(true)); }

Test(latency, LAT_01_from_cause_to_effect_since_312)
{
    expect_as(312, lat_01_since_312, LINES("+0", "+1", "+0", "+0"));
    expect_as(313, lat_01_since_312, LINES("+0", "+1", "+0", "+0"));
}

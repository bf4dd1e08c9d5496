/* A large program makes the same trace in every run, and many runs leak no memory. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "engine/co.h"
#include "engine/system/context.h"

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

/* ---- a busy program ------------------------------------------------------ */

enum { WORKERS = 100, KINDS = 10 };

/* What a hundred tasks share. */
struct office {
    co_lock desk;
    co_semaphore chairs;
    co_event opened;
    co_queue tray;
    co_future news;
};

struct worker {
    int n;
    struct office *office;
};

struct nap {
    double seconds;
};

static int nap(void *frame)
{
    const struct nap *self = frame;

    await(co_sleep(self->seconds));
    return (int)co_randint(0, 9);
}

static double a_while(void) { return co_uniform(0, 0.1); }

static int uses_the_desk(struct office *office)
{
    with_lock(&office->desk) {
        co_say("%s has the desk", co_name(co_self()));
        await(co_sleep(a_while()));
    }
    return 0;
}

static int takes_a_chair(struct office *office)
{
    with_semaphore(&office->chairs)
        await(co_sleep(a_while()));
    return 0;
}

static int produces(struct office *office)
{
    for (intptr_t i = 0; i < 3; i++) {
        await(co_queue_put(&office->tray, (void *)i));
        await(co_sleep(a_while()));
    }
    return 0;
}

static int consumes(struct office *office)
{
    void *item;

    for (;;) {
        int r = attempt(co_within(0.3, co_queue_get(&office->tray, &item)));
        if (r == UV_ETIMEDOUT)
            return 0;
        await(r);
        co_say("%s: item %d", co_name(co_self()), (int)(intptr_t)item);
        await(co_queue_task_done(&office->tray));
    }
}

static int gathers(void)
{
    co_task *naps[3];

    for (int i = 0; i < 3; i++)
        naps[i] = co_spawn(nap, a_while());
    await(co_gatherv(naps, 3));
    co_say("%d %d %d", co_result(naps[0]), co_result(naps[1]), co_result(naps[2]));
    return 0;
}

static int cancels(void)
{
    co_task *task = co_spawn_with((co_spawn_options){ .name = "long" }, nap, 10);

    await(co_sleep(a_while()));
    co_cancel(task);
    int r = attempt(co_join(task));
    return r == UV_ECANCELED ? 0 : r;
}

static int waits_for_long(void)
{
    int r = attempt(co_wait_for(co_spawn(nap, a_while()), 0.05));

    co_say("%s: %s", co_name(co_self()), r < 0 ? co_why() : "in time");
    return r == UV_ETIMEDOUT ? 0 : r;
}

static int fails(void)
{
    await(co_sleep(a_while()));
    return co_raise(CO_EVALUE, "bad luck at %g", co_random());
}

static int work(int kind, struct office *office)
{
    switch (kind) {
    case 0:
        return uses_the_desk(office);
    case 1:
        return takes_a_chair(office);
    case 2:
        return produces(office);
    case 3:
        return consumes(office);
    case 4:
        return gathers();
    case 5:
        return cancels();
    case 6:
        return waits_for_long();
    case 7:
        return fails();
    case 8:
        return co_event_wait(&office->opened);
    default:
        return co_join(&office->news);
    }
}

static int worker(void *frame)
{
    const struct worker *self = frame;

    await(co_sleep(0));
    for (int i = 0; i < 3; i++)
        await(work((self->n + 3 * i) % KINDS, self->office));
    return self->n;
}

/* Open the office, wait for the clients, and cancel the last ten. */
static int day(struct office *office, co_task *tasks[])
{
    finally(co_as_completed_finish) co_as_completed completed;
    co_as_completed_init(&completed, tasks, WORKERS, CO_FOREVER);

    await(co_sleep(0.05));
    co_event_set(&office->opened);
    co_future_fail(&office->news, CO_EVALUE, "no news");
    for (int done = 0; done < WORKERS; done++) {
        co_task *task;
        int r = attempt(co_as_completed_next(&completed, &task));

        co_say("%s: %s", co_name(task), r < 0 ? co_why() : "done");
        if (done == WORKERS - 10)
            for (int i = 0; i < WORKERS; i++)
                co_cancel(tasks[i]);
    }
    return 0;
}

static int main_task(void *)
{
    struct office office;
    co_task *tasks[WORKERS];

    co_lock_init(&office.desk);
    co_semaphore_init(&office.chairs, 2);
    co_event_init(&office.opened);
    co_queue_init(&office.tray, 4);
    co_future_init(&office.news);
    office.desk.name = "desk";
    office.tray.name = "tray";
    for (int i = 0; i < WORKERS; i++)
        tasks[i] = co_spawn(worker, i, &office);
    int r = attempt(day(&office, tasks));
    co_queue_finish(&office.tray);
    return r;
}

/* ---- the same every time ------------------------------------------------- */

/* A digest of all events: FNV-1a over their fields. */
struct digest {
    co_observer observer;
    uint64_t hash;
    size_t records;
};

static void take_bytes(struct digest *digest, const void *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        digest->hash = (digest->hash ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
}

static void take_number(struct digest *digest, int64_t number)
{
    take_bytes(digest, &number, sizeof(number));
}

static void take_text(struct digest *digest, const char *text)
{
    take_bytes(digest, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void take(co_observer *observer, const co_trace_event *record)
{
    struct digest *digest = co_container_of(observer, struct digest, observer);

    digest->records++;
    take_number(digest, record->kind);
    take_number(digest, record->at_ns);
    take_number(digest, (int64_t)record->turn);
    take_text(digest, record->task ? co_name(record->task) : NULL);
    take_text(digest, record->other ? co_name(record->other) : NULL);
    take_text(digest, record->what);
    take_text(digest, record->object);
    take_text(digest, record->text);
    take_number(digest, record->number);
    take_number(digest, record->late_ns);
    for (size_t i = 0; i < record->count; i++)
        take_text(digest, co_name(record->tasks[i]));
    take_number(digest, record->site ? record->site->line : 0);
}

static struct digest digest_of_a_day(uint64_t seed)
{
    struct digest digest = { { take }, 14695981039346656037u };

    cr_assert(
        zero(int, co_run(main_task, &(co_options){ .virtual_time = true,
                                                   .seed = seed,
                                                   .observer = &digest.observer })));
    return digest;
}

Test(determinism, a_busy_program_does_the_same_a_hundred_times)
{
    struct digest first = digest_of_a_day(1);

    cr_assert(gt(sz, first.records, 2000));
    for (int i = 1; i < 100; i++) {
        struct digest again = digest_of_a_day(1);
        cr_assert(eq(sz, again.records, first.records));
        cr_assert(eq(u64, again.hash, first.hash));
    }
}

Test(determinism, another_seed_makes_another_trace)
{
    cr_assert(ne(u64, digest_of_a_day(2).hash, digest_of_a_day(1).hash));
}

/* ---- no memory is leaked ------------------------------------------------- */

static int spawn_sleep_join_cancel(void *)
{
    co_task *brief = co_spawn(nap, 1);
    co_task *late = co_spawn(nap, 1000);

    await(co_sleep(0.5));
    await(co_join(brief));
    co_cancel(late);
    return attempt(co_join(late)) == UV_ECANCELED ? 0 : CO_ERUNTIME;
}

static void run_often(int times)
{
    for (int i = 0; i < times; i++)
        cr_assert(zero(int, co_run(spawn_sleep_join_cancel,
                                   &(co_options){ .virtual_time = true })));
}

static int mappings(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    int lines = 0;

    cr_assert(ne(ptr, maps, NULL));
    for (int c; (c = getc(maps)) != EOF;)
        lines += c == '\n';
    fclose(maps);
    return lines;
}

/* Sanitizers are ten times slower, and make mappings of their own at any time. */
static bool is_instrumented(void)
{
#if defined(CO_ASAN) || defined(CO_TSAN)
    return true;
#else
    return RUNNING_ON_VALGRIND;
#endif
}

Test(determinism, a_hundred_thousand_runs_leak_nothing)
{
    run_often(10);
    int mapped = mappings();
    size_t used = mallinfo2().uordblks;

    run_often(is_instrumented() ? 2000 : 100000);
    cr_assert(eq(sz, mallinfo2().uordblks, used));
    if (!is_instrumented())
        cr_assert(eq(int, mappings(), mapped));
}

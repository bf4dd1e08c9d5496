/* The values of lessons: what print() shows of them, and what they pass through. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "lessons/value.h"

TestSuite(value, .fini = values_free);

Test(value, is_printed_as_python_prints_it)
{
    cr_expect(eq(str, (char *)str(text("Data %d", 1)), "Data 1"));
    cr_expect(eq(str, (char *)repr(text("Data %d", 1)), "'Data 1'"));
    cr_expect(eq(str, (char *)repr(text("it's")), "\"it's\""));
    cr_expect(eq(str, (char *)repr(text("a\\'\"\n")), "'a\\\\\\'\"\\n'"));
    cr_expect(eq(str, (char *)str(-7), "-7"));
    cr_expect(eq(str, (char *)str(None), "None"));
    cr_expect(eq(str, (char *)str(object("{'id': %d}", 3)), "{'id': 3}"));
    cr_expect(eq(str, (char *)str(list(1, text("b"), None)), "[1, 'b', None]"));
    cr_expect(eq(str, (char *)str(list(list(), list(2))), "[[], [2]]"));
    cr_expect(eq(str, (char *)format("%s!", "x"), "x!"));
}

Test(value, of_a_list_has_items)
{
    int many = list(1, text("b"));

    cr_expect(eq(int, len(many), 2));
    cr_expect(eq(int, at(many, 0), 1));
    cr_expect(eq(str, (char *)str(at(many, 1)), "b"));
    cr_expect(eq(int, at(many, 2), 0));
    cr_expect(eq(int, at(many, -1), 0));
    cr_expect(eq(int, at(5, 0), 0));
    cr_expect(eq(int, len(5), 0));
}

Test(value, stays_where_it_is_while_others_are_made)
{
    const char *first = str(text("first"));

    for (int i = 0; i < 1000; i++)
        text("%d", i);
    cr_expect(eq(str, (char *)first, "first"));
}

async_def(fetch, int id)
{
    await(co_sleep(1));
    if (self->id < 0)
        return co_raise(CO_EVALUE, "no id %d", self->id);
    return text("Data %d", self->id);
}

async_def(gathers)
{
    int results = await(gather(co_spawn(fetch, 1), co_spawn(fetch, 2)));
    cr_expect(eq(str, (char *)str(results), "['Data 1', 'Data 2']"));

    results = await(settle(co_spawn(fetch, -3), co_spawn(fetch, 4)));
    cr_expect(eq(str, (char *)str(results), "[ValueError('no id -3'), 'Data 4']"));
    cr_expect(eq(int, error_of(at(results, 0)), CO_EVALUE));
    cr_expect(eq(int, error_of(at(results, 1)), 0));
    cr_expect(eq(str, (char *)str(at(results, 0)), "no id -3"));

    int limited = await(co_wait_for(co_spawn(fetch, 5), 2));
    cr_expect(eq(str, (char *)str(limited), "Data 5"));
    int failed = attempt(gather(co_spawn(fetch, 6), co_spawn(fetch, -7)));
    cr_expect(eq(int, failed, CO_EVALUE));
    return 0;
}

Test(value, passes_through_tasks_and_gathers)
{
    cr_expect(eq(int, co_run(gathers, &(co_options){ .virtual_time = true }), 0));
}

async_def(stops, double delay)
{
    await(co_sleep(self->delay));
    return co_raise(CO_ESTOP, "no more");
}

async_def(takes_each)
{
    co_task *tasks[] = { co_spawn(stops, 3), co_spawn(fetch, -2), co_spawn(stops, 2) };
    int outcomes[3], count = 0;

    for_as_completed(completed, tasks, 3)
        outcomes[count++] = attempt(completed);
    cr_expect(eq(int, count, 3));
    cr_expect(eq(int, outcomes[0], CO_EVALUE));
    cr_expect(eq(int, outcomes[1], CO_ESTOP));
    cr_expect(eq(int, outcomes[2], CO_ESTOP));

    for_as_completed(completed, tasks, 3) {
        if (count++ < 4)
            continue;
        break;
    }
    cr_expect(eq(int, count, 5));

    for_as_completed(completed, tasks, 3)
        await(completed);
    return 0;
}

Test(value, comes_from_each_task_as_it_is_done)
{
    cr_expect(
        eq(int, co_run(takes_each, &(co_options){ .virtual_time = true }), CO_ESTOP));
}

async_def(shows_a_coroutine)
{
    finally(co_coroutine_release) co_coroutine *later = co_create(fetch, 1);

    cr_expect(
        eq(str, (char *)coroutine_repr(later), "<coroutine object fetch at 0x...>"));
    return 0;
}

Test(value, shows_a_coroutine_without_its_address)
{
    cr_expect(eq(int, co_run(shows_a_coroutine, NULL), 0));
}

async_def(producer, co_queue *queue)
{
    await(put(self->queue, text("item")));
    await(put(self->queue, None));
    return 0;
}

async_def(consumes)
{
    co_queue *queue = new_queue("items", 1);

    co_spawn(producer, queue);
    cr_expect(eq(str, (char *)str(await(get(queue))), "item"));
    cr_expect(eq(int, await(get(queue)), None));
    return 0;
}

Test(value, passes_through_a_queue)
{
    cr_expect(eq(int, co_run(consumes, &(co_options){ .virtual_time = true }), 0));
}

async_def(uses_primitives)
{
    co_queue *queue = new_queue("two", 2);
    co_semaphore *semaphore = new_semaphore("three", 3);
    co_event *event = new_event("go");
    co_lock *lock = new_lock("one");

    cr_expect(eq(sz, co_queue_maxsize(queue), 2));
    for (int i = 0; i < 3; i++)
        await(co_semaphore_acquire(semaphore));
    cr_expect(co_semaphore_locked(semaphore));
    co_event_set(event);
    await(co_event_wait(event));
    with_lock(lock)
        cr_expect(co_lock_locked(lock));
    cr_expect(eq(str, (char *)queue->name, "two"));
    cr_expect(eq(str, (char *)semaphore->name, "three"));
    cr_expect(eq(str, (char *)event->name, "go"));
    cr_expect(eq(str, (char *)lock->name, "one"));
    return 0;
}

Test(value, makes_what_tasks_share)
{
    cr_expect(
        eq(int, co_run(uses_primitives, &(co_options){ .virtual_time = true }), 0));
}

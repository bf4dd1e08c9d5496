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

async_def(consumes, co_queue queue)
{
    co_queue_init(&self->queue, 1);
    co_spawn(producer, &self->queue);
    cr_expect(eq(str, (char *)str(await(get(&self->queue))), "item"));
    cr_expect(eq(int, await(get(&self->queue)), None));
    return 0;
}

Test(value, passes_through_a_queue)
{
    struct consumes shared = {};

    cr_expect(eq(
        int, co_run_with(consumes, &shared, &(co_options){ .virtual_time = true }), 0));
}

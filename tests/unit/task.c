/* task.h: arguments, results, names, handles. How tasks behave in asyncio is in the
 * facts/task*.c; what a turn is, in scheduler.c here.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

struct doubles {
    int number;
    char text[100];
};

static int doubles(void *frame)
{
    struct doubles *self = frame;

    await(co_sleep(0));
    snprintf(self->text, sizeof(self->text), "twice %d", self->number);
    return 2 * self->number;
}

static int has_its_own_arguments(void *)
{
    struct doubles arguments = { .number = 21 };
    co_task *task = co_spawn_copy((co_spawn_options){}, doubles, "doubles", &arguments,
                                  sizeof(arguments));

    arguments.number = 0;
    line("%d", await(co_join(task)));
    line("%s, not '%s'", co_frame(doubles, task)->text, arguments.text);
    return 0;
}

Test(task, works_on_a_copy_of_its_arguments)
{
    expect(has_its_own_arguments, "42\n"
                                  "twice 21, not ''\n");
}

static int describes_itself(void *)
{
    co_task *task = co_spawn_with((co_spawn_options){ .name = "worker" }, doubles, 1);

    line("%s %s %d", co_name(co_self()), co_function(co_self()), co_id(co_self()));
    line("%s %s %d", co_name(task), co_function(task), co_id(task));
    line("%s %s", py_bool(co_is_main(co_self())), py_bool(co_is_main(task)));
    co_set_name(task, "idler");
    line("%s", co_name(task));
    return await(co_join(task)) < 0;
}

Test(task, knows_its_name_its_coroutine_and_its_place)
{
    expect(describes_itself, "Task-1 main 0\n"
                             "worker doubles 1\n"
                             "True False\n"
                             "idler\n");
}

static int requests(void *)
{
    co_task *task = co_spawn(sleeper, 1, 0);

    await(co_sleep(0));
    co_cancel(task);
    co_cancel(task);
    line("%u", co_cancelling(task));
    line("%u", co_uncancel(task));
    line("%u", co_uncancel(task));
    line("%u", co_uncancel(task));
    line("%s", py_exception(attempt(co_join(task))));
    return 0;
}

Test(task, counts_requests_to_cancel)
{
    expect(requests, "2\n"
                     "1\n"
                     "0\n"
                     "0\n"
                     "CancelledError\n");
}

static int calls(void *)
{
    line("%d", await(co_call(doubles, 3)));
    line("%s", py_bool(co_self() != NULL));
    return 0;
}

Test(task, calls_a_coroutine_without_making_a_task)
{
    expect_events(calls, "spawn start", "- spawn (Task-1)\nTask-1 start\n");
}

static int keeps(void *ret_task)
{
    co_task *task = co_keep(co_spawn(sleeper, 1, 7));

    *(co_task **)ret_task = task;
    return await(co_join(task));
}

static int keeps_beyond_the_run(void)
{
    co_task *task = NULL;

    co_run_with(keeps, &task, NULL);
    co_drop(NULL);
    if (task)
        line("%s %d", co_name(task), co_result(task));
    co_drop(task);
    return 0;
}

Test(task, that_is_kept_can_be_asked_after_the_run)
{
    expect_program(keeps_beyond_the_run, "Task-2 7\n");
}

struct says_its_name {
};

static int says_its_name(void *)
{
    line("%s", co_name(co_self()));
    return 0;
}

static int is_named_first(void *)
{
    co_spawn_with(co_spawn_options(.name = "eager", .eager = true), says_its_name);
    co_spawn_with(co_spawn_options(.name = "eager", .eager = true, .name_first = true),
                  says_its_name);
    return 0;
}

Test(task, that_is_eager_can_have_its_name_before_it_runs)
{
    expect(is_named_first, "Task-2\n"
                           "eager\n");
}

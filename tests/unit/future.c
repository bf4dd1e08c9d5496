/* future.h: completing, joining, callbacks, and the errors of each. How futures behave
 * in asyncio is in facts/future.c and facts/task_done.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

static int completed_once(void *)
{
    co_future future;

    co_future_init(&future);
    line("%s %s", py_bool(co_done(&future)), py_exception(co_result(&future)));
    line("%s", py_exception(co_future_set(&future, -1)));
    line("%s", py_exception(co_future_fail(&future, 1, "no error")));
    line("%d", co_future_set(&future, 7));
    line("%d %d", co_result(&future), await(co_join(&future)));
    line("%s", py_exception(co_future_set(&future, 8)));
    line("%s %d", py_bool(co_cancel(&future)), co_result(&future));
    return 0;
}

Test(future, is_completed_once_and_with_a_valid_result)
{
    expect(completed_once, "False InvalidStateError\n"
                           "ValueError\n"
                           "ValueError\n"
                           "0\n"
                           "7 7\n"
                           "InvalidStateError\n"
                           "False 7\n");
}

static int fails(void *)
{
    finally(co_future_finish) co_future future;

    co_future_init(&future);
    line("'%s'", co_reason(&future));
    co_future_fail(&future, CO_EVALUE, "number %d", 7);
    line("%s '%s'", py_exception(co_result(&future)), co_reason(&future));
    line("%s", py_repr(attempt(co_join(&future))).s);
    return 0;
}

Test(future, hands_its_error_to_all_who_ask)
{
    expect(fails, "''\n"
                  "ValueError 'number 7'\n"
                  "ValueError('number 7')\n");
}

static int callbacks(void *)
{
    struct ev_callback first = EV("first"), second = EV("second"), late = EV("late");
    co_future future;

    co_future_init(&future);
    co_on_done(&future, &first.timer.callback);
    co_on_done(&future, &second.timer.callback);
    line("%d", (int)co_off_done(&future, run_evi_callback));
    co_future_set(&future, 0);
    line("set");
    await(co_sleep(0));
    co_on_done(&future, &late.timer.callback);
    line("added");
    await(co_sleep(0));
    return 0;
}

Test(future, runs_callbacks_in_the_next_iteration_in_order)
{
    expect(callbacks, "0\n"
                      "set\n"
                      "t=0 first\n"
                      "t=0 second\n"
                      "added\n"
                      "t=0 late\n");
}

static int removed(void *)
{
    struct ev_callback first = EV("first"), second = EV("second"), other = EVI("other");
    co_future future;

    co_future_init(&future);
    co_on_done(&future, &first.timer.callback);
    co_on_done(&future, &other.timer.callback);
    co_on_done(&future, &second.timer.callback);
    line("%d", (int)co_off_done(&future, run_ev_callback));
    co_future_set(&future, 0);
    line("%d", (int)co_off_done(&future, run_evi_callback));
    await(co_sleep(0));
    return 0;
}

Test(future, removes_all_callbacks_of_a_function_until_it_is_done)
{
    expect(removed, "2\n"
                    "0\n"
                    "i=2 other\n");
}

struct setter {
    co_future *future;
};

static int setter(void *frame)
{
    return co_future_set(((const struct setter *)frame)->future, 1);
}

static int names_a_future(void *)
{
    finally(co_future_finish) co_future answer;

    co_future_init(&answer);
    co_future_set_name(&answer, "answer");
    co_spawn(setter, &answer);
    await(co_join(&answer));
    return 0;
}

Test(future, has_its_name_in_events)
{
    expect_events(names_a_future, "wait set wake",
                  "Task-1 wait future answer\n"
                  "Task-2 set future answer\n"
                  "Task-1 wake future answer (Task-2)\n");
}

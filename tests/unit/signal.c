/* signal.h: callbacks for signals. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <unistd.h>

#include "tests/support/expect.h"

struct says {
    co_signal signal;
    const char *text;
    int stop_at; /* stops itself at this call; 0: never */
};

static void say(co_callback *callback)
{
    struct says *says = co_container_of(callback, struct says, signal.callback);

    evi("%s", says->text);
    if (says->stop_at > 0 && --says->stop_at == 0)
        co_signal_stop(&says->signal);
}

#define SAYS(text, stop_at) ((struct says){ { { .run = say } }, text, stop_at })

static void raise_here(int number) { kill(getpid(), number); }

static int yield_thrice(void)
{
    for (int i = 0; i < 3; i++) {
        evi("main");
        await(co_sleep(0));
    }
    return 0;
}

static int is_called(void *)
{
    struct says first = SAYS("handler 1", 0), second = SAYS("handler 2", 0);

    co_signal_start(&first.signal, SIGUSR1);
    raise_here(SIGUSR1);
    await(yield_thrice());
    co_signal_start(&second.signal, SIGUSR1);
    raise_here(SIGUSR1);
    raise_here(SIGUSR1);
    await(yield_thrice());
    line("%s", py_bool(co_signal_stop(&first.signal)));
    line("%s", py_bool(co_signal_stop(&second.signal)));
    line("%s", py_bool(co_signal_stop(&second.signal)));
    return 0;
}

Test(signal, calls_back_two_iterations_later_as_often_as_it_came)
{
    expect(is_called, "i=1 main\n"
                      "i=2 main\n"
                      "i=3 main\n"
                      "i=3 handler 1\n"
                      "i=4 main\n"
                      "i=5 main\n"
                      "i=6 main\n"
                      "i=6 handler 2\n"
                      "i=6 handler 2\n"
                      "False\n"
                      "True\n"
                      "False\n");
}

static int takes_over(void *)
{
    struct says first = SAYS("first", 0), second = SAYS("second", 0);

    co_signal_start(&first.signal, SIGUSR1);
    co_signal_start(&second.signal, SIGUSR2);
    co_signal_start(&first.signal, SIGUSR2);
    raise_here(SIGUSR2);
    await(yield_thrice());
    line("%s", py_bool(co_signal_stop(&second.signal)));
    line("%s", py_bool(co_signal_stop(&first.signal)));
    line("%s", py_bool(co_signal_stop(&first.signal)));
    return 0;
}

Test(signal, that_is_started_again_replaces_both)
{
    expect(takes_over, "i=1 main\n"
                       "i=2 main\n"
                       "i=3 main\n"
                       "i=3 first\n"
                       "False\n"
                       "True\n"
                       "False\n");
}

static int is_refused(void *)
{
    static const int numbers[] = { 0, 99, 32, SIGKILL };
    struct says says = SAYS("", 0);

    for (int i = 0; i < 4; i++) {
        int r = co_signal_start(&says.signal, numbers[i]);
        line("%s", py_repr(r).s);
    }
    return 0;
}

Test(signal, that_cannot_be_caught_is_refused)
{
    expect(is_refused, "ValueError('invalid signal number 0')\n"
                       "ValueError('invalid signal number 99')\n"
                       "ValueError('invalid signal number 32')\n"
                       "RuntimeError('sig 9 cannot be caught')\n");
}

static int stops_itself(void *)
{
    struct says says = SAYS("once", 1);

    co_signal_start(&says.signal, SIGUSR1);
    raise_here(SIGUSR1);
    raise_here(SIGUSR1);
    await(yield_thrice());
    return 0;
}

Test(signal, may_be_stopped_by_its_callback)
{
    expect(stops_itself, "i=1 main\n"
                         "i=2 main\n"
                         "i=3 main\n"
                         "i=3 once\n");
}

struct sets {
    co_signal signal;
    co_future future;
};

static void set(co_callback *callback)
{
    co_future_set(&co_container_of(callback, struct sets, signal.callback)->future, 3);
}

struct raises_later {
};

static int raises_later(void *)
{
    block_thread(0.05);
    raise_here(SIGUSR2);
    return 0;
}

static int is_waited_for(void *)
{
    struct sets sets = { { { .run = set } } };

    co_future_init(&sets.future);
    co_signal_start(&sets.signal, SIGUSR2);
    co_execute(NULL, raises_later);
    ev("%d", await(co_join(&sets.future)));
    await(co_sleep(1));
    ev("time goes on");
    co_signal_stop(&sets.signal);
    return 0;
}

Test(signal, is_waited_for_without_a_deadlock_while_time_advances)
{
    expect(is_waited_for, "t=0 3\n"
                          "t=1 time goes on\n");
}

static int leaves_it_started(void *)
{
    static struct says says;

    says = SAYS("never", 0);
    return co_signal_start(&says.signal, SIGUSR1);
}

static int two_runs(void)
{
    struct sigaction now;

    int r = co_run(leaves_it_started, NULL);
    if (r >= 0)
        r = co_run(leaves_it_started, NULL);
    sigaction(SIGUSR1, NULL, &now);
    line("%s", py_bool(now.sa_handler == SIG_DFL));
    return r;
}

Test(signal, has_its_default_action_again_after_the_run)
{
    expect_program(two_runs, "True\n");
}

/* ---- context variables, a closed loop ------------------------------------ */

static co_contextvar variable = { "default" };

static void say_variable(co_callback *callback)
{
    (void)callback;
    line("%s", (const char *)co_contextvar_get(&variable));
    co_contextvar_set(&variable, "changed");
}

static int sees_variables(void *)
{
    co_signal signal = { { .run = say_variable } };

    co_contextvar_set(&variable, "one");
    co_signal_start(&signal, SIGUSR1);
    co_contextvar_set(&variable, "two");
    for (int i = 0; i < 2; i++) {
        raise_here(SIGUSR1);
        await(co_sleep(0.01));
    }
    line("%s", (const char *)co_contextvar_get(&variable));
    co_signal_stop(&signal);
    return 0;
}

Test(signal, sees_the_variables_of_its_start_and_what_it_sets)
{
    expect_in_real_time(sees_variables, "one\nchanged\ntwo\n");
}

static int on_the_virtual_clock(void *)
{
    struct says says = SAYS("handler", 0);

    co_signal_start(&says.signal, SIGUSR1);
    raise_here(SIGUSR1);
    await(co_sleep(1));
    ev("slept");
    co_signal_stop(&says.signal);
    return 0;
}

Test(signal, is_found_before_the_virtual_clock_jumps)
{
    expect(on_the_virtual_clock, "i=3 handler\n"
                                 "t=1 slept\n");
}

static int on_a_closed_loop(void)
{
    struct says says = SAYS("never", 0);

    co_close();
    int r = co_signal_start(&says.signal, SIGUSR1);
    line("%s", py_repr(r).s);
    line("%s", py_bool(co_signal_stop(&says.signal)));
    return 0;
}

Test(signal, is_refused_by_a_closed_loop)
{
    expect_program(on_a_closed_loop, "RuntimeError('Event loop is closed')\n"
                                     "False\n");
}

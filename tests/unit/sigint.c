/* core/sigint.c: SIGINT is caught while main runs, and only if its action was the
 * default one. What an interrupt does to the run is in facts/sigint.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>

#include "engine/core/loop_internal.h"
#include "tests/support/expect.h"

static void (*action(void))(int)
{
    struct sigaction now;

    sigaction(SIGINT, NULL, &now);
    return now.sa_handler;
}

static void (*during)(int);

static int looks(void *)
{
    during = action();
    return 0;
}

static void own(int) {}

Test(sigint, is_caught_while_main_runs_and_given_back)
{
    signal(SIGINT, SIG_DFL);
    co_run(looks, &(co_options){ .virtual_time = true, .catch_sigint = true });
    cr_assert(during != SIG_DFL && during != SIG_IGN);
    cr_assert(action() == SIG_DFL);
}

Test(sigint, is_not_caught_unless_asked_for)
{
    signal(SIGINT, SIG_DFL);
    co_run(looks, &(co_options){ .virtual_time = true });
    cr_assert(during == SIG_DFL);
}

Test(sigint, stays_with_a_handler_of_the_program)
{
    signal(SIGINT, own);
    co_run(looks, &(co_options){ .virtual_time = true, .catch_sigint = true });
    cr_assert(during == own);
    cr_assert(action() == own);
}

static int takes_over(void *)
{
    signal(SIGINT, own);
    return 0;
}

Test(sigint, stays_with_a_handler_that_the_program_sets_meanwhile)
{
    signal(SIGINT, SIG_DFL);
    co_run(takes_over, &(co_options){ .virtual_time = true, .catch_sigint = true });
    cr_assert(action() == own);
}

/* error.h: codes and their names, reasons, contexts. What errors do in asyncio is in
 * the facts of what they go through; groups of errors are in error_group.c here.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

Test(error, has_a_name_a_text_and_a_python_name_for_each_code)
{
    cr_assert(eq(str, (char *)co_error_name(UV_ECANCELED), "ECANCELED"));
    cr_assert(eq(str, (char *)co_error_name(CO_EEMPTY), "EEMPTY"));
    cr_assert(eq(str, (char *)co_strerror(CO_EEMPTY), "queue is empty"));
    cr_assert(eq(str, (char *)co_exception_name(CO_EEMPTY), "QueueEmpty"));
    cr_assert(eq(str, (char *)co_exception_name(UV_ETIMEDOUT), "TimeoutError"));
#define XX(code, number, text, python)                   \
    cr_assert(eq(str, (char *)co_strerror(code), text)); \
    cr_assert(eq(str, (char *)co_exception_name(code), python));
    CO_ERRORS(XX)
#undef XX
}

static int raises(void *)
{
    line("%s", py_exception(co_raise(CO_EVALUE, "%d of %d", 1, 2)));
    line("%s", co_why());
    return 0;
}

Test(error, returns_the_code_and_keeps_the_reason)
{
    expect(raises, "ValueError\n"
                   "1 of 2\n");
}

struct bare {
};

static int bare(void *) { return CO_EFULL; }

static int without_a_reason(void *)
{
    int r = attempt(co_join(co_spawn(bare)));

    line("%s", py_repr(r).s);
    line("%s", co_why());
    return 0;
}

Test(error, that_comes_as_a_code_alone_has_the_text_of_the_code)
{
    expect(without_a_reason, "QueueFull()\n"
                             "queue is full\n");
}

struct fails {
};

static int fails(void *) { return co_raise(CO_EVALUE, "first"); }

static int kept(void *)
{
    attempt(co_join(co_spawn(fails)));
    co_error *error = co_error_keep(co_error_now());

    co_raise(CO_ERUNTIME, "second");
    line("%s %s", co_why(), co_error_reason(error));
    int r = co_error_raise(error);
    line("%s %s", py_exception(r), co_why());
    co_error_drop(error);
    co_error_drop(NULL);
    return 0;
}

Test(error, may_be_kept_and_raised_again)
{
    expect(kept, "second first\n"
                 "ValueError first\n");
}

Test(error, has_no_reason_outside_a_program)
{
    cr_assert(eq(str, (char *)co_why(), ""));
}

/* core/error_names.c: what codes are called, those of a program included. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/co.h"

#define NAMED_ERRORS(XX) XX(TEA_ECOLD, CO_EUSER - 7, "tea is cold", "TeaCold")
CO_DECLARE_ERRORS(NAMED_ERRORS);
CO_DEFINE_ERRORS(NAMED_ERRORS);

Test(error_names, of_libuv_and_of_the_engine_are_known)
{
    cr_assert(eq(str, (char *)co_error_name(UV_ECANCELED), "ECANCELED"));
    cr_assert(eq(str, (char *)co_error_name(CO_EDEADLK), "EDEADLK"));
    cr_assert(eq(str, (char *)co_strerror(CO_EEMPTY), "queue is empty"));
    cr_assert(eq(str, (char *)co_exception_name(UV_ETIMEDOUT), "TimeoutError"));
    cr_assert(eq(str, (char *)co_exception_name(CO_EVALUE), "ValueError"));
}

Test(error_names, of_the_program_are_known_once_they_are_defined)
{
    cr_assert(eq(str, (char *)co_error_name(TEA_ECOLD), "TEA_ECOLD"));
    cr_assert(eq(str, (char *)co_strerror(TEA_ECOLD), "tea is cold"));
    cr_assert(eq(str, (char *)co_exception_name(TEA_ECOLD), "TeaCold"));
}

Test(error_names, of_other_codes_are_never_null)
{
    cr_assert(eq(str, (char *)co_strerror(CO_EUSER - 99), "unknown error"));
    cr_assert(eq(str, (char *)co_exception_name(CO_EUSER - 99), "Exception"));
    cr_assert(co_error_name(-123456) != NULL);
}

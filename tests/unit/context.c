/* system/context.c: what a switch between stacks preserves. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <fenv.h>
#include <limits.h>
#include <stdlib.h>

#include "engine/system/context.h"

enum { SIZE = 256 * 1024 };

static struct co_context here, there;
static char *stack;

static void set_up(void)
{
    stack = aligned_alloc(4096, SIZE);
    co_context_adopt(&here);
}

static void tear_down(void)
{
    co_context_forget(&there);
    free(stack);
}

TestSuite(context, .init = set_up, .fini = tear_down);

static void doubler(void *argument)
{
    int *first = argument;
    int value = *first;

    for (;;)
        value = co_context_switch(&there, &here, 2 * value);
}

Test(context, passes_a_value_each_way)
{
    int first = 21;

    co_context_make(&there, stack, SIZE, doubler, &first);
    cr_expect(co_context_switch(&here, &there, 0) == 42);
    cr_expect(co_context_switch(&here, &there, 7) == 14);
    cr_expect(co_context_switch(&here, &there, INT_MAX / 2) == INT_MAX - 1);
}

/* More live values than there are registers, so that all of them are in use. */
static __attribute__((noinline)) double churn(double seed)
{
    double d[24];
    long l[24];

    for (int i = 0; i < 24; i++) {
        d[i] = seed + i;
        l[i] = (long)seed * i;
    }
    return d[3] * (double)l[5] + d[23] - (double)l[23];
}

static void scrambler(void *)
{
    for (volatile double seed = 1;; seed = seed + 1) {
        double x = churn(seed);
        co_context_switch(&there, &here, (int)x);
    }
}

Test(context, preserves_the_callee_saved_registers)
{
    double a = 1.5, b = 2.5, c = 3.5;
    long i = 11, j = 22, k = 33, l = 44, m = 55, n = 66;

    co_context_make(&there, stack, SIZE, scrambler, NULL);
    for (int turn = 0; turn < 100; turn++) {
        co_context_switch(&here, &there, 0);
        a += 1, b += 2, c += 3;
        i += 1, j += 2, k += 3, l += 4, m += 5, n += 6;
    }
    cr_expect(a == 101.5 && b == 202.5 && c == 303.5);
    cr_expect(i == 111 && j == 222 && k == 333 && l == 444 && m == 555 && n == 666);
}

static void rounds_up(void *)
{
    fesetround(FE_UPWARD);
    co_context_switch(&there, &here, fegetround());
    co_context_switch(&there, &here, fegetround());
}

Test(context, preserves_the_rounding_mode_of_each_stack)
{
#if defined(__aarch64__) && !defined(CO_UCONTEXT)
    cr_skip("the rounding mode is the thread's own on this processor");
#endif
    co_context_make(&there, stack, SIZE, rounds_up, NULL);
    cr_expect(co_context_switch(&here, &there, 0) == FE_UPWARD);
    cr_expect(fegetround() == FE_TONEAREST);
    cr_expect(co_context_switch(&here, &there, 0) == FE_UPWARD);
    cr_expect(fegetround() == FE_TONEAREST);
}

static void reports_alignment(void *)
{
    double aligned[2] __attribute__((aligned(16)));
    double *volatile escapes = aligned;

    co_context_switch(&there, &here, (int)((uintptr_t)escapes % 16));
}

Test(context, starts_on_an_aligned_stack)
{
    for (int trim = 0; trim < 64; trim += 8) {
        co_context_make(&there, stack, SIZE - (size_t)trim, reports_alignment, NULL);
        cr_expect(co_context_switch(&here, &there, 0) == 0);
    }
}

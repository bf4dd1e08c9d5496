/* core/serial.h: each loop has a number of its own, which is open or closed. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/core/serial.h"

Test(serial, of_a_loop_is_never_given_twice)
{
    uint64_t first = co_serial_open(NULL);
    co_serial_close(first);
    uint64_t second = co_serial_open(NULL);

    cr_assert(first != 0 && second != 0 && first != second);
    cr_assert(co_serial_mark(first) != co_serial_mark(second));
    co_serial_close_all(NULL);
}

Test(serial, is_open_until_it_is_closed)
{
    uint64_t one = co_serial_open(NULL), other = co_serial_open(NULL);

    cr_assert(co_serial_is_open(co_serial_mark(one)));
    co_serial_close(one);
    cr_assert(not(co_serial_is_open(co_serial_mark(one))));
    cr_assert(co_serial_is_open(co_serial_mark(other)));
    co_serial_close_all(NULL);
    cr_assert(not(co_serial_is_open(co_serial_mark(other))));
}

Test(serial, has_a_mark_of_at_least_2)
{
    cr_assert(ge(int, co_serial_mark(UINT64_MAX), 2));
    cr_assert(ge(int, co_serial_mark(0), 2));
}

static struct co_loop *locked;

static void lock(struct co_loop *loop) { locked = loop; }

Test(serial, finds_the_struct_of_an_open_loop_and_locks_it)
{
    char place;
    struct co_loop *loop = (struct co_loop *)&place;
    uint64_t serial = co_serial_open(loop);

    cr_assert(co_serial_find(serial, lock) == loop && locked == loop);
    locked = NULL;
    co_serial_close(serial);
    cr_assert(co_serial_find(serial, lock) == NULL && locked == NULL);
    co_serial_close_all(loop);
}

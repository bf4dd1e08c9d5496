/* context_manager.h: blocks of with_manager(), and how each way out leaves them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct numbered {
    co_context_manager manager;
    int number;
    int exit_fails;
};

static int enter_numbered(co_context_manager *manager)
{
    int number = co_container_of(manager, struct numbered, manager)->number;

    await(co_sleep(0.1));
    ev("enter %d", number);
    return number < 0 ? co_raise(CO_EVALUE, "closed today") : number;
}

static int exit_numbered(co_context_manager *manager, int r)
{
    const struct numbered *self = co_container_of(manager, struct numbered, manager);

    await(co_sleep(0.1));
    ev("exit %d %s", self->number, r < 0 ? py_exception(r) : "None");
    return self->exit_fails ? co_raise(UV_ENOENT, "from exit") : r;
}

#define numbered(n, fails) \
    ((struct numbered){ { enter_numbered, exit_numbered }, (n), (fails) })

static int entered(void *)
{
    struct numbered a = numbered(1, false), b = numbered(2, false);

    with_manager(&a.manager, one)
        with_manager(&b.manager, two)
            ev("body %d %d", one, two);
    ev("after");
    return 0;
}

Test(context_manager_edge, blocks_nest_and_have_the_results_of_enter)
{
    expect(entered, "t=0.1 enter 1\n"
                    "t=0.2 enter 2\n"
                    "t=0.2 body 1 2\n"
                    "t=0.3 exit 2 None\n"
                    "t=0.4 exit 1 None\n"
                    "t=0.4 after\n");
}

enum way { BY_BREAK, BY_RETURN, BY_ERROR, NOT_ENTERED, EXIT_FAILS };

async_def(leaves, enum way way)
{
    struct numbered manager =
        numbered(self->way == NOT_ENTERED ? -1 : 1, self->way == EXIT_FAILS);

    with_manager(&manager.manager) {
        if (self->way == BY_BREAK)
            break;
        if (self->way == BY_ERROR)
            await(co_raise(CO_EVALUE, "body"));
        if (self->way == BY_RETURN)
            return 7;
        ev("body ends");
    }
    return 0;
}

static int left(void *)
{
    for (enum way way = BY_BREAK; way <= EXIT_FAILS; way++) {
        int r = attempt(co_call(leaves, way));
        if (r < 0)
            ev("%s", py_repr(r).s);
        else
            ev("%d", r);
    }
    return 0;
}

Test(context_manager_edge, block_is_left_once_however_it_ends)
{
    expect(left, "t=0.1 enter 1\n"
                 "t=0.2 exit 1 None\n"
                 "t=0.2 0\n"
                 "t=0.3 enter 1\n"
                 "t=0.4 exit 1 None\n"
                 "t=0.4 7\n"
                 "t=0.5 enter 1\n"
                 "t=0.6 exit 1 ValueError\n"
                 "t=0.6 ValueError('body')\n"
                 "t=0.7 enter -1\n"
                 "t=0.7 ValueError('closed today')\n"
                 "t=0.8 enter 1\n"
                 "t=0.8 body ends\n"
                 "t=0.9 exit 1 None\n"
                 "t=0.9 KeyError('from exit')\n");
}

/* core/repr.c: co_repr() of futures, and a text that does not fit. What Python's repr()
 * shows of tasks is compared in facts/repr.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static const char *repr(const co_future *future)
{
    static char text[256];

    co_repr(future, text, sizeof(text));
    return text;
}

static int each_state(void *)
{
    co_future pending, set, failed, cancelled;

    co_future_init(&pending);
    co_future_init(&set);
    co_future_init(&failed);
    co_future_init(&cancelled);
    co_future_set(&set, 7);
    co_future_fail(&failed, CO_EVALUE, "it's");
    (void)co_result(&failed);
    co_cancel(&cancelled);
    line("%s", repr(&pending));
    line("%s", repr(&set));
    line("%s", repr(&failed));
    line("%s", repr(&cancelled));
    return 0;
}

Test(repr, shows_each_state)
{
    expect(each_state, "<Future pending>\n"
                       "<Future finished result=7>\n"
                       "<Future finished exception=ValueError(\"it's\")>\n"
                       "<Future cancelled>\n");
}

static int too_long(void *)
{
    char text[12];

    co_repr(co_self(), text, sizeof(text));
    line("%s", text);
    return 0;
}

Test(repr, is_cut_where_the_buffer_ends) { expect(too_long, "<Task pendi\n"); }

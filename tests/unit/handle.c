/* core/handle.c: who owns the futures that the engine allocates, and when they go. More
 * is in unit/handles.c and facts/task.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/core/loop_internal.h"
#include "tests/support/expect.h"

static unsigned handles(void)
{
    unsigned count = 0;

    co_list_each(link, &co_loop_now->handles)
        count++;
    return count;
}

static int owns_until_dropped(void *)
{
    unsigned before = handles();
    co_task *task = co_spawn(sleeper, 0.1, 7);

    line("%u", handles() - before);
    line("%d", await(co_join(task)));
    line("%u", handles() - before);
    co_drop(task);
    line("%u", handles() - before);
    return 0;
}

Test(handle, stays_until_its_owner_drops_it)
{
    expect(owns_until_dropped, "1\n7\n1\n0\n");
}

struct spawns {
    co_task *kept;
};

static int spawns(void *frame)
{
    struct spawns *self = frame;

    co_spawn(sleeper, 0.1, 1);
    self->kept = co_keep(co_spawn(sleeper, 0.1, 2));
    await(co_sleep(0.2));
    return 0;
}

static int ends_with_its_owner(void *)
{
    co_task *parent = co_spawn(spawns);

    await(co_join(parent));
    co_task *kept = co_frame(spawns, parent)->kept;
    line("%u", handles()); /* main, the parent, and what was kept */
    line("%d", co_result(kept));
    co_drop(kept);
    line("%u", handles());
    return 0;
}

Test(handle, goes_with_its_owner_unless_it_is_kept)
{
    expect(ends_with_its_owner, "3\n2\n2\n");
}

/* wait_for when the result comes at the same instant as the deadline or a cancellation.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* Overwrite the stack below: a queue that still refers to a returned frame then fails.
 */
static __attribute__((noinline)) int overwrite(void)
{
    volatile char room[1500];

    for (size_t i = 0; i < sizeof(room); i++)
        room[i] = 'A';
    return room[7];
}

struct patient {
    co_future *future;
    double seconds;
};

static int patient(void *frame)
{
    const struct patient *self = frame;
    int r = attempt(co_wait_for(self->future, self->seconds));

    overwrite();
    evi("wait_for: %d", r);
    return attempt(co_sleep(1));
}

static int deadline_and_result(void *)
{
    co_future future;
    struct future_callback set = SET(&future, 7);

    co_future_init(&future);
    co_task *task = co_spawn(patient, &future, 1);
    await(co_sleep(0));
    co_call_later(&set.timer, 1);
    return attempt(co_join(task));
}

Test(wait_for_simultaneous, wait_for_is_over_when_deadline_and_result_come_at_once)
{
    expect(deadline_and_result, "i=4 wait_for: 7\n");
}

static int cancel_and_result(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(patient, &future, 100);
    await(co_sleep(1));
    co_cancel(task);
    co_future_set(&future, 7);
    return attempt(co_join(task));
}

Test(wait_for_simultaneous, wait_for_is_over_when_cancellation_and_result_come_at_once)
{
    expect(cancel_and_result, "i=5 wait_for: 7\n");
}

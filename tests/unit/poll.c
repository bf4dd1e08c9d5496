/* system/poll.c: a wait ends when its time has passed, when it is woken, or when I/O
 * comes; and a loop of libuv is made only when it is needed.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "engine/system/poll.h"

Test(poll, is_open_only_when_it_is_needed)
{
    struct co_poll poll = {};

    cr_assert(not(co_poll_active(&poll)));
    cr_assert(not(poll.open));
    co_poll_now(&poll);
    cr_assert(poll.open);
    co_poll_close(&poll);
}

Test(poll, waits_as_long_as_it_is_asked_to)
{
    struct co_poll poll = {};
    uint64_t before = uv_hrtime();

    cr_assert(zero(i64, co_poll_wait(&poll, 5000000)));
    cr_assert(ge(u64, uv_hrtime() - before, 5000000));
    co_poll_close(&poll);
}

static void *wake(void *poll)
{
    usleep(10000);
    co_poll_wake(poll);
    return NULL;
}

Test(poll, is_woken_from_another_thread, .timeout = 30)
{
    struct co_poll poll = {};
    pthread_t thread;

    co_poll_open(&poll);
    pthread_create(&thread, NULL, wake, &poll);
    cr_assert(gt(i64, co_poll_wait(&poll, 60000000000), 0));
    pthread_join(thread, NULL);
    pthread_create(&thread, NULL, wake, &poll);
    co_poll_forever(&poll);
    pthread_join(thread, NULL);
    co_poll_close(&poll);
}

Test(poll, makes_writing_to_a_broken_pipe_an_error_until_it_is_closed)
{
    struct co_poll poll = {};
    struct sigaction action;
    int ends[2];

    co_poll_open(&poll);
    co_poll_survive_broken_pipes(&poll);
    cr_assert(zero(int, pipe(ends)));
    close(ends[0]);
    cr_assert(lt(int, (int)write(ends[1], "x", 1), 0));
    close(ends[1]);
    co_poll_close(&poll);
    sigaction(SIGPIPE, NULL, &action);
    cr_assert(action.sa_handler == SIG_DFL);
}

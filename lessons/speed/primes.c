/* A computation in a coroutine: nothing else runs until it is over. */
#include "lessons/lesson.h"

async_def(heartbeat)
{
    for (int i = 0; i < 3; i++) {
        driver("beat");
        await(co_sleep(0.1));
    }
    return 0;
}

static bool is_prime(int number)
{
    for (int i = 2; i * i <= number; i++)
        if (number % i == 0)
            return false;
    return true;
}

async_def(calculate_primes, int n)
{
    int primes[self->n], count = 0;

    driver("computing");
    for (int number = 2; number < self->n; number++)
        if (is_prime(number))
            primes[count++] = number;
    driver("computed");
    return list_of(primes, (size_t)count);
}

async_def(main_task)
{
    int results = await(gather(co_spawn(heartbeat), co_spawn(calculate_primes, 100)));
    driver("%s", str(at(results, 1)));
    return 0;
}

const struct about speed_primes = {
    .title = "a computation between two beats: no beat gets through",
    .idea = "A coroutine without an await keeps the thread until it returns. "
            "'async' alone makes nothing faster, and nothing concurrent.",
    .look = "Task-3 computes from its start to its end in one turn, and never waits. "
            "On the virtual clock that takes no time: the order shows that it blocks.",
    .truth = "The tutorial advises processes or threads. In Python threads keep the "
             "loop responsive, but compute no faster, because of the GIL.",
    .replays = "C28",
    main_is(main_task),
};

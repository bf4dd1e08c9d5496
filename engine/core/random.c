#include "engine/random.h"

#include "engine/core/loop_internal.h"

enum { N = 624, M = 397 };

struct co_random {
    uint32_t state[N];
    unsigned next; /* index of the next word; N: make N new ones */
};

/* ---- the generator, as published ----------------------------------------- */

static void init_by_number(struct co_random *random, uint32_t seed)
{
    random->state[0] = seed;
    for (unsigned i = 1; i < N; i++) {
        uint32_t before = random->state[i - 1];
        random->state[i] = 1812433253u * (before ^ before >> 30) + i;
    }
    random->next = N;
}

static void init_by_array(struct co_random *random, const uint32_t key[],
                          unsigned count)
{
    uint32_t *state = random->state;
    unsigned i = 1, j = 0;

    init_by_number(random, 19650218u);
    for (unsigned k = N > count ? N : count; k > 0; k--) {
        uint32_t before = state[i - 1];
        state[i] = (state[i] ^ (before ^ before >> 30) * 1664525u) + key[j] + j;
        if (++i == N) {
            state[0] = state[N - 1];
            i = 1;
        }
        if (++j == count)
            j = 0;
    }
    for (unsigned k = N - 1; k > 0; k--) {
        uint32_t before = state[i - 1];
        state[i] = (state[i] ^ (before ^ before >> 30) * 1566083941u) - i;
        if (++i == N) {
            state[0] = state[N - 1];
            i = 1;
        }
    }
    state[0] = 0x80000000u;
}

static uint32_t twist(uint32_t high, uint32_t low)
{
    uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);

    return y >> 1 ^ (y & 1 ? 0x9908b0dfu : 0);
}

static void make_more(struct co_random *random)
{
    uint32_t *state = random->state;

    for (unsigned i = 0; i < N; i++)
        state[i] = state[(i + M) % N] ^ twist(state[i], state[(i + 1) % N]);
    random->next = 0;
}

static uint32_t next_word(struct co_random *random)
{
    if (random->next == N)
        make_more(random);
    uint32_t y = random->state[random->next++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

/* ---- what CPython makes of it -------------------------------------------- */

/* The key is the seed's 32-bit words, the lowest first, without leading zeros. */
static void seed_with(struct co_random *random, uint64_t seed)
{
    const uint32_t key[] = { (uint32_t)seed, (uint32_t)(seed >> 32) };

    init_by_array(random, key, key[1] ? 2 : 1);
}

static struct co_random *generator(const char *function)
{
    struct co_loop *loop = co_loop_here(function);

    if (!loop->random) {
        loop->random = co_alloc(sizeof(*loop->random));
        seed_with(loop->random, loop->seed);
    }
    return loop->random;
}

void co_random_seed(uint64_t seed) { seed_with(generator(__func__), seed); }

static double fraction(struct co_random *random)
{
    uint32_t a = next_word(random) >> 5, b = next_word(random) >> 6;

    return (a * 67108864.0 + b) / 9007199254740992.0;
}

double co_random(void) { return fraction(generator(__func__)); }

double co_uniform(double a, double b)
{
    return a + (b - a) * fraction(generator(__func__));
}

/* `bits` random bits, 1 to 64; the lowest word is drawn first. */
static uint64_t random_bits(struct co_random *random, unsigned bits)
{
    if (bits <= 32)
        return next_word(random) >> (32 - bits);
    uint64_t low = next_word(random);
    return low | (uint64_t)(next_word(random) >> (64 - bits)) << 32;
}

/* A number below `limit`: draw as many bits as the limit has, until the number is below
 * it. 0 means 2 to the 64th, which has 65 bits.
 */
static uint64_t random_below(struct co_random *random, uint64_t limit)
{
    if (limit == 0) {
        uint64_t low = random_bits(random, 64);
        while (random_bits(random, 1) != 0)
            low = random_bits(random, 64);
        return low;
    }

    unsigned bits = 64 - (unsigned)__builtin_clzll(limit);
    uint64_t r = random_bits(random, bits);
    while (r >= limit)
        r = random_bits(random, bits);
    return r;
}

int64_t co_randint(int64_t a, int64_t b)
{
    struct co_random *random = generator(__func__);

    return (int64_t)((uint64_t)a + random_below(random, (uint64_t)b - (uint64_t)a + 1));
}

size_t co_choice(size_t count)
{
    return (size_t)random_below(generator(__func__), count);
}

/* random.h — the random numbers of CPython's `random`, for the same seed.
 *
 *     co_random_seed(7);
 *     co_say("%.3f", co_random());
 *     co_say("%d", (int)co_randint(1, 6));
 *     const char *words[] = { "red", "green", "blue" };
 *     co_say("%s", words[co_choice(3)]);
 *
 * The generator is MT19937 (M. Matsumoto and T. Nishimura, "Mersenne Twister: a
 * 623-dimensionally equidistributed uniform pseudo-random number generator", ACM
 * TOMACS 8(1), 1998) with its init_by_array seeding of 2002; what is built on it
 * follows the documented behaviour of CPython's Lib/random.py.
 *
 * The state belongs to the running program; co_options.seed is its first seed.
 */
#ifndef CO_RANDOM_H
#define CO_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* random.seed(seed) */
void co_random_seed(uint64_t seed);

/* random.random(): in [0, 1), 53 bits. */
double co_random(void);

/* Between a and b, either way round. */
double co_uniform(double a, double b);

/* A whole number from a to b, both included; a <= b. */
int64_t co_randint(int64_t a, int64_t b);

/* An index below `count`, which is at least 1: what random.choice would take. */
size_t co_choice(size_t count);

#endif

/* random.h: the sequences are those of CPython's random module for the same seed. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>

#include "engine/co.h"

/* The numbers of one seed: eight real ones, and fourteen integers. */
struct drawn {
    uint64_t seed;
    double reals[8];
    int64_t wholes[14];
};

/* Calls of all kinds in turn, since all of them draw from one sequence. A range of one
 * number draws too, and one that is no power of two may draw more than once.
 */
static struct drawn draw(uint64_t seed)
{
    struct drawn drawn = { seed };
    double *real = drawn.reals;
    int64_t *whole = drawn.wholes;

    co_random_seed(seed);
    *real++ = co_random();
    *whole++ = co_randint(1, 6);
    *real++ = co_uniform(1, 10);
    *whole++ = (int64_t)co_choice(3);
    *real++ = co_random();
    *whole++ = co_randint(0, 0);
    *whole++ = (int64_t)co_choice(1);
    *whole++ = co_randint(-5, 5);
    *real++ = co_uniform(5, -5);
    *whole++ = co_randint(0, 255);
    *real++ = co_random();
    *whole++ = co_randint(1, 1000000);
    *whole++ = (int64_t)co_choice(7);
    *whole++ = co_randint(-(1LL << 40), 1LL << 40);
    *whole++ = (int64_t)co_choice(1000);
    *whole++ = co_randint(0, UINT32_MAX);
    *whole++ = co_randint(0, 1LL << 32);
    *real++ = co_random();
    *whole++ = co_randint(INT64_MIN, INT64_MAX);
    *whole++ = co_randint(0, INT64_MAX);
    *real++ = co_uniform(0.5, 0.5);
    *real++ = co_random();
    return drawn;
}

static const struct drawn in_python[] = {
    { 0,
      { 0.8444218515250481, 1.364359403626998, 0.48592769656281265, -0.8338203945503118,
        0.5046868558173903, 0.09876334465914771, 0.5, 0.31619669952159346 },
      { 4, 2, 0, 0, 0, 111, 295529, 1, -679653645703, 633, 3433407905, 631194409,
        -3132308384630861270, 1857609452829537054 } },
    { 1,
      { 0.13436424411240122, 3.2956212316547955, 0.7609624449125756, 4.0614041322576515,
        0.8933170425576351, 0.9014274576114836, 0.5, 0.9690406502940995 },
      { 1, 1, 0, 0, -2, 14, 408745, 3, -1087626776231, 712, 1912923437, 4059906722,
        -8811601758140449060, 7031976986307758809 } },
    { 2,
      { 0.9560342718892494, 1.8242630866456624, 0.8354988781294496, 2.877811893313994,
        0.5812040171120031, 0.4648938620973121, 0.5, 0.17671998087423235 },
      { 1, 1, 0, 0, 4, 18, 166077, 3, 629807438735, 822, 4077622522, 117874757,
        7521661924887948850, 4355708133011388799 } },
    { 3,
      { 0.23796462709189137, 2.173805164766285, 0.47405353654712656, 2.4064598567199234,
        0.1917441039952995, 0.8680453071432968, 0.5, 0.7188239240658031 },
      { 5, 2, 0, 0, 2, 119, 751985, 3, 994498093271, 406, 646892613, 2726705791,
        1680490732736907042, 4970137034821939552 } },
    { UINT64_C(1) << 32,
      { 0.11299430095636409, 9.412491486594732, 0.6117214625782752, 3.6191523763705993,
        0.5010839575093858, 0.6613828308024899, 0.5, 0.9413487773466416 },
      { 4, 0, 0, 0, -5, 221, 359343, 5, 1006660078694, 949, 1985290963, 2970566286,
        3858011957593233021, 5173909944392212289 } },
    { (UINT64_C(1) << 40) + 5,
      { 0.5043802970418443, 6.974184515566221, 0.530959239292452, -2.9651593280092587,
        0.23897525615090331, 0.7841300409530707, 0.5, 0.09513018887332436 },
      { 3, 0, 0, 0, -4, 68, 685255, 5, -12297660035, 671, 3479373706, 3150046711,
        -8404806604764717449, 5260252766641770897 } },
};

static int all_seeds(void)
{
    for (size_t i = 0; i < sizeof(in_python) / sizeof(*in_python); i++) {
        const struct drawn *want = &in_python[i];
        struct drawn got = draw(want->seed);

        for (int k = 0; k < 8; k++)
            cr_expect(eq(dbl, got.reals[k], want->reals[k]), "real %d of seed %llu", k,
                      (unsigned long long)want->seed);
        for (int k = 0; k < 14; k++)
            cr_expect(eq(i64, got.wholes[k], want->wholes[k]), "whole %d of seed %llu",
                      k, (unsigned long long)want->seed);
    }
    return 0;
}

Test(random, draws_the_numbers_of_python)
{
    cr_assert(zero(int, co_program(all_seeds, NULL)));
}

static int the_largest_seed(void)
{
    co_random_seed(UINT64_MAX);
    cr_expect(eq(dbl, co_random(), 0.021825695401270107));
    cr_expect(eq(dbl, co_random(), 0.3380953268613758));
    cr_expect(eq(dbl, co_random(), 0.21196748656082065));
    return 0;
}

Test(random, takes_a_seed_of_64_bits)
{
    cr_assert(zero(int, co_program(the_largest_seed, NULL)));
}

static int far_along(void)
{
    double last = 0;

    co_random_seed(1);
    for (int i = 0; i < 2000; i++)
        last = co_random();
    cr_expect(eq(dbl, last, 0.4499663746974547));
    return 0;
}

/* The generator computes its numbers 624 at a time. */
Test(random, continues_the_sequence_as_python_does)
{
    cr_assert(zero(int, co_program(far_along, NULL)));
}

static int main_task(void *)
{
    cr_expect(eq(dbl, co_random(), 0.6394267984578837));
    await(co_sleep(1));
    cr_expect(eq(dbl, co_random(), 0.025010755222666936));
    return 0;
}

static int one_sequence(void)
{
    int r = co_run(main_task, NULL);

    cr_expect(eq(dbl, co_random(), 0.27502931836911926));
    return r;
}

Test(random, has_one_sequence_for_a_program_and_its_runs)
{
    co_options options = { .virtual_time = true, .seed = 42 };

    for (int i = 0; i < 2; i++)
        cr_assert(zero(int, co_program(one_sequence, &options)));
}

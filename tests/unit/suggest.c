/* suggest.c — how far names are apart, and which are suggested. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/suggest.h"

static size_t apart(const char *a, const char *b)
{
    size_t distance = suggest_distance(a, b);

    cr_expect(eq(sz, suggest_distance(b, a), distance), "%s, %s", a, b);
    return distance;
}

Test(suggest, counts_letters_added_removed_changed_and_swapped)
{
    cr_expect(eq(sz, apart("gather", "gather"), 0));
    cr_expect(eq(sz, apart("", "gather"), 6));
    cr_expect(eq(sz, apart("gathr", "gather"), 1));
    cr_expect(eq(sz, apart("gatther", "gather"), 1));
    cr_expect(eq(sz, apart("gadher", "gather"), 1));
    cr_expect(eq(sz, apart("gahter", "gather"), 1));
    cr_expect(eq(sz, apart("kitten", "sitting"), 3));
    cr_expect(eq(sz, apart("", ""), 0));
}

/* Where letters that are swapped may part again, the distance is a true metric. */
Test(suggest, counts_a_swap_around_an_addition_as_two)
{
    cr_expect(eq(sz, apart("ca", "abc"), 2));
    cr_expect(eq(sz, apart("a cat", "an act"), 2));
}

Test(suggest, takes_upper_case_for_lower)
{
    cr_expect(eq(sz, apart("GATHER", "gather"), 0));
}

Test(suggest, looks_at_a_limited_number_of_letters)
{
    char *word = calloc(1, 10001);

    memset(word, 'a', 10000);
    cr_expect(eq(sz, apart(word, "a"), SUGGEST_MAX_LENGTH - 1));
    cr_expect(eq(sz, apart(word, word), 0));
    free(word);
}

/* The sentence for a word among the names, NULL at their end. */
static char *sentence(const char *word, const char *const names[])
{
    struct suggestion meant;

    suggest_begin(&meant, word);
    while (*names)
        suggest_offer(&meant, *names++);
    suggest_end(&meant);
    return suggest_sentence(&meant, "");
}

static void expect(const char *word, const char *const names[], const char *expected)
{
    char *got = sentence(word, names);

    cr_expect(eq(str, got, (char *)expected), "%s", word);
    free(got);
}

static const char *const lessons[] = { "gather", "tasks",    "queues",
                                       "locks",  "timeouts", NULL };

Test(suggest, names_what_is_close_enough_for_its_length)
{
    expect("gahter", lessons, " Did you mean 'gather'?");
    expect("Locks", lessons, " Did you mean 'locks'?");
    expect("lcks", lessons, " Did you mean 'locks'?");
    expect("lkcs", lessons, "");
    expect("ghtaer", lessons, " Did you mean 'gather'?");
    expect("teimouuts", lessons, " Did you mean 'timeouts'?");
    expect("zzz", lessons, "");
    expect("", lessons, "");
}

Test(suggest, names_the_only_one_the_word_begins)
{
    expect("ga", lessons, " Did you mean 'gather'?");
    expect("t", lessons, "");
    expect("ti", lessons, " Did you mean 'timeouts'?");
}

Test(suggest, prefers_the_closest_and_then_what_begins_alike)
{
    static const char *const flags[] = { "seed", "speed", "step", NULL };

    expect("sped", flags, " Did you mean 'speed'?");
    expect("sed", flags, " Did you mean 'seed'?");
}

Test(suggest, names_three_at_most)
{
    static const char *const names[] = { "bat", "cat", "hat", "rat", NULL };

    expect("at", names, " Did you mean 'bat', 'cat' or 'hat'?");
    expect("at", names + 2, " Did you mean 'hat' or 'rat'?");
}

Test(suggest, leaves_very_long_words_alone)
{
    char *word = calloc(1, 100001);

    memset(word, 'g', 100000);
    expect(word, lessons, "");
    free(word);
}

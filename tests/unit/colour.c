/* colour.c — the colours of tasks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "cli/colour.h"

Test(colour, is_one_of_eight_in_turn)
{
    for (enum colours colours = COLOURS_8; colours <= COLOURS_256; colours++) {
        cr_expect(zero(ptr, (void *)colour_of_task(colours, -1)));
        for (int place = 0; place < TASK_COLOURS; place++) {
            const char *colour = colour_of_task(colours, place);
            cr_expect(eq(str, (char *)colour,
                         (char *)colour_of_task(colours, place + TASK_COLOURS)));
            for (int other = 0; other < place; other++)
                cr_expect(
                    ne(str, (char *)colour, (char *)colour_of_task(colours, other)));
        }
    }
    cr_expect(zero(ptr, (void *)colour_of_task(COLOURS_NONE, 3)));
}

static void expect_begun(enum colours colours, enum weight weight, const char *colour,
                         const char *expected)
{
    char begun[32] = "";
    FILE *out = fmemopen(begun, sizeof(begun), "w");

    colour_begin(out, colours, weight, colour);
    fputs("x", out);
    colour_end(out, colours, weight, colour);
    fclose(out);
    cr_expect(eq(str, begun, (char *)expected));
}

Test(colour, is_written_only_where_it_makes_a_difference)
{
    expect_begun(COLOURS_8, WEIGHT_NORMAL, NULL, "x");
    expect_begun(COLOURS_8, WEIGHT_NORMAL, "36", "\033[36mx\033[0m");
    expect_begun(COLOURS_8, WEIGHT_BOLD, NULL, "\033[1mx\033[0m");
    expect_begun(COLOURS_8, WEIGHT_DIM, "36", "\033[2;36mx\033[0m");
    expect_begun(COLOURS_NONE, WEIGHT_BOLD, "36", "x");
}

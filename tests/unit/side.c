/* Two programs next to each other: lines that share words share a row. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>

#include "cli/text.h"
#include "cli/views/side.h"

static void expect(const char *left, const char *right, unsigned width,
                   const char *rows)
{
    char *shown;
    size_t size;
    FILE *out = text_stream(&shown, &size);

    side_print(out, left, right, width);
    fclose(out);
    cr_expect(eq(str, shown, (char *)rows));
    free(shown);
}

Test(side, pairs_lines_by_their_words)
{
    expect("start\n\nsay one\nsay two\n", "import\nsay ONE\nsay two\nrun\n", 23,
           "start      | import\n"
           "           |\n"
           "say one    | say ONE\n"
           "say two    | say two\n"
           "           | run\n");
}

Test(side, keeps_the_order_of_both)
{
    expect("alpha\nbeta\n", "beta\nalpha\n", 23,
           "           | beta\n"
           "alpha      | alpha\n"
           "beta       |\n");
}

Test(side, continues_long_lines)
{
    expect("  call(one, two)\n", "abcdefghijklmno\n", 27,
           "  call(one,  | abcdefghijkl\n"
           "      two)   |     mno\n");
}

Test(side, shows_one_alone)
{
    expect("a\nb\n", "", 23, "a          |\nb          |\n");
    expect("", "a\n", 23, "           | a\n");
    expect("", "", 23, "");
}

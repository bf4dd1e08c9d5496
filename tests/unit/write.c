/* write.c — a trace as a terminal shows it: in colours, and cut to its width. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>

#include "cli/colour.h"
#include "tests/support/traces.h"

static char *coloured(const char *lines, enum colours colours)
{
    struct trace trace = parse(lines);
    char *text = written(&trace, (struct trace_writer){
                                     .format = &trace_format_text,
                                     .level = LEVEL_TASK,
                                     .bare = true,
                                     .colours = colours,
                                 });
    trace_finish(&trace);
    return text;
}

static void expect_coloured(const char *text, enum colours colours,
                            const char *expected)
{
    char *shown = coloured(text, colours);

    cr_expect(eq(str, shown, (char *)expected));
    free(shown);
}

Test(write, has_words_with_a_weight_on_request)
{
    expect_coloured("    0.000  A         done       = 2\n", COLOURS_8,
                    "    0.000  A         done       = 2\n");
    expect_coloured("    0.000  A         say        \"hi\"\n", COLOURS_8,
                    "    0.000  A         \033[1msay\033[0m        \"hi\"\n");
    expect_coloured("    0.000  A         wait       yield\n", COLOURS_8,
                    "    0.000  A         \033[2mwait\033[0m       yield\n");
    expect_coloured("    0.000  A         fail\n", COLOURS_8,
                    "    0.000  A         \033[1mfail\033[0m\n");
}

Test(write, has_tasks_in_colours_of_their_own_on_request)
{
    static const char two[] = "    0.000  -         spawn      main\n"
                              "    0.000  main      start\n"
                              "    0.000  main      spawn      B\n"
                              "    0.000  B         start\n";

    expect_coloured(two, COLOURS_8,
                    "    0.000  -         spawn      main\n"
                    "    0.000  \033[36mmain\033[0m      start\n"
                    "    0.000  \033[36mmain\033[0m      spawn      B\n"
                    "    0.000  \033[33mB\033[0m         start\n");
    expect_coloured(two, COLOURS_256,
                    "    0.000  -         spawn      main\n"
                    "    0.000  \033[38;5;32mmain\033[0m      start\n"
                    "    0.000  \033[38;5;32mmain\033[0m      spawn      B\n"
                    "    0.000  \033[38;5;166mB\033[0m         start\n");
    expect_coloured(two, COLOURS_NONE, two);
}

static char *cut_at(const struct trace *trace, unsigned width, enum colours colours)
{
    return written(trace, (struct trace_writer){
                              .format = &trace_format_text,
                              .level = LEVEL_TASK,
                              .bare = true,
                              .colours = colours,
                              .width = width,
                          });
}

Test(write, is_cut_to_a_width_on_request)
{
    struct trace trace =
        parse("    0.000  A         say        \"\xc3\xa9\xc3\xa9\"\n");
    char *whole = cut_at(&trace, 36, COLOURS_NONE),
         *cut = cut_at(&trace, 35, COLOURS_NONE);
    char *coloured = cut_at(&trace, 35, COLOURS_8);

    cr_expect(eq(str, whole, "    0.000  A         say        \"\xc3\xa9\xc3\xa9\"\n"));
    cr_expect(eq(str, cut, "    0.000  A         say        \"\xc3\xa9~\n"));
    cr_expect(eq(str, coloured,
                 "    0.000  A         \033[1msay\033[0m        \"\xc3\xa9~\n"));
    free(whole);
    free(cut);
    free(coloured);
    trace_finish(&trace);
}

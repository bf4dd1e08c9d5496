/* catalogue.c — lessons and examples are found by their names. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>

#include "cli/commands/catalogue.h"
#include "cli/text.h"

Test(catalogue, finds_every_lesson_and_example)
{
    struct choice choice;

    for (size_t i = 0; i < lesson_count; i++) {
        cr_assert(catalogue_find(lessons[i].name, &choice));
        cr_expect(choice.lesson == &lessons[i]);
        cr_expect(zero(ptr, (void *)choice.example));
    }
    for (size_t i = 0; i < example_count; i++) {
        char *name = text_format("%s:%s", examples[i].lesson->name, examples[i].name);
        cr_assert(catalogue_find(name, &choice), "%s", name);
        cr_expect(choice.lesson == examples[i].lesson);
        cr_expect(choice.example == &examples[i]);
        free(name);
    }
}

Test(catalogue, finds_an_example_by_the_id_of_a_tutorial_program)
{
    struct choice choice;

    cr_assert(catalogue_find("C14", &choice));
    cr_expect(eq(str, (char *)choice.example->name, "order"));
    cr_assert(catalogue_find("b08X", &choice));
    cr_expect(eq(str, (char *)choice.example->name, "shutdown"));
    for (size_t i = 0; i < example_count; i++)
        cr_expect(not(catalogue_replays(&examples[i], "")));
}

Test(catalogue, finds_nothing_else)
{
    static const char *const names[] = {
        "",      ":",       "gather:", ":counters", "counters",
        "gathe", "gathers", "Gather",  "gather:x",  "gather:countersx",
        "C1",    "C14 ",    "Z99",     "C14:order"
    };
    struct choice choice;

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        cr_expect(not(catalogue_find(names[i], &choice)), "%s", names[i]);
}

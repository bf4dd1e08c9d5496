/* command.c — the table of commands. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/commands/command.h"
#include "cli/commands/topics.h"

/* The name of a lesson alone always runs it. */
Test(command, share_no_name_with_a_lesson)
{
    for (size_t i = 0; i < lesson_count; i++)
        cr_expect(zero(ptr, (void *)command_find(lessons[i].name)), "%s",
                  lessons[i].name);
    for (size_t i = 0; topic_name(i); i++) {
        struct choice choice;
        cr_expect(zero(ptr, (void *)command_find(topic_name(i))), "%s", topic_name(i));
        cr_expect(not(catalogue_find(topic_name(i), &choice)), "%s", topic_name(i));
    }
}

Test(command, take_sensible_numbers_of_names)
{
    for (const struct command *const *at = commands; *at; at++) {
        const struct command *command = *at;
        bool named = command->names != NAMES_NONE;
        cr_expect(command->least <= command->most, "%s", command->name);
        cr_expect(command->least == 0 || command->names == NAMES_EXAMPLES ||
                      command->names == NAMES_ABOUT,
                  "%s", command->name);
        cr_expect(named == (command->most > 0), "%s", command->name);
    }
}

Test(command, are_found_by_name_and_alias)
{
    for (const struct command *const *command = commands; *command; command++) {
        cr_expect(eq(ptr, (void *)command_find((*command)->name), (void *)*command));
        if ((*command)->alias)
            cr_expect(
                eq(ptr, (void *)command_find((*command)->alias), (void *)*command));
    }
    cr_expect(zero(ptr, (void *)command_find("gather")));
}

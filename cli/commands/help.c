/* help [WORD] — all commands, or one command, lesson or example. */
#include "cli/commands/command.h"

static int run(struct session *session, const struct arguments *arguments)
{
    if (arguments->count == 0) {
        command_print_all(session);
        return STATUS_OK;
    }

    const struct command *command = command_find(arguments->names[0]);
    if (command) {
        command_print_help(session, command);
        return STATUS_OK;
    }

    /* The help for a lesson is `about`. */
    struct choice choice;
    struct arguments about = { .choices = &choice, .count = 1 };
    int status = catalogue_find_or_report(session, arguments->names[0],
                                          command_offer_names, &choice);
    return status == STATUS_OK ? command_find("about")->run(session, &about) : status;
}

const struct command cmd_help = {
    .name = "help",
    .alias = "?",
    .usage = "[WORD]",
    .help = "show all commands, or explain one command, lesson or example",
    .names = NAMES_HELP,
    .most = 1,
    .run = run,
};

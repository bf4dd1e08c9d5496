/* help [WORD] — all commands, or one command, lesson or example. */
#include "cli/commands/command.h"
#include "cli/commands/topics.h"

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

    /* The help for anything else is `about`, which takes no command's name. */
    struct choice choice;
    const char *name = arguments->names[0];
    if (topic_print(session, name))
        return STATUS_OK;
    int status = catalogue_find_or_report(session, name, command_offer_names, &choice);
    return status == STATUS_OK ? command_find("about")->run(session, arguments)
                               : status;
}

const struct command cmd_help = {
    .name = "help",
    .alias = "?",
    .usage = "[WORD]",
    .help = "show all commands and topics, or explain one of them, or a lesson",
    .names = NAMES_HELP,
    .most = 1,
    .run = run,
};

/* help [WORD] — what there is to type; or what one command or lesson is. */
#include <stdlib.h>

#include "cli/catalogue.h"
#include "cli/command.h"

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

    /* A lesson explains itself. */
    struct topic topic;
    const struct entry *example;
    int status = catalogue_need(session, arguments->names[0], true, &topic, &example);
    return status == STATUS_OK ? command_find("about")->run(session, arguments)
                               : status;
}

const struct command cmd_help = {
    .name = "help",
    .alias = "?",
    .usage = "[WORD]",
    .help = "say what there is to type, or what one command or lesson is",
    .names = NAMES_HELP,
    .most = 1,
    .run = run,
};

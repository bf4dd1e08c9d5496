/* quit — leave the prompt. */
#include "cli/commands/command.h"

static int run(struct session *session, const struct arguments *)
{
    session->leave = true;
    return STATUS_OK;
}

const struct command cmd_quit = {
    .name = "quit",
    .alias = "exit",
    .usage = "",
    .help = "leave; so does Ctrl-D",
    .run = run,
};

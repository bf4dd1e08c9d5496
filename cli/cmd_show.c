/* show NAME — the source of an example. */
#include <stdio.h>

#include "cli/catalogue.h"
#include "cli/command.h"

static int run(struct session *session, const struct arguments *arguments)
{
    struct topic topic;
    const struct entry *example;

    if (arguments->count == 0)
        return session_complain(session, STATUS_USAGE,
                                "which example? (such as '%sshow %s')",
                                session_before_command(session), lessons[0].name);
    int status = catalogue_need(session, arguments->names[0], false, &topic, &example);
    if (status != STATUS_OK)
        return status;
    if (!example)
        example = topic.examples;
    fputs(flags_have(&arguments->flags, FLAG_PYTHON) ? example->twin : example->source,
          stdout);
    return STATUS_OK;
}

const struct command cmd_show = {
    .name = "show",
    .usage = "NAME[:EXAMPLE]",
    .help = "print the source of an example, or of its Python twin",
    .examples = "  show gather              the first example of the lesson, in C\n"
                "  show gather --python     the same in Python\n",
    .flags = FLAG(PYTHON),
    .names = NAMES_EXAMPLES,
    .most = 1,
    .run = run,
};

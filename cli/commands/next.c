/* next — replay the lesson that comes next. */
#include <stdio.h>

#include "cli/commands/command.h"
#include "cli/commands/progress.h"

extern const struct flag *const run_flags[];
extern const struct command cmd_run;

static int run(struct session *session, const struct arguments *arguments)
{
    struct choice choice = { .lesson = progress_next(session) };
    struct arguments lesson = *arguments;

    if (!choice.lesson) {
        printf("All %zu lessons were seen ('%slist' shows them).\n", lesson_count,
               session_before_command(session));
        return STATUS_OK;
    }
    lesson.names = &choice.lesson->name;
    lesson.choices = &choice;
    lesson.count = 1;
    return cmd_run.run(session, &lesson);
}

const struct command cmd_next = {
    .name = "next",
    .usage = "",
    .help = "replay the first lesson that was not seen on a terminal yet",
    .flags = run_flags,
    .run = run,
};

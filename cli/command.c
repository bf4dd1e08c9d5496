#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/catalogue.h"
#include "cli/text.h"

extern const struct command cmd_list, cmd_about, cmd_run, cmd_show, cmd_timeline,
    cmd_help, cmd_quit;

const struct command *const commands[] = {
    &cmd_list,     &cmd_about, &cmd_run,  &cmd_show,
    &cmd_timeline, &cmd_help,  &cmd_quit, NULL,
};

const struct command *command_find(const char *name)
{
    for (const struct command *const *command = commands; *command; command++)
        if (strcmp((*command)->name, name) == 0 ||
            ((*command)->alias && strcmp((*command)->alias, name) == 0))
            return *command;
    return NULL;
}

/* ---- running ------------------------------------------------------------- */

static int check_flags(struct session *session, const struct command *command,
                       uint64_t given)
{
    uint64_t other = given & ~(command->flags | FLAGS_COMMON);

    for (enum flag_id id = 0; id < FLAGS; id++)
        if (other & UINT64_C(1) << id)
            return session_complain(
                session, STATUS_USAGE,
                "'%s' takes no --%s ('%shelp %s' shows what it takes)", command->name,
                flag_table[id].name, session_before_command(session), command->name);
    return STATUS_OK;
}

/* What was written must have arrived: a full disk is only seen now. */
static int check_output(struct session *session, int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    int r = session_complain(session, STATUS_FILE,
                             "cannot write to standard output: %s", strerror(errno));
    clearerr(stdout);
    return r > status ? r : status;
}

static int run_named(struct session *session, const struct command *command,
                     const struct arguments *arguments, uint64_t given)
{
    int status = check_flags(session, command, given);

    if (status != STATUS_OK)
        return status;
    if (arguments->count > command->most) {
        char *quoted = text_quote(arguments->names[command->most], 40);
        status = session_complain(
            session, STATUS_USAGE, "one name too many: %s (usage: %s%s%s)", quoted,
            command->name, *command->usage ? " " : "", command->usage);
        free(quoted);
        return status;
    }
    return command->run(session, arguments);
}

/* The flags are known; find out what they are about. */
static int run_words(struct session *session, struct arguments *arguments,
                     uint64_t given)
{
    const char *name = arguments->count ? arguments->names[0] : "";
    const struct command *command = command_find(name);
    struct topic topic;
    const struct entry *example;

    if (given & FLAG(VERSION)) {
        puts("interleave " VERSION);
        return STATUS_OK;
    }
    if (given & FLAG(HELP)) {
        if (catalogue_find(name, &topic, &example))
            command = &cmd_run;
        if (command)
            command_print_help(session, command);
        else
            command_print_all(session);
        return STATUS_OK;
    }
    if (!arguments->count)
        return session_complain(session, STATUS_USAGE,
                                "which command? ('%shelp' shows what there is)",
                                session_before_command(session));
    if (command) {
        arguments->names++;
        arguments->count--;
        return run_named(session, command, arguments, given);
    }

    /* A lesson's name alone runs it. */
    int status = catalogue_need(session, name, true, &topic, &example);
    return status == STATUS_OK ? run_named(session, &cmd_run, arguments, given)
                               : status;
}

static int run_problem(struct session *session, struct problem *problem)
{
    if (problem->instead)
        session_offer(session, problem->word, problem->instead);
    int status = session_complain(session, STATUS_USAGE, "%s", problem->sentence);
    problem_finish(problem);
    return status;
}

int command_run(struct session *session, size_t count, const char *const words[])
{
    struct arguments arguments = { .flags = session->defaults };
    struct problem problem;
    const char **names = need(calloc(count + 1, sizeof(*names)));

    if (count)
        memcpy(names, words, count * sizeof(*names));
    session->words = words;
    session->word_count = count;
    arguments.flags.given = 0;
    arguments.count = flags_parse(&arguments.flags, count, names, &problem);
    arguments.names = names;

    uint64_t given = arguments.flags.given;
    arguments.flags.given |= session->defaults.given;
    const struct command *command = arguments.count ? command_find(names[0]) : NULL;
    session->command = command ? command->name : NULL;
    session->term = term_find(arguments.flags.colour, arguments.flags.unicode);
    int status = problem.sentence ? run_problem(session, &problem)
                                  : run_words(session, &arguments, given);
    status = check_output(session, status);
    session->command = NULL;
    session->words = NULL;
    session->word_count = 0;
    free(names);
    return status;
}

/* ---- help ---------------------------------------------------------------- */

/* `left`, then `right` in a column of its own, wrapped there. */
static void print_pair(const char *left, const char *right, unsigned column,
                       unsigned width)
{
    unsigned taken = 2 + (unsigned)printf("%s", left);

    if (taken + 2 > column) {
        putchar('\n');
        taken = 0;
    }
    text_print_wrapped(stdout, right, taken, column, width);
}

static void print_flags(const struct session *session, uint64_t flags)
{
    for (enum flag_id id = 0; id < FLAGS; id++) {
        const struct flag *flag = &flag_table[id];
        if (!(flags & UINT64_C(1) << id))
            continue;
        char letter[] = { '-', flag->letter, ',', ' ', '\0' };
        char *left =
            text_format("%s--%s%s%s", flag->letter ? letter : "    ", flag->name,
                        flag->value ? " " : "", flag->value ? flag->value : "");
        fputs("  ", stdout);
        print_pair(left, flag->help, 32, session->term.prose);
        free(left);
    }
}

void command_print_help(const struct session *session, const struct command *command)
{
    printf("%s%s%s - %s\n", command->name, *command->usage ? " " : "", command->usage,
           command->help);
    if (command->examples)
        printf("\n%s", command->examples);
    if (command->flags) {
        printf("\nflags\n");
        print_flags(session, command->flags);
    }
    printf("\nevery command takes\n");
    print_flags(session, FLAGS_COMMON);
}

void command_print_all(const struct session *session)
{
    if (!session->prompt)
        printf("interleave [COMMAND] [NAME...] [FLAG...]\n"
               "Without a command: the prompt, or commands from standard input.\n\n");
    for (const struct command *const *command = commands; *command; command++) {
        char *left = text_format("%s %s", (*command)->name, (*command)->usage);
        fputs("  ", stdout);
        print_pair(left, (*command)->help, 32, session->term.prose);
        free(left);
    }
    printf("\nA lesson's name alone runs it; '%slist' shows which there are, and\n"
           "'%shelp COMMAND' what a command takes.\n",
           session_before_command(session), session_before_command(session));
    if (!session->prompt) {
        printf("\nflags\n");
        print_flags(session, FLAGS_COMMON);
        printf("\nwithout a command also\n");
        print_flags(session, FLAG(KEEP_GOING));
    }
}

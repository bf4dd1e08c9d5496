#include "cli/commands/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/topics.h"
#include "cli/text.h"

extern const struct command cmd_list, cmd_about, cmd_run, cmd_next, cmd_show,
    cmd_timeline, cmd_truth, cmd_new, cmd_help, cmd_quit;

const struct command *const commands[] = {
    &cmd_list,  &cmd_about, &cmd_run,  &cmd_next, &cmd_show, &cmd_timeline,
    &cmd_truth, &cmd_new,   &cmd_help, &cmd_quit, NULL,
};

const struct command *command_find(const char *name)
{
    for (const struct command *const *command = commands; *command; command++)
        if (strcmp((*command)->name, name) == 0 ||
            ((*command)->alias && strcmp((*command)->alias, name) == 0))
            return *command;
    return NULL;
}

const flag_list *command_flag_lists(void)
{
    static flag_list lists[2 + sizeof(commands) / sizeof(*commands)];
    size_t count = 0;

    lists[count++] = flags_common;
    lists[count++] = flags_without_command;
    for (const struct command *const *command = commands; *command; command++)
        if ((*command)->flags)
            lists[count++] = (*command)->flags;
    lists[count] = NULL;
    return lists;
}

void command_offer_names(struct suggestion *meant)
{
    for (const struct command *const *command = commands; *command; command++)
        suggest_offer(meant, (*command)->name);
}

/* ---- running ------------------------------------------------------------- */

static int check_flags(struct session *session, const struct command *command,
                       const struct flags *flags)
{
    for (size_t i = 0; i < flags->count; i++) {
        const struct flag *flag = flags->values[i].flag;
        if (!flags->values[i].inherited && !flag_is_in(flag, flags_common) &&
            !flag_is_in(flag, command->flags))
            return session_error(session, STATUS_USAGE,
                                 "'%s' takes no --%s ('%shelp %s' shows what it takes)",
                                 command->name, flag->name,
                                 session_before_command(session), command->name);
    }
    return STATUS_OK;
}

/* True if a flag stands for all names. */
static bool names_all(const struct flags *flags)
{
    for (size_t i = 0; i < flags->count; i++)
        if (flags->values[i].flag->all_names)
            return true;
    return false;
}

static int check_count(struct session *session, const struct command *command,
                       const struct arguments *arguments)
{
    if (arguments->count < command->least && !names_all(&arguments->flags))
        return session_error(session, STATUS_USAGE,
                             "which lesson? (such as '%s%s %s'; '%slist' shows all)",
                             session_before_command(session), command->name,
                             lessons[0].name, session_before_command(session));
    if (arguments->count <= command->most)
        return STATUS_OK;
    char *quoted = text_quote(arguments->names[command->most], 40);
    session_error(session, STATUS_USAGE, "one name too many: %s (usage: %s%s%s)",
                  quoted, command->name, *command->usage ? " " : "", command->usage);
    free(quoted);
    return STATUS_USAGE;
}

/* Look up all names before the command runs: if one is wrong, nothing happens. */
static int run_choices(struct session *session, const struct command *command,
                       const struct arguments *arguments)
{
    struct choice *choices = xnonnull(calloc(arguments->count + 1, sizeof(*choices)));
    struct arguments chosen = *arguments;
    int status = STATUS_OK;

    for (size_t i = 0; i < arguments->count && status == STATUS_OK; i++)
        status =
            catalogue_find_or_report(session, arguments->names[i], NULL, &choices[i]);
    chosen.choices = choices;
    if (status == STATUS_OK)
        status = command->run(session, &chosen);
    free(choices);
    return status;
}

static int run_command(struct session *session, const struct command *command,
                       const struct arguments *arguments)
{
    int status = check_flags(session, command, &arguments->flags);

    if (status == STATUS_OK)
        status = check_count(session, command, arguments);
    if (status != STATUS_OK)
        return status;
    return command->names == NAMES_EXAMPLES ? run_choices(session, command, arguments)
                                            : command->run(session, arguments);
}

static int print_help(const struct session *session, const struct command *command,
                      const char *name)
{
    struct choice choice;

    if (!command && catalogue_find(name, &choice))
        command = &cmd_run;
    if (command)
        command_print_help(session, command);
    else
        command_print_all(session);
    return STATUS_OK;
}

/* The flags have been taken out; the first word is a command or a lesson. */
static int run_words(struct session *session, struct arguments *arguments)
{
    const char *name = arguments->count ? arguments->names[0] : "";
    const struct command *command = command_find(name);
    struct choice choice;

    if (flags_have(&arguments->flags, &flag_version)) {
        puts("interleave " VERSION);
        return STATUS_OK;
    }
    if (flags_have(&arguments->flags, &flag_help))
        return print_help(session, command, name);
    if (!arguments->count)
        return session_error(session, STATUS_USAGE,
                             "which command? ('%shelp' shows them all)",
                             session_before_command(session));
    if (command) {
        arguments->names++;
        arguments->count--;
        return run_command(session, command, arguments);
    }

    /* A lesson's name alone runs it. */
    int status = catalogue_find_or_report(session, name, command_offer_names, &choice);
    return status == STATUS_OK ? run_command(session, &cmd_run, arguments) : status;
}

static int report_problem(struct session *session, struct problem *problem)
{
    if (problem->instead)
        session_offer(session, problem->word, problem->instead);
    int status = session_error(session, STATUS_USAGE, "%s", problem->sentence);
    problem_finish(problem);
    return status;
}

/* A full disk shows only when what was printed is flushed. */
static int flush_output(struct session *session, int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    int r = session_error(session, STATUS_FILE, "cannot write to standard output: %s",
                          strerror(errno));
    clearerr(stdout);
    return r > status ? r : status;
}

static struct term find_term(const struct flags *flags)
{
    const struct flag_value *color = flags_find(flags, &flag_color);
    const struct flag *charset = flags_last_of(flags, &flag_ascii, &flag_unicode);

    return term_find(color ? (enum term_when)color->choice : WHEN_AUTO,
                     charset == &flag_unicode ? WHEN_ALWAYS
                     : charset                ? WHEN_NEVER
                                              : WHEN_AUTO);
}

int command_run(struct session *session, size_t count, const char *const words[])
{
    struct arguments arguments = {};
    struct problem problem;
    const char **names = xnonnull(calloc(count + 1, sizeof(*names)));

    if (count)
        memcpy(names, words, count * sizeof(*names));
    session->words = words;
    session->word_count = count;
    flags_inherit(&arguments.flags, &session->defaults);
    arguments.count =
        flags_parse(&arguments.flags, command_flag_lists(), count, names, &problem);
    arguments.names = names;

    const struct command *command = arguments.count ? command_find(names[0]) : NULL;
    session->command = command ? command->name : NULL;
    session->term = find_term(&arguments.flags);
    session->stateless = flags_have(&arguments.flags, &flag_no_state);
    int status = problem.sentence ? report_problem(session, &problem)
                                  : run_words(session, &arguments);
    status = flush_output(session, status);
    session->command = NULL;
    session->words = NULL;
    session->word_count = 0;
    flags_finish(&arguments.flags);
    free(names);
    return status;
}

/* ---- help ---------------------------------------------------------------- */

/* Print `left` after two blanks, then `right` in a column of its own, wrapped there. */
static void print_pair(const char *left, const char *right, unsigned width)
{
    enum { COLUMN = 32 };
    unsigned taken = (unsigned)printf("  %s", left);

    if (taken + 2 > COLUMN) {
        putchar('\n');
        taken = 0;
    }
    text_print_wrapped(stdout, right, taken, COLUMN, width);
}

static void print_flags(const struct session *session, const char *heading,
                        flag_list flags)
{
    printf("\n%s\n", heading);
    for (; *flags; flags++) {
        char letter[] = { '-', (*flags)->letter, ',', ' ', '\0' };
        char *left = text_format("%s--%s%s%s", (*flags)->letter ? letter : "    ",
                                 (*flags)->name, (*flags)->value ? " " : "",
                                 (*flags)->value ? (*flags)->value : "");
        print_pair(left, (*flags)->help, session->term.prose);
        free(left);
    }
}

void command_print_help(const struct session *session, const struct command *command)
{
    unsigned taken = (unsigned)printf("%s%s%s - ", command->name,
                                      *command->usage ? " " : "", command->usage);
    text_print_wrapped(stdout, command->help, taken, 4, session->term.prose);
    if (command->examples)
        printf("\n%s", command->examples);
    if (command->flags)
        print_flags(session, "flags", command->flags);
    print_flags(session, "every command takes", flags_common);
}

void command_print_all(const struct session *session)
{
    if (!session->prompt)
        printf("interleave [COMMAND] [NAME...] [FLAG...]\n"
               "Without a command: the prompt, or commands from standard input.\n\n");
    for (const struct command *const *command = commands; *command; command++) {
        char *left = text_format("%s %s", (*command)->name, (*command)->usage);
        print_pair(left, (*command)->help, session->term.prose);
        free(left);
    }
    printf("\nThe name of a lesson alone runs it. '%slist' shows all lessons, and\n"
           "'%shelp COMMAND' what a command takes.\n",
           session_before_command(session), session_before_command(session));
    printf("\n'%shelp TOPIC' explains\n", session_before_command(session));
    topic_print_all(session);
    if (!session->prompt) {
        print_flags(session, "flags", flags_common);
        print_flags(session, "without a command also", flags_without_command);
    }
}

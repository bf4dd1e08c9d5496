/* help [WORD] — all commands, or one command, word of a trace, lesson or example. */
#include <stdio.h>

#include "cli/commands/command.h"
#include "cli/commands/topics.h"
#include "cli/text.h"
#include "cli/trace/event_kinds.h"

/* Print what a word of a trace means. False: it is none. */
static bool print_word(const struct session *session, const char *word)
{
    const char *meaning = trace_word_meaning(word);

    if (!meaning)
        return false;
    unsigned taken = (unsigned)printf("%s - ", word);
    text_print_wrapped(stdout, meaning, taken, 4, session->term.prose);
    return true;
}

static void offer_words(struct suggestion *meant)
{
    command_offer_names(meant);
    for (co_trace_event_kind kind = 0; kind <= CO_NOTE; kind++)
        suggest_offer(meant, co_trace_event_word(kind));
    for (const struct trace_word *word = trace_words; word->word; word++)
        suggest_offer(meant, word->word);
}

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
    /* A lesson may have the name of a word, as `tasks`. */
    if (print_word(session, name)) {
        if (!catalogue_find(name, &choice))
            return STATUS_OK;
        putchar('\n');
    }
    int status = catalogue_find_or_report(session, name, offer_words, &choice);
    return status == STATUS_OK ? command_find("about")->run(session, arguments)
                               : status;
}

const struct command cmd_help = {
    .name = "help",
    .alias = "?",
    .usage = "[WORD]",
    .help = "show all commands and topics, or explain one of them, a lesson, or a "
            "word of a trace",
    .names = NAMES_HELP,
    .most = 1,
    .run = run,
};

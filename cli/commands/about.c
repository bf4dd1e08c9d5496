/* about NAME — what an example is for, and what to look at. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/catalogue.h"
#include "cli/command.h"
#include "cli/text.h"
#include "cli/trace/play.h"

enum { COLUMN = 13 };

static void print_field(const struct session *session, const char *name,
                        const char *text)
{
    unsigned taken = (unsigned)printf("  %s", name);

    text_print_wrapped(stdout, text, taken, COLUMN, session->term.prose);
}

static void print_length(const struct session *session, const struct entry *entry)
{
    char *text;
    size_t size;
    FILE *out = text_stream(&text, &size);

    text_print_time(out, (play_length(entry) + 500) / 1000 * 1000, 1000000);
    fputs(entry->example->random ? " s with seed 0" : " s", out);
    fclose(out);
    print_field(session, "takes", text);
    free(text);
}

/* The names alone, for those who asked about one example. */
static void print_siblings(const struct session *session, const struct topic *topic,
                           const struct entry *entry)
{
    char *text;
    size_t size;
    FILE *out = text_stream(&text, &size);
    const char *between = "";

    for (size_t i = 0; i < topic->count; i++) {
        if (&topic->examples[i] == entry)
            continue;
        fprintf(out, "%s%s:%s", between, topic->lesson->name, topic->examples[i].name);
        between = ", ";
    }
    fclose(out);
    if (*text)
        print_field(session, "also here", text);
    free(text);
}

/* For those who asked about the lesson: what each of the others is as well. */
static void print_others(const struct session *session, const struct topic *topic)
{
    const char *field = "also here";

    for (size_t i = 1; i < topic->count; i++) {
        char *name = text_format("%s:%s", topic->lesson->name, topic->examples[i].name);
        unsigned taken = (unsigned)printf("  %-*s%-22s", COLUMN - 2, field, name);
        text_print_wrapped(stdout, topic->examples[i].example->title, taken, taken + 2,
                           session->term.prose);
        free(name);
        field = "";
    }
}

static void print_example(const struct session *session, const struct entry *entry)
{
    const struct example *example = entry->example;

    printf("%s:%s - %s\n", entry->lesson, entry->name, example->title);
    print_field(session, "idea", example->idea);
    if (example->look)
        print_field(session, "look at", example->look);
    if (example->truth)
        print_field(session, "but", example->truth);
    if (*example->replays)
        print_field(session, "replays", example->replays);
    print_length(session, entry);
}

static int run(struct session *session, const struct arguments *arguments)
{
    struct topic topic;
    const struct entry *example;

    if (arguments->count == 0)
        return session_complain(session, STATUS_USAGE,
                                "which lesson? (such as '%sabout %s')",
                                session_before_command(session), lessons[0].name);
    int status = catalogue_need(session, arguments->names[0], false, &topic, &example);
    if (status != STATUS_OK)
        return status;
    if (example) {
        print_example(session, example);
        print_siblings(session, &topic, example);
        return STATUS_OK;
    }
    printf("%s - %s\n\n", topic.lesson->name, topic.lesson->title);
    print_example(session, topic.examples);
    print_others(session, &topic);
    return STATUS_OK;
}

const struct command cmd_about = {
    .name = "about",
    .usage = "NAME[:EXAMPLE]",
    .help = "say what an example is for, what to look at, and how long it takes",
    .examples = "  about gather             the lesson, and its first example\n"
                "  about gather:counters    this one\n",
    .names = NAMES_EXAMPLES,
    .most = 1,
    .run = run,
};

/* about NAME — what an example teaches, and what to look at. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/command.h"
#include "cli/commands/topics.h"
#include "cli/text.h"
#include "cli/trace/play.h"

enum { COLUMN = 13 };

static void print_field(const struct session *session, const char *name,
                        const char *text)
{
    unsigned taken = (unsigned)printf("  %s", name);

    text_print_wrapped(stdout, text, taken, COLUMN, session->term.prose);
}

static void print_length(const struct session *session, const struct example *example)
{
    char *text;
    size_t size;
    FILE *out = text_stream(&text, &size);

    text_print_time(out, (play_length(example) + 500) / 1000 * 1000, 1000000);
    fputs(example->about->random ? " s with seed 0" : " s", out);
    fclose(out);
    print_field(session, "takes", text);
    free(text);
}

/* The names of the lesson's other examples. */
static void print_other_names(const struct session *session,
                              const struct example *example)
{
    const struct lesson *lesson = example->lesson;
    char *text;
    size_t size;
    FILE *out = text_stream(&text, &size);
    const char *between = "";

    for (size_t i = 0; i < lesson->count; i++) {
        if (&lesson->examples[i] == example)
            continue;
        fprintf(out, "%s%s:%s", between, lesson->name, lesson->examples[i].name);
        between = ", ";
    }
    fclose(out);
    if (*text)
        print_field(session, "also here", text);
    free(text);
}

/* The names and titles of all examples but the first. */
static void print_other_titles(const struct session *session,
                               const struct lesson *lesson)
{
    const char *field = "also here";

    for (size_t i = 1; i < lesson->count; i++) {
        const struct example *example = &lesson->examples[i];
        char *name = text_format("%s:%s", lesson->name, example->name);
        unsigned taken = (unsigned)printf("  %-*s%-22s", COLUMN - 2, field, name);
        text_print_wrapped(stdout, example->about->title, taken, taken + 2,
                           session->term.prose);
        free(name);
        field = "";
    }
}

static void print_example(const struct session *session, const struct example *example)
{
    const struct about *about = example->about;

    printf("%s:%s - %s\n", example->lesson->name, example->name, about->title);
    print_field(session, "idea", about->idea);
    print_field(session, "look at", about->look);
    if (about->truth)
        print_field(session, "but", about->truth);
    if (about->belief)
        print_field(session, "belief", about->belief);
    if (about->replays)
        print_field(session, "replays", about->replays);
    print_length(session, example);
}

static void print_lesson(const struct session *session, const struct lesson *lesson)
{
    printf("%s - %s\n", lesson->name, lesson->title);
    if (*lesson->idea)
        print_field(session, "idea", lesson->idea);
    if (*lesson->question)
        print_field(session, "question", lesson->question);
    putchar('\n');
    print_example(session, lesson->examples);
    print_other_titles(session, lesson);
    if (*lesson->next_step)
        print_field(session, "next", lesson->next_step);
}

static int run(struct session *session, const struct arguments *arguments)
{
    const char *name = arguments->names[0];
    struct choice choice;

    if (topic_print(session, name))
        return STATUS_OK;
    int status = catalogue_find_or_report(session, name, NULL, &choice);
    if (status != STATUS_OK)
        return status;
    if (choice.example) {
        print_example(session, choice.example);
        print_other_names(session, choice.example);
    } else {
        print_lesson(session, choice.lesson);
    }
    return STATUS_OK;
}

const struct command cmd_about = {
    .name = "about",
    .usage = "NAME[:EXAMPLE]",
    .help = "explain an example: its idea, what to look at, how long it takes",
    .examples = "  about gather             the lesson, and its first example\n"
                "  about gather:counters    this example\n"
                "  about C14                the one that replays this program\n"
                "  about choosing           a topic; 'help' lists them\n",
    .names = NAMES_ABOUT,
    .least = 1,
    .most = 1,
    .run = run,
};

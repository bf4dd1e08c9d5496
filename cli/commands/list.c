/* list [WORD] — the lessons; those that have to do with a word. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/catalogue.h"
#include "cli/command.h"
#include "cli/text.h"
#include "cli/trace/play.h"

/* ---- what matches -------------------------------------------------------- */

static bool example_matches(const struct entry *example, const char *word)
{
    char *name = text_format("%s:%s", example->lesson, example->name);
    bool found = strcasestr(name, word) || strcasestr(example->example->title, word) ||
                 strcasestr(example->example->replays, word);

    free(name);
    return found;
}

static bool lesson_matches(const struct lesson *lesson, const char *word)
{
    return strcasestr(lesson->name, word) || strcasestr(lesson->title, word);
}

/* A lesson that matches holds all its examples. */
static bool is_shown(const struct topic *topic, size_t example, const char *word)
{
    return !word || lesson_matches(topic->lesson, word) ||
           example_matches(&topic->examples[example], word);
}

static size_t count_shown(const struct topic *topic, const char *word)
{
    size_t count = 0;

    for (size_t i = 0; i < topic->count; i++)
        count += is_shown(topic, i, word);
    return count;
}

/* ---- the three forms ----------------------------------------------------- */

/* For programs: tabs, a line for each lesson. With a word, one for each example it
 * is about as well.
 */
static void print_lines(const struct topic *topic, const char *word)
{
    printf("%s\t%s\t%zu example%s\n", topic->lesson->name, topic->lesson->title,
           topic->count, topic->count == 1 ? "" : "s");
    for (size_t i = 0; word && i < topic->count; i++)
        if (is_shown(topic, i, word))
            printf("%s:%s\t%s\t\n", topic->lesson->name, topic->examples[i].name,
                   topic->examples[i].example->title);
}

/* For people: under headings. With a word, the examples it is about as well. */
static void print_group(const struct topic *topic, const char *word, unsigned width,
                        const char **group)
{
    enum { INDENT = 4, NAME = 10, COUNT = 13 };
    const struct lesson *lesson = topic->lesson;
    char *count =
        text_format("%zu example%s", topic->count, topic->count == 1 ? "" : "s");

    if (!*group || strcmp(*group, lesson->group) != 0)
        printf("  %s\n", lesson->group);
    *group = lesson->group;
    unsigned taken = (unsigned)printf("%*s%-*s", INDENT, "", NAME, lesson->name);
    taken += text_print_cut(stdout, lesson->title, width - INDENT - NAME - COUNT);
    printf("%*s\n", (int)(width - taken), count);
    free(count);
    for (size_t i = 0; word && i < topic->count; i++) {
        if (!is_shown(topic, i, word))
            continue;
        char *name = text_format("%s:%s", lesson->name, topic->examples[i].name);
        taken = (unsigned)printf("%*s%-22s  ", INDENT + 2, "", name);
        text_print_wrapped(stdout, topic->examples[i].example->title, taken, taken,
                           width);
        free(name);
    }
}

static json_t *json_seconds(int64_t time_us)
{
    int64_t ms = (time_us + 500) / 1000;

    return ms % 1000 ? json_real((double)ms / 1000) : json_integer(ms / 1000);
}

static json_t *json_replays(const char *ids)
{
    json_t *array = need(json_array());

    while (*(ids += strspn(ids, " "))) {
        size_t length = strcspn(ids, " ");
        json_array_append_new(array, need(json_stringn(ids, length)));
        ids += length;
    }
    return array;
}

/* For programs that want to know all: an object for each example. */
static void print_json(const struct entry *entry)
{
    const struct example *example = entry->example;
    json_t *object = need(json_object());

    json_object_set_new(object, "lesson", json_string(entry->lesson));
    json_object_set_new(object, "example", json_string(entry->name));
    json_object_set_new(object, "title", json_string(example->title));
    json_object_set_new(object, "idea", json_string(example->idea));
    json_object_set_new(object, "replays", json_replays(example->replays));
    json_object_set_new(object, "random", json_boolean(example->random));
    json_object_set_new(object, "seconds", json_seconds(play_length(entry)));
    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
    putchar('\n');
    json_decref(object);
}

static int run(struct session *session, const struct arguments *arguments)
{
    const char *word = arguments->count ? arguments->names[0] : NULL;
    const char *group = NULL;
    size_t shown = 0;

    for (size_t i = 0; i < lessons_length; i++) {
        struct topic topic = catalogue_topic(&lessons[i]);
        size_t count = count_shown(&topic, word);
        shown += count;
        if (arguments->flags.json) {
            for (size_t j = 0; j < topic.count; j++)
                if (is_shown(&topic, j, word))
                    print_json(&topic.examples[j]);
        } else if (count && session->term.tty) {
            print_group(&topic, word, session->term.prose, &group);
        } else if (count) {
            print_lines(&topic, word);
        }
    }
    if (!shown && word) {
        char *quoted = text_quote(word, 40);
        session_complain(session, STATUS_NO,
                         "no lesson has to do with %s ('%slist' shows all)", quoted,
                         session_before_command(session));
        free(quoted);
        return STATUS_NO;
    }
    if (session->term.tty && !arguments->flags.json && !word &&
        !flags_have(&arguments->flags, FLAG_QUIET))
        printf("\n'%slist WORD' filters, '%sabout NAME' explains.\n",
               session_before_command(session), session_before_command(session));
    return STATUS_OK;
}

const struct command cmd_list = {
    .name = "list",
    .usage = "[WORD]",
    .help = "show the lessons, or those that have to do with a word",
    .examples = "  list                     all lessons\n"
                "  list lock                those with it in a name, a title or an id\n"
                "  list gather              this one, and its examples\n"
                "  list | cut -f1           their names (in a shell)\n"
                "  list --json              every example, for programs\n",
    .flags = FLAG(JSON),
    .names = NAMES_LESSONS,
    .most = 1,
    .run = run,
};

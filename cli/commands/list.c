/* list [WORD] — all lessons, or those a word is found in. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/command.h"
#include "cli/commands/progress.h"
#include "cli/text.h"
#include "cli/trace/play.h"

/* ---- what matches -------------------------------------------------------- */

/* What a word is looked for in. */
enum depth {
    IN_NAMES, /* names, titles and ids */
    IN_TEXTS, /* what examples teach, and their twins: where a name of Python is used */
};

static bool has(const char *text, const char *word)
{
    return text && strcasestr(text, word);
}

static bool example_matches(const struct example *example, const char *word,
                            enum depth depth)
{
    const struct about *about = example->about;
    char *name = text_format("%s:%s", example->lesson->name, example->name);
    bool found =
        depth == IN_NAMES
            ? has(name, word) || has(about->title, word) || has(about->replays, word)
            : has(about->idea, word) || has(about->look, word) ||
                  has(about->truth, word) || has(about->belief, word) ||
                  has(example->python, word) || has(example->javascript, word);

    free(name);
    return found;
}

static bool lesson_matches(const struct lesson *lesson, const char *word,
                           enum depth depth)
{
    return depth == IN_NAMES ? has(lesson->name, word) || has(lesson->title, word)
                             : has(lesson->idea, word);
}

/* What is searched: names, or if the word is in none of them the texts. NULL: all is
 * shown.
 */
struct search {
    const char *word;
    enum depth depth;
};

/* A lesson that matches is shown with all its examples. */
static bool is_shown(const struct example *example, const struct search *search)
{
    return !search || lesson_matches(example->lesson, search->word, search->depth) ||
           example_matches(example, search->word, search->depth);
}

static enum depth depth_of(const char *word)
{
    for (size_t i = 0; i < example_count; i++)
        if (is_shown(&examples[i], &(struct search){ word, IN_NAMES }))
            return IN_NAMES;
    return IN_TEXTS;
}

static size_t count_shown(const struct lesson *lesson, const struct search *search)
{
    size_t count = 0;

    for (size_t i = 0; i < lesson->count; i++)
        count += is_shown(&lesson->examples[i], search);
    return count;
}

/* ---- the three forms ----------------------------------------------------- */

/* For programs: fields between tabs, a line for each lesson; with a word also a line
 * for each example it is found in.
 */
static void print_lines(const struct lesson *lesson, const struct search *search)
{
    printf("%s\t%s\t%zu example%s\n", lesson->name, lesson->title, lesson->count,
           lesson->count == 1 ? "" : "s");
    for (size_t i = 0; search && i < lesson->count; i++)
        if (is_shown(&lesson->examples[i], search))
            printf("%s:%s\t%s\t\n", lesson->name, lesson->examples[i].name,
                   lesson->examples[i].about->title);
}

/* For people: under headings; with a word also the examples it is found in. *group is
 * the last heading.
 */
static void print_group(struct session *session, const struct lesson *lesson,
                        const struct search *search, const char **group)
{
    enum { INDENT = 6, NAME = 14, COUNT = 13 };
    unsigned width = session->term.prose;
    char *count =
        text_format("%zu example%s", lesson->count, lesson->count == 1 ? "" : "s");

    if (!*group || strcmp(*group, lesson->group) != 0)
        printf("  %s\n", lesson->group);
    *group = lesson->group;
    char mark = progress_has_lesson(session, lesson) ? 'x'
                : progress_next(session) == lesson   ? '>'
                                                     : ' ';
    unsigned taken = (unsigned)printf("   %c  %-*s", mark, NAME, lesson->name);
    taken += text_print_cut(stdout, lesson->title, width - INDENT - NAME - COUNT);
    printf("%*s\n", (int)(width - taken), count);
    free(count);
    for (size_t i = 0; search && i < lesson->count; i++) {
        const struct example *example = &lesson->examples[i];
        if (!is_shown(example, search))
            continue;
        char *name = text_format("%s:%s", lesson->name, example->name);
        taken = (unsigned)printf("%*s%-22s  ", INDENT + 2, "", name);
        text_print_wrapped(stdout, example->about->title, taken, taken, width);
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
    json_t *array = xnonnull(json_array());

    for (size_t length; (length = catalogue_next_id(&ids)); ids += length)
        json_array_append_new(array, xnonnull(json_stringn(ids, length)));
    return array;
}

/* The languages of its twins. */
static json_t *json_twins(const struct example *example)
{
    json_t *array = xnonnull(json_array());

    if (example->python)
        json_array_append_new(array, json_string("python"));
    if (example->javascript)
        json_array_append_new(array, json_string("javascript"));
    return array;
}

/* For programs that need everything: an object for each example. */
static void print_json(const struct example *example)
{
    const struct about *about = example->about;
    json_t *object = xnonnull(json_object());

    json_object_set_new(object, "lesson", json_string(example->lesson->name));
    json_object_set_new(object, "example", json_string(example->name));
    json_object_set_new(object, "title", json_string(about->title));
    json_object_set_new(object, "idea", json_string(about->idea));
    json_object_set_new(object, "replays", json_replays(about->replays));
    json_object_set_new(object, "twins", json_twins(example));
    json_object_set_new(object, "random", json_boolean(about->random));
    json_object_set_new(object, "seconds", json_seconds(play_length(example)));
    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
    putchar('\n');
    json_decref(object);
}

/* ---- the command --------------------------------------------------------- */

/* Print the lesson in the form that is wanted; how many of its examples match. */
static size_t print_lesson(struct session *session, const struct lesson *lesson,
                           const struct search *search, bool json, const char **group)
{
    size_t count = count_shown(lesson, search);

    if (json) {
        for (size_t i = 0; i < lesson->count; i++)
            if (is_shown(&lesson->examples[i], search))
                print_json(&lesson->examples[i]);
    } else if (count && session->term.tty) {
        print_group(session, lesson, search, group);
    } else if (count) {
        print_lines(lesson, search);
    }
    return count;
}

static int report_no_match(struct session *session, const char *word)
{
    char *quoted = text_quote(word, 40);

    session_error(session, STATUS_NO,
                  "%s is in no name, text or program of a lesson ('%slist' shows all)",
                  quoted, session_before_command(session));
    free(quoted);
    return STATUS_NO;
}

static int run(struct session *session, const struct arguments *arguments)
{
    const char *word = arguments->count ? arguments->names[0] : NULL;
    struct search found = { word, word ? depth_of(word) : IN_NAMES };
    bool json = flags_have(&arguments->flags, &flag_json);
    const char *group = NULL;
    size_t shown = 0;

    for (size_t i = 0; i < lesson_count; i++)
        shown += print_lesson(session, &lessons[i], word ? &found : NULL, json, &group);
    if (!shown && word)
        return report_no_match(session, word);
    if (session->term.tty && !json && !word &&
        !flags_have(&arguments->flags, &flag_quiet))
        printf(
            "\nx seen, > next. '%slist WORD' shows fewer, '%sabout NAME' explains.\n",
            session_before_command(session), session_before_command(session));
    return STATUS_OK;
}

static const struct flag *const flags[] = { &flag_json, NULL };

const struct command cmd_list = {
    .name = "list",
    .usage = "[WORD]",
    .help = "show all lessons, or those a word is found in",
    .examples = "  list                     all lessons\n"
                "  list lock                those with it in a name, a title or an id\n"
                "  list wait_for            else those that use it, or speak of it\n"
                "  list gather              this lesson, and its examples\n"
                "  list | cut -f1           their names (in a shell)\n"
                "  list --json              every example, for programs\n",
    .flags = flags,
    .names = NAMES_LESSONS,
    .most = 1,
    .run = run,
};

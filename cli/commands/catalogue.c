#include "cli/commands/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

/* The lesson whose name is the first `length` bytes; NULL: none. */
static const struct lesson *lesson_named(const char *name, size_t length)
{
    for (size_t i = 0; i < lesson_count; i++)
        if (strlen(lessons[i].name) == length &&
            strncmp(lessons[i].name, name, length) == 0)
            return &lessons[i];
    return NULL;
}

static const struct example *example_named(const struct lesson *lesson,
                                           const char *name)
{
    for (size_t i = 0; i < lesson->count; i++)
        if (strcmp(lesson->examples[i].name, name) == 0)
            return &lesson->examples[i];
    return NULL;
}

size_t catalogue_next_id(const char **ids)
{
    if (!*ids)
        return 0;
    *ids += strspn(*ids, " ");
    return strcspn(*ids, " ");
}

bool catalogue_replays(const struct example *example, const char *id)
{
    const char *ids = example->about->replays;

    for (size_t length; (length = catalogue_next_id(&ids)); ids += length)
        if (length == strlen(id) && strncasecmp(ids, id, length) == 0)
            return true;
    return false;
}

static bool find_id(const char *id, struct choice *ret_choice)
{
    for (size_t i = 0; i < example_count; i++)
        if (catalogue_replays(&examples[i], id)) {
            *ret_choice = (struct choice){ examples[i].lesson, &examples[i] };
            return true;
        }
    return false;
}

bool catalogue_find(const char *name, struct choice *ret_choice)
{
    size_t length = strcspn(name, ":");
    struct choice choice = { .lesson = lesson_named(name, length) };

    if (!choice.lesson && !name[length])
        return find_id(name, ret_choice);

    if (choice.lesson && name[length] == ':')
        choice.example = example_named(choice.lesson, name + length + 1);
    if (!choice.lesson || (name[length] == ':' && !choice.example))
        return false;
    *ret_choice = choice;
    return true;
}

/* ---- no such name -------------------------------------------------------- */

/* `problem` is the sentence to begin with. `before` and `after` are added to a name
 * that is suggested; `list` is the command that shows all names.
 */
static int report_no_name(struct session *session, const char *word,
                          const char *problem, const struct suggestion *meant,
                          const char *before, const char *after, const char *list)
{
    char *sentence = suggest_sentence(meant, before);
    char *hint =
        text_format(" ('%s%s' shows all)", session_before_command(session), list);

    if (meant->count == 1) {
        char *instead = text_format("%s%s%s", before, meant->names[0], after);
        session_offer(session, word, instead);
        free(instead);
    }
    bool offered = session->prompt && meant->count;
    int status = session_error(session, STATUS_USAGE, "%s.%s%s", problem, sentence,
                               offered ? "" : hint);
    free(sentence);
    free(hint);
    return status;
}

static int report_no_example(struct session *session, const char *word,
                             const struct lesson *lesson)
{
    const char *name = word + strlen(lesson->name) + 1;
    struct suggestion meant;

    suggest_begin(&meant, name);
    for (size_t i = 0; i < lesson->count; i++)
        suggest_offer(&meant, lesson->examples[i].name);
    suggest_end(&meant);

    char *quoted = text_quote(name, 40);
    char *problem = text_format("no example %s in '%s'", quoted, lesson->name);
    char *before = text_format("%s:", lesson->name);
    char *list = text_format("list %s", lesson->name);
    int status = report_no_name(session, word, problem, &meant, before, "", list);
    free(quoted);
    free(problem);
    free(before);
    free(list);
    return status;
}

/* Suggest the examples whose names were typed without the lesson's. */
static void suggest_examples(struct suggestion *meant, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < example_count && count < SUGGEST_MAX; i++)
        if (strcasecmp(examples[i].name, name) == 0)
            snprintf(meant->names[count++], sizeof(meant->names[0]), "%s:%s",
                     examples[i].lesson->name, examples[i].name);
    if (count)
        meant->count = count;
}

static int report_no_lesson(struct session *session, const char *word,
                            void (*offer_commands)(struct suggestion *meant))
{
    /* Of `gahter:counters` the lesson is wrong; the example may be right. */
    const char *colon = strchrnul(word, ':');
    char *name = xnonnull(strndup(word, (size_t)(colon - word)));
    struct suggestion meant;

    suggest_begin(&meant, name);
    for (size_t i = 0; i < lesson_count; i++)
        suggest_offer(&meant, lessons[i].name);
    if (offer_commands && !*colon)
        offer_commands(&meant);
    suggest_end(&meant);
    if (!*colon)
        suggest_examples(&meant, name);

    char *quoted = text_quote(*name ? name : word, 40);
    char *problem = text_format(
        "no %s %s", offer_commands ? "lesson or command" : "lesson", quoted);
    int status = report_no_name(session, word, problem, &meant, "", colon, "list");
    free(quoted);
    free(problem);
    free(name);
    return status;
}

int catalogue_find_or_report(struct session *session, const char *name,
                             void (*offer_commands)(struct suggestion *meant),
                             struct choice *ret_choice)
{
    if (catalogue_find(name, ret_choice))
        return STATUS_OK;
    const struct lesson *lesson = lesson_named(name, strcspn(name, ":"));
    if (lesson)
        return report_no_example(session, name, lesson);
    return report_no_lesson(session, name, offer_commands);
}

#include "cli/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/suggest.h"
#include "cli/text.h"

struct topic catalogue_topic(const struct lesson *lesson)
{
    struct topic topic = { .lesson = lesson };

    for (size_t i = 0; i < syllabus_length; i++) {
        if (strcmp(syllabus[i].lesson, lesson->name) != 0)
            continue;
        if (topic.count++ == 0)
            topic.examples = &syllabus[i];
    }
    return topic;
}

size_t catalogue_size(void)
{
    size_t count = 0;

    for (size_t i = 0; i < lessons_length; i++)
        count += catalogue_topic(&lessons[i]).count > 0;
    return count;
}

static bool find_topic(const char *name, size_t length, struct topic *ret_topic)
{
    for (size_t i = 0; i < lessons_length; i++) {
        struct topic topic = catalogue_topic(&lessons[i]);
        if (topic.count && strlen(lessons[i].name) == length &&
            strncmp(lessons[i].name, name, length) == 0) {
            *ret_topic = topic;
            return true;
        }
    }
    return false;
}

bool catalogue_find(const char *word, struct topic *ret_topic,
                    const struct entry **ret_example)
{
    size_t length = strcspn(word, ":");

    *ret_example = NULL;
    if (!find_topic(word, length, ret_topic))
        return false;
    if (!word[length])
        return true;
    for (size_t i = 0; i < ret_topic->count && !*ret_example; i++)
        if (strcmp(ret_topic->examples[i].name, word + length + 1) == 0)
            *ret_example = &ret_topic->examples[i];
    return *ret_example;
}

/* ---- what was meant ------------------------------------------------------ */

/* `what` is what there is not, `before` and `after` what goes with a name that is
 * suggested, `list` the command that shows all names.
 */
static int complain(struct session *session, const char *word, const char *what,
                    const struct suggestion *meant, const char *before,
                    const char *after, const char *list)
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
    int status = session_complain(session, STATUS_USAGE, "%s.%s%s", what, sentence,
                                  offered ? "" : hint);
    free(sentence);
    free(hint);
    return status;
}

static int no_example(struct session *session, const char *word,
                      const struct topic *topic)
{
    const char *lesson = topic->lesson->name;
    const char *name = word + strlen(lesson) + 1;
    struct suggestion meant;

    suggest_begin(&meant, name);
    for (size_t i = 0; i < topic->count; i++)
        suggest_offer(&meant, topic->examples[i].name);
    suggest_end(&meant);

    char *quoted = text_quote(name, 40);
    char *what = text_format("no example %s in '%s'", quoted, lesson);
    char *before = text_format("%s:", lesson);
    char *list = text_format("list %s", lesson);
    int status = complain(session, word, what, &meant, before, "", list);
    free(quoted);
    free(what);
    free(before);
    free(list);
    return status;
}

/* An example's name alone does not name it, but means it. */
static void mean_examples(struct suggestion *meant, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < syllabus_length && count < SUGGEST_MOST; i++)
        if (strcasecmp(syllabus[i].name, name) == 0)
            snprintf(meant->names[count++], sizeof(meant->names[0]), "%s:%s",
                     syllabus[i].lesson, syllabus[i].name);
    if (count)
        meant->count = count;
}

static int no_lesson(struct session *session, const char *word, bool or_command)
{
    /* Of `gahter:counters` the lesson is wrong; the example may be right. */
    const char *colon = strchrnul(word, ':');
    char *name = need(strndup(word, (size_t)(colon - word)));
    struct suggestion meant;

    suggest_begin(&meant, name);
    for (size_t i = 0; i < lessons_length; i++)
        if (catalogue_topic(&lessons[i]).count)
            suggest_offer(&meant, lessons[i].name);
    if (or_command && !*colon)
        for (const struct command *const *command = commands; *command; command++)
            suggest_offer(&meant, (*command)->name);
    suggest_end(&meant);
    if (!*colon)
        mean_examples(&meant, name);

    char *quoted = text_quote(*name ? name : word, 40);
    char *what =
        text_format("no %s %s", or_command ? "lesson or command" : "lesson", quoted);
    int status = complain(session, word, what, &meant, "", colon, "list");
    free(quoted);
    free(what);
    free(name);
    return status;
}

int catalogue_need(struct session *session, const char *word, bool or_command,
                   struct topic *ret_topic, const struct entry **ret_example)
{
    if (catalogue_find(word, ret_topic, ret_example))
        return STATUS_OK;
    if (find_topic(word, strcspn(word, ":"), ret_topic))
        return no_example(session, word, ret_topic);
    return no_lesson(session, word, or_command);
}

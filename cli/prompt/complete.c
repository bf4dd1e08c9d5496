#include "cli/prompt/complete.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/catalogue.h"
#include "cli/commands/command.h"
#include "cli/commands/topics.h"
#include "cli/text.h"

static void offer(struct completion *completion, const char *typed, const char *word)
{
    if (strncmp(word, typed, strlen(typed)) != 0)
        return;
    completion->words = xnonnull(
        reallocarray(completion->words, completion->count + 1, sizeof(char *)));
    completion->words[completion->count++] = xnonnull(strdup(word));
}

static void offer_choices(struct completion *completion, const char *typed,
                          const char *before, const char *choices)
{
    while (choices && strchr(choices, '|')) {
        size_t length = strcspn(choices, "|");
        char *word = text_format("%s%.*s", before, (int)length, choices);
        offer(completion, typed, word);
        free(word);
        choices += length + 1;
        if (!strchr(choices, '|')) {
            word = text_format("%s%s", before, choices);
            offer(completion, typed, word);
            free(word);
        }
    }
}

static void offer_lessons(struct completion *completion, const char *typed)
{
    for (size_t i = 0; i < lesson_count; i++)
        offer(completion, typed, lessons[i].name);
}

/* The examples of a lesson are offered once its name is there: before, they would be
 * too many.
 */
static void offer_examples(struct completion *completion, const char *typed)
{
    size_t length = strcspn(typed, ":");

    offer_lessons(completion, typed);
    for (size_t i = 0; i < example_count; i++) {
        const char *lesson = examples[i].lesson->name;
        if (strlen(lesson) != length || strncmp(lesson, typed, length) != 0)
            continue;
        char *word = text_format("%s:%s", lesson, examples[i].name);
        offer(completion, typed, word);
        free(word);
    }
    /* After the name of a lesson the name of an example may follow. */
    struct choice choice;
    if (completion->count == 1 && catalogue_find(completion->words[0], &choice))
        completion->partial = !choice.example;
}

static void offer_commands(struct completion *completion, const char *typed)
{
    for (const struct command *const *command = commands; *command; command++)
        offer(completion, typed, (*command)->name);
}

static void offer_topics(struct completion *completion, const char *typed)
{
    for (size_t i = 0; topic_name(i); i++)
        offer(completion, typed, topic_name(i));
}

static void offer_files(struct completion *completion, const char *typed)
{
    glob_t found;

    /* A name with the characters of a pattern in it is not completed. */
    char *pattern = text_format("%s*", typed);
    if (!strpbrk(typed, "*?[\\") && glob(pattern, GLOB_MARK, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            offer(completion, typed, found.gl_pathv[i]);
        globfree(&found);
    }
    free(pattern);
    completion->partial = completion->count == 1 && completion->words[0][0] &&
                          strchr(completion->words[0], '\0')[-1] == '/';
}

static void offer_flag_list(struct completion *completion, const char *typed,
                            flag_list flags)
{
    for (; flags && *flags; flags++) {
        char *word = text_format("--%s", (*flags)->name);
        char *begun = text_format("--%s=", (*flags)->name);
        offer(completion, typed, word);
        if ((*flags)->kind == FLAG_CHOICE && strncmp(typed, begun, strlen(begun)) == 0)
            offer_choices(completion, typed, begun, (*flags)->value);
        free(word);
        free(begun);
    }
}

/* The flag that takes the next word as its value; NULL: the word is no such flag. */
static const struct flag *flag_before_value(const char *word)
{
    if (word[0] != '-')
        return NULL;
    for (const flag_list *list = command_flag_lists(); *list; list++) {
        for (flag_list flag = *list; *flag; flag++) {
            bool is_long = word[1] == '-' && strcmp(word + 2, (*flag)->name) == 0;
            bool is_short = word[1] == (*flag)->letter && word[1] && !word[2];
            if ((*flag)->value && (is_long || is_short))
                return *flag;
        }
    }
    return NULL;
}

static void offer_names(struct completion *completion, const char *typed,
                        const struct command *command)
{
    switch (command->names) {
    case NAMES_NONE:
    case NAMES_ANY:
        break;
    case NAMES_LESSONS:
        offer_lessons(completion, typed);
        break;
    case NAMES_EXAMPLES:
        offer_examples(completion, typed);
        break;
    case NAMES_FILES:
        offer_files(completion, typed);
        break;
    case NAMES_ABOUT:
        offer_topics(completion, typed);
        offer_examples(completion, typed);
        break;
    case NAMES_HELP:
        offer_commands(completion, typed);
        offer_topics(completion, typed);
        offer_lessons(completion, typed);
        break;
    }
}

/* The words before say which command it is, and whether a value is expected. */
static void complete_word(struct completion *completion, char *before,
                          const char *typed)
{
    const struct command *command = NULL;
    const struct flag *flag = NULL;
    bool first = true;

    for (char *word; (word = strsep(&before, " "));) {
        if (!*word)
            continue;
        if (flag) {
            flag = NULL;
        } else if ((flag = flag_before_value(word)) || word[0] == '-') {
            continue;
        } else if (first) {
            /* A lesson's name alone is a `run`. */
            command = command_find(word);
            command = command ? command : command_find("run");
            first = false;
        }
    }
    if (flag && flag->kind == FLAG_FILE) {
        offer_files(completion, typed);
    } else if (flag && flag->kind == FLAG_CHOICE) {
        offer_choices(completion, typed, "", flag->value);
    } else if (flag) {
        /* A number: there is nothing to offer. */
    } else if (typed[0] == '-') {
        offer_flag_list(completion, typed, command ? command->flags : NULL);
        offer_flag_list(completion, typed, flags_common);
    } else if (command) {
        offer_names(completion, typed, command);
    } else {
        offer_commands(completion, typed);
        offer_examples(completion, typed);
    }
}

void complete_line(const char *line, size_t length, struct completion *ret_completion)
{
    char *before = xnonnull(strndup(line, length));
    char *blank = strrchr(before, ' ');
    char *typed = xnonnull(strdup(blank ? blank + 1 : before));
    struct completion completion = { .typed = strlen(typed) };

    before[blank ? blank - before : 0] = '\0';
    complete_word(&completion, before, typed);
    if (completion.count)
        completion.common = strlen(completion.words[0]);
    for (size_t i = 1; i < completion.count; i++) {
        size_t same = 0;
        while (same < completion.common &&
               completion.words[i][same] == completion.words[0][same])
            same++;
        completion.common = same;
    }
    free(before);
    free(typed);
    *ret_completion = completion;
}

void completion_finish(struct completion *completion)
{
    for (size_t i = 0; i < completion->count; i++)
        free(completion->words[i]);
    free(completion->words);
}

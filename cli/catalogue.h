/* catalogue.h — the lessons by name.
 */
#ifndef CLI_CATALOGUE_H
#define CLI_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/session.h"
#include "lessons/lesson.h"

/* A lesson and its examples, which stand together in the syllabus. */
struct topic {
    const struct lesson *lesson;
    const struct entry *examples; /* the first of them */
    size_t count;                 /* 0: none are written yet */
};

struct topic catalogue_topic(const struct lesson *lesson);

/* How many lessons have examples. */
size_t catalogue_size(void);

/* Find what `NAME` or `NAME:EXAMPLE` names. *ret_example is the example, or NULL where
 * only the lesson is named. False: there is no such thing.
 */
bool catalogue_find(const char *word, struct topic *ret_topic,
                    const struct entry **ret_example);

/* The same, with a complaint and a suggestion where there is no such thing; the
 * status then, or STATUS_OK. `or_command`: the word might have been a command.
 */
int catalogue_need(struct session *session, const char *word, bool or_command,
                   struct topic *ret_topic, const struct entry **ret_example);

#endif

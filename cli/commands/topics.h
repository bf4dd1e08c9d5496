/* topics.h — what `about` and `help` explain beside commands and lessons: the pages,
 * and the misconceptions.
 */
#ifndef CLI_TOPICS_H
#define CLI_TOPICS_H

#include <stdbool.h>

#include "cli/commands/session.h"

/* Print the topic of this name. False: there is none, and nothing is printed. */
bool topic_print(const struct session *session, const char *name);

bool topic_exists(const char *name);

/* The name of the i-th topic; NULL past the last. */
const char *topic_name(size_t i);

/* A line for each, with its title. */
void topic_print_all(const struct session *session);

#endif

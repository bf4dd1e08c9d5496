/* catalogue.h — find lessons and examples by their names.
 */
#ifndef CLI_CATALOGUE_H
#define CLI_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/commands/session.h"
#include "cli/suggest.h"
#include "lessons/lesson.h"

/* What a name stands for. */
struct choice {
    const struct lesson *lesson;
    const struct example *example; /* NULL: the name is that of the lesson */
};

/* Find what `LESSON` or `LESSON:EXAMPLE` names, or the first example that replays the
 * tutorial program of an id, such as C14. False: there is no such thing.
 */
bool catalogue_find(const char *name, struct choice *ret_choice);

/* Move *ids to the next of the ids that an example replays, and return its length; 0:
 * there is none. Begin with `replays`, which may be NULL, and add the length after
 * each.
 */
size_t catalogue_next_id(const char **ids);

/* True if the example replays the program of this id, in capitals or not. */
bool catalogue_replays(const struct example *example, const char *id);

/* The same as catalogue_find(). If there is no such thing, report it with a suggestion;
 * the status then, or STATUS_OK. `offer_commands` adds the names of commands to those
 * that are suggested, where the word may also be a command; NULL elsewhere.
 */
int catalogue_find_or_report(struct session *session, const char *name,
                             void (*offer_commands)(struct suggestion *meant),
                             struct choice *ret_choice);

#endif

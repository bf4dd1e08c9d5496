/* waiter_check.h — who stands in line for what, seen from behind: looks into the
 * engine.
 */
#ifndef WAITER_CHECK_H
#define WAITER_CHECK_H

#include <stddef.h>

#include "engine/observer.h"

/* How much of what has been acquired and not released, by kind and name; what has no
 * name counts together.
 */
enum { HOLDINGS = 16, LINES = 32 };
struct lines {
    struct holding {
        const char *what;
        char name[24];
        int held;
        long slots; /* of a semaphore: what it had at first */
    } holdings[HOLDINGS];
    size_t holding_count;
    struct co_list *heads[LINES]; /* of lines that outlive the program's tasks */
    size_t head_count;
};

/* Note what is acquired and released; see who stands in line where. */
void lines_note(struct lines *lines, const co_trace_event *record);

/* How much is held in all. */
int lines_held(const struct lines *lines);

/* Nothing is ready. Who waits for what he could have, or NULL: nobody. */
const char *lines_forgotten(struct lines *lines);

/* Everybody has ended. A line somebody stands in nevertheless, or NULL. */
const char *lines_left(const struct lines *lines);

#endif

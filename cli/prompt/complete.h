/* complete.h — complete the last word of a line.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

struct completion {
    char **words; /* each begins with the part that was typed */
    size_t count;
    size_t typed;  /* bytes of the word that were typed */
    size_t common; /* bytes all words begin with */
    bool partial;  /* the word may be longer, so no blank follows it */
};

/* The words that can stand at the end of `line`, of `length` bytes: from the tables of
 * commands, lessons and flags, or file names where a file is expected.
 */
void complete_line(const char *line, size_t length, struct completion *ret_completion);
void completion_finish(struct completion *completion);

#endif

/* complete.h — how a line may go on.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

struct completion {
    char **words; /* each begins with what was typed */
    size_t count;
    size_t typed;  /* bytes of the line that are the word's beginning */
    size_t common; /* bytes all words begin with */
    bool partial;  /* more belongs to the word than it shows: no blank after it */
};

/* Words for the place after `line`, of `length` bytes, taken from the tables of
 * commands, lessons and flags, or from the directory where a file belongs.
 */
void complete_line(const char *line, size_t length, struct completion *ret_completion);
void completion_finish(struct completion *completion);

#endif

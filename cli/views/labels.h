/* labels.h — tasks as people see them: `Task-2 producer`.
 */
#ifndef CLI_LABELS_H
#define CLI_LABELS_H

#include <stddef.h>

/* The name of a task, and that of its coroutine unless it is unknown (NULL) or the
 * same. The caller frees it.
 */
char *label_of(const char *task, const char *function);

/* Number labels that are the same, in place: the second `main` becomes `main (2)`. */
void labels_number(char *labels[], size_t count);

/* Cut labels, in place, to `width` columns (4 or more) with a `~` where something is
 * left out, at the end or, if labels would look the same, before the end. Labels that
 * differ still differ.
 */
void labels_cut(char *labels[], size_t count, unsigned width);

#endif

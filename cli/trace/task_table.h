/* task_table.h — find a task of a trace by its number or its name, in a time that does
 * not grow with the number of tasks.
 */
#ifndef CLI_TASK_TABLE_H
#define CLI_TASK_TABLE_H

#include <stddef.h>

/* All zero: an empty table. */
struct task_table {
    /* private */
    struct task_entry *entries;
    size_t capacity; /* a power of two */
    size_t count;
};

#define TASK_NONE ((size_t)-1)

/* The place of the last task added with this number or, if `id` is negative, with this
 * name; TASK_NONE: there is none.
 */
size_t task_table_find(const struct task_table *table, const char *name, int id);

/* Add a task, to be found by its name and, unless that is negative, by its number. An
 * earlier task with either of them is no longer found by it. The name is not copied: it
 * must outlive the table.
 */
void task_table_add(struct task_table *table, const char *name, int id, size_t place);

void task_table_finish(struct task_table *table);

#endif

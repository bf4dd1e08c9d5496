/* task_table.c — tasks are found by number and by name, however many there are. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>

#include "cli/text.h"
#include "cli/trace/task_table.h"

Test(task_table, is_empty_at_first)
{
    struct task_table table = {};

    cr_expect(eq(sz, task_table_find(&table, "main", -1), TASK_NONE));
    cr_expect(eq(sz, task_table_find(&table, "main", 0), TASK_NONE));
    task_table_finish(&table);
}

Test(task_table, finds_the_last_task_of_a_number_or_a_name)
{
    struct task_table table = {};

    task_table_add(&table, "main", 0, 0);
    task_table_add(&table, "A", -1, 1);
    task_table_add(&table, "main", 2, 2);
    cr_expect(eq(sz, task_table_find(&table, "other", 0), 0), "the number decides");
    cr_expect(eq(sz, task_table_find(&table, "main", -1), 2));
    cr_expect(eq(sz, task_table_find(&table, "main", 2), 2));
    cr_expect(eq(sz, task_table_find(&table, "A", -1), 1));
    cr_expect(eq(sz, task_table_find(&table, "A", 1), TASK_NONE), "it has no number");
    cr_expect(eq(sz, task_table_find(&table, "B", -1), TASK_NONE));
    task_table_finish(&table);
}

Test(task_table, grows_with_the_tasks)
{
    enum { COUNT = 10000 };
    struct task_table table = {};
    char *names[COUNT];

    for (int i = 0; i < COUNT; i++) {
        names[i] = text_format("Task-%d", i);
        task_table_add(&table, names[i], i, (size_t)i);
    }
    for (int i = 0; i < COUNT; i++) {
        char *name = text_format("Task-%d", i);
        cr_expect(eq(sz, task_table_find(&table, name, -1), (size_t)i));
        cr_expect(eq(sz, task_table_find(&table, NULL, i), (size_t)i));
        free(name);
    }
    task_table_finish(&table);
    for (int i = 0; i < COUNT; i++)
        free(names[i]);
}

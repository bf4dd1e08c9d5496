/* labels.c — tasks are named with their coroutines, and cut so that they differ. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/views/labels.h"

static void expect_label(const char *task, const char *function, const char *expected)
{
    char *label = label_of(task, function);

    cr_expect(eq(str, label, (char *)expected));
    free(label);
}

Test(labels, add_the_coroutine_where_it_helps)
{
    expect_label("Task-2", "producer", "Task-2 producer");
    expect_label("main", "main", "main");
    expect_label("main", NULL, "main");
    expect_label("a task", "f\n", "a_task f_");
}

Test(labels, are_numbered_where_tasks_have_one_name)
{
    static const char *const expected[] = { "main", "A",     "main (2)",
                                            "B",    "A (2)", "main (3)" };
    static const char *const given[] = { "main", "A", "main", "B", "A", "main" };
    enum { COUNT = sizeof(given) / sizeof(*given) };
    char *labels[COUNT];

    for (size_t i = 0; i < COUNT; i++)
        labels[i] = strdup(given[i]);
    labels_number(labels, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        cr_expect(eq(str, labels[i], (char *)expected[i]));
        free(labels[i]);
    }
}

static void expect_cut(unsigned width, const char *const labels[],
                       const char *const expected[])
{
    char *cut[8];
    size_t count = 0;

    for (; labels[count]; count++)
        cut[count] = strdup(labels[count]);
    labels_cut(cut, count, width);
    for (size_t i = 0; i < count; i++) {
        cr_expect(eq(str, cut[i], (char *)expected[i]));
        free(cut[i]);
    }
}

Test(labels, are_cut_at_the_end_where_that_tells_them_apart)
{
    expect_cut(8, (const char *const[]){ "main", "Task-2 producer", "Task-3 x", NULL },
               (const char *const[]){ "main", "Task-2 ~", "Task-3 x", NULL });
    expect_cut(8, (const char *const[]){ "worker_one", "worker_one", NULL },
               (const char *const[]){ "worker_~", "worker_~", NULL });
}

Test(labels, that_differ_still_differ_when_they_are_cut)
{
    expect_cut(8,
               (const char *const[]){ "download_file_1", "download_file_2",
                                      "download_file_12", NULL },
               (const char *const[]){ "downl~_1", "downl~_2", "downl~12", NULL });
    expect_cut(8, (const char *const[]){ "worker_x", "worker_x1", NULL },
               (const char *const[]){ "worker_x", "worker_~", NULL });
    expect_cut(8,
               (const char *const[]){ "aaaaaaaaXbbbbbbbb", "aaaaaaaaYbbbbbbbb", NULL },
               (const char *const[]){ "aaaaaa~1", "aaaaaa~2", NULL });
}

/* deadlock.c — nothing is ready, and nothing ever will be: who waits for what. */
#include <stdio.h>
#include <stdlib.h>

#include "engine/sched.h"

/* ---- deadlock --------------------------------------------------------------- */

static void tell(struct co_loop *loop)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const char *between = "";

    if (!out)
        return;
    co_list_each(link, &loop->handles) {
        struct co_task_record *task = co_unfinished_task(link);
        if (!task || !task->waiting)
            continue;
        const co_future *future = task->waiting;
        co_record wait = { .what = future->class->what };
        if (future->class->describe)
            future->class->describe(future, &wait);
        fprintf(out, "%s%s -> %s", between, co_label(&task->handle.future), wait.what);
        if (future->name && future->class != &co_task_class)
            fprintf(out, " %s", future->name);
        if (wait.text)
            fprintf(out, " %s", wait.text);
        if (wait.other)
            fprintf(out, " (%s)", co_label(wait.other));
        between = " ; ";
    }
    fclose(out);
    co_tell(loop, &(co_record){ .kind = CO_DEADLOCK, .text = text });
    free(text);
}

int co_deadlock(struct co_loop *loop)
{
    if (co_is_observed(loop))
        tell(loop);
    return co_raise(CO_EDEADLK,
                    "deadlock: everybody waits for something that cannot happen");
}

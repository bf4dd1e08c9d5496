/* call_graph.c — which task awaits which, as texts in the layout of CPython 3.14. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"
#include "engine/inspect.h"

enum { MAX_STACK = 64 };

struct stack {
    const char *names[MAX_STACK];
    size_t count;
};

static struct stack stack_of(const co_task *task)
{
    struct stack stack;

    stack.count = co_call_stack(task, stack.names, MAX_STACK);
    if (stack.count > MAX_STACK)
        stack.count = MAX_STACK;
    return stack;
}

static co_task *next_awaiter(const co_future *future, const co_task *after)
{
    for (co_task *task = co_next_task(after); task; task = co_next_task(task))
        if (co_awaits(task, future))
            return task;
    return NULL;
}

static co_task *next_awaited(const co_task *by, const co_task *after)
{
    for (co_task *task = co_next_task(after); task; task = co_next_task(task))
        if (co_awaits(by, task))
            return task;
    return NULL;
}

/* ---- paths --------------------------------------------------------------- */

/* The futures from a root to the current one. Each awaits the one before, or is awaited
 * by it. A path may be long, so it is on the heap.
 */
struct path {
    struct place {
        const co_future *future;
        size_t indent; /* the length of the indent before this one was written */
    } * places;
    size_t length, room;
};

static void append(struct path *path, const co_future *future, size_t indent)
{
    if (path->length == path->room) {
        path->room = path->room ? 2 * path->room : 16;
        path->places = co_realloc(path->places, path->room * sizeof(*path->places));
    }
    path->places[path->length++] = (struct place){ future, indent };
}

static const co_future *end_of(const struct path *path)
{
    return path->places[path->length - 1].future;
}

/* Whether the future is in the path before its end. */
static bool leads_through(const struct path *path, const co_future *future)
{
    for (size_t i = 0; i + 1 < path->length; i++)
        if (path->places[i].future == future)
            return true;
    return false;
}

/* ---- circles ------------------------------------------------------------- */

static void write_circle(FILE *out, const struct path *path)
{
    size_t i = 0;

    while (path->places[i].future != end_of(path))
        i++;
    fprintf(out, "ERROR: await-graph contains cycles - cannot print a tree!\n"
                 "\ncycle: ");
    for (; i + 1 < path->length; i++)
        fprintf(out, "%s → ", co_name(path->places[i].future));
    fprintf(out, "%s\n", co_name(end_of(path)));
}

/* A task that leads to no circle is marked, so that it is searched once: there may be
 * very many paths to it.
 */
static co_task *next_unmarked(const co_task *by, const co_task *after)
{
    co_task *task = next_awaited(by, after);

    while (task && task->marked)
        task = next_awaited(by, task);
    return task;
}

static bool find_circle(FILE *out, co_task *root)
{
    co_task *next, *last = NULL;
    struct path path = {};
    bool found = false;

    append(&path, root, 0);
    while (path.length > 0 && !found)
        if ((next = next_unmarked(end_of(&path), last))) {
            append(&path, next, 0);
            found = leads_through(&path, next);
            last = NULL;
        } else {
            last = (co_task *)path.places[--path.length].future;
            last->marked = true;
        }
    if (found)
        write_circle(out, &path);
    free(path.places);
    return found;
}

/* ---- the tree ------------------------------------------------------------ */

struct indent {
    char *s;
    size_t length, room;
};

static void deepen(struct indent *indent, const char *by)
{
    const size_t more = strlen(by);

    if (indent->length + more >= indent->room) {
        indent->room = 2 * (indent->length + more) + 64;
        indent->s = co_realloc(indent->s, indent->room);
    }
    memcpy(indent->s + indent->length, by, more + 1);
    indent->length += more;
}

/* Write the task, and below it its calls, each below the one before. Not inline, since
 * the array of names needs much stack.
 */
static __attribute__((noinline)) void write_task(FILE *out, const co_task *task,
                                                 struct indent *indent, bool last)
{
    const struct stack stack = stack_of(task);

    deepen(indent, "");
    fprintf(out, "%s%s (T) %s\n", indent->s, last ? "└──" : "├──", co_name(task));
    deepen(indent, last ? "    " : "│   ");
    for (size_t i = stack.count; i-- > 0; deepen(indent, "    "))
        fprintf(out, "%s└──  %s\n", indent->s, stack.names[i]);
}

static void write_tree(FILE *out, const co_task *root)
{
    const co_task *next, *last = NULL;
    struct indent indent = {};
    struct path path = {};

    append(&path, root, 0);
    write_task(out, root, &indent, true);
    while (path.length > 0)
        if ((next = next_awaited(end_of(&path), last))) {
            bool is_last = !next_awaited(end_of(&path), next);
            append(&path, next, indent.length);
            write_task(out, next, &indent, is_last);
            last = NULL;
        } else {
            last = path.places[--path.length].future;
            indent.length = path.places[path.length].indent;
        }
    free(indent.s);
    free(path.places);
}

static bool find_any_circle(FILE *out)
{
    bool found = false;

    for (co_task *task = co_next_task(NULL); task && !found; task = co_next_task(task))
        found = !task->marked && find_circle(out, task);
    for (co_task *task = co_next_task(NULL); task; task = co_next_task(task))
        task->marked = false;
    return found;
}

static co_task *next_root(const co_task *after)
{
    co_task *task = co_next_task(after);

    while (task && next_awaiter(task, NULL))
        task = co_next_task(task);
    return task;
}

char *co_task_tree_new(void)
{
    struct co_text text;

    co_loop_here(__func__);
    co_text_begin(&text);
    if (find_any_circle(text.out))
        return co_text_end(&text);
    for (co_task *root = next_root(NULL); root; root = next_root(root))
        write_tree(text.out, root);
    return co_text_end(&text);
}

/* ---- the table ----------------------------------------------------------- */

static const char *chain_of(const co_task *task, char *buffer, size_t size)
{
    struct stack stack = stack_of(task);
    size_t used = 0;

    *buffer = '\0';
    for (size_t i = 0; i < stack.count && used < size; i++)
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", i ? " -> " : "",
                                 stack.names[i]);
    return buffer;
}

static void write_row(FILE *out, const co_task *task, const co_task *awaiter)
{
    char stack[256], chain[256] = "", id[16], awaiter_id[16] = "0x0";

    snprintf(id, sizeof(id), "0x%x", (unsigned)co_id(task) + 1);
    if (awaiter) {
        chain_of(awaiter, chain, sizeof(chain));
        snprintf(awaiter_id, sizeof(awaiter_id), "0x%x", (unsigned)co_id(awaiter) + 1);
    }
    fprintf(out, "%-10d %-20s %-20s %-50s %-50s %-15s %s\n", 1, id, co_name(task),
            chain_of(task, stack, sizeof(stack)), chain,
            awaiter ? co_name(awaiter) : "", awaiter_id);
}

char *co_task_table_new(void)
{
    struct co_text text;

    co_loop_here(__func__);
    co_text_begin(&text);
    fprintf(text.out, "%-10s %-20s %-20s %-50s %-50s %-15s %s\n", "tid", "task id",
            "task name", "coroutine stack", "awaiter chain", "awaiter name",
            "awaiter id");
    for (int i = 0; i < 180; i++)
        fputc('-', text.out);
    fputc('\n', text.out);
    for (co_task *task = co_next_task(NULL); task; task = co_next_task(task)) {
        co_task *awaiter = next_awaiter(task, NULL);
        do
            write_row(text.out, task, awaiter);
        while (awaiter && (awaiter = next_awaiter(task, awaiter)));
    }
    return co_text_end(&text);
}

/* ---- the call graph ------------------------------------------------------ */

static __attribute__((noinline)) void write_calls(FILE *out, const co_future *future,
                                                  int indent)
{
    if (future->class != &co_task_class) {
        fprintf(out, "%*s* Future()\n", indent, "");
        return;
    }
    const struct stack stack = stack_of(future);
    fprintf(out, "%*s* Task(name='%s')\n%*s  + Call stack:\n", indent, "",
            co_name(future), indent, "");
    for (size_t i = 0; i < stack.count; i++)
        fprintf(out, "%*s  |   in async %s()\n", indent, "", stack.names[i]);
}

/* A task in a circle of tasks that await each other is shown once. */
static co_task *next_in_graph(const struct path *path, const co_task *after)
{
    const co_future *end = end_of(path);

    return leads_through(path, end) ? NULL : next_awaiter(end, after);
}

static void write_graph(FILE *out, const co_future *future)
{
    const co_task *next, *last = NULL;
    struct path path = {};

    append(&path, future, 0);
    write_calls(out, future, 0);
    while (path.length > 0)
        if ((next = next_in_graph(&path, last))) {
            const int indent = 4 * (int)path.length;
            if (!last)
                fprintf(out, "%*s  + Awaited by:\n", indent - 4, "");
            append(&path, next, 0);
            write_calls(out, next, indent);
            last = NULL;
        } else {
            last = path.places[--path.length].future;
        }
    free(path.places);
}

char *co_call_graph_new(const co_future *future)
{
    struct co_text text;

    co_loop_here(__func__);
    co_text_begin(&text);
    write_graph(text.out, future);
    return co_text_end(&text);
}

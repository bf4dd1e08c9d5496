/* call_graph.c — who awaits whom, as texts in the layout of CPython 3.14's tools. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"
#include "engine/inspect.h"

enum { DEEPEST_STACK = 64 };

struct stack {
    const char *names[DEEPEST_STACK];
    size_t count;
};

static struct stack stack_of(const co_task *task)
{
    struct stack stack;

    stack.count = co_call_stack(task, stack.names, DEEPEST_STACK);
    if (stack.count > DEEPEST_STACK)
        stack.count = DEEPEST_STACK;
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

/* ---- the way from a root to here ----------------------------------------- */

/* Each awaits, or is awaited by, the one before. Of any length, and so not on the stack
 * of who asks.
 */
struct way {
    struct place {
        const co_future *future;
        size_t indent; /* of the text, before it was written */
    } * places;
    size_t length, room;
};

static void go_to(struct way *way, const co_future *future, size_t indent)
{
    if (way->length == way->room) {
        way->room = way->room ? 2 * way->room : 16;
        way->places = co_realloc(way->places, way->room * sizeof(*way->places));
    }
    way->places[way->length++] = (struct place){ future, indent };
}

static const co_future *end_of(const struct way *way)
{
    return way->places[way->length - 1].future;
}

/* Before its end. */
static bool leads_through(const struct way *way, const co_future *future)
{
    for (size_t i = 0; i + 1 < way->length; i++)
        if (way->places[i].future == future)
            return true;
    return false;
}

/* ---- circles ------------------------------------------------------------- */

static void write_circle(FILE *out, const struct way *way)
{
    size_t i = 0;

    while (way->places[i].future != end_of(way))
        i++;
    fprintf(out, "ERROR: await-graph contains cycles - cannot print a tree!\n"
                 "\ncycle: ");
    for (; i + 1 < way->length; i++)
        fprintf(out, "%s → ", co_name(way->places[i].future));
    fprintf(out, "%s\n", co_name(end_of(way)));
}

static bool find_circle(FILE *out, const co_task *root)
{
    const co_task *next, *last = NULL;
    struct way way = {};
    bool found = false;

    go_to(&way, root, 0);
    while (way.length > 0 && !found)
        if ((next = next_awaited(end_of(&way), last))) {
            go_to(&way, next, 0);
            found = leads_through(&way, next);
            last = NULL;
        } else {
            last = way.places[--way.length].future;
        }
    if (found)
        write_circle(out, &way);
    free(way.places);
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

/* It, and below it the calls that lead to what it awaits, each below the one before.
 * Out of line, for the names take room.
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
    struct way way = {};

    go_to(&way, root, 0);
    write_task(out, root, &indent, true);
    while (way.length > 0)
        if ((next = next_awaited(end_of(&way), last))) {
            bool is_last = !next_awaited(end_of(&way), next);
            go_to(&way, next, indent.length);
            write_task(out, next, &indent, is_last);
            last = NULL;
        } else {
            last = way.places[--way.length].future;
            indent.length = way.places[way.length].indent;
        }
    free(indent.s);
    free(way.places);
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

    co_text_begin(&text);
    for (co_task *task = co_next_task(NULL); task; task = co_next_task(task))
        if (find_circle(text.out, task))
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

/* Those who await each other in a circle are shown once. */
static co_task *next_on_the_way(const struct way *way, const co_task *after)
{
    const co_future *end = end_of(way);

    return leads_through(way, end) ? NULL : next_awaiter(end, after);
}

static void write_graph(FILE *out, const co_future *future)
{
    const co_task *next, *last = NULL;
    struct way way = {};

    go_to(&way, future, 0);
    write_calls(out, future, 0);
    while (way.length > 0)
        if ((next = next_on_the_way(&way, last))) {
            const int indent = 4 * (int)way.length;
            if (!last)
                fprintf(out, "%*s  + Awaited by:\n", indent - 4, "");
            go_to(&way, next, 0);
            write_calls(out, next, indent);
            last = NULL;
        } else {
            last = way.places[--way.length].future;
        }
    free(way.places);
}

char *co_call_graph_new(const co_future *future)
{
    struct co_text text;

    co_text_begin(&text);
    write_graph(text.out, future);
    return co_text_end(&text);
}

/* graph.c — who awaits whom, as texts in the layout of CPython 3.14's tools. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/inspect.h"
#include "engine/sched.h"

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

/* ---- circles -------------------------------------------------------------------- */

/* The tasks on the way from a root to here, innermost first. */
struct way {
    const co_task *task;
    const struct way *before;
};

static bool leads_through(const struct way *way, const co_task *task)
{
    for (; way; way = way->before)
        if (way->task == task)
            return true;
    return false;
}

static void write_circle(FILE *out, const struct way *way, const co_task *end)
{
    if (way->task != end)
        write_circle(out, way->before, end);
    fprintf(out, "%s → ", co_name(way->task));
}

static bool find_circle(FILE *out, const struct way *way)
{
    co_task *next = NULL;

    while ((next = next_awaited(way->task, next))) {
        if (leads_through(way, next)) {
            fprintf(out, "ERROR: await-graph contains cycles - cannot print a tree!\n"
                         "\ncycle: ");
            write_circle(out, way, next);
            fprintf(out, "%s\n", co_name(next));
            return true;
        }
        if (find_circle(out, &(struct way){ next, way }))
            return true;
    }
    return false;
}

/* ---- the tree ------------------------------------------------------------------- */

static void write_task(FILE *out, const co_task *task, const char *indent, bool last);

/* The calls that lead to what it awaits, one below the other, and that below them. */
static void write_calls(FILE *out, const co_task *task, const struct stack *stack,
                        size_t left, const char *indent)
{
    char deeper[strlen(indent) + sizeof("    ")];

    if (left > 0) {
        fprintf(out, "%s└──  %s\n", indent, stack->names[left - 1]);
        snprintf(deeper, sizeof(deeper), "%s    ", indent);
        write_calls(out, task, stack, left - 1, deeper);
        return;
    }
    for (co_task *one = next_awaited(task, NULL), *next; one; one = next) {
        next = next_awaited(task, one);
        write_task(out, one, indent, !next);
    }
}

static void write_task(FILE *out, const co_task *task, const char *indent, bool last)
{
    char deeper[strlen(indent) + sizeof("│   ")];
    struct stack stack = stack_of(task);

    fprintf(out, "%s%s (T) %s\n", indent, last ? "└──" : "├──", co_name(task));
    snprintf(deeper, sizeof(deeper), "%s%s", indent, last ? "    " : "│   ");
    write_calls(out, task, &stack, stack.count, deeper);
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
        if (find_circle(text.out, &(struct way){ task, NULL }))
            return co_text_end(&text);
    for (co_task *root = next_root(NULL); root; root = next_root(root))
        write_task(text.out, root, "", true);
    return co_text_end(&text);
}

/* ---- the table ------------------------------------------------------------------ */

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

/* ---- the call graph ------------------------------------------------------------- */

static void write_graph(FILE *out, const co_future *future, const struct way *way,
                        int indent);

static void write_awaiters(FILE *out, const co_future *future, const struct way *way,
                           int indent)
{
    co_task *awaiter = next_awaiter(future, NULL);

    if (awaiter)
        fprintf(out, "%*s  + Awaited by:\n", indent, "");
    for (; awaiter; awaiter = next_awaiter(future, awaiter))
        write_graph(out, awaiter, way, indent + 4);
}

static void write_graph(FILE *out, const co_future *future, const struct way *way,
                        int indent)
{
    if (future->class != &co_task_class) {
        fprintf(out, "%*s* Future()\n", indent, "");
        write_awaiters(out, future, way, indent);
        return;
    }
    struct stack stack = stack_of(future);
    fprintf(out, "%*s* Task(name='%s')\n%*s  + Call stack:\n", indent, "",
            co_name(future), indent, "");
    for (size_t i = 0; i < stack.count; i++)
        fprintf(out, "%*s  |   in async %s()\n", indent, "", stack.names[i]);
    /* Those who await each other in a circle are shown once. */
    if (!leads_through(way, future))
        write_awaiters(out, future, &(struct way){ future, way }, indent);
}

char *co_call_graph_new(const co_future *future)
{
    struct co_text text;

    co_text_begin(&text);
    write_graph(text.out, future, NULL, 0);
    return co_text_end(&text);
}

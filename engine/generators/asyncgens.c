/* asyncgens.c — the asynchronous generators of a loop, which closes them at its end. */
#include <stdio.h>
#include <stdlib.h>

#include "engine/core/emit.h"
#include "engine/gather.h"
#include "engine/generator.h"
#include "engine/generators/generator_internal.h"

struct asyncgens {
    struct co_extension extension;
    struct co_list started; /* co_generator.all: asked for a value, not closed yet */
};

static struct asyncgens *asyncgens_of(const struct co_extension *extension)
{
    return co_container_of(extension, struct asyncgens, extension);
}

static void init(struct co_extension *self)
{
    co_list_init(&asyncgens_of(self)->started);
}

static bool has_work(const struct co_extension *self)
{
    return !co_list_empty(&asyncgens_of(self)->started);
}

static int shut_down(struct co_loop *loop, struct co_extension *self)
{
    (void)loop, (void)self;
    return co_shutdown_generators();
}

static const struct co_extension_class asyncgens_class = {
    .size = sizeof(struct asyncgens),
    .init = init,
    .step = CO_SHUTDOWN_ASYNCGENS,
    .has_work = has_work,
    .shut_down = shut_down,
};

static struct asyncgens *asyncgens_get(struct co_loop *loop)
{
    return asyncgens_of(co_extension_get(loop, &asyncgens_class));
}

void co_generator_register(struct co_loop *loop, struct co_generator *generator)
{
    co_list_append(&asyncgens_get(loop)->started, &generator->all);
}

static char *repr_new(const struct co_generator *generator)
{
    char *text = NULL;

    if (asprintf(&text, "<async_generator object %s at %p>", generator->nested.fn_name,
                 (const void *)generator) < 0)
        return co_strdup("<async_generator>");
    return text;
}

/* A sentence about a generator; free() it. */
static char *sentence_new(const char *before, const char *repr, const char *after)
{
    char *text = NULL;

    if (asprintf(&text, "%s%s%s", before, repr, after) < 0)
        return co_strdup(before);
    return text;
}

void co_generator_warn_late(const struct co_generator *generator)
{
    struct co_loop *loop = co_loop_now;

    if (!co_is_observed(loop))
        return;
    char *repr = repr_new(generator);
    char *text = sentence_new("asynchronous generator ", repr,
                              " was scheduled after loop.shutdown_asyncgens() call");
    co_emit(loop, &(co_trace_event){
                      .kind = CO_NOTE,
                      .task = co_task_or_null(loop->current),
                      .what = "never-closed",
                      .text = text,
                  });
    free(text);
    free(repr);
}

/* ---- closing all --------------------------------------------------------- */

/* The generators that are being closed, and the tasks that close them: one allocation.
 * It is a handle, so that the loop frees it if the task is abandoned.
 */
struct closings {
    struct co_handle handle;
    size_t count;
    struct co_generator **generators;
    co_task *tasks[];
};

static void free_closings(co_future *future)
{
    free(co_container_of(future, struct closings, handle.future));
}

/* Collect all generators before the first one is closed: an eager task closes it at
 * once, and its cleanup may change the list.
 */
static struct closings *begin(struct asyncgens *asyncgens, size_t count)
{
    static const struct co_future_class class = { .free = free_closings };
    struct closings *closings =
        co_alloc(sizeof(*closings) + 2 * count * sizeof(void *));

    co_handle_prepare(&closings->handle, &class);
    closings->count = 0;
    closings->generators = (struct co_generator **)&closings->tasks[count];
    co_list_each(link, &asyncgens->started) {
        struct co_generator *generator =
            co_container_of(link, struct co_generator, all);
        co_list_remove(link);
        co_ref(&generator->handle.future);
        closings->generators[closings->count++] = generator;
    }
    for (size_t i = 0; i < count; i++)
        closings->tasks[i] = co_generator_closing(closings->generators[i]);
    return closings;
}

static void report(const struct co_generator *generator, const co_task *task)
{
    if (task->code >= 0 || co_error_is_base(task->code, task->error))
        return;
    char *repr = repr_new(generator);
    char *message = sentence_new(
        "an error occurred during closing of asynchronous generator ", repr, "");
    co_call_exception_handler(&(co_exception_context){
        .kind = "generator",
        .message = message,
        .code = task->code,
        .error = task->error,
        .more = &(struct co_exception_detail){ "asyncgen", repr },
        .count = 1,
    });
    free(message);
    free(repr);
}

int co_shutdown_generators(void)
{
    struct asyncgens *asyncgens = asyncgens_get(co_loop_here(__func__));
    size_t count = 0;

    co_loop_now->asyncgens_shut_down = true;
    co_list_each(link, &asyncgens->started)
        count++;
    if (count == 0)
        return 0;

    struct closings *closings = begin(asyncgens, count);
    int r = co_settlev(closings->tasks, count);
    for (size_t i = 0; i < count; i++) {
        if (r >= 0)
            report(closings->generators[i], closings->tasks[i]);
        co_drop(closings->tasks[i]);
        co_unref(&closings->generators[i]->handle.future);
    }
    co_drop(&closings->handle.future);
    return r;
}

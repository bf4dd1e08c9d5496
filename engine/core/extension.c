#include "engine/core/extension.h"

#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

struct co_extension *co_extension_find_in(struct co_extension *own,
                                          const struct co_extension_class *class)
{
    while (own && own->class != class)
        own = own->next;
    return own;
}

struct co_extension *co_extension_find(const struct co_loop *loop,
                                       const struct co_extension_class *class)
{
    return co_extension_find_in(loop->extensions, class);
}

static void add(struct co_extension **list, struct co_extension *extension)
{
    extension->next = *list;
    *list = extension;
}

/* Take the extension of a loop that has ended; NULL: there is none. */
static struct co_extension *reuse(struct co_loop *loop,
                                  const struct co_extension_class *class)
{
    struct co_extension **place = &loop->spare;

    while (*place && (*place)->class != class)
        place = &(*place)->next;
    struct co_extension *extension = *place;
    if (!extension)
        return NULL;
    *place = extension->next;
    add(&loop->extensions, extension);
    return extension;
}

struct co_extension *co_extension_get(struct co_loop *loop,
                                      const struct co_extension_class *class)
{
    struct co_extension *extension = co_extension_find(loop, class);

    if (extension || (extension = reuse(loop, class)))
        return extension;
    extension = memset(co_alloc(class->size), 0, class->size);
    extension->class = class;
    add(&loop->extensions, extension);
    if (class->init)
        class->init(extension);
    return extension;
}

struct co_extension *co_extension_for_step(const struct co_loop *loop,
                                           enum co_shutdown_step step)
{
    struct co_extension *extension = loop->extensions;

    while (extension &&
           !(extension->class->step == step && extension->class->has_work(extension)))
        extension = extension->next;
    return extension;
}

void co_extensions_loop_closed(struct co_loop *loop)
{
    for (struct co_extension *extension = loop->extensions; extension;
         extension = extension->next)
        if (extension->class->loop_closed)
            extension->class->loop_closed(loop, extension);
}

/* Unlink the extensions that belong to the current loop alone. */
static struct co_extension *take_own(struct co_loop *loop)
{
    struct co_extension *own = NULL;

    for (struct co_extension **place = &loop->extensions; *place;) {
        struct co_extension *extension = *place;
        if (extension->class->of_program) {
            place = &extension->next;
            continue;
        }
        *place = extension->next;
        add(&own, extension);
    }
    return own;
}

struct co_extension *co_extensions_take_own(struct co_loop *loop)
{
    struct co_extension *own = take_own(loop);

    for (struct co_extension *each = own; each; each = each->next)
        if (each->class->loop_idle)
            each->class->loop_idle(loop, each);
    return own;
}

void co_extensions_give_own(struct co_loop *loop, struct co_extension *own)
{
    for (struct co_extension *next; own; own = next) {
        next = own->next;
        add(&loop->extensions, own);
        if (own->class->loop_current)
            own->class->loop_current(loop, own);
    }
}

void co_extensions_spare_own(struct co_loop *loop)
{
    struct co_extension *own = take_own(loop);

    for (struct co_extension *next; own; own = next) {
        next = own->next;
        add(&loop->spare, own);
    }
}

static void finish_all(struct co_loop *loop, struct co_extension **list)
{
    while (*list) {
        struct co_extension *extension = *list;
        *list = extension->next;
        if (extension->class->finish)
            extension->class->finish(loop, extension);
        free(extension);
    }
}

void co_extensions_finish(struct co_loop *loop)
{
    finish_all(loop, &loop->extensions);
    finish_all(loop, &loop->spare);
}

#include "engine/core/extension.h"

#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

struct co_extension *co_extension_find(const struct co_loop *loop,
                                       const struct co_extension_class *class)
{
    struct co_extension *extension = loop->extensions;

    while (extension && extension->class != class)
        extension = extension->next;
    return extension;
}

struct co_extension *co_extension_get(struct co_loop *loop,
                                      const struct co_extension_class *class)
{
    struct co_extension *extension = co_extension_find(loop, class);

    if (extension)
        return extension;
    extension = memset(co_alloc(class->size), 0, class->size);
    extension->class = class;
    extension->next = loop->extensions;
    loop->extensions = extension;
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

void co_extensions_finish(struct co_loop *loop)
{
    for (struct co_extension *extension = loop->extensions, *next; extension;
         extension = next) {
        next = extension->next;
        if (extension->class->finish)
            extension->class->finish(loop, extension);
        free(extension);
    }
    loop->extensions = NULL;
}

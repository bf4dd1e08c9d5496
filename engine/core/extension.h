/* extension.h — state that other folders have for each loop, and their work at its end.
 *
 * The core does not depend on the other folders. A folder that has work at the end of a
 * run, or state of its own for each loop, registers an extension when it is first used
 * in that loop. (Private to the engine.)
 */
#ifndef CO_EXTENSION_H
#define CO_EXTENSION_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/list.h"

struct co_loop;
struct co_extension;

/* The steps asyncio.run() ends with, in order, after all tasks have ended. Each is a
 * coroutine: where no extension has work for it, an empty one runs in its place, so
 * that iterations are counted as asyncio counts them.
 */
enum co_shutdown_step {
    CO_SHUTDOWN_ASYNCGENS, /* in a task of its own: it may suspend, */
    CO_SHUTDOWN_EXECUTOR,  /* and in none: it runs the loop itself */
    CO_SHUTDOWN_NONE,      /* no work at that point */
};

/* Functions may be NULL: nothing to do. */
struct co_extension_class {
    size_t size;     /* of the struct that begins with the struct co_extension */
    bool of_program; /* all loops of the program share it; else each has its own */
    void (*init)(struct co_extension *self);
    enum co_shutdown_step step;
    bool (*has_work)(const struct co_extension *self); /* for that step */
    int (*shut_down)(struct co_loop *loop, struct co_extension *self);
    /* Its loop becomes idle, or is current again. */
    void (*loop_idle)(struct co_loop *loop, struct co_extension *self);
    void (*loop_current)(struct co_loop *loop, struct co_extension *self);
    /* The loop is closed. Its tasks still exist but never run again. */
    void (*loop_closed)(struct co_loop *loop, struct co_extension *self);
    /* The program is over, and no task exists any more. */
    void (*finish)(struct co_loop *loop, struct co_extension *self);
};

struct co_extension {
    const struct co_extension_class *class;
    struct co_extension *next; /* registered before; NULL: none */
};

/* The loop's extension of this class; NULL: it has not been registered. The second
 * looks in those of an idle loop.
 */
struct co_extension *co_extension_find(const struct co_loop *loop,
                                       const struct co_extension_class *class);
struct co_extension *co_extension_find_in(struct co_extension *own,
                                          const struct co_extension_class *class);

/* The same, registered now if it was not: all zero, then initialized. */
struct co_extension *co_extension_get(struct co_loop *loop,
                                      const struct co_extension_class *class);

/* The extension that has work for this step now; NULL: none. */
struct co_extension *co_extension_for_step(const struct co_loop *loop,
                                           enum co_shutdown_step step);

/* When the current loop becomes idle, its own extensions are taken out, and when it is
 * current again they are given back. When it ends they are spared: a later loop uses
 * them.
 */
struct co_extension *co_extensions_take_own(struct co_loop *loop);
void co_extensions_give_own(struct co_loop *loop, struct co_extension *own);
void co_extensions_spare_own(struct co_loop *loop);

/* Call loop_closed(), or finish(), of all extensions; the second also frees them. */
void co_extensions_loop_closed(struct co_loop *loop);
void co_extensions_finish(struct co_loop *loop);

#endif

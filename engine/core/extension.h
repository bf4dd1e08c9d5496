/* extension.h — state of other folders for each loop, and their work when it ends.
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

/* The last steps of asyncio.run(), in order, after all tasks have ended. Each is a
 * coroutine in asyncio. If no extension has work for a step, an empty coroutine runs in
 * its place, so that iterations are counted as in asyncio.
 */
enum co_shutdown_step {
    CO_SHUTDOWN_ASYNCGENS, /* runs in a task of its own, so it may suspend */
    CO_SHUTDOWN_EXECUTOR,  /* runs in no task, and iterates the loop itself */
    CO_SHUTDOWN_NONE,      /* the extension has no work in these steps */
};

/* Functions may be NULL: nothing to do. */
struct co_extension_class {
    size_t size;     /* of the struct that begins with the struct co_extension */
    bool of_program; /* all loops of a program share it; else each has its own */
    void (*init)(struct co_extension *self);
    enum co_shutdown_step step;
    bool (*has_work)(const struct co_extension *self); /* in `step` */
    int (*shut_down)(struct co_loop *loop, struct co_extension *self);
    /* Its loop becomes idle, or becomes current again. */
    void (*loop_idle)(struct co_loop *loop, struct co_extension *self);
    void (*loop_current)(struct co_loop *loop, struct co_extension *self);
    /* The loop is closed. Its tasks still exist but never run again. */
    void (*loop_closed)(struct co_loop *loop, struct co_extension *self);
    /* The program is over, and no task exists any more. */
    void (*finish)(struct co_loop *loop, struct co_extension *self);
};

struct co_extension {
    const struct co_extension_class *class;
    struct co_extension *next; /* the one registered before it; NULL: none */
};

/* Return the loop's extension of this class; NULL: it is not registered.
 * co_extension_find_in() searches the extensions of an idle loop.
 */
struct co_extension *co_extension_find(const struct co_loop *loop,
                                       const struct co_extension_class *class);
struct co_extension *co_extension_find_in(struct co_extension *own,
                                          const struct co_extension_class *class);

/* Return it; if it is not registered, register it: all zero, then init(). */
struct co_extension *co_extension_get(struct co_loop *loop,
                                      const struct co_extension_class *class);

/* The extension that has work for this step now; NULL: none. */
struct co_extension *co_extension_for_step(const struct co_loop *loop,
                                           enum co_shutdown_step step);

/* For the extensions that belong to the current loop alone. take: unlink and return
 * them, when the loop becomes idle. give: link them again, when it becomes current.
 * spare: put them aside when the loop ends; a later loop reuses them.
 */
struct co_extension *co_extensions_take_own(struct co_loop *loop);
void co_extensions_give_own(struct co_loop *loop, struct co_extension *own);
void co_extensions_spare_own(struct co_loop *loop);

/* Call loop_closed() of all extensions; call finish() of all, and free them. */
void co_extensions_loop_closed(struct co_loop *loop);
void co_extensions_finish(struct co_loop *loop);

#endif

/* watch.h — callbacks for descriptors that can be read or written.
 *
 *     struct pipe_reader {
 *         co_watch watch;
 *         int fd;
 *     };
 *
 *     static void on_readable(co_callback *callback)
 *     {
 *         struct pipe_reader *self = co_container_of(callback, struct pipe_reader,
 *                                                    watch.callback);
 *         co_say("descriptor %d has something to read", self->fd);
 *         co_watch_stop(&self->watch);
 *     }
 *
 *     static struct pipe_reader input = { { .callback.run = on_readable }, 0 };
 *     await(co_watch_readable(&input.watch, input.fd));
 *
 * For descriptors that other code opens and reads: sockets, pipes, terminals, devices
 * of a library. The system must be able to poll them; it cannot poll regular files.
 */
#ifndef CO_WATCH_H
#define CO_WATCH_H

#include <stdbool.h>

#include "engine/loop.h"

/* Embed it in a struct of your own, and set callback.run. The caller owns it, and keeps
 * it in place until it is stopped or the run is over.
 */
typedef struct co_watch {
    co_callback callback;
    /* private */
    int fd;
    bool writes;
} co_watch;

/* add_reader(), add_writer(): run the callback in each iteration whose poll finds that
 * the descriptor can be read (written), after what is ready already. It runs again in
 * each iteration as long as that is so, not once for each change. An end of file and an
 * error count as readable and as writable. If a descriptor can be read and written, the
 * reader runs first. Several descriptors come in the order in which the system reports
 * them.
 *
 * A descriptor has one callback for reading and one for writing. A new one replaces the
 * earlier one, which does not run any more, even if it was ready. Starting a watch
 * again stops its earlier watch. The first call of the callback sees the context
 * variables as they are now; each later call also sees the values that the callback has
 * set. The watch must be stopped before the descriptor is closed. The O_NONBLOCK flag
 * of the descriptor does not change.
 *
 * A watch belongs to the loop in which it is started: the callback runs only while that
 * loop runs, and the end of that loop stops it.
 *
 * A run in which all tasks wait is no deadlock while a descriptor is watched. The
 * virtual clock does not wait for watches: it polls before each jump, and jumps if that
 * finds nothing.
 *
 * Do not suspend. Return 0. CO_EVALUE: the descriptor is negative. UV_EBADF: it is not
 * open. UV_EPERM: the system cannot poll it. UV_EEXIST: the engine reads or writes it
 * itself. CO_ERUNTIME: the loop is closed.
 */
int co_watch_readable(co_watch *watch, int fd);
int co_watch_writable(co_watch *watch, int fd);

/* remove_reader(), remove_writer(): stop the watch. The callback does not run any more,
 * even if it was ready. The end of the loop does this as well. False: it was not
 * started, or was replaced.
 */
bool co_watch_stop(co_watch *watch);

#endif

/* debug.h — debug mode: what a run tells about itself if co_options.debug is set.
 *
 * A callback or a task's turn that takes long is told to the observer (CO_NOTE, word
 * "slow"), and so is a call from the wrong thread refused. A
 * lock, queue or other primitive in the frame of a task that ends, while another task
 * still waits for it, ends the program with a sentence. The order in which things
 * happen stays the same.
 */
#ifndef CO_DEBUG_H
#define CO_DEBUG_H

#include <stdbool.h>

/* True if the run was started in debug mode. */
bool co_get_debug(void);

/* loop.slow_callback_duration: what takes at least so long, in s, is told; 0.1 unless
 * it is set.
 */
double co_slow_callback_duration(void);
void co_set_slow_callback_duration(double seconds);

#endif

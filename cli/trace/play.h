/* play.h — run an example, and record it.
 */
#ifndef CLI_PLAY_H
#define CLI_PLAY_H

#include "cli/trace/trace.h"
#include "lessons/lesson.h"

/* How to run it, and a function to call at each event; NULL: none. All zero: on the
 * virtual clock, without waiting, with seed 0.
 */
struct play {
    bool real_clock;
    double speed; /* of the virtual clock; 0: do not wait */
    double max_pause;
    uint64_t seed;
    void (*each)(void *context, const struct trace_event *event);
    void *context;
};

/* The head of its trace. It has the seed of an example that has random numbers. */
void play_head(const struct play *play, const struct example *example,
               struct trace_head *ret_head);

/* Run it, add its events to the trace, and close the trace. During the run Ctrl-C
 * cancels its main task, and is not echoed. Returns what the program returned.
 */
int play_run(const struct play *play, const struct example *example,
             struct trace *trace);

/* How long it takes on the virtual clock with seed 0, in us: it is run to find out. */
int64_t play_length(const struct example *example);

#endif

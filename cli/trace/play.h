/* play.h — run an example, and record it.
 */
#ifndef CLI_PLAY_H
#define CLI_PLAY_H

#include "cli/trace/trace.h"
#include "lessons/lesson.h"

/* How to run it, and whom to tell of each event as it happens. All zero: on the
 * virtual clock, at once, with seed 0, and nobody.
 */
struct play {
    bool real_clock;
    double speed; /* of the virtual clock; 0: do not wait */
    double max_pause;
    bool seeded; /* somebody asked for the seed */
    uint64_t seed;
    void (*each)(void *context, const struct trace_event *event);
    void *context;
};

/* What the trace of it begins with. */
void play_head(const struct play *play, const struct example *example,
               struct trace_head *ret_head);

/* Run it, add what happens to the trace, and close that. Ctrl-C goes to its main task
 * meanwhile, and is not echoed. What the program returned.
 */
int play_run(const struct play *play, const struct example *example,
             struct trace *trace);

/* Seconds on the virtual clock, with seed 0, in us. It is run to see. */
int64_t play_length(const struct example *example);

#endif

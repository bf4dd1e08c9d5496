#include "cli/views/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

/* What a task slept, by its number. */
struct sleep {
    bool slept, asleep;
    int64_t since_us, length_us;
};

/* How many tasks slept at all, and how long together: as long as they were asleep,
 * but no longer than they had asked for.
 */
static unsigned add_up(const struct trace *trace, int64_t *ret_total_us)
{
    struct sleep *sleeps = NULL;
    size_t room = 0;
    unsigned sleepers = 0;

    *ret_total_us = 0;
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_event *event = &trace->events[i];
        if (event->id < 0)
            continue;
        size_t id = (size_t)event->id;
        if (id >= room) {
            sleeps = xnonnull(reallocarray(sleeps, 2 * id + 8, sizeof(*sleeps)));
            memset(sleeps + room, 0, (2 * id + 8 - room) * sizeof(*sleeps));
            room = 2 * id + 8;
        }
        struct sleep *sleep = &sleeps[id];
        if (event->kind == CO_WAIT && trace_what_of(event->what) == WHAT_SLEEP) {
            sleepers += !sleep->slept;
            *sleep = (struct sleep){ true, true, event->at_us, event->length_us };
        } else if (sleep->asleep &&
                   (event->kind == CO_RESUME || event->kind == CO_ABANDON)) {
            int64_t slept_us = event->at_us - sleep->since_us;
            *ret_total_us += slept_us < sleep->length_us ? slept_us : sleep->length_us;
            sleep->asleep = false;
        }
    }
    free(sleeps);
    return sleepers;
}

/* Seconds, to the millisecond. */
static void print_seconds(FILE *out, int64_t time_us)
{
    text_print_time(out, (time_us + 500) / 1000 * 1000, 1000000);
}

char *summary_of(const struct trace *trace)
{
    int64_t total_us;
    unsigned sleepers = add_up(trace, &total_us);
    char *sentence;
    size_t size;
    FILE *out = text_stream(&sentence, &size);

    if (sleepers) {
        fprintf(out, "%u task%s slept ", sleepers, sleepers == 1 ? "" : "s");
        print_seconds(out, total_us);
        fputs(" s in total; the lesson took ", out);
    } else {
        fputs("Nobody slept; the lesson took ", out);
    }
    print_seconds(out, trace->tail.at_us);
    fputs(" s.", out);
    fclose(out);
    return sentence;
}

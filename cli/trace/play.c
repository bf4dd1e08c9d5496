#include "cli/trace/play.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/echo.h"
#include "cli/text.h"
#include "cli/trace/recorder.h"
#include "engine/error.h"

void play_head(const struct play *play, const struct example *example,
               struct trace_head *ret_head)
{
    *ret_head = (struct trace_head){
        .lesson = xnonnull(strdup(example->lesson->name)),
        .example = xnonnull(strdup(example->name)),
        .policy = xnonnull(strdup("fifo")),
        .real_clock = play->real_clock,
        /* A seed that changes nothing would make equal traces differ. */
        .seeded = example->about->random,
        .seed = example->about->random ? play->seed : 0,
    };
}

static enum trace_end end_of(int r)
{
    switch (r) {
    case UV_EINTR:
    case UV_ECANCELED:
        return TRACE_CANCELLED;
    case CO_EDEADLK:
        return TRACE_DEADLOCK;
    case CO_EABANDONED:
        return TRACE_ABANDONED;
    default:
        return r < 0 ? TRACE_ERROR : TRACE_OK;
    }
}

static void interrupt_run(int) { co_interrupt(); }

int play_run(const struct play *play, const struct example *example,
             struct trace *trace)
{
    struct recorder recorder;
    struct sigaction before, during = { .sa_handler = interrupt_run };
    /* A write that is interrupted must go on: stdio would lose the rest. */
    during.sa_flags = SA_RESTART;

    recorder_init(&recorder, trace);
    recorder.each = play->each;
    recorder.context = play->context;
    sigemptyset(&during.sa_mask);
    sigaction(SIGINT, NULL, &before);
    /* A shell that starts a program in the background makes it ignore Ctrl-C. */
    if (before.sa_handler != SIG_IGN)
        sigaction(SIGINT, &during, NULL);
    echo_hide_signals();
    int r = example_run(example, &(co_options){
                                     .virtual_time = !play->real_clock,
                                     .speed = play->speed,
                                     .max_pause = play->max_pause,
                                     .seed = play->seed,
                                     .observer = &recorder.observer,
                                 });
    echo_restore();
    sigaction(SIGINT, &before, NULL);
    recorder_finish(&recorder);
    trace_close(trace, end_of(r));
    return r;
}

int64_t play_length(const struct example *example)
{
    struct trace trace = {};

    play_run(&(struct play){}, example, &trace);
    int64_t length_us = trace.tail.at_us;
    trace_finish(&trace);
    return length_us;
}

#include "cli/trace/trace.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

static const char *const end_words[] = {
    [TRACE_CUT] = "cut",           [TRACE_OK] = "ok",
    [TRACE_ERROR] = "error",       [TRACE_CANCELLED] = "cancelled",
    [TRACE_DEADLOCK] = "deadlock", [TRACE_ABANDONED] = "abandoned",
};

const char *trace_end_word(enum trace_end end) { return end_words[end]; }

enum trace_end trace_end_of(const char *word)
{
    for (enum trace_end end = TRACE_OK; end <= TRACE_ABANDONED; end++)
        if (strcmp(end_words[end], word) == 0)
            return end;
    return TRACE_CUT;
}

enum trace_what trace_what_of(const char *word)
{
    static const char *const words[] = {
#define XX(name, word) [WHAT_##name] = word,
        TRACE_WHATS(XX)
#undef XX
    };

    for (size_t what = 0; word && what < sizeof(words) / sizeof(*words); what++)
        if (words[what] && strcmp(words[what], word) == 0)
            return (enum trace_what)what;
    return WHAT_OTHER;
}

bool trace_waits_for_many(const char *word)
{
    switch (trace_what_of(word)) {
    case WHAT_GATHER:
    case WHAT_WAIT:
    case WHAT_GROUP:
    case WHAT_SHIELD:
        return true;
    default:
        return false;
    }
}

bool trace_waits_for_one(const char *word)
{
    enum trace_what what = trace_what_of(word);

    return what == WHAT_JOIN || what == WHAT_WAIT_FOR;
}

bool trace_kind_of(const char *word, co_trace_event_kind *ret_kind)
{
    static const char *const words[] = {
#define XX(name, word) word,
        CO_TRACE_EVENTS(XX)
#undef XX
    };

    for (size_t kind = 0; kind < sizeof(words) / sizeof(*words); kind++) {
        if (strcmp(words[kind], word) == 0) {
            *ret_kind = (co_trace_event_kind)kind;
            return true;
        }
    }
    return false;
}

struct trace_event *trace_add(struct trace *trace)
{
    if (trace->count == trace->capacity) {
        trace->capacity = trace->capacity ? 2 * trace->capacity : 64;
        trace->events = xnonnull(
            reallocarray(trace->events, trace->capacity, sizeof(*trace->events)));
    }
    struct trace_event *event = &trace->events[trace->count++];
    *event = (struct trace_event){ .id = -1, .other_id = -1 };
    return event;
}

static void event_finish(struct trace_event *event)
{
    free(event->task);
    free(event->what);
    free(event->object);
    free(event->text);
    free(event->other);
    free(event->function);
    free(event->source);
    for (size_t i = 0; i < event->count; i++)
        free(event->tasks[i]);
    free(event->tasks);
}

void trace_close(struct trace *trace, enum trace_end end)
{
    struct trace_tail tail = { .end = end };

    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_event *event = &trace->events[i];
        tail.tasks += event->kind == CO_SPAWN;
        if (event->turn > tail.turns)
            tail.turns = event->turn;
        if (event->at_us > tail.at_us)
            tail.at_us = event->at_us;
    }
    trace->tail = tail;
    trace->whole = true;
    trace->torn = false;
}

void trace_finish(struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        event_finish(&trace->events[i]);
    free(trace->events);
    free(trace->head.lesson);
    free(trace->head.example);
    free(trace->head.policy);
    *trace = (struct trace){};
}

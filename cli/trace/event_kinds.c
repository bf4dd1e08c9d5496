#include "cli/trace/event_kinds.h"

#include <string.h>

/* kind, level, weight, form, what it means */
#define EVENT_KINDS(XX)                                                                \
    XX(SPAWN, TASK, NORMAL, spawn,                                                     \
       "a task is made, by the task before it or by the run; it is ready, and starts " \
       "later")                                                                        \
    XX(START, TASK, NORMAL, text,                                                      \
       "the first turn of a task: its coroutine runs until it waits")                  \
    XX(WAIT, TASK, DIM, wait,                                                          \
       "the turn ends, and the task waits for what follows; other tasks run")          \
    XX(WAKE, LOOP, DIM, wake,                                                          \
       "what the task waited for has happened: it is ready, and gets a turn later "    \
       "(--level loop)")                                                               \
    XX(RESUME, TASK, NORMAL, resume,                                                   \
       "another turn of a task begins, for the reason that follows")                   \
    XX(DONE, TASK, NORMAL, done,                                                       \
       "the task has ended, with the result that follows if it has one")               \
    XX(FAIL, TASK, BOLD, error, "the task has ended with an error")                    \
    XX(CANCEL, TASK, NORMAL, cancel,                                                   \
       "the task that follows is asked to end: at its next turn it gets an error "     \
       "where it waits")                                                               \
    XX(CANCELLED, TASK, BOLD, text, "the task has ended because it was asked to")      \
    XX(SAY, SAY, BOLD, say, "the program prints a line")                               \
    XX(SET, LOOP, DIM, object,                                                         \
       "an event or a future is set, which wakes what waits for it (--level loop)")    \
    XX(READ, LOOP, DIM, text, "a value is read; no example has this yet")              \
    XX(ACQUIRE, TASK, DIM, semaphore,                                                  \
       "the task gets a lock, or one of the places of a semaphore; free: how many "    \
       "are left")                                                                     \
    XX(RELEASE, TASK, DIM, semaphore,                                                  \
       "the task gives a lock or a place back; the task that waits longest is woken")  \
    XX(PUT, TASK, DIM, queue,                                                          \
       "the task puts an item into a queue; size: how many are in it now")             \
    XX(GET, TASK, DIM, queue,                                                          \
       "the task takes an item out of a queue; size: how many are left")               \
    XX(TIMEOUT, TASK, BOLD, after, "the time limit of the task has passed")            \
    XX(BUSY, TASK, NORMAL, span,                                                       \
       "the task has computed or blocked for so long, and nothing else ran")           \
    XX(OPEN, LOOP, DIM, text, "a stream is opened; no example has this yet")           \
    XX(CLOSE, LOOP, DIM, text, "a stream is closed; no example has this yet")          \
    XX(SEND, LOOP, DIM, text, "data is sent; no example has this yet")                 \
    XX(RECV, LOOP, DIM, text, "data is received; no example has this yet")             \
    XX(CLOCK, LOOP, DIM, clock,                                                        \
       "no task is ready, and time passes until one is (--level loop)")                \
    XX(POLL, LOOP, DIM, text, "the loop looks for input; no example has this yet")     \
    XX(DEADLOCK, TASK, BOLD, text,                                                     \
       "every task waits for another, so none can ever run: asyncio would hang here")  \
    XX(ABANDON, TASK, BOLD, text,                                                      \
       "the run is over, and the task is not: it will never end")                      \
    XX(NOTE, TASK, BOLD, note,                                                         \
       "what asyncio would warn of, or an error that nothing handled")

static const struct event_kind kinds[] = {
#define XX(kind, level, weight, form, meaning) \
    [CO_##kind] = { LEVEL_##level, WEIGHT_##weight, &form_##form, meaning },
    EVENT_KINDS(XX)
#undef XX
};

/* Every kind of the engine has a row, so that none is left out. */
#define XX(...) +1
_Static_assert(0 EVENT_KINDS(XX) == 0 CO_TRACE_EVENTS(XX),
               "a kind of event has no row in EVENT_KINDS");
#undef XX

const struct event_kind *event_kind_of(co_trace_event_kind kind)
{
    return &kinds[kind];
}

/* ---- the other words of a trace ------------------------------------------- */

const struct trace_word trace_words[] = {
    { "interleave-trace", "the first line of a trace, with the version of the format" },
    { "lesson", "the lesson that was run" },
    { "example", "the example of the lesson" },
    { "clock",
      "virtual: code takes no time and waits are exact; real: times are measured" },
    { "policy",
      "the order of ready tasks; fifo: the one that is ready longest runs first" },
    { "seed", "where random numbers start (--seed); -: there are none" },
    { "cols", "the columns of the lines that follow: seconds, task, event, detail" },
    { "seconds", "the first column: the time since the program began" },
    { "task",
      "the second column: the task that runs; -: none, but the loop or the program" },
    { "event", "the third column: what happens, in one word" },
    { "detail", "the last column: what the event is about" },
    { "end", "how the run ended: ok, error, cancelled, deadlock or abandoned" },
    { "tasks", "how many tasks there were, main among them" },
    { "turns", "how many turns all tasks had; a turn lasts from start or resume to the "
               "next wait, or to the end" },
    { "time", "when the run ended, in seconds" },
    { "digest",
      "a number made of all lines of events: equal traces have equal digests" },
    { NULL, NULL },
};

const char *trace_word_meaning(const char *word)
{
    co_trace_event_kind kind;

    if (trace_kind_of(word, &kind))
        return event_kind_of(kind)->meaning;
    for (const struct trace_word *row = trace_words; row->word; row++)
        if (strcmp(row->word, word) == 0)
            return row->meaning;
    return NULL;
}

#include "engine/observer.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

const char *co_trace_event_word(co_trace_event_kind kind)
{
    static const char *const words[] = {
#define XX(name, word) word,
        CO_TRACE_EVENTS(XX)
#undef XX
    };

    return words[kind];
}

static void hand_to_observer(struct co_loop *loop, co_trace_event *event, uint64_t turn)
{
    event->at_ns = co_clock_now(&loop->clock);
    event->turn = turn;
    loop->observer->event(loop->observer, event);
}

/* Where there are other threads they tell as well, and only the loop's knows how many
 * turns there were.
 */
static void emit_locked(struct co_loop *loop, co_trace_event *event)
{
    struct co_inbox *inbox = &loop->inbox;

    co_inbox_lock(loop);
    if (loop == co_loop_now)
        inbox->turn = loop->turns;
    hand_to_observer(loop, event, inbox->turn);
    co_inbox_unlock(loop);
}

void co_emit(struct co_loop *loop, const co_trace_event *event)
{
    co_trace_event whole = *event;

    if (whole.kind == CO_WAIT)
        whole.site = co_site_now;
    if (loop->inbox.threads)
        emit_locked(loop, &whole);
    else
        hand_to_observer(loop, &whole, loop->turns);
}

void co_emit_object(struct co_loop *loop, co_trace_event_kind kind, const char *what,
                    const char *name, size_t number)
{
    const co_trace_event event = {
        .kind = kind,
        .task = co_task_or_null(loop->current),
        .what = what,
        .object = name,
        .number = (int64_t)number,
    };

    co_emit(loop, &event);
}

static void say_line(struct co_loop *loop, const char *line)
{
    const co_trace_event event = {
        .kind = CO_SAY,
        .task = co_self(),
        .text = line,
    };

    co_emit(loop, &event);
}

void co_say(const char *format, ...)
{
    struct co_loop *loop = co_get_loop();
    va_list arguments;

    if (!loop || !loop->observer)
        return;
    va_start(arguments, format);
    char *text = co_vformat(format, arguments);
    va_end(arguments);

    char *line = text;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        say_line(loop, line);
    }
    if (*line || line == text)
        say_line(loop, line);
    free(text);
}

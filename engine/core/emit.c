#include "engine/core/emit.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

_Thread_local const co_site *co_site_now;

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

/* Threads of an executor emit as well. The mutex makes that one event at a time. They
 * use the number of turns that the thread of the loop has stored at its last event.
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

const char *co_label(const co_task *task)
{
    return co_task_of(task)->is_main ? "main" : co_name(task);
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
    struct co_loop *loop = co_loop_of_thread();
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

/* ---- waits and wakes ----------------------------------------------------- */

/* The tasks it waits for. Other futures have no name to show. */
static co_task **awaited_tasks(const co_future *future, size_t *ret_count)
{
    size_t count = 0, room = 0;
    co_task **tasks = NULL;
    co_future *awaited;

    for (size_t i = 0; (awaited = future->class->awaits(future, i)); i++) {
        if (awaited->class != &co_task_class)
            continue;
        if (count == room)
            tasks = co_realloc(tasks, (room = room ? 2 * room : 8) * sizeof(*tasks));
        tasks[count++] = awaited;
    }
    *ret_count = count;
    return tasks;
}

co_trace_event co_wait_event(const co_future *future)
{
    co_trace_event record = {
        .kind = CO_WAIT,
        .what = future->class->what,
        .object = future->class == &co_task_class ? NULL : future->name,
    };

    if (future->class->describe)
        future->class->describe(future, &record);
    if (future->class->awaits)
        record.tasks = awaited_tasks(future, &record.count);
    return record;
}

void co_emit_wakes(struct co_loop *loop, co_future *future)
{
    const struct co_cause *cause = &loop->cause;
    const bool is_task = future->class == &co_task_class;
    const bool cancelled = future->state == CO_WAS_CANCELLED && !is_task;

    co_list_each(link, &future->callbacks) {
        co_callback *callback = co_container_of(link, co_callback, link);
        if (callback->run != co_task_step)
            continue;
        co_trace_event record = {
            .kind = CO_WAKE,
            .task = &co_task_of_step(callback)->handle.future,
            .what = is_task     ? "done"
                    : cancelled ? "cancel"
                                : future->class->what,
            .other = is_task ? future : co_task_or_null(loop->current),
            .object = is_task ? NULL : future->name,
        };
        if (cause->what) {
            record.what = cause->what;
            record.other = cause->other;
            record.number = cause->number;
            record.late_ns = cause->late_ns;
        }
        co_emit(loop, &record);
    }
}

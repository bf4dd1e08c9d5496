#include "tests/support/events.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/fault_sweep.h"

struct events {
    co_observer observer;
    const char *kinds;
    size_t used;
    char lines[8192];
};

static void append(struct events *events, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void append(struct events *events, const char *format, ...)
{
    size_t room = sizeof(events->lines) - events->used;
    va_list args;

    va_start(args, format);
    int length = vsnprintf(events->lines + events->used, room, format, args);
    va_end(args);
    if (length > 0 && (size_t)length < room)
        events->used += (size_t)length;
}

static bool is_wanted(const struct events *events, const char *kind)
{
    const size_t length = strlen(kind);

    for (const char *word = events->kinds; *word; word += strspn(word, " ")) {
        size_t size = strcspn(word, " ");
        if (size == length && strncmp(word, kind, size) == 0)
            return true;
        word += size;
    }
    return false;
}

static void write_event(co_observer *observer, const co_trace_event *event)
{
    struct events *events = co_container_of(observer, struct events, observer);
    const char *kind = co_trace_event_word(event->kind);

    if (!is_wanted(events, kind))
        return;
    append(events, "%s %s", event->task ? co_name(event->task) : "-", kind);
    if (event->what)
        append(events, " %s", event->what);
    if (event->object)
        append(events, " %s", event->object);
    if (event->other)
        append(events, " (%s)", co_name(event->other));
    if (event->text)
        append(events, ": %s", event->text);
    if (event->number)
        append(events, " =%lld", (long long)event->number);
    append(events, "\n");
}

static int run(struct events *events, co_fn *main, const char *lines)
{
    co_options options = { .virtual_time = true, .observer = &events->observer };

    int r = co_run(main, &options);
    cr_assert(eq(str, events->lines, (char *)lines), "expected:\n%semitted:\n%s", lines,
              events->lines);
    return r;
}

static bool sweeps_instead(co_fn *main)
{
    if (!fault_sweep_is_requested())
        return false;
    fault_sweep(&(struct fault_program){ main, NULL, { .virtual_time = true } });
    return true;
}

void expect_events(co_fn *main, const char *kinds, const char *lines)
{
    struct events events = { .observer.event = write_event, .kinds = kinds };

    if (sweeps_instead(main))
        return;
    int r = run(&events, main, lines);
    cr_assert(ge(int, r, 0), "ended with %s", co_error_name(r));
}

void expect_events_and_outcome(co_fn *main, const char *kinds, const char *lines,
                               int outcome)
{
    struct events events = { .observer.event = write_event, .kinds = kinds };

    if (!sweeps_instead(main))
        cr_assert(eq(int, run(&events, main, lines), outcome));
}

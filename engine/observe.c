#include "engine/observe.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sched.h"

const char *co_record_word(co_record_kind kind)
{
    static const char *const words[] = {
#define XX(name, word) word,
        CO_RECORDS(XX)
#undef XX
    };

    return words[kind];
}

void co_tell(struct co_loop *loop, const co_record *record)
{
    co_record whole = *record;

    whole.at_ns = co_clock_now(&loop->clock);
    whole.turn = loop->turns;
    if (whole.kind == CO_WAIT)
        whole.site = co_site_now;
    loop->observer->record(loop->observer, &whole);
}

void co_tell_object(struct co_loop *loop, co_record_kind kind, const char *what,
                    const char *name, size_t number)
{
    const co_record record = {
        .kind = kind,
        .task = co_task_or_null(loop->current),
        .what = what,
        .object = name,
        .number = (int64_t)number,
    };

    co_tell(loop, &record);
}

static void say_line(struct co_loop *loop, const char *line)
{
    const co_record record = {
        .kind = CO_SAY,
        .task = co_task_or_null(loop->current),
        .text = line,
    };

    co_tell(loop, &record);
}

void co_say(const char *format, ...)
{
    struct co_loop *loop = co_loop_now;
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

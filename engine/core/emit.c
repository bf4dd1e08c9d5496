#include "engine/observer.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

const char *co_record_word(co_record_kind kind)
{
    static const char *const words[] = {
#define XX(name, word) word,
        CO_RECORDS(XX)
#undef XX
    };

    return words[kind];
}

static void hand_over(struct co_loop *loop, co_record *record, uint64_t turn)
{
    record->at_ns = co_clock_now(&loop->clock);
    record->turn = turn;
    loop->observer->record(loop->observer, record);
}

/* Where there are other threads they tell as well, and only the loop's knows how many
 * turns there were.
 */
static void take_turns_to_tell(struct co_loop *loop, co_record *record)
{
    struct co_outside *outside = &loop->outside;

    co_outside_lock(loop);
    if (loop == co_loop_now)
        outside->turn = loop->turns;
    hand_over(loop, record, outside->turn);
    co_outside_leave(loop);
}

void co_tell(struct co_loop *loop, const co_record *record)
{
    co_record whole = *record;

    if (whole.kind == CO_WAIT)
        whole.site = co_site_now;
    if (loop->outside.threads)
        take_turns_to_tell(loop, &whole);
    else
        hand_over(loop, &whole, loop->turns);
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
        .task = co_self(),
        .text = line,
    };

    co_tell(loop, &record);
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

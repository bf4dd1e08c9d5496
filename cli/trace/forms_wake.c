/* The forms of wake and resume: why a task is ready again, and runs. */
#include "cli/trace/forms.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/form_parts.h"
#include "cli/trace/json.h"

/* ---- wake: the cause ----------------------------------------------------- */

static void print_late(FILE *out, const struct trace_event *event)
{
    if (event->late_us <= 0)
        return;
    fputs(" late ", out);
    part_print_length(out, event->late_us);
}

static void print_wake(FILE *out, const struct trace_event *event)
{
    if (trace_what_of(event->what) == WHAT_DONE) {
        part_print(out, "", event->other ? event->other : "future");
        fputs(" done", out);
        return;
    }
    part_print(out, "", event->what ? event->what : "-");
    if (trace_what_of(event->what) == WHAT_TIMER) {
        fputc(' ', out);
        part_print_length(out, event->length_us);
        print_late(out, event);
        return;
    }
    part_print(out, " ", event->object);
    part_print(out, " by ", event->other);
}

/* "late 200ms", or nothing. */
static bool parse_late(struct trace_event *event, char *const words[], size_t count)
{
    return count == 0 || (count == 2 && part_is(words[0], "late") &&
                          part_parse_length(words[1], &event->late_us));
}

static bool parse_cause(struct trace_event *event, char *const words[], size_t count,
                        const char *by)
{
    if (count == 2 && part_is(words[1], "done")) {
        event->what = part_copy("done");
        event->other = part_copy(words[0]);
        return true;
    }
    event->what = part_copy(words[0]);
    if (count >= 3 && part_is(words[count - 2], by)) {
        event->other = part_copy(words[count - 1]);
        count -= 2;
    }
    event->object = count == 2 ? part_copy(words[1]) : NULL;
    return count <= 2;
}

static bool parse_wake(struct trace_event *event, char *detail)
{
    char *words[PARTS_MAX];
    size_t count = part_split(detail, words);

    if (count == 0 || count == PARTS_MAX)
        return false;
    if (trace_what_of(words[0]) == WHAT_TIMER && count >= 2 &&
        part_parse_length(words[1], &event->length_us)) {
        event->what = part_copy("timer");
        return parse_late(event, words + 2, count - 2);
    }
    return parse_cause(event, words, count, "by");
}

/* `by` alone is "timer", or what is done; beside `on` it is the task that caused it. */
static void wake_to_json(json_t *object, const struct trace_event *event)
{
    const char *by = event->other;

    switch (trace_what_of(event->what)) {
    case WHAT_DONE:
        by = by ? by : "future";
        break;
    case WHAT_TIMER:
        json_put_length(object, event->length_us);
        by = "timer";
        break;
    default:
        json_put_text(object, "on", event->what ? event->what : "-");
        json_put_text(object, "obj", event->object);
        break;
    }
    json_put_text(object, "by", by);
    if (event->other_id >= 0)
        json_put(object, "by_id", json_integer(event->other_id));
    if (event->late_us > 0)
        json_put(object, "late_us", json_integer(event->late_us));
}

static void wake_from_json(struct trace_event *event, struct json_keys *keys)
{
    bool timer = part_is(keys->by, "timer") && event->other_id < 0;

    if (keys->on)
        part_move(&event->what, &keys->on);
    else if (keys->by)
        event->what = part_copy(timer ? "timer" : "done");
    if (!timer)
        part_move(&event->other, &keys->by);
}

const struct event_form form_wake = {
    .print = print_wake,
    .parse = parse_wake,
    .to_json = wake_to_json,
    .from_json = wake_from_json,
    .length = true,
};

/* ---- resume: the same, as what has happened --------------------------------- */

/* The word that stands for what a task got from a queue; NULL: it only waited. */
static const char *part_of_queue(const struct trace_event *event)
{
    if (trace_what_of(event->what) != WHAT_QUEUE)
        return NULL;
    return part_is(event->text, "get")   ? "item"
           : part_is(event->text, "put") ? "slot"
                                         : NULL;
}

/* True if another task hands over what was waited for. */
static bool is_handed_over(const char *what)
{
    return part_is(what, "lock") || trace_what_of(what) == WHAT_SEMAPHORE;
}

static void print_resume(FILE *out, const struct trace_event *event)
{
    const char *part = part_of_queue(event);

    switch (trace_what_of(event->what)) {
    case WHAT_TIMER:
        fputs("sleep ", out);
        part_print_length(out, event->length_us);
        fputs(" over", out);
        print_late(out, event);
        return;
    case WHAT_YIELD:
        fputs("yield over", out);
        return;
    case WHAT_DONE:
        print_wake(out, event);
        return;
    default:
        break;
    }
    part_print(out, "", part ? part : event->what);
    if (!part) {
        part_print(out, " ", event->object);
        part_print(out, " ", event->text);
    }
    part_print(out, part || is_handed_over(event->what) ? " from " : " by ",
               event->other);
}

/* "item" or "slot", and "from" a task. */
static bool parse_part(struct trace_event *event, char *const words[], size_t count)
{
    event->what = part_copy("queue");
    event->text = part_copy(part_is(words[0], "item") ? "get" : "put");
    if (count == 3 && part_is(words[1], "from"))
        event->other = part_copy(words[2]);
    return count == 1 || event->other;
}

/* "queue items join by A": what is left once `join` is taken out is a cause. */
static size_t take_join(struct trace_event *event, char *words[], size_t count)
{
    size_t place =
        count >= 4 && part_is(words[count - 2], "by") ? count - 3 : count - 1;

    if (count < 2 || trace_what_of(words[0]) != WHAT_QUEUE ||
        !part_is(words[place], "join"))
        return count;
    event->text = part_copy("join");
    for (; place + 1 < count; place++)
        words[place] = words[place + 1];
    return count - 1;
}

static bool parse_resume(struct trace_event *event, char *detail)
{
    char *words[PARTS_MAX];
    size_t count = part_split(detail, words);

    if (count == 0 || count == PARTS_MAX)
        return count == 0;
    if (count >= 3 && trace_what_of(words[0]) == WHAT_SLEEP &&
        part_is(words[2], "over")) {
        event->what = part_copy("timer");
        return part_parse_length(words[1], &event->length_us) &&
               parse_late(event, words + 3, count - 3);
    }
    if (count == 2 && part_is(words[1], "over") &&
        trace_what_of(words[0]) == WHAT_YIELD) {
        event->what = part_copy("yield");
        return true;
    }
    if ((part_is(words[0], "item") || part_is(words[0], "slot")) &&
        !(count == 2 && part_is(words[1], "done")))
        return parse_part(event, words, count);
    count = take_join(event, words, count);
    return parse_cause(event, words, count, is_handed_over(words[0]) ? "from" : "by");
}

/* A reason that is missing has no keys. */
static void resume_to_json(json_t *object, const struct trace_event *event)
{
    if (!event->what)
        return;
    wake_to_json(object, event);
    json_put_text(object, "text", event->text);
}

const struct event_form form_resume = {
    .print = print_resume,
    .parse = parse_resume,
    .to_json = resume_to_json,
    .from_json = wake_from_json,
};

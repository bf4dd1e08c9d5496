/* The forms of events about an object, such as a lock, and of those that are a length.
 */
#include "cli/trace/forms.h"

#include <inttypes.h>
#include <string.h>

#include "cli/trace/form_parts.h"
#include "cli/trace/json.h"

/* ---- set, acquire, release, put, get: the object, and a count ------------- */

static void print_object(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->object ? event->object : event->what);
}

/* Parse the object and, after `word`, a number. *ret_count is how many words there
 * were. */
static bool parse_object_and(struct trace_event *event, char *detail, const char *word,
                             size_t *ret_count)
{
    char *words[PARTS_MAX];
    size_t count = *ret_count = part_split(detail, words);

    event->object = count ? part_copy(words[0]) : NULL;
    return count <= 1 || (count == 3 && word && part_is(words[1], word) &&
                          part_parse_number(words[2], &event->number));
}

static bool parse_object(struct trace_event *event, char *detail)
{
    size_t count;

    return parse_object_and(event, detail, NULL, &count);
}

static void object_to_json(json_t *object, const struct trace_event *event)
{
    json_put_text(object, "obj", event->object ? event->object : event->what);
}

const struct event_form form_object = {
    .print = print_object,
    .parse = parse_object,
    .to_json = object_to_json,
    .object = true,
};

static void print_semaphore(FILE *out, const struct trace_event *event)
{
    print_object(out, event);
    if (trace_what_of(event->what) == WHAT_SEMAPHORE)
        fprintf(out, " free %" PRId64, event->number);
}

static bool parse_semaphore(struct trace_event *event, char *detail)
{
    size_t count;

    if (!parse_object_and(event, detail, "free", &count))
        return false;
    event->what = count == 3 ? part_copy("semaphore") : NULL;
    return true;
}

static void semaphore_to_json(json_t *object, const struct trace_event *event)
{
    object_to_json(object, event);
    if (trace_what_of(event->what) == WHAT_SEMAPHORE)
        json_put(object, "value", json_integer(event->number));
}

static void semaphore_from_json(struct trace_event *event, struct json_keys *keys)
{
    event->what = keys->counted ? part_copy("semaphore") : NULL;
}

/* Of a lock as well, which has no count. */
const struct event_form form_semaphore = {
    .print = print_semaphore,
    .parse = parse_semaphore,
    .to_json = semaphore_to_json,
    .from_json = semaphore_from_json,
    .object = true,
};

static void print_queue(FILE *out, const struct trace_event *event)
{
    print_object(out, event);
    fprintf(out, " size %" PRId64, event->number);
}

static bool parse_queue(struct trace_event *event, char *detail)
{
    size_t count;

    return parse_object_and(event, detail, "size", &count) && count == 3;
}

static void queue_to_json(json_t *object, const struct trace_event *event)
{
    object_to_json(object, event);
    json_put(object, "value", json_integer(event->number));
}

const struct event_form form_queue = {
    .print = print_queue,
    .parse = parse_queue,
    .to_json = queue_to_json,
    .object = true,
};

/* ---- busy, timeout, clock: a length --------------------------------------- */

static void span_to_json(json_t *object, const struct trace_event *event)
{
    json_put_length(object, event->length_us);
}

static void print_span(FILE *out, const struct trace_event *event)
{
    part_print_length(out, event->length_us);
}

static bool parse_span(struct trace_event *event, char *detail)
{
    return part_parse_length(detail, &event->length_us);
}

const struct event_form form_span = {
    .print = print_span,
    .parse = parse_span,
    .to_json = span_to_json,
    .length = true,
};

static void print_after(FILE *out, const struct trace_event *event)
{
    fputs("after ", out);
    part_print_length(out, event->length_us);
}

static bool parse_after(struct trace_event *event, char *detail)
{
    return strncmp(detail, "after ", 6) == 0 &&
           part_parse_length(detail + 6, &event->length_us);
}

const struct event_form form_after = {
    .print = print_after,
    .parse = parse_after,
    .to_json = span_to_json,
    .length = true,
};

static void print_clock(FILE *out, const struct trace_event *event)
{
    fputc('+', out);
    part_print_length(out, event->length_us);
}

static bool parse_clock(struct trace_event *event, char *detail)
{
    return *detail == '+' && part_parse_length(detail + 1, &event->length_us);
}

const struct event_form form_clock = {
    .print = print_clock,
    .parse = parse_clock,
    .to_json = span_to_json,
    .length = true,
};

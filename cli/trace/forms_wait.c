/* The form of wait: what a task waits for. */
#include "cli/trace/forms.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/form_parts.h"
#include "cli/trace/json.h"

/* ---- wait: on what ------------------------------------------------------- */

static void print_wait(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->what ? event->what : "-");
    if (trace_what_of(event->what) == WHAT_SLEEP) {
        fputc(' ', out);
        part_print_length(out, event->length_us);
    } else if (trace_waits_for_many(event->what)) {
        fputc('(', out);
        for (size_t i = 0; i < event->count; i++)
            part_print(out, i ? "," : "", event->tasks[i]);
        fputc(')', out);
    } else if (trace_waits_for_one(event->what)) {
        part_print(out, " ", event->other);
    } else {
        part_print(out, " ", event->object);
        part_print(out, " held by ", event->other);
        part_print(out, " ", event->text);
    }
}

/* "gather(A,B)" */
static bool parse_many(struct trace_event *event, char *detail)
{
    size_t length = strlen(detail);
    char *what = strsep(&detail, "(");

    if (!detail || detail[0] == '\0' || what[length - 1] != ')')
        return false;
    what[length - 1] = '\0';
    event->what = part_copy(what);
    size_t most = 1;
    for (const char *comma = detail; (comma = strchr(comma, ',')); comma++)
        most++;
    event->tasks = xnonnull(calloc(most, sizeof(char *)));
    for (char *name; (name = strsep(&detail, ",")) && *name;)
        event->tasks[event->count++] = part_copy(name);
    return true;
}

static bool begins_with_many(const char *detail)
{
    char word[16];

    return sscanf(detail, "%15[a-z](", word) == 1 && detail[strlen(word)] == '(' &&
           trace_waits_for_many(word);
}

static bool is_queue_word(const char *word)
{
    return part_is(word, "get") || part_is(word, "put") || part_is(word, "join");
}

static bool parse_wait(struct trace_event *event, char *detail)
{
    if (begins_with_many(detail))
        return parse_many(event, detail);

    char *words[PARTS_MAX];
    size_t count = part_split(detail, words);
    if (count == 0 || count == PARTS_MAX)
        return false;
    event->what = part_copy(words[0]);
    if (trace_what_of(words[0]) == WHAT_SLEEP)
        return count == 2 && part_parse_length(words[1], &event->length_us);
    if (trace_waits_for_one(words[0])) {
        event->other = count == 2 ? part_copy(words[1]) : NULL;
        return count <= 2;
    }
    if (count >= 4 && part_is(words[count - 3], "held") &&
        part_is(words[count - 2], "by")) {
        event->other = part_copy(words[count - 1]);
        count -= 3;
    } else if (trace_what_of(words[0]) == WHAT_QUEUE && count > 1 &&
               is_queue_word(words[count - 1])) {
        event->text = part_copy(words[--count]);
    }
    event->object = count == 2 ? part_copy(words[1]) : NULL;
    return count <= 2;
}

static void wait_to_json(json_t *object, const struct trace_event *event)
{
    json_put_text(object, "on", event->what ? event->what : "-");
    if (trace_waits_for_one(event->what)) {
        json_put_text(object, "obj", event->other);
        return;
    }
    json_put_text(object, "obj", event->object);
    if (trace_what_of(event->what) == WHAT_SLEEP)
        json_put_length(object, event->length_us);
    if (trace_waits_for_many(event->what)) {
        json_t *tasks = xnonnull(json_array());
        for (size_t i = 0; i < event->count; i++)
            json_array_append_new(tasks, xnonnull(json_string(event->tasks[i])));
        json_put(object, "tasks", tasks);
    }
    json_put_text(object, "holder", event->other);
    json_put_text(object, "text", event->text);
}

static void wait_from_json(struct trace_event *event, struct json_keys *keys)
{
    part_move(&event->what, &keys->on);
    part_move(&event->other,
              trace_waits_for_one(event->what) ? &event->object : &keys->holder);
}

const struct event_form form_wait = {
    .print = print_wait,
    .parse = parse_wait,
    .to_json = wait_to_json,
    .from_json = wait_from_json,
    .length = true,
};

/* Read the JSON Lines format of a trace. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/event_kinds.h"
#include "cli/trace/read_line.h"
#include "cli/trace/write.h"

/* Each of these takes the value of a key. A missing key changes nothing; a value of the
 * wrong type or out of range makes `*right` false.
 */

static void take_text(const json_t *object, const char *key, char **text, bool *right)
{
    const json_t *value = json_object_get(object, key);

    if (!value || json_is_null(value))
        return;
    if (!json_is_string(value)) {
        *right = false;
        return;
    }
    free(*text);
    *text = xnonnull(strdup(json_string_value(value)));
}

static void take_number(const json_t *object, const char *key, int64_t least,
                        int64_t most, int64_t *number, bool *right)
{
    const json_t *value = json_object_get(object, key);

    if (!value || json_is_null(value))
        return;
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most)
        *right = false;
    else
        *number = json_integer_value(value);
}

/* The longest time, in us: 64 bits of nanoseconds hold no more. */
static const int64_t longest_us = INT64_MAX / 1000;

static void take_length(const json_t *object, int64_t *length_us, bool *right)
{
    const json_t *value = json_object_get(object, "ms");

    if (!value)
        return;
    double us = json_number_value(value) * 1000;
    if (!json_is_number(value) || !(us >= 0 && us <= (double)(longest_us / 2)))
        *right = false;
    else
        *length_us = (int64_t)(us + 0.5);
}

static void take_tasks(const json_t *object, struct trace_event *event, bool *right)
{
    const json_t *names = json_object_get(object, "tasks");

    if (!names)
        return;
    if (!json_is_array(names)) {
        *right = false;
        return;
    }
    event->tasks = xnonnull(calloc(json_array_size(names) + 1, sizeof(char *)));
    for (size_t i = 0; i < json_array_size(names) && *right; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (name)
            event->tasks[event->count++] = xnonnull(strdup(name));
        else
            *right = false;
    }
}

static enum trace_line read_head(struct read_state *state, const json_t *object)
{
    struct trace_head *head = &state->trace->head;
    bool right = json_is_string(json_object_get(object, "format")) &&
                 strcmp(json_string_value(json_object_get(object, "format")),
                        "interleave-trace") == 0;
    int64_t version = 0, seed = -1;
    char *clock = NULL;

    take_number(object, "version", 1, INT32_MAX, &version, &right);
    if (!right || version != 1)
        return right && version > 1 ? LINE_VERSION : LINE_WRONG;
    if (state->begun)
        return LINE_NEXT;
    take_text(object, "lesson", &head->lesson, &right);
    take_text(object, "example", &head->example, &right);
    take_text(object, "policy", &head->policy, &right);
    take_text(object, "clock", &clock, &right);
    take_number(object, "seed", 0, INT64_MAX, &seed, &right);
    head->real_clock = clock && strcmp(clock, "real") == 0;
    head->seeded = seed >= 0;
    head->seed = head->seeded ? (uint64_t)seed : 0;
    free(clock);
    return right ? LINE_HEAD : LINE_WRONG;
}

static enum trace_line read_tail(struct read_state *state, const json_t *object)
{
    struct trace_tail *tail = &state->trace->tail;
    char *end = NULL, *digest = NULL;
    int64_t tasks = 0, turns = 0;
    bool right = true;

    take_text(object, "end", &end, &right);
    take_text(object, "digest", &digest, &right);
    take_number(object, "tasks", 0, UINT32_MAX, &tasks, &right);
    take_number(object, "turns", 0, INT64_MAX, &turns, &right);
    take_number(object, "t_us", 0, longest_us, &tail->at_us, &right);
    tail->end = end ? trace_end_of(end) : TRACE_CUT;
    tail->tasks = (unsigned)tasks;
    tail->turns = (uint64_t)turns;
    tail->digest = digest ? (uint32_t)strtoul(digest, NULL, 16) : 0;
    state->sealed = digest;
    free(end);
    free(digest);
    return right && tail->end != TRACE_CUT ? LINE_TAIL : LINE_WRONG;
}

/* Numbers that a trace event holds in other types. */
struct numbers {
    int64_t at_us, turn, id, step, by_id;
};

static bool take_keys(const json_t *object, struct trace_event *event,
                      struct numbers *numbers, struct json_keys *keys)
{
    const struct {
        const char *key;
        char **text;
    } texts[] = {
        { "task", &event->task },   { "child", &keys->child },
        { "fn", &event->function }, { "on", &keys->on },
        { "obj", &event->object },  { "holder", &keys->holder },
        { "by", &keys->by },        { "text", &event->text },
        { "error", &event->text },  { "name", &keys->name },
        { "src", &event->source },
    };
    const struct {
        const char *key;
        int64_t least, most, *number;
    } table[] = {
        { "t_us", 0, longest_us, &numbers->at_us },
        { "turn", 0, INT64_MAX, &numbers->turn },
        { "id", -1, INT32_MAX, &numbers->id },
        { "step", 0, UINT32_MAX, &numbers->step },
        { "by_id", -1, INT32_MAX, &numbers->by_id },
        { "late_us", 0, longest_us, &event->late_us },
        { "value", INT64_MIN, INT64_MAX, &event->number },
    };
    bool right = true;

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        take_text(object, texts[i].key, texts[i].text, &right);
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
        take_number(object, table[i].key, table[i].least, table[i].most,
                    table[i].number, &right);
    take_length(object, &event->length_us, &right);
    take_tasks(object, event, &right);
    keys->counted = json_object_get(object, "value");
    return right;
}

/* Give the keys to the fields that they stand for in this kind of event. */
static void assign_keys(struct trace_event *event, struct json_keys *keys)
{
    const struct event_form *form = event_kind_of(event->kind)->form;

    if (form->from_json)
        form->from_json(event, keys);
    free(keys->on);
    free(keys->by);
    free(keys->child);
    free(keys->holder);
    free(keys->name);
}

static enum trace_line read_event(struct read_state *state, const json_t *object)
{
    const char *word = json_string_value(json_object_get(object, "ev"));
    co_trace_event_kind kind;

    if (!word)
        return LINE_WRONG;
    if (!trace_kind_of(word, &kind)) {
        state->skipped = true; /* of a later version of the format */
        return LINE_MORE;
    }

    struct trace_event *event = trace_add(state->trace);
    struct numbers numbers = { .at_us = -1, .id = -1, .by_id = -1 };
    struct json_keys keys = {};
    bool right = take_keys(object, event, &numbers, &keys);
    event->kind = kind;
    event->at_us = numbers.at_us;
    event->turn = (uint64_t)numbers.turn;
    event->id = (int)numbers.id;
    event->step = (unsigned)numbers.step;
    event->other_id = (int)numbers.by_id;
    if (event->task && strcmp(event->task, "-") == 0 && event->id < 0) {
        free(event->task);
        event->task = NULL;
    }
    assign_keys(event, &keys);
    if (kind == CO_SPAWN)
        event->other_id = state->spawned++;
    if (!right || numbers.at_us < 0)
        return LINE_WRONG;
    char *line = trace_line_of(event, state->trace->head.real_clock);
    digest_add_line(&state->digest, line, state->trace->head.real_clock);
    free(line);
    return LINE_EVENT;
}

enum trace_line read_jsonl_line(struct read_state *state, const char *line)
{
    json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    enum trace_line kind = LINE_WRONG;

    if (json_is_object(object)) {
        if (json_object_get(object, "format"))
            kind = read_head(state, object);
        else if (json_object_get(object, "end"))
            kind = read_tail(state, object);
        else
            kind = read_event(state, object);
    }
    json_decref(object);
    return kind;
}

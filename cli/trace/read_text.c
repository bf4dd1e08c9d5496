/* Read the text format of a trace. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/event_kinds.h"
#include "cli/trace/read_line.h"

/* ---- comments: the head and the tail ------------------------------------- */

static bool parse_whole(const char *text, int base, uint64_t *ret_value)
{
    char *end;

    errno = 0;
    *ret_value = strtoull(text, &end, base);
    return isxdigit((unsigned char)*text) && !*end && !errno;
}

/* Seconds with three to six decimals. */
static bool parse_seconds(const char *text, int64_t *ret_us)
{
    enum { LONGEST = 12 }; /* digits before the point */
    int64_t time_us = 0, unit_us = 1000000;
    const char *begin = text;

    for (; isdigit((unsigned char)*text) && text - begin < LONGEST; text++)
        time_us = 10 * time_us + (*text - '0') * unit_us;
    if (text == begin || *text++ != '.')
        return false;
    for (; isdigit((unsigned char)*text) && unit_us > 1; text++)
        time_us += (*text - '0') * (unit_us /= 10);
    *ret_us = time_us;
    return !*text && unit_us <= 1000;
}

static void replace_text(char **text, const char *value)
{
    free(*text);
    *text = xnonnull(strdup(value));
}

/* One `key=value`; a key of a later version of the format is skipped. */
static bool read_pair(struct read_state *state, const char *key, const char *value)
{
    struct trace *trace = state->trace;
    uint64_t number = 0;
    bool right = true;

    if (strcmp(key, "lesson") == 0) {
        replace_text(&trace->head.lesson, value);
    } else if (strcmp(key, "example") == 0) {
        replace_text(&trace->head.example, value);
    } else if (strcmp(key, "policy") == 0) {
        replace_text(&trace->head.policy, value);
    } else if (strcmp(key, "clock") == 0) {
        trace->head.real_clock = strcmp(value, "real") == 0;
    } else if (strcmp(key, "seed") == 0) {
        trace->head.seeded = strcmp(value, "-") != 0;
        if (trace->head.seeded)
            right = parse_whole(value, 10, &trace->head.seed);
    } else if (strcmp(key, "end") == 0) {
        trace->tail.end = trace_end_of(value);
        right = trace->tail.end != TRACE_CUT;
    } else if (strcmp(key, "tasks") == 0) {
        right = parse_whole(value, 10, &number) && number <= UINT32_MAX;
        trace->tail.tasks = (unsigned)number;
    } else if (strcmp(key, "turns") == 0) {
        right = parse_whole(value, 10, &trace->tail.turns);
    } else if (strcmp(key, "time") == 0) {
        right = parse_seconds(value, &trace->tail.at_us);
    } else if (strcmp(key, "digest") == 0) {
        right = parse_whole(value, 16, &number) && number <= UINT32_MAX;
        trace->tail.digest = (uint32_t)number;
        state->sealed = true;
    }
    return right;
}

static enum trace_line read_comment(struct read_state *state, char *comment)
{
    static const char magic[] = "interleave-trace ";

    if (strncmp(comment, magic, strlen(magic)) == 0) {
        if (strcmp(comment + strlen(magic), "1") != 0)
            return LINE_VERSION;
        return state->begun ? LINE_NEXT : LINE_HEAD;
    }
    if (strncmp(comment, "cols:", 5) == 0)
        return LINE_MORE;

    bool last = strncmp(comment, "end=", 4) == 0;
    for (char *pair; (pair = strsep(&comment, " "));) {
        char *value = strchr(pair, '=');
        if (!value)
            continue;
        *value++ = '\0';
        if (!read_pair(state, pair, value))
            return LINE_WRONG;
    }
    return last ? LINE_TAIL : LINE_MORE;
}

/* ---- events -------------------------------------------------------------- */

static int task_spawned(struct read_state *state, const char *name)
{
    if (state->task_count == state->task_capacity) {
        state->task_capacity = state->task_capacity ? 2 * state->task_capacity : 16;
        state->tasks = xnonnull(
            reallocarray(state->tasks, state->task_capacity, sizeof(*state->tasks)));
    }
    struct read_task *task = &state->tasks[state->task_count];
    *task = (struct read_task){ xnonnull(strdup(name)), 0 };
    task_table_add(&state->table, task->name, -1, state->task_count);
    return (int)state->task_count++;
}

/* The last task of this name; -1: none. */
static int find_task(const struct read_state *state, const char *name)
{
    size_t place = task_table_find(&state->table, name, -1);

    return place == TASK_NONE ? -1 : (int)place;
}

/* Add what a line does not contain: the numbers of tasks, and of turns. */
static void complete_event(struct read_state *state, struct trace_event *event,
                           const char *task)
{
    if (event->kind == CO_START || event->kind == CO_RESUME)
        state->turn++;
    event->turn = state->turn;
    if (strcmp(task, "-") != 0) {
        event->id = find_task(state, task);
        event->task = xnonnull(strdup(task));
    }
    if (event->id >= 0) {
        struct read_task *own = &state->tasks[event->id];
        own->step += event->kind == CO_START || event->kind == CO_RESUME;
        event->step = own->step;
    }
    if (event->kind == CO_SPAWN)
        event->other_id = task_spawned(state, event->other);
    else if (event->other)
        event->other_id = find_task(state, event->other);
}

/* The next word of the line, which is cut off from the rest; NULL: there is none. */
static char *next_field(char **line)
{
    char *word = *line + strspn(*line, " ");

    if (!*word)
        return NULL;
    *line = word + strcspn(word, " ");
    if (**line)
        *(*line)++ = '\0';
    return word;
}

enum trace_line read_text_line(struct read_state *state, char *line)
{
    if (line[0] == '#')
        return read_comment(state, line + 1 + strspn(line + 1, " "));

    co_trace_event_kind kind;
    int64_t at_us;

    digest_add_line(&state->digest, line, state->trace->head.real_clock);
    char *seconds = next_field(&line), *task = next_field(&line),
         *word = next_field(&line);
    if (!seconds || !task || !word || !parse_seconds(seconds, &at_us) ||
        !trace_kind_of(word, &kind))
        return LINE_WRONG;

    char *detail = text_clean(line + strspn(line, " "));
    struct trace_event *event = trace_add(state->trace);
    event->kind = kind;
    event->at_us = at_us;
    bool right = event_kind_of(kind)->form->parse(event, detail);
    free(detail);
    if (!right)
        return LINE_WRONG;
    char *clean = text_clean(task);
    complete_event(state, event, clean);
    free(clean);
    return LINE_EVENT;
}

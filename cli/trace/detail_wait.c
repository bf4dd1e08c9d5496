/* The details of wait and wake: what tasks wait for, and why they go on. */
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/detail_parts.h"

/* ---- wait: on what ------------------------------------------------------- */

void detail_print_wait(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->what ? event->what : "-");
    if (part_is(event->what, "sleep")) {
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
    for (char *name; (name = strsep(&detail, ",")) && *name;) {
        event->tasks =
            xnonnull(reallocarray(event->tasks, event->count + 1, sizeof(char *)));
        event->tasks[event->count++] = part_copy(name);
    }
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

bool detail_parse_wait(struct trace_event *event, char *detail)
{
    if (begins_with_many(detail))
        return parse_many(event, detail);

    char *words[PARTS_MOST];
    size_t count = part_split(detail, words);
    if (count == 0 || count == PARTS_MOST)
        return false;
    event->what = part_copy(words[0]);
    if (part_is(words[0], "sleep"))
        return count == 2 && part_parse_length(words[1], &event->length_us);
    if (trace_waits_for_one(words[0])) {
        event->other = count == 2 ? part_copy(words[1]) : NULL;
        return count <= 2;
    }
    if (count >= 4 && part_is(words[count - 3], "held") &&
        part_is(words[count - 2], "by")) {
        event->other = part_copy(words[count - 1]);
        count -= 3;
    } else if (part_is(words[0], "queue") && count > 1 &&
               is_queue_word(words[count - 1])) {
        event->text = part_copy(words[--count]);
    }
    event->object = count == 2 ? part_copy(words[1]) : NULL;
    return count <= 2;
}

/* ---- wake: by what or whom ----------------------------------------------- */

void detail_print_wake(FILE *out, const struct trace_event *event)
{
    if (part_is(event->what, "done")) {
        part_print(out, "", event->other ? event->other : "future");
        fputs(" done", out);
        return;
    }
    part_print(out, "", event->what ? event->what : "-");
    if (part_is(event->what, "timer")) {
        fputc(' ', out);
        part_print_length(out, event->length_us);
        if (event->late_us > 0) {
            fputs(" late ", out);
            part_print_length(out, event->late_us);
        }
        return;
    }
    part_print(out, " ", event->object);
    part_print(out, " by ", event->other);
}

bool detail_parse_wake(struct trace_event *event, char *detail)
{
    char *words[PARTS_MOST];
    size_t count = part_split(detail, words);

    if (count == 0 || count == PARTS_MOST)
        return false;
    if (part_is(words[0], "timer") && count >= 2 &&
        part_parse_length(words[1], &event->length_us)) {
        event->what = part_copy("timer");
        return count == 2 || (count == 4 && part_is(words[2], "late") &&
                              part_parse_length(words[3], &event->late_us));
    }
    if (count == 2 && part_is(words[1], "done")) {
        event->what = part_copy("done");
        event->other = part_copy(words[0]);
        return true;
    }
    event->what = part_copy(words[0]);
    if (count >= 3 && part_is(words[count - 2], "by")) {
        event->other = part_copy(words[count - 1]);
        count -= 2;
    }
    event->object = count == 2 ? part_copy(words[1]) : NULL;
    return count <= 2;
}

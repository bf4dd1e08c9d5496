/* forms.h — what an event has beside its word: as the detail at the end of a line of
 * text, and as the keys of a JSON object.
 */
#ifndef CLI_FORMS_H
#define CLI_FORMS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "cli/trace/trace.h"

/* Keys of a JSON object that mean different things in different events; owned. */
struct json_keys {
    char *on, *by, *child, *holder, *name;
    bool counted; /* there is a `value` */
};

struct event_form {
    /* Print the detail; nothing if the word is all there is. */
    void (*print)(FILE *out, const struct trace_event *event);
    /* The reverse, into an event that has its kind. The detail is changed. False:
     * print() writes no such detail. */
    bool (*parse)(struct trace_event *event, char *detail);
    /* Add the keys to a JSON object. */
    void (*to_json)(json_t *object, const struct trace_event *event);
    /* The reverse: move the keys to the fields they stand for. NULL: there is none. */
    void (*from_json)(struct trace_event *event, struct json_keys *keys);
    bool length; /* the engine's `number` is a length in ns */
    bool object; /* it is about a lock, a queue or the like */
};

extern const struct event_form form_spawn, form_cancel, form_done, form_say, form_text,
    form_error, form_note, form_object, form_semaphore, form_queue, form_span,
    form_after, form_clock, form_wait, form_wake, form_resume;

#endif

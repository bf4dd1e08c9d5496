#include "cli/commands/remarks.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/text.h"
#include "cli/trace/event_kinds.h"
#include "cli/views/summary.h"
#include "cli/views/timeline.h"

static void print_sentence(const struct session *session, const char *label,
                           const char *sentence)
{
    char *text = text_format("%s%s", label, sentence);

    text_print_wrapped(stdout, text, 0, 0, session->term.prose);
    free(text);
}

void remarks_open(const struct session *session, const struct lesson *lesson)
{
    if (*lesson->idea)
        print_sentence(session, "", lesson->idea);
    if (*lesson->question)
        print_sentence(session, "Predict: ", lesson->question);
    putchar('\n');
}

/* True if the trace has events of objects that --level task does not show: that events
 * and promises are set. Wakes and the clock are in every trace.
 */
static bool hides_objects(const struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++) {
        const struct event_kind *kind = event_kind_of(trace->events[i].kind);
        if (kind->form->object && kind->level > LEVEL_TASK)
            return true;
    }
    return false;
}

void remarks_about(struct session *session, const struct trace *trace,
                   bool level_chosen)
{
    bool hint = !session->hinted && !level_chosen && hides_objects(trace);
    char *sentence = summary_of(trace);
    char *text = text_format(
        "%s%s", sentence,
        hint ? " '--level loop' also shows wake-ups, and what sets events and futures."
             : "");

    putchar('\n');
    if (timeline_print(stdout, trace, NULL, &session->term) != TIMELINE_NARROW)
        putchar('\n');
    text_print_wrapped(stdout, text, 0, 0, session->term.prose);
    session->hinted |= hint;
    free(text);
    free(sentence);
}

void remarks_seed(struct session *session, const struct example *example)
{
    if (example->about->random || session->seed_mentioned)
        return;
    session->seed_mentioned = true;
    char *sentence = text_format("%s:%s has no random numbers: --seed changes nothing.",
                                 example->lesson->name, example->name);
    print_sentence(session, "", sentence);
    free(sentence);
}

void remarks_close(const struct session *session, const struct lesson *lesson)
{
    if (*lesson->next_step)
        print_sentence(session, "Next: ", lesson->next_step);
}

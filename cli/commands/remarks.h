/* remarks.h — what `run` says on a terminal around a trace: the lesson's idea before
 * it, a chart and a sentence after it, and what to try next.
 */
#ifndef CLI_REMARKS_H
#define CLI_REMARKS_H

#include "cli/commands/session.h"
#include "lessons/lesson.h"

/* The idea of a lesson, and a question to answer before its first example runs. */
void remarks_open(const struct session *session, const struct lesson *lesson);

/* The chart, and what the run comes to. The first trace with events that its level
 * leaves out mentions --level, unless the level was chosen.
 */
void remarks_about(struct session *session, const struct trace *trace,
                   bool level_chosen);

/* Say, once, that a seed changes nothing in an example without random numbers. */
void remarks_seed(struct session *session, const struct example *example);

/* The one thing to do next. */
void remarks_close(const struct session *session, const struct lesson *lesson);

#endif

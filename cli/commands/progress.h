/* progress.h — which examples the learner has seen, in this session and before.
 *
 * They stand in progress.jsonl (state.h), an object a line, {"seen": "gather:order"};
 * other lines are skipped. Nothing else depends on it: no lesson is ever locked. With
 * --no-state the file is neither read nor written.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/commands/session.h"
#include "lessons/lesson.h"

void progress_add(struct session *session, const struct example *example);
bool progress_has(struct session *session, const struct example *example);

/* True if the first example of the lesson was seen, the one its name alone runs. */
bool progress_has_lesson(struct session *session, const struct lesson *lesson);

/* How many examples were seen. */
size_t progress_count(struct session *session);

/* The first lesson not seen behind the last one seen, else the first one not seen;
 * NULL: all were seen.
 */
const struct lesson *progress_next(struct session *session);

#endif

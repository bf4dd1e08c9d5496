#include "cli/commands/progress.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands/catalogue.h"
#include "cli/state.h"
#include "cli/text.h"

/* A bool for each of `examples`; those of the session alone with --no-state. */
static bool *seen_of(struct session *session)
{
    if (!session->seen)
        session->seen = xnonnull(calloc(example_count, sizeof(bool)));
    return session->seen;
}

static void read_line(bool *seen, const char *line)
{
    json_t *object = json_loads(line, 0, NULL);
    const char *name = json_string_value(json_object_get(object, "seen"));
    struct choice choice;

    if (name && catalogue_find(name, &choice) && choice.example)
        seen[choice.example - examples] = true;
    json_decref(object);
}

static void load(struct session *session)
{
    bool *seen = seen_of(session);

    if (session->progress_loaded || session->stateless)
        return;
    session->progress_loaded = true;
    char *file = state_file("progress.jsonl"), *line = NULL;
    FILE *in = file ? fopen(file, "re") : NULL;
    size_t size = 0;
    while (in && getline(&line, &size, in) >= 0)
        read_line(seen, line);
    if (in)
        fclose(in);
    free(line);
    free(file);
}

/* One write() adds the line, so that two programs cannot mix theirs. A file that cannot
 * be written is no reason to disturb a lesson.
 */
static void store(const struct example *example)
{
    char *file = state_file("progress.jsonl");
    char *line =
        text_format("{\"seen\": \"%s:%s\"}\n", example->lesson->name, example->name);
    int fd = file ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;

    if (fd >= 0) {
        ssize_t written = write(fd, line, strlen(line));
        (void)written;
        close(fd);
    }
    free(line);
    free(file);
}

void progress_add(struct session *session, const struct example *example)
{
    if (progress_has(session, example))
        return;
    session->seen[example - examples] = true;
    if (!session->stateless)
        store(example);
}

bool progress_has(struct session *session, const struct example *example)
{
    load(session);
    return session->seen[example - examples];
}

bool progress_has_lesson(struct session *session, const struct lesson *lesson)
{
    return progress_has(session, lesson->examples);
}

size_t progress_count(struct session *session)
{
    size_t count = 0;

    for (size_t i = 0; i < example_count; i++)
        count += progress_has(session, &examples[i]);
    return count;
}

const struct lesson *progress_next(struct session *session)
{
    const struct lesson *first = NULL, *next = NULL;

    for (size_t i = 0; i < lesson_count; i++) {
        if (progress_has_lesson(session, &lessons[i])) {
            next = NULL;
            continue;
        }
        next = next ? next : &lessons[i];
        first = first ? first : &lessons[i];
    }
    return next ? next : first;
}

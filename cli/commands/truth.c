/* truth [WORD] — where the tutorials say something else than what happens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/command.h"
#include "cli/text.h"

/* A place in a tutorial, by the id of the program there, and who replays it. */
struct place {
    char id[8];
    const struct example *example;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct place *)a)->id, ((const struct place *)b)->id);
}

/* All places of which a truth is told, in the order of the tutorials. */
static struct place *find_places(size_t *ret_count)
{
    struct place *places = NULL;
    size_t count = 0;

    for (size_t i = 0; i < example_count; i++) {
        const struct about *about = examples[i].about;
        const char *ids = about->truth ? about->replays : NULL;
        for (size_t length; (length = catalogue_next_id(&ids)); ids += length) {
            places = xnonnull(realloc(places, (count + 1) * sizeof(*places)));
            struct place *place = &places[count++];
            place->example = &examples[i];
            snprintf(place->id, sizeof(place->id), "%.*s", (int)length, ids);
        }
    }
    if (count)
        qsort(places, count, sizeof(*places), by_id);
    *ret_count = count;
    return places;
}

static bool is_shown(const struct place *place, const char *word)
{
    return !word || strcasestr(place->id, word) ||
           strcasestr(place->example->lesson->name, word) ||
           strcasestr(place->example->name, word) ||
           strcasestr(place->example->about->truth, word);
}

static void print_place(const struct session *session, const struct place *place)
{
    printf("%-5s %s:%s\n", place->id, place->example->lesson->name,
           place->example->name);
    fputs("      ", stdout);
    text_print_wrapped(stdout, place->example->about->truth, 6, 6, session->term.prose);
}

static int run(struct session *session, const struct arguments *arguments)
{
    const char *word = arguments->count ? arguments->names[0] : NULL;
    size_t count, shown = 0;
    struct place *places = find_places(&count);

    for (size_t i = 0; i < count; i++)
        if (is_shown(&places[i], word)) {
            print_place(session, &places[i]);
            shown++;
        }
    free(places);
    if (shown)
        return STATUS_OK;
    char *quoted = text_quote(word ? word : "", 40);
    session_error(session, STATUS_NO, "%s is in none of them ('%struth' shows all)",
                  quoted, session_before_command(session));
    free(quoted);
    return STATUS_NO;
}

const struct command cmd_truth = {
    .name = "truth",
    .usage = "[WORD]",
    .help = "where a tutorial says something else than what really happens, by "
            "tutorial and place, each with the example that shows it",
    .examples = "  truth                    all of them\n"
                "  truth gather             those about it\n"
                "  truth C12                the one about this program\n",
    .names = NAMES_LESSONS,
    .most = 1,
    .run = run,
};

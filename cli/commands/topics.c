#include "cli/commands/topics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "lessons/lesson.h"
#include "lessons/page.h"

/* ---- pages ---------------------------------------------------------------- */

/* The paragraph, or the lines of a table, that begins here; *text is then behind it. */
static void print_paragraph(const struct session *session, const char **text)
{
    const char *line = *text;
    bool table = strncmp(line, "    ", 4) == 0;

    if (!table) {
        size_t length = strcspn(line, "\n");
        char *paragraph = xnonnull(strndup(line, length));
        text_print_wrapped(stdout, paragraph, 0, 0, session->term.prose);
        free(paragraph);
        *text = line + length + (line[length] == '\n');
        return;
    }
    for (; strncmp(line, "    ", 4) == 0; line += strcspn(line, "\n") + 1)
        printf("%.*s\n", (int)strcspn(line, "\n"), line);
    *text = line;
}

static void print_page(const struct session *session, const struct page *page)
{
    const char *text = page->text;

    printf("%s - ", page->name);
    text_print_wrapped(stdout, page->title, (unsigned)strlen(page->name) + 3, 4,
                       session->term.prose);
    while (*text) {
        putchar('\n');
        print_paragraph(session, &text);
        text += *text == '\n';
    }
}

/* ---- misconceptions -------------------------------------------------------- */

#define MISCONCEPTIONS "misconceptions"
#define MISCONCEPTIONS_TITLE "what many believe, and the example that shows otherwise"

static void print_misconceptions(const struct session *session)
{
    puts(MISCONCEPTIONS " - " MISCONCEPTIONS_TITLE "\n");
    for (size_t i = 0; i < example_count; i++) {
        const struct about *about = examples[i].about;
        if (!about->belief)
            continue;
        unsigned taken =
            (unsigned)printf("  %s:%s  ", examples[i].lesson->name, examples[i].name);
        text_print_wrapped(stdout, about->belief, taken, 26, session->term.prose);
    }
}

/* ---- all -------------------------------------------------------------------- */

const char *topic_name(size_t i)
{
    return i < page_count ? pages[i].name : i == page_count ? MISCONCEPTIONS : NULL;
}

bool topic_exists(const char *name)
{
    for (size_t i = 0; topic_name(i); i++)
        if (strcmp(topic_name(i), name) == 0)
            return true;
    return false;
}

bool topic_print(const struct session *session, const char *name)
{
    for (size_t i = 0; i < page_count; i++)
        if (strcmp(pages[i].name, name) == 0) {
            print_page(session, &pages[i]);
            return true;
        }
    if (strcmp(name, MISCONCEPTIONS) != 0)
        return false;
    print_misconceptions(session);
    return true;
}

void topic_print_all(const struct session *session)
{
    for (size_t i = 0; topic_name(i); i++) {
        unsigned taken = (unsigned)printf("  %s", topic_name(i));
        text_print_wrapped(stdout,
                           i < page_count ? pages[i].title : MISCONCEPTIONS_TITLE,
                           taken, 32, session->term.prose);
    }
}

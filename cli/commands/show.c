/* show NAME — the source of an example. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/command.h"
#include "cli/text.h"
#include "cli/views/side.h"

/* ---- for people: with line numbers, and the waits marked ----------------- */

/* Where a coroutine can be suspended, in C, in Python and in JavaScript. */
static const char *const c_waits[] = {
    "await(",        "attempt(",      "with_lock(", "with_semaphore(",
    "with_manager(", "async_for(",    "js_await(",  "js_try(",
    "js_yield(",     "js_for_await(", NULL,
};
static const char *const python_waits[] = { "await ", "async with ", "async for ",
                                            NULL };
static const char *const javascript_waits[] = { "await ", "yield ", NULL };

static bool has_word(const char *line, size_t length, const char *word)
{
    const char *end = line + length, *at = line;
    size_t size = strlen(word);

    for (; (at = memmem(at, (size_t)(end - at), word, size)); at += size)
        if (at == line || !(isalnum((unsigned char)at[-1]) || at[-1] == '_'))
            return true;
    return false;
}

static bool may_wait(const char *line, size_t length, const char *const *waits)
{
    while (*waits && !has_word(line, length, *waits))
        waits++;
    return *waits;
}

static void print_marked(const char *source, const char *const *waits)
{
    for (unsigned number = 1; *source; number++) {
        size_t length = strcspn(source, "\n");
        char mark = may_wait(source, length, waits) ? '>' : ' ';
        if (length)
            printf("%3u %c %.*s\n", number, mark, (int)length, source);
        else
            printf("%3u\n", number);
        source += length + (source[length] == '\n');
    }
}

static void print_remark(const struct session *session, const struct example *example,
                         bool named)
{
    printf("\n> marks where the task may wait, while other tasks run.\n");
    if (!named)
        printf("This is %s:%s; '%sabout %s' shows the other examples.\n",
               example->lesson->name, example->name, session_before_command(session),
               example->lesson->name);
}

static const struct flag flag_python = {
    .name = "python",
    .help = "the Python twin",
};

static const struct flag flag_javascript = {
    .name = "javascript",
    .help = "the JavaScript twin",
};

static const struct flag flag_side = {
    .name = "side",
    .help = "C and its twin next to each other; below 100 columns one after the other",
};

/* A text of an example, and where it can wait. */
struct listing {
    const char *language, *text;
    const char *const *waits;
};

static struct listing listing_of(const struct example *example, const struct flag *flag)
{
    if (flag == &flag_python)
        return (struct listing){ "Python", example->python, python_waits };
    if (flag == &flag_javascript)
        return (struct listing){ "JavaScript", example->javascript, javascript_waits };
    return (struct listing){ "C", example->source, c_waits };
}

static int report_no_twin(struct session *session, const struct example *example,
                          const char *language)
{
    return session_error(session, STATUS_NO,
                         "%s:%s has no %s twin, but one in %s ('%sshow %s:%s --%s')",
                         example->lesson->name, example->name, language,
                         example->python ? "Python" : "JavaScript",
                         session_before_command(session), example->lesson->name,
                         example->name, example->python ? "python" : "javascript");
}

/* The program alone: what the file says about it is not in the twin. */
static char *program_of(const struct example *example)
{
    const char *end = strstr(example->source, "\nconst struct about");

    return end ? xnonnull(strndup(example->source, (size_t)(end - example->source)))
               : xnonnull(strdup(example->source));
}

static void print_side(const struct session *session, const struct example *example,
                       const char *twin)
{
    char *program = program_of(example);

    if (session->term.width >= 100)
        side_print(stdout, program, twin, session->term.width - 1);
    else
        printf("%s\n%s", program, twin);
    free(program);
}

static int run(struct session *session, const struct arguments *arguments)
{
    const struct choice *choice = &arguments->choices[0];
    const struct example *example =
        choice->example ? choice->example : choice->lesson->examples;
    struct listing listing = listing_of(
        example, flags_last_of(&arguments->flags, &flag_python, &flag_javascript));

    if (!listing.text)
        return report_no_twin(session, example, listing.language);
    if (flags_have(&arguments->flags, &flag_side)) {
        const char *twin = example->python ? example->python : example->javascript;
        print_side(session, example,
                   listing.text == example->source ? twin : listing.text);
        return STATUS_OK;
    }
    if (session->term.tty)
        print_marked(listing.text, listing.waits);
    else
        fputs(listing.text, stdout);
    if (session->term.tty && !flags_have(&arguments->flags, &flag_quiet))
        print_remark(session, example, choice->example);
    return STATUS_OK;
}

static const struct flag *const flags[] = { &flag_python, &flag_javascript, &flag_side,
                                            NULL };

const struct command cmd_show = {
    .name = "show",
    .usage = "NAME[:EXAMPLE]",
    .help = "print the source of an example, or of its twin",
    .examples = "  show gather              the first example of the lesson, in C\n"
                "  show gather --python     the same in Python\n"
                "  show gather --side       both next to each other\n"
                "  show javascript:errors --javascript\n"
                "                           another one in JavaScript\n",
    .flags = flags,
    .names = NAMES_EXAMPLES,
    .least = 1,
    .most = 1,
    .run = run,
};

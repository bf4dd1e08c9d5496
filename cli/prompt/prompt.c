#include "cli/prompt/prompt.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands/catalogue.h"
#include "cli/commands/command.h"
#include "cli/commands/progress.h"
#include "cli/prompt/lineed.h"
#include "cli/state.h"
#include "cli/text.h"

/* ---- a line as words ----------------------------------------------------- */

/* Cut the next word off the line, in place. Quotes and backslashes work as in a shell.
 * NULL: there is none. *ret_open: a quote is not closed.
 */
static char *take_word(char **line, bool *ret_open)
{
    char *s = *line + strspn(*line, " \t\r"), *word = s, *end = s, quote = '\0';

    if (!*s)
        return NULL;
    for (; *s && (quote || !strchr(" \t\r", *s)); s++) {
        if (quote ? *s == quote : *s == '\'' || *s == '"')
            quote = quote ? '\0' : *s;
        else
            *end++ = *s == '\\' && s[1] && quote != '\'' ? *++s : *s;
    }
    *ret_open = quote;
    *line = *s ? s + 1 : s;
    *end = '\0';
    return word;
}

static int run_line(struct session *session, const char *text, size_t length)
{
    if (strlen(text) != length)
        return session_error(session, STATUS_USAGE, "there is a NUL byte in the line");

    char *line = xnonnull(strdup(text)), *rest = line;
    const char **words = xnonnull(calloc(length + 1, sizeof(*words)));
    size_t count = 0;
    bool open = false;
    int status = STATUS_OK;
    for (const char *word; (word = take_word(&rest, &open)) && *word != '#';)
        words[count++] = word;
    /* Lines copied from a manual may begin with the name of the program. */
    size_t own = count && strcmp(words[0], "interleave") == 0;
    if (open)
        status = session_error(session, STATUS_USAGE, "a quote is not closed");
    else if (count)
        status = command_run(session, count - own, words + own);
    free(words);
    free(line);
    return status;
}

/* ---- the prompt ---------------------------------------------------------- */

static void greet(struct session *session)
{
    const struct lesson *next = progress_next(session);
    size_t seen = progress_count(session);
    char *have = text_format("%zu lessons, %zu examples", lesson_count, example_count);
    char *done = seen ? text_format(", %zu seen.", seen) : text_format(".");
    char *then = next ? text_format(" Next: %s.", next->name) : text_format("%s", "");
    char *line = text_format("%s%s%s", have, done, then);
    unsigned width = term_find(WHEN_AUTO, WHEN_AUTO).prose;

    text_print_wrapped(stdout,
                       "interleave " VERSION " - watch concurrency happen, one native "
                       "coroutine at a time.",
                       0, 0, width);
    text_print_wrapped(stdout, line, 0, 0, width);
    text_print_wrapped(stdout, "Type a lesson name, 'list' or 'help'. Ctrl-D leaves.",
                       0, 0, width);
    putchar('\n');
    fflush(stdout);
    free(have);
    free(done);
    free(then);
    free(line);
}

static void interrupt_wait(int) {}

/* Ctrl-C ends the wait for a line. It does not interrupt a write: stdio would lose the
 * rest.
 */
static void catch_sigint(bool waiting)
{
    struct sigaction action = { .sa_handler = interrupt_wait };

    sigemptyset(&action.sa_mask);
    action.sa_flags = waiting ? 0 : SA_RESTART;
    sigaction(SIGINT, &action, NULL);
}

static void prompt_loop(struct session *session, struct lineed *lineed)
{
    unsigned interrupts = 0;

    while (!session->leave) {
        const char *line;
        size_t length;
        catch_sigint(true);
        enum lineed_result result = lineed_read(lineed, &line, &length);
        catch_sigint(false);
        if (result == LINEED_END)
            return;
        if (result == LINEED_INTERRUPTED) {
            if (++interrupts == 2)
                fputs("Ctrl-D leaves.\n", stderr);
            continue;
        }
        interrupts = 0;
        run_line(session, line, length);
        if (session->retry)
            lineed_prefill(lineed, session->retry);
        free(session->retry);
        session->retry = NULL;
    }
}

int prompt_run(struct session *session)
{
    struct sigaction before;
    char *history =
        flags_have(&session->defaults, &flag_no_state) ? NULL : state_file("history");
    struct lineed *lineed = lineed_open(&(struct lineed_options){
        .prompt = "interleave> ",
        .history = history,
        .plain = term_is_dumb(),
    });

    session->prompt = true;
    session->stateless = flags_have(&session->defaults, &flag_no_state);
    sigaction(SIGINT, NULL, &before);
    if (!flags_have(&session->defaults, &flag_quiet))
        greet(session);
    prompt_loop(session, lineed);
    lineed_close(lineed);
    sigaction(SIGINT, &before, NULL);
    free(history);
    return STATUS_OK;
}

/* ---- a script ------------------------------------------------------------ */

int prompt_script(struct session *session, bool keep_going)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* the UTF-8 byte order mark */
    struct lineed *lineed = lineed_open(&(struct lineed_options){ .plain = true });
    const char *line;
    size_t length;
    int worst = STATUS_OK;

    while (!session->leave && lineed_read(lineed, &line, &length) == LINEED_LINE) {
        bool marked = session->line++ == 0 && strncmp(line, mark, strlen(mark)) == 0;
        line += marked ? strlen(mark) : 0;
        length -= marked ? strlen(mark) : 0;
        int status = run_line(session, line, length);
        worst = status > worst ? status : worst;
        if (status == STATUS_INTERRUPTED || (status != STATUS_OK && !keep_going))
            break;
    }
    lineed_close(lineed);
    return worst;
}

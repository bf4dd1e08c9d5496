/* The line editor, by libedit. */
#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/prompt/complete.h"
#include "cli/prompt/lineed.h"
#include "cli/term.h"
#include "cli/text.h"

struct editor {
    struct lineed lineed;
    EditLine *edit;
    History *history;
    FILE *out;
    char *prompt;
    char *file; /* of the history; NULL: none */
    char *line;
    bool interrupted; /* Ctrl-C was typed */
};

static struct editor *editor_of(EditLine *edit)
{
    void *editor;

    el_get(edit, EL_CLIENTDATA, &editor);
    return editor;
}

static char *prompt_of(EditLine *edit) { return editor_of(edit)->prompt; }

/* ---- Tab ----------------------------------------------------------------- */

static void show_words(FILE *out, const struct completion *completion)
{
    unsigned width = term_find(WHEN_AUTO, WHEN_AUTO).width, widest = 0, column = 0;

    for (size_t i = 0; i < completion->count; i++)
        if (text_width(completion->words[i]) > widest)
            widest = text_width(completion->words[i]);
    fputc('\n', out);
    for (size_t i = 0; i < completion->count; i++) {
        if (column && column + widest + 2 >= width) {
            fputc('\n', out);
            column = 0;
        }
        fprintf(out, "%s%*s", completion->words[i],
                (int)(widest + 2 - text_width(completion->words[i])), "");
        column += widest + 2;
    }
    fputc('\n', out);
}

static unsigned char on_tab(EditLine *edit, int)
{
    const LineInfo *line = el_line(edit);
    struct completion completion;
    unsigned char result = CC_ERROR;

    complete_line(line->buffer, (size_t)(line->cursor - line->buffer), &completion);
    if (completion.count && completion.common > completion.typed) {
        char *rest = xnonnull(strndup(completion.words[0] + completion.typed,
                                      completion.common - completion.typed));
        el_insertstr(edit, rest);
        free(rest);
        result = CC_REFRESH;
    } else if (completion.count > 1) {
        show_words(editor_of(edit)->out, &completion);
        result = CC_REDISPLAY;
    }
    if (completion.count == 1 && !completion.partial) {
        el_insertstr(edit, " ");
        result = CC_REFRESH;
    }
    completion_finish(&completion);
    return result;
}

/* ---- Ctrl-C and Ctrl-Z --------------------------------------------------- */

/* While a line is edited these are keys. A signal could arrive just before the wait for
 * the next key, which would not notice it.
 */
static unsigned char on_ctrl_c(EditLine *edit, int)
{
    editor_of(edit)->interrupted = true;
    return CC_EOF;
}

static unsigned char on_ctrl_z(EditLine *, int)
{
    kill(0, SIGTSTP);
    return CC_REDISPLAY;
}

/* ---- history ------------------------------------------------------------- */

/* Only the owner may read the history. */
static void history_write(struct editor *editor)
{
    HistEvent event;

    if (!editor->file)
        return;
    int fd = open(editor->file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    fchmod(fd, 0600);
    close(fd);
    history(editor->history, &event, H_SAVE, editor->file);
}

static void history_add(struct editor *editor, const char *line)
{
    HistEvent event;

    if (!line[strspn(line, " \n")])
        return;
    history(editor->history, &event, H_ENTER, line);
    history_write(editor);
}

/* ---- a line -------------------------------------------------------------- */

static enum lineed_result edit_read(struct lineed *self, const char **ret_line,
                                    size_t *ret_length)
{
    struct editor *editor = (struct editor *)self;
    int count = 0;

    /* Before the prompt is shown: what is typed then must already be taken as keys. */
    el_set(editor->edit, EL_PREP_TERM, 1);
    errno = 0;
    editor->interrupted = false;
    const char *line = el_gets(editor->edit, &count);
    if (editor->interrupted || (!line && count < 0 && errno == EINTR)) {
        fputc('\n', editor->out);
        el_reset(editor->edit);
        return LINEED_INTERRUPTED;
    }
    if (!line || count <= 0) {
        fputc('\n', editor->out);
        fflush(editor->out);
        return LINEED_END;
    }
    history_add(editor, line);
    free(editor->line);
    editor->line = xnonnull(strndup(line, (size_t)count));
    size_t length = strlen(editor->line);
    if (length && editor->line[length - 1] == '\n')
        editor->line[--length] = '\0';
    *ret_line = editor->line;
    *ret_length = length;
    return LINEED_LINE;
}

static void edit_prefill(struct lineed *self, const char *text)
{
    el_push(((struct editor *)self)->edit, text);
}

static void edit_close(struct lineed *self)
{
    struct editor *editor = (struct editor *)self;

    el_end(editor->edit);
    history_end(editor->history);
    free(editor->prompt);
    free(editor->file);
    free(editor->line);
    free(editor);
}

struct lineed *lineed_edit_open(const struct lineed_options *options)
{
    enum { REMEMBERED = 1000 };
    struct editor *editor = xnonnull(calloc(1, sizeof(*editor)));
    HistEvent event;

    editor->lineed = (struct lineed){ edit_read, edit_prefill, edit_close };
    editor->prompt = xnonnull(strdup(options->prompt ? options->prompt : ""));
    editor->file = options->history ? xnonnull(strdup(options->history)) : NULL;
    /* The prompt must not be written into a redirected standard output. */
    editor->out = isatty(STDOUT_FILENO) ? stdout : stderr;
    editor->edit = xnonnull(el_init("interleave", stdin, editor->out, stderr));
    editor->history = xnonnull(history_init());
    history(editor->history, &event, H_SETSIZE, REMEMBERED);
    history(editor->history, &event, H_SETUNIQUE, 1);
    if (editor->file)
        history(editor->history, &event, H_LOAD, editor->file);
    el_set(editor->edit, EL_CLIENTDATA, editor);
    el_set(editor->edit, EL_PROMPT, prompt_of);
    el_set(editor->edit, EL_SIGNAL, 1);
    el_set(editor->edit, EL_EDITOR, "emacs");
    el_set(editor->edit, EL_HIST, history, editor->history);
    /* The function for narrow strings leaks its copies of the names. */
    el_wset(editor->edit, EL_ADDFN, L"complete", L"complete the word", on_tab);
    el_set(editor->edit, EL_BIND, "^I", "complete", NULL);
    el_source(editor->edit, NULL);
    el_set(editor->edit, EL_SETTY, "-d", "-isig", NULL);
    el_wset(editor->edit, EL_ADDFN, L"interrupt", L"clear the line", on_ctrl_c);
    el_wset(editor->edit, EL_ADDFN, L"suspend", L"suspend the program", on_ctrl_z);
    el_set(editor->edit, EL_BIND, "^C", "interrupt", NULL);
    el_set(editor->edit, EL_BIND, "^Z", "suspend", NULL);
    return &editor->lineed;
}

/* timeline [FILE] — the chart of the last run, or of the traces in a file. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/commands/command.h"
#include "cli/text.h"
#include "cli/trace/read.h"
#include "cli/views/timeline.h"

static void print_title(const struct trace *trace)
{
    if (trace->head.lesson)
        printf("%s:%s\n", trace->head.lesson,
               trace->head.example ? trace->head.example : "-");
}

/* Draw it, and report what is missing. */
static int draw(struct session *session, const struct trace *trace, const char *name)
{
    switch (timeline_print(stdout, trace, &session->term)) {
    case TIMELINE_EMPTY:
        return session_error(session, STATUS_NO,
                             "%s: the trace has no events of tasks (with --level "
                             "say there are none)",
                             name);
    case TIMELINE_NARROW:
        return session_error(session, STATUS_NO, "a chart needs %d columns or more",
                             TIMELINE_MIN_WIDTH);
    case TIMELINE_OPEN:
        if (trace->tail.end == TRACE_CUT)
            session_error(session, STATUS_OK, "%s: the trace has no end", name);
        break;
    case TIMELINE_WHOLE:
        break;
    }
    if (trace->torn)
        session_error(session, STATUS_OK,
                      "%s: lines of it are missing or changed (the digest does not "
                      "fit): the chart shows what is left",
                      name);
    return STATUS_OK;
}

/* Each of several traces in one file has a title. */
static int draw_all(struct session *session, struct trace_reader *reader)
{
    char *problem = NULL;
    size_t count = 0;
    int worst = STATUS_OK;

    for (;;) {
        struct trace trace = {};
        enum trace_read read = trace_read(reader, &trace, &problem);
        if (read == TRACE_READ_END)
            break;
        if (read == TRACE_READ_FAILED) {
            session_error(session, STATUS_FILE, "%s", problem);
            free(problem);
            return STATUS_FILE;
        }
        if (count++)
            putchar('\n');
        print_title(&trace);
        int status = draw(session, &trace, reader->name);
        worst = status > worst ? status : worst;
        trace_finish(&trace);
    }
    if (count)
        return worst;
    return session_error(session, STATUS_FILE, "there is no trace in %s", reader->name);
}

/* Ctrl-C ends the reading of a trace that is typed. */
static int draw_typed(struct session *session, struct trace_reader *reader)
{
    struct sigaction before, during;

    sigaction(SIGINT, NULL, &before);
    during = before;
    during.sa_flags &= ~SA_RESTART;
    sigaction(SIGINT, &during, NULL);
    int r = draw_all(session, reader);
    sigaction(SIGINT, &before, NULL);
    clearerr(stdin);
    return r;
}

static int draw_file(struct session *session, const char *name)
{
    bool standard = strcmp(name, "-") == 0;
    struct stat status;
    FILE *in = standard ? stdin : fopen(name, "r");

    /* A directory can be opened, and only reading it fails; the error is clearer now.
     */
    if (in && !standard && fstat(fileno(in), &status) == 0 && S_ISDIR(status.st_mode)) {
        fclose(in);
        in = NULL;
        errno = EISDIR;
    }
    if (!in) {
        int error = errno;
        char *quoted = text_quote(name, 60);
        session_error(session, STATUS_FILE, "cannot read %s: %s", quoted,
                      strerror(error));
        free(quoted);
        return STATUS_FILE;
    }

    struct trace_reader reader;
    trace_reader_init(&reader, in, standard ? "stdin" : name);
    int r = standard ? draw_typed(session, &reader) : draw_all(session, &reader);
    trace_reader_finish(&reader);
    if (!standard)
        fclose(in);
    return r;
}

static int run(struct session *session, const struct arguments *arguments)
{
    if (arguments->count)
        return draw_file(session, arguments->names[0]);
    if (!session->last.count)
        return session_error(session, STATUS_USAGE,
                             "nothing has run yet: run a lesson first, or name a "
                             "file with a trace (-: standard input)");
    return draw(session, &session->last, "the last run");
}

const struct command cmd_timeline = {
    .name = "timeline",
    .usage = "[FILE]",
    .help = "draw the last run, or the traces in a file, as a chart",
    .examples = "  timeline                 the last run\n"
                "  timeline a.trace         a trace that was written with --output\n"
                "  timeline -               a trace from standard input\n",
    .names = NAMES_FILES,
    .most = 1,
    .run = run,
};

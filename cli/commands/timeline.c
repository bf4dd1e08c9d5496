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

/* ---- the part that is drawn ------------------------------------------------ */

static const struct flag flag_from = {
    .name = "from",
    .kind = FLAG_NUMBER,
    .value = "T",
    .expected = "seconds from 0 up, such as 0.5",
    .help = "begin the chart at T seconds",
};
static const struct flag flag_to = {
    .name = "to",
    .kind = FLAG_NUMBER,
    .value = "T",
    .expected = "seconds from 0 up, such as 0.5",
    .help = "end the chart at T seconds",
};
static const struct flag *const timeline_flags[] = { &flag_from, &flag_to, NULL };

/* In microseconds, at most `most_us`; `most_us` if the flag was not given. */
static int64_t time_of(const struct flag_value *value, int64_t most_us)
{
    double us = value ? value->number * 1e6 + 0.5 : (double)most_us;

    return us < (double)most_us ? (int64_t)us : most_us;
}

/* What is to be drawn of a trace. False: it ends before that, which is reported. */
static bool find_stretch(struct session *session, const struct flags *flags,
                         const struct trace *trace, const char *name,
                         struct stretch *ret_stretch)
{
    const struct flag_value *from = flags_find(flags, &flag_from);
    struct stretch stretch = rows_stretch_of(trace);
    int64_t end_us = stretch.to_us;
    char *text;
    size_t size;

    stretch.to_us = time_of(flags_find(flags, &flag_to), end_us);
    if (from)
        stretch.from_us = time_of(from, INT64_MAX);
    *ret_stretch = stretch;
    if (stretch.from_us <= end_us)
        return true;
    FILE *out = text_stream(&text, &size);
    text_print_time(out, end_us, 1000000);
    fclose(out);
    session_error(session, STATUS_NO, "%s: the trace ends at %s s, before --from", name,
                  text);
    free(text);
    return false;
}

static int check_order(struct session *session, const struct flags *flags)
{
    const struct flag_value *from = flags_find(flags, &flag_from);
    const struct flag_value *to = flags_find(flags, &flag_to);

    if (from && to && from->number > to->number)
        return session_error(session, STATUS_USAGE, "--from is later than --to");
    return STATUS_OK;
}

/* ---- drawing ---------------------------------------------------------------- */

static void print_title(const struct trace *trace)
{
    if (trace->head.lesson)
        printf("%s:%s\n", trace->head.lesson,
               trace->head.example ? trace->head.example : "-");
}

/* Draw it, and report what is missing. */
static int draw(struct session *session, const struct flags *flags,
                const struct trace *trace, const char *name)
{
    struct stretch stretch;

    if (!find_stretch(session, flags, trace, name, &stretch))
        return STATUS_NO;
    switch (timeline_print(stdout, trace, &stretch, &session->term)) {
    case TIMELINE_EMPTY:
        if (flags_have(flags, &flag_from) || flags_have(flags, &flag_to))
            return session_error(session, STATUS_NO,
                                 "%s: no task is there at that time", name);
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
static int draw_all(struct session *session, const struct flags *flags,
                    struct trace_reader *reader)
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
        int status = draw(session, flags, &trace, reader->name);
        worst = status > worst ? status : worst;
        trace_finish(&trace);
    }
    if (count)
        return worst;
    return session_error(session, STATUS_FILE, "there is no trace in %s", reader->name);
}

/* Ctrl-C ends the reading of a trace that is typed. */
static int draw_typed(struct session *session, const struct flags *flags,
                      struct trace_reader *reader)
{
    struct sigaction before, during;

    sigaction(SIGINT, NULL, &before);
    during = before;
    during.sa_flags &= ~SA_RESTART;
    sigaction(SIGINT, &during, NULL);
    int r = draw_all(session, flags, reader);
    sigaction(SIGINT, &before, NULL);
    clearerr(stdin);
    return r;
}

static int draw_file(struct session *session, const struct flags *flags,
                     const char *name)
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
    int r = standard ? draw_typed(session, flags, &reader)
                     : draw_all(session, flags, &reader);
    trace_reader_finish(&reader);
    if (!standard)
        fclose(in);
    return r;
}

static int run(struct session *session, const struct arguments *arguments)
{
    int status = check_order(session, &arguments->flags);

    if (status != STATUS_OK)
        return status;
    if (arguments->count)
        return draw_file(session, &arguments->flags, arguments->names[0]);
    if (!session->last.count)
        return session_error(session, STATUS_USAGE,
                             "nothing has run yet: run a lesson first, or name a "
                             "file with a trace (-: standard input)");
    return draw(session, &arguments->flags, &session->last, "the last run");
}

const struct command cmd_timeline = {
    .name = "timeline",
    .usage = "[FILE]",
    .help = "draw the last run, or the traces in a file, as a chart",
    .examples = "  timeline                 the last run\n"
                "  timeline a.trace         a trace that was written with --output\n"
                "  timeline -               a trace from standard input\n"
                "  timeline --from 1 --to 2 one second of the last run\n",
    .flags = timeline_flags,
    .names = NAMES_FILES,
    .most = 1,
    .run = run,
};

/* run NAME... — replay examples, and trace what happens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/command.h"
#include "cli/commands/output.h"
#include "cli/commands/progress.h"
#include "cli/commands/remarks.h"
#include "cli/text.h"
#include "cli/trace/play.h"
#include "cli/trace/write.h"
#include "cli/views/summary.h"
#include "engine/error.h"

/* ---- its flags ----------------------------------------------------------- */

static const struct flag flag_all = {
    .name = "all",
    .help = "every example of the lesson, in order",
    .all_names = true,
};

/* In the order of `real_clock`. */
static const struct flag flag_clock = {
    .name = "clock",
    .kind = FLAG_CHOICE,
    .value = "virtual|real",
    .help = "virtual: code takes no time and waits are exact; real: measure",
    .lasting = true,
};

/* In the order of `formats`. */
static const struct flag flag_format = {
    .name = "format",
    .letter = 'f',
    .kind = FLAG_CHOICE,
    .value = "text|jsonl",
    .help = "the format of the trace",
    .lasting = true,
};
static const struct trace_format *const formats[] = { &trace_format_text,
                                                      &trace_format_jsonl };

/* In the order of enum trace_level. */
static const struct flag flag_level = {
    .name = "level",
    .kind = FLAG_CHOICE,
    .value = "say|task|loop",
    .help = "trace what is printed, what tasks do, or everything",
    .lasting = true,
};

static const struct flag flag_max_pause = {
    .name = "max-pause",
    .kind = FLAG_NUMBER,
    .value = "S",
    .expected = "seconds from 0 up, such as 0.5",
    .help = "wait at most S seconds at once (default 1); 0: no limit",
    .lasting = true,
    .excludes = &flag_clock,
    .excludes_choice = 1,
    .reason = "paces the virtual clock",
};

static const struct flag flag_no_header = {
    .name = "no-header",
    .help = "write the events alone",
    .lasting = true,
};

static const struct flag flag_seed = {
    .name = "seed",
    .kind = FLAG_WHOLE,
    .value = "N",
    .expected = "a whole number from 0 up, such as 7",
    .help = "start the random numbers from N (default 0)",
    .lasting = true,
};

static const struct flag flag_speed = {
    .name = "speed",
    .kind = FLAG_NUMBER,
    .value = "X",
    .expected = "a number from 0 up, such as 2",
    .help = "seconds of the virtual clock in a second; 0: do not wait",
    .lasting = true,
    .excludes = &flag_clock,
    .excludes_choice = 1,
    .reason = "paces the virtual clock",
};

const struct flag *const run_flags[] = {
    &flag_all,    &flag_clock, &flag_force,     &flag_format,
    &flag_json,   &flag_level, &flag_max_pause, &flag_no_header,
    &flag_output, &flag_seed,  &flag_speed,     NULL,
};

static double flag_number(const struct flags *flags, const struct flag *flag,
                          double otherwise)
{
    const struct flag_value *value = flags_find(flags, flag);

    return value ? value->number : otherwise;
}

static int flag_choice(const struct flags *flags, const struct flag *flag,
                       int otherwise)
{
    const struct flag_value *value = flags_find(flags, flag);

    return value ? value->choice : otherwise;
}

static const struct trace_format *find_format(const struct flags *flags)
{
    if (flags_last_of(flags, &flag_json, &flag_format) == &flag_json)
        return &trace_format_jsonl;
    return formats[flag_choice(flags, &flag_format, 0)];
}

/* ---- a replay ------------------------------------------------------------ */

/* One `run`, of any number of examples. */
struct replay {
    struct session *session;
    const struct flags *flags;
    FILE *out;
    struct play play;
    struct trace_writer writer;
    bool watched;          /* write each event as it happens */
    bool remarks;          /* print a chart and a summary after the trace */
    size_t count;          /* examples that had remarks so far */
    size_t traces, events; /* that were written */
};

static void on_event(void *context, const struct trace_event *event)
{
    struct replay *replay = context;

    if (replay->writer.width) {
        term_measure(&replay->session->term);
        replay->writer.width = replay->session->term.width;
    }
    trace_write_event(&replay->writer, event);
    if (replay->watched)
        fflush(replay->out);
}

static void prepare(struct replay *replay)
{
    const struct flags *flags = replay->flags;
    const struct term *term = &replay->session->term;
    const struct flag_value *seed = flags_find(flags, &flag_seed);
    bool to_terminal = replay->out == stdout && term->tty;

    replay->play = (struct play){
        .real_clock = flag_choice(flags, &flag_clock, 0) == 1,
        .speed = flag_number(flags, &flag_speed, to_terminal),
        .max_pause = flag_number(flags, &flag_max_pause, 1),
        .seed = seed ? seed->whole : 0,
        .each = on_event,
        .context = replay,
    };
    replay->writer = (struct trace_writer){
        .out = replay->out,
        .format = find_format(flags),
        .level = (enum trace_level)flag_choice(flags, &flag_level, LEVEL_TASK),
        .bare = flags_have(flags, &flag_no_header),
        .colours = replay->out == stdout ? term->colours : COLOURS_NONE,
        .width = to_terminal ? term->width : 0,
    };
    replay->watched = to_terminal || replay->play.speed > 0 || replay->play.real_clock;
    replay->remarks = to_terminal && replay->writer.format == &trace_format_text &&
                      !flags_have(flags, &flag_quiet);
}

/* ---- how it ended -------------------------------------------------------- */

static bool was_interrupted(const struct trace *trace, int r)
{
    if (r == UV_EINTR || r == CO_EABANDONED)
        return true;
    /* A program that goes on after Ctrl-C was still asked to stop. */
    for (size_t i = 0; i < trace->count; i++)
        if (trace->events[i].kind == CO_CANCEL &&
            trace_what_of(trace->events[i].what) == WHAT_SIGINT)
            return true;
    return false;
}

/* Why it failed: what was said of the last failure, or what the code means. */
static char *reason_of(const struct trace *trace, int r)
{
    co_trace_event_kind kind = r == CO_EDEADLK ? CO_DEADLOCK : CO_FAIL;
    const char *reason = co_strerror(r);
    char *text;
    size_t size;

    for (size_t i = 0; i < trace->count; i++)
        if (trace->events[i].kind == kind && trace->events[i].text)
            reason = trace->events[i].text;
    FILE *out = text_stream(&text, &size);
    text_print_escaped(out, reason, false);
    fclose(out);
    return text;
}

static int exit_status_of(struct replay *replay, const struct example *example,
                          const struct trace *trace, int r)
{
    if (was_interrupted(trace, r))
        return STATUS_INTERRUPTED;
    if (r >= 0 ||
        (r == CO_EDEADLK ? example->about->may_deadlock : example->about->may_fail))
        return STATUS_OK;
    char *reason = reason_of(trace, r);
    session_error(replay->session, STATUS_LESSON, "%s:%s ended with an error: %s (%s)",
                  example->lesson->name, example->name, reason, co_error_name(r));
    free(reason);
    return STATUS_LESSON;
}

/* Beside a trace in a pipe or a file the sentence about a deadlock is on standard
 * error.
 */
static void report_deadlock(struct replay *replay, const struct example *example,
                            const struct trace *trace)
{
    char *sentence = deadlock_of(trace);

    session_error(replay->session, STATUS_OK, "%s:%s: %s", example->lesson->name,
                  example->name, sentence);
    free(sentence);
}

/* ---- one example or several ---------------------------------------------- */

static int replay_one(struct replay *replay, const struct example *example)
{
    struct trace trace = {};

    if (replay->remarks && replay->count++)
        putchar('\n');
    play_head(&replay->play, example, &trace.head);
    trace_write_head(&replay->writer, &trace.head);
    int r = play_run(&replay->play, example, &trace);
    trace_write_tail(&replay->writer, &trace.tail);
    replay->traces++;
    replay->events += replay->writer.written;
    if (replay->remarks) {
        term_measure(&replay->session->term);
        remarks_about(replay->session, &trace, flags_have(replay->flags, &flag_level));
        if (flags_have(replay->flags, &flag_seed))
            remarks_seed(replay->session, example);
        progress_add(replay->session, example);
    } else if (r == CO_EDEADLK && !flags_have(replay->flags, &flag_quiet)) {
        report_deadlock(replay, example, &trace);
    }
    int status = exit_status_of(replay, example, &trace, r);
    trace_finish(&replay->session->last);
    replay->session->last = trace;
    return status;
}

static int replay_each(struct replay *replay, const struct example *from, size_t count)
{
    int worst = STATUS_OK;

    for (size_t i = 0; i < count && worst != STATUS_INTERRUPTED; i++) {
        int status = replay_one(replay, &from[i]);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static int replay_choice(struct replay *replay, const struct choice *choice)
{
    const struct lesson *lesson = choice->lesson;

    if (choice->example)
        return replay_one(replay, choice->example);
    if (replay->remarks)
        remarks_open(replay->session, lesson);
    if (flags_have(replay->flags, &flag_all))
        return replay_each(replay, lesson->examples, lesson->count);
    int status = replay_one(replay, lesson->examples);
    if (replay->remarks && status != STATUS_INTERRUPTED)
        remarks_close(replay->session, lesson);
    return status;
}

/* ---- the command --------------------------------------------------------- */

static int check_all(struct session *session, const struct arguments *arguments)
{
    if (!flags_have(&arguments->flags, &flag_all))
        return STATUS_OK;
    for (size_t i = 0; i < arguments->count; i++)
        if (arguments->choices[i].example)
            return session_error(session, STATUS_USAGE,
                                 "'%s' is one example; --all needs a lesson",
                                 arguments->names[i]);
    return STATUS_OK;
}

static int run(struct session *session, const struct arguments *arguments)
{
    struct replay replay = { .session = session, .flags = &arguments->flags };
    int worst = check_all(session, arguments);

    if (worst != STATUS_OK)
        return worst;
    replay.out = output_open(session, &arguments->flags);
    if (!replay.out)
        return STATUS_FILE;
    prepare(&replay);
    if (arguments->count == 0)
        worst = replay_each(&replay, examples, example_count);
    for (size_t i = 0; i < arguments->count && worst != STATUS_INTERRUPTED; i++) {
        int status = replay_choice(&replay, &arguments->choices[i]);
        worst = status > worst ? status : worst;
    }
    int closed = output_close(session, &arguments->flags, replay.out, STATUS_OK);
    if (closed == STATUS_OK)
        output_report(session, &arguments->flags, replay.traces, replay.events);
    return closed > worst ? closed : worst;
}

const struct command cmd_run = {
    .name = "run",
    .usage = "NAME[:EXAMPLE]...",
    .help = "replay examples, and trace what happens; a NAME alone does the same",
    .examples = "  run gather               the first example of the lesson\n"
                "  run gather:counters      this example\n"
                "  run gather --all         all of them, in order\n"
                "  run --all                all examples of all lessons\n"
                "  run gather --speed 0     without waiting\n"
                "  run gather -o a.trace    into a file, for 'timeline a.trace'\n",
    .flags = run_flags,
    .names = NAMES_EXAMPLES,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

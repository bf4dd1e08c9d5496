/* run NAME... — replay examples, and trace what happens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/catalogue.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/text.h"
#include "cli/trace/play.h"
#include "cli/views/summary.h"
#include "cli/views/timeline.h"
#include "engine/error.h"

/* One `run`, whatever it names. */
struct replay {
    struct session *session;
    const struct flags *flags;
    FILE *out;
    struct play play;
    struct trace_writer writer;
    bool watched; /* each event is to be seen as it happens */
    bool remarks; /* somebody reads what is said beside the trace */
    size_t count; /* examples so far */
};

static void on_event(void *context, const struct trace_event *event)
{
    struct replay *replay = context;

    trace_write_event(&replay->writer, event);
    if (replay->watched)
        fflush(replay->out);
}

static void prepare(struct replay *replay, const struct flags *flags)
{
    const struct term *term = &replay->session->term;
    bool to_terminal = replay->out == stdout && term->tty;

    replay->play = (struct play){
        .real_clock = flags->real_clock,
        .speed = flags_have(flags, FLAG_SPEED) ? flags->speed : to_terminal,
        .max_pause = flags_have(flags, FLAG_MAX_PAUSE) ? flags->max_pause : 1,
        .seeded = flags_have(flags, FLAG_SEED),
        .seed = flags->seed,
        .each = on_event,
        .context = replay,
    };
    replay->writer = (struct trace_writer){
        .out = replay->out,
        .format = flags->json ? &trace_format_jsonl : &trace_format_text,
        .level = flags_have(flags, FLAG_LEVEL) ? flags->level : LEVEL_TASK,
        .bare = flags_have(flags, FLAG_NO_HEADER),
        .colour = term->colour && replay->out == stdout,
        .width = to_terminal ? term->width : 0,
    };
    replay->watched = to_terminal || replay->play.speed > 0 || flags->real_clock;
    replay->remarks = to_terminal && !flags->json && !flags_have(flags, FLAG_QUIET);
}

/* ---- how it ended -------------------------------------------------------- */

static bool was_interrupted(const struct trace *trace, int r)
{
    if (r == UV_EINTR || r == CO_EABANDONED)
        return true;
    /* A program that goes on after Ctrl-C was still asked to stop. */
    for (size_t i = 0; i < trace->count; i++)
        if (trace->events[i].kind == CO_CANCEL && trace->events[i].what &&
            strcmp(trace->events[i].what, "sigint") == 0)
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

static int judge(struct replay *replay, const struct entry *example,
                 const struct trace *trace, int r)
{
    if (was_interrupted(trace, r))
        return STATUS_INTERRUPTED;
    if (r >= 0 || (r == CO_EDEADLK && example->example->may_deadlock))
        return STATUS_OK;
    char *reason = reason_of(trace, r);
    session_complain(replay->session, STATUS_LESSON,
                     "%s:%s did not end as it should: %s (%s)", example->lesson,
                     example->name, reason, co_error_name(r));
    free(reason);
    return STATUS_LESSON;
}

/* ---- what is said of it -------------------------------------------------- */

/* True if there is more to see of locks, queues and the like than tasks tell. */
static bool hides_objects(const struct trace *trace)
{
    for (size_t i = 0; i < trace->count; i++) {
        switch (trace->events[i].kind) {
        case CO_ACQUIRE:
        case CO_RELEASE:
        case CO_SET:
        case CO_PUT:
        case CO_GET:
            return true;
        default:
            break;
        }
    }
    return false;
}

static void print_remarks(struct replay *replay, const struct trace *trace)
{
    struct session *session = replay->session;
    bool hint = !session->hinted && !flags_have(replay->flags, FLAG_LEVEL) &&
                hides_objects(trace);
    char *sentence = summary_of(trace);
    char *text = text_format(
        "%s%s", sentence,
        hint ? " '--level loop' also shows who wakes whom, locks and queues." : "");

    putchar('\n');
    if (timeline_print(stdout, trace, &session->term) != TIMELINE_NARROW)
        putchar('\n');
    text_print_wrapped(stdout, text, 0, 0, session->term.prose);
    session->hinted |= hint;
    free(text);
    free(sentence);
}

/* ---- one example --------------------------------------------------------- */

static int replay_one(struct replay *replay, const struct entry *example)
{
    struct trace trace = {};

    if (replay->remarks && replay->count++)
        putchar('\n');
    play_head(&replay->play, example, &trace.head);
    trace_write_head(&replay->writer, &trace.head);
    int r = play_run(&replay->play, example, &trace);
    trace_write_tail(&replay->writer, &trace.tail);
    if (replay->remarks)
        print_remarks(replay, &trace);
    int status = judge(replay, example, &trace, r);
    trace_finish(&replay->session->last);
    replay->session->last = trace;
    return status;
}

static int replay_each(struct replay *replay, const struct entry *examples,
                       size_t count)
{
    int worst = STATUS_OK;

    for (size_t i = 0; i < count && worst != STATUS_INTERRUPTED; i++) {
        int status = replay_one(replay, &examples[i]);
        worst = status > worst ? status : worst;
    }
    return worst;
}

/* What else the lesson holds, for those who have seen its first example. */
static void print_others(const struct session *session, const struct topic *topic)
{
    char *text;
    size_t size;

    if (topic->count < 2)
        return;
    FILE *out = text_stream(&text, &size);
    fputs("Also here: ", out);
    for (size_t i = 1; i < topic->count; i++)
        fprintf(out, "%s%s:%s", i > 1 ? ", " : "", topic->lesson->name,
                topic->examples[i].name);
    fprintf(out, " ('%srun %s --all' runs them all).", session_before_command(session),
            topic->lesson->name);
    fclose(out);
    text_print_wrapped(stdout, text, 0, 0, session->term.prose);
    free(text);
}

static int replay_named(struct replay *replay, const char *name)
{
    struct topic topic;
    const struct entry *example;
    int status = catalogue_need(replay->session, name, false, &topic, &example);

    if (status != STATUS_OK)
        return status;
    if (example)
        return replay_one(replay, example);
    if (flags_have(replay->flags, FLAG_ALL))
        return replay_each(replay, topic.examples, topic.count);
    status = replay_one(replay, topic.examples);
    if (replay->remarks && status != STATUS_INTERRUPTED)
        print_others(replay->session, &topic);
    return status;
}

/* ---- the command --------------------------------------------------------- */

/* Nothing runs unless everything can. */
static int check_names(struct session *session, const struct arguments *arguments)
{
    bool all = flags_have(&arguments->flags, FLAG_ALL);
    struct topic topic;
    const struct entry *example;

    if (arguments->count == 0 && !all)
        return session_complain(
            session, STATUS_USAGE,
            "which lesson? (such as '%srun %s'; '%slist' shows all)",
            session_before_command(session), lessons[0].name,
            session_before_command(session));
    for (size_t i = 0; i < arguments->count; i++) {
        int status =
            catalogue_need(session, arguments->names[i], false, &topic, &example);
        if (status != STATUS_OK)
            return status;
        if (example && all)
            return session_complain(session, STATUS_USAGE,
                                    "'%s:%s' is one example; --all goes with a lesson",
                                    example->lesson, example->name);
    }
    return STATUS_OK;
}

static int run(struct session *session, const struct arguments *arguments)
{
    struct replay replay = { .session = session, .flags = &arguments->flags };
    int worst = check_names(session, arguments);

    if (worst != STATUS_OK)
        return worst;
    replay.out = output_open(session, &arguments->flags);
    if (!replay.out)
        return STATUS_FILE;
    prepare(&replay, &arguments->flags);
    if (arguments->count == 0)
        worst = replay_each(&replay, syllabus, syllabus_length);
    for (size_t i = 0; i < arguments->count && worst != STATUS_INTERRUPTED; i++) {
        int status = replay_named(&replay, arguments->names[i]);
        worst = status > worst ? status : worst;
    }
    return output_close(session, &arguments->flags, replay.out, worst);
}

const struct command cmd_run = {
    .name = "run",
    .usage = "NAME[:EXAMPLE]...",
    .help = "replay examples, and trace what happens; a bare NAME is short for it",
    .examples = "  run gather               the first example of the lesson\n"
                "  run gather:counters      this one\n"
                "  run gather --all         all of them, in order\n"
                "  run --all                everything there is\n"
                "  run gather --speed 0     without waiting\n"
                "  run gather -o a.trace    into a file, for 'timeline a.trace'\n",
    .flags = FLAG(ALL) | FLAG(CLOCK) | FLAG(FORCE) | FLAG(FORMAT) | FLAG(JSON) |
             FLAG(LEVEL) | FLAG(MAX_PAUSE) | FLAG(NO_HEADER) | FLAG(OUTPUT) |
             FLAG(SEED) | FLAG(SPEED),
    .names = NAMES_EXAMPLES,
    .most = SIZE_MAX,
    .run = run,
};

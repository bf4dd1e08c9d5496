#include "tests/support/expect.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/fault_sweep.h"

/* What a program prints, put together line by line. */
struct transcript {
    co_observer observer;
    bool real_time;
    size_t used;
    char lines[8192];
};

static void write_line(struct transcript *transcript, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Every address is 0x.. */
static void hide_addresses(char *text)
{
    for (char *found = text; (found = strstr(found, "0x")); found++) {
        char *digits = found + 2;
        size_t length = strspn(digits, "0123456789abcdef");
        if (length < 2)
            continue;
        memcpy(digits, "..", 2);
        memmove(digits + 2, digits + length, strlen(digits + length) + 1);
    }
}

static void write_line(struct transcript *transcript, const char *format, ...)
{
    size_t room = sizeof(transcript->lines) - transcript->used;
    char *end = transcript->lines + transcript->used;
    va_list args;

    va_start(args, format);
    int length = vsnprintf(end, room, format, args);
    va_end(args);

    /* What does not fit is left out, and so differs from what is expected. */
    if (length < 0 || (size_t)length + 1 >= room)
        return;
    strcpy(end + length, "\n");
    hide_addresses(end);
    transcript->used += strlen(end);
}

/* As %g shows them the seconds are free of what the double adds to 0.1. */
static double seconds_of(double seconds) { return round(seconds * 1e6) / 1e6; }

static struct shown show(int code, const char *reason)
{
    /* An error without a reason has the text of its code, which is ours alone; what
     * ends a program has a number.
     */
    const bool bare = strcmp(reason, co_strerror(code)) == 0;
    const char *quote = bare || code == CO_EXIT ? "" : "'";
    struct shown shown;

    snprintf(shown.s, sizeof(shown.s), "%s(%s%s%s)", exception(code), quote,
             bare ? "" : reason, quote);
    return shown;
}

/* As the logger of asyncio, or Python's warnings, would have it. */
static void write_note(struct transcript *transcript, const co_trace_event *record)
{
    if (strcmp(record->what, "never-awaited") == 0)
        write_line(transcript, "WARN RuntimeWarning: %s", record->text);
    else if (strcmp(record->what, "never-closed") == 0)
        write_line(transcript, "WARN ResourceWarning: %s", record->text);
    else if (strcmp(record->what, "slow") == 0)
        write_line(transcript, "LOG WARNING %s", record->text);
    else if (record->number == 0)
        write_line(transcript, "LOG ERROR %s", record->text);
    else
        write_line(transcript, "LOG ERROR %s | %s", record->text,
                   show((int)record->number, record->object).s);
}

/* On the real clock the time that ev() shows counts to a tenth of a second. */
static void write_said(struct transcript *transcript, const char *text)
{
    char *after;

    if (transcript->real_time && strncmp(text, "t=", 2) == 0) {
        double seconds = strtod(text + 2, &after);
        write_line(transcript, "t=%g%s", round(seconds * 10) / 10, after);
    } else {
        write_line(transcript, "%s", text);
    }
}

static void take_down(co_observer *observer, const co_trace_event *record)
{
    struct transcript *transcript =
        co_container_of(observer, struct transcript, observer);

    if (record->kind == CO_SAY)
        write_said(transcript, record->text);
    else if (record->kind == CO_NOTE)
        write_note(transcript, record);
    else if (record->kind == CO_ABANDON)
        write_line(transcript, "LOG ERROR %s", record->text);
    else if (record->kind == CO_DEADLOCK)
        write_line(transcript,
                   "t=%g DEADLOCK (nothing ready, no timer: "
                   "the loop would block forever)",
                   seconds_of((double)record->at_ns / 1e9));
}

/* True if they are the same words, though perhaps with other numbers. */
static bool are_alike(const char *got, const char *lines)
{
    static const char number[] = "0123456789.";

    for (;; got++, lines++) {
        got += strspn(got, number);
        lines += strspn(lines, number);
        if (*got != *lines || !*got)
            return *got == *lines;
    }
}

static void compare(const struct transcript *transcript, int r, const char *lines)
{
    const char *got = transcript->lines;

    cr_assert(eq(str, (char *)got, (char *)lines), "expected:\n%sprinted:\n%s", lines,
              got);
    cr_assert(ge(int, r, 0), "ended with %s", co_error_name(r));
}

/* On the real clock a busy machine may be late: it is given another chance. */
void expect_with(co_options options, co_fn *main, int (*program)(void),
                 const char *lines)
{
    struct transcript transcript;
    int r, chances = options.virtual_time ? 1 : 4;

    if (torture_is_asked_for()) {
        torture(&(struct scenario){ main, program, options });
        return;
    }
    do {
        transcript = (struct transcript){
            .observer.event = take_down,
            .real_time = !options.virtual_time,
        };
        options.observer = &transcript.observer;
        r = program ? co_program(program, &options) : co_run(main, &options);
    } while (--chances && r >= 0 && strcmp(transcript.lines, lines) != 0 &&
             are_alike(transcript.lines, lines));
    compare(&transcript, r, lines);
}

void expect(co_fn *main, const char *lines)
{
    expect_with((co_options){ .virtual_time = true }, main, NULL, lines);
}

void expect_program(int (*program)(void), const char *lines)
{
    expect_with((co_options){ .virtual_time = true }, NULL, program, lines);
}

void expect_as(unsigned asyncio, co_fn *main, const char *lines)
{
    expect_with((co_options){ .virtual_time = true, .asyncio = asyncio }, main, NULL,
                lines);
}

void expect_program_as(unsigned asyncio, int (*program)(void), const char *lines)
{
    expect_with((co_options){ .virtual_time = true, .asyncio = asyncio }, NULL, program,
                lines);
}

void expect_eagerly(unsigned asyncio, co_fn *main, const char *lines)
{
    expect_with(
        (co_options){ .virtual_time = true, .asyncio = asyncio, .eager_tasks = true },
        main, NULL, lines);
}

void expect_in_debug(co_fn *main, const char *lines)
{
    expect_with((co_options){ .virtual_time = true, .debug = true }, main, NULL, lines);
}

void expect_in_real_time(co_fn *main, const char *lines)
{
    expect_with((co_options){}, main, NULL, lines);
}

void expect_fatal(co_fn *main, const char *part)
{
    char text[1024] = "";
    int ends[2], status = 0;
    size_t length = 0;

    cr_assert(zero(int, pipe(ends)));
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        co_run(main, &(co_options){ .virtual_time = true });
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t got;
         (got = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0;)
        length += (size_t)got;
    close(ends[0]);
    waitpid(child, &status, 0);
    cr_assert(eq(int, WIFEXITED(status) ? WEXITSTATUS(status) : -1, 70), "%s", text);
    cr_assert(strstr(text, part) != NULL, "%s", text);
}

void rest(double seconds)
{
    struct timespec left = {
        .tv_sec = (time_t)seconds,
        .tv_nsec = (long)((seconds - floor(seconds)) * 1e9),
    };

    while (nanosleep(&left, &left) < 0 && errno == EINTR)
        ;
}

void ev(const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    co_say("t=%g %s", seconds_of(co_now()), text);
}

void evi(const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    co_say("i=%llu %s", (unsigned long long)co_iteration(), text);
}

int unguarded(int r)
{
    trial_excuse();
    return r;
}

const char *yes(bool claim) { return claim ? "True" : "False"; }

const char *exception(int code)
{
    /* The facts that raise a KeyError do so for something that is not there. */
    return code == UV_ENOENT ? "KeyError" : co_exception_name(code);
}

struct shown shown(int code)
{
    return code == CO_EGROUP ? shown_error(co_error_now()) : show(code, co_why());
}

static void append(struct shown *shown, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Without a stream, which would need memory. */
static void append(struct shown *shown, const char *format, ...)
{
    size_t used = strlen(shown->s);
    va_list args;

    va_start(args, format);
    vsnprintf(shown->s + used, sizeof(shown->s) - used, format, args);
    va_end(args);
}

static void append_errors(struct shown *shown, const co_error *group);

static void append_error(struct shown *shown, const co_error *error)
{
    const char *reason = co_error_reason(error);

    if (co_error_count(error) == 0) {
        append(shown, "%s", show(co_error_code(error), reason).s);
        return;
    }
    /* The message, without the number of sub-exceptions behind it. */
    int length = (int)(strrchr(reason, '(') - reason) - 1;
    append(shown, "%s('%.*s', [", exception(co_error_code(error)), length, reason);
    append_errors(shown, error);
    append(shown, "])");
}

static void append_errors(struct shown *shown, const co_error *group)
{
    for (size_t i = 0; i < co_error_count(group); i++) {
        append(shown, i ? ", " : "");
        append_error(shown, co_error_at(group, i));
    }
}

struct shown shown_error(const co_error *error)
{
    struct shown shown = {};

    if (!error)
        return (struct shown){ "None" };
    append_error(&shown, error);
    return shown;
}

struct shown shown_errors(const co_error *group)
{
    struct shown shown = { "(" };

    append_errors(&shown, group);
    append(&shown, co_error_count(group) == 1 ? ",)" : ")");
    return shown;
}

struct shown args(int code)
{
    const char *why = co_why();
    const bool bare = strcmp(why, co_strerror(code)) == 0;
    struct shown shown;

    snprintf(shown.s, sizeof(shown.s), "(%s%s%s)", bare ? "" : "'", bare ? "" : why,
             bare ? "" : "',");
    return shown;
}

static const char *text_of(co_callback *self)
{
    return co_container_of(self, struct saying, timer.callback)->text;
}

void saying_ev(co_callback *self) { ev("%s", text_of(self)); }

void saying_evi(co_callback *self) { evi("%s", text_of(self)); }

void doing_cancel(co_callback *self)
{
    co_cancel(co_container_of(self, struct doing, timer.callback)->future);
}

void doing_set(co_callback *self)
{
    struct doing *doing = co_container_of(self, struct doing, timer.callback);

    co_future_set(doing->future, doing->result);
}

int ev_task(void *frame)
{
    ev("%s", ((const struct ev_task *)frame)->text);
    return 0;
}

int evi_task(void *frame)
{
    evi("%s", ((const struct evi_task *)frame)->text);
    return 0;
}

int sleeper(void *frame)
{
    const struct sleeper *self = frame;

    await(co_sleep(self->seconds));
    return self->result;
}

void say_evi(const char **text) { evi("%s", *text); }

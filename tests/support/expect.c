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

#include "engine/system/fatal.h"
#include "tests/support/fault_sweep.h"

/* ---- what a program prints ----------------------------------------------- */

struct transcript {
    co_observer observer;
    bool real_time;
    size_t used;
    char lines[8192];
};

/* Replace every address by 0x.. */
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
    __attribute__((format(printf, 2, 3)));

/* A line that does not fit is left out, and so the comparison fails. */
static void write_line(struct transcript *transcript, const char *format, ...)
{
    size_t room = sizeof(transcript->lines) - transcript->used;
    char *end = transcript->lines + transcript->used;
    va_list args;

    va_start(args, format);
    int length = vsnprintf(end, room, format, args);
    va_end(args);
    if (length < 0 || (size_t)length + 1 >= room)
        return;
    strcpy(end + length, "\n");
    hide_addresses(end);
    transcript->used += strlen(end);
}

/* Rounded, so that %g shows 0.3 for a sum of 0.1 and 0.2. */
static double round_seconds(double seconds) { return round(seconds * 1e6) / 1e6; }

/* As asyncio's logger or Python's warnings show it. */
static void write_note(struct transcript *transcript, const co_trace_event *event)
{
    if (strcmp(event->what, "never-awaited") == 0)
        write_line(transcript, "WARN RuntimeWarning: %s", event->text);
    else if (strcmp(event->what, "never-closed") == 0)
        write_line(transcript, "WARN ResourceWarning: %s", event->text);
    else if (strcmp(event->what, "slow") == 0)
        write_line(transcript, "LOG WARNING %s", event->text);
    else if (event->number == 0)
        write_line(transcript, "LOG ERROR %s", event->text);
    else
        write_line(transcript, "LOG ERROR %s | %s", event->text,
                   py_repr_reason((int)event->number, event->object).s);
}

/* On the real clock the time of ev() is rounded to a tenth of a second. */
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

static void on_event(co_observer *observer, const co_trace_event *event)
{
    struct transcript *transcript =
        co_container_of(observer, struct transcript, observer);

    if (event->kind == CO_SAY)
        write_said(transcript, event->text);
    else if (event->kind == CO_NOTE)
        write_note(transcript, event);
    else if (event->kind == CO_ABANDON)
        write_line(transcript, "LOG ERROR %s", event->text);
    else if (event->kind == CO_DEADLOCK)
        write_line(transcript,
                   "t=%g DEADLOCK (nothing ready, no timer: "
                   "the loop would block forever)",
                   round_seconds((double)event->at_ns / 1e9));
}

void ev(const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    co_say("t=%g %s", round_seconds(co_now()), text);
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

/* ---- running and comparing ----------------------------------------------- */

/* True if the texts differ in numbers only. */
static bool differ_in_numbers_only(const char *got, const char *lines)
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

/* On the real clock a busy machine may be late, so the program is run up to four times.
 */
void expect_with(co_options options, co_fn *main, int (*program)(void),
                 const char *lines)
{
    struct transcript transcript;
    int r, attempts = options.virtual_time ? 1 : 4;

    if (fault_sweep_is_requested()) {
        fault_sweep(&(struct fault_program){ main, program, options });
        return;
    }
    do {
        transcript = (struct transcript){
            .observer.event = on_event,
            .real_time = !options.virtual_time,
        };
        options.observer = &transcript.observer;
        r = program ? co_program(program, &options) : co_run(main, &options);
    } while (--attempts && r >= 0 && strcmp(transcript.lines, lines) != 0 &&
             differ_in_numbers_only(transcript.lines, lines));
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
    expect_fatal_with((co_options){}, main, part);
}

void expect_fatal_with(co_options options, co_fn *main, const char *part)
{
    char text[1024] = "";
    int ends[2], status = 0;
    size_t length = 0;

    cr_assert(zero(int, pipe(ends)));
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        options.virtual_time = true;
        co_run(main, &options);
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t got;
         (got = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0;)
        length += (size_t)got;
    close(ends[0]);
    waitpid(child, &status, 0);
    cr_assert(eq(int, WIFEXITED(status) ? WEXITSTATUS(status) : -1, CO_FATAL_STATUS),
              "%s", text);
    cr_assert(strstr(text, part) != NULL, "%s", text);
}

/* ---- in a program -------------------------------------------------------- */

void block_thread(double seconds)
{
    struct timespec left = {
        .tv_sec = (time_t)seconds,
        .tv_nsec = (long)((seconds - floor(seconds)) * 1e9),
    };

    while (nanosleep(&left, &left) < 0 && errno == EINTR)
        ;
}

int unguarded(int r)
{
    fault_allow_unreleased();
    return r;
}

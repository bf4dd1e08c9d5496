/* expect.h — a small program, the lines it prints, and what they must be.
 *
 * A fact about asyncio is a program of a few lines. The same program runs here on
 * the engine, and its lines must be those that CPython 3.11 prints, to the letter:
 * what is a difference of one iteration there is one here.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include <stdbool.h>

#include "engine/co.h"

/* Print a line: after the time, as "t=0.1 text"; after the number of the loop's
 * iteration, as "i=3 text"; or bare.
 */
void ev(const char *format, ...) __attribute__((format(printf, 1, 2)));
void evi(const char *format, ...) __attribute__((format(printf, 1, 2)));
#define line(...) co_say(__VA_ARGS__)

/* Run it on the virtual clock and compare all it prints with `lines`, each ended by
 * a newline. It has to end without an error. What the engine itself has to say is
 * part of it: "LOG text" for a note, "t=0 DEADLOCK …" for a hang.
 */
void expect(co_fn *main, const char *lines);
void expect_program(int (*program)(void), const char *lines);

/* The same as a later release of CPython, 313 for 3.13, has it. */
void expect_as(unsigned asyncio, co_fn *main, const char *lines);
void expect_program_as(unsigned asyncio, int (*program)(void), const char *lines);

/* The same with tasks that are eager. */
void expect_eagerly(unsigned asyncio, co_fn *main, const char *lines);

/* The same in debug mode. */
void expect_in_debug(co_fn *main, const char *lines);

/* The same on the real clock, where the time of ev() is rounded to 0.1 s; and with
 * whatever options, main or else a program.
 */
void expect_in_real_time(co_fn *main, const char *lines);
void expect_with(co_options options, co_fn *main, int (*program)(void),
                 const char *lines);

/* Block the thread for a while, as time.sleep() does. */
void rest(double seconds);

/* It ends its process with a sentence of which this is a part. */
void expect_fatal(co_fn *main, const char *part);

/* await(unguarded(co_lock_acquire(&lock))): acquire what nobody releases if the task is
 * cancelled meanwhile, as the Python program does. Returns `r`.
 */
int unguarded(int r);

/* How Python spells a bool. */
const char *yes(bool claim);

/* What Python calls an error, and how it shows one: ValueError('why'), with the
 * reason the running task raised or received last, or TimeoutError() without one.
 */
const char *exception(int code);
struct shown {
    char s[256];
} shown(int code);

/* How Python shows an error, ExceptionGroup('why', [ValueError('b')]), NULL as None;
 * and what is in a group, as a tuple: (ValueError('B'), KeyError('C')).
 */
struct shown shown_error(const co_error *error);
struct shown shown_errors(const co_error *group);

/* Its arguments, as e.args: ('why',), or () without a reason. */
struct shown args(int code);

/* A callback, or a timer, that prints its text with ev() or with evi(). */
struct saying {
    co_timer timer;
    const char *text;
};
#define EV(text) ((struct saying){ { { .run = saying_ev } }, text })
#define EVI(text) ((struct saying){ { { .run = saying_evi } }, text })
void saying_ev(co_callback *self);
void saying_evi(co_callback *self);

/* A callback, or a timer, that does something to a future: see the functions. */
struct doing {
    co_timer timer;
    co_future *future;
    int result;
};
#define CANCEL(future) ((struct doing){ { { .run = doing_cancel } }, future, 0 })
#define SET(future, result) ((struct doing){ { { .run = doing_set } }, future, result })
void doing_cancel(co_callback *self);
void doing_set(co_callback *self);

/* A task that prints its text and ends. */
struct ev_task {
    const char *text;
};
struct evi_task {
    const char *text;
};
int ev_task(void *frame);
int evi_task(void *frame);

/* sleep(seconds, result), for where it has to be a task. */
struct sleeper {
    double seconds;
    int result;
};
int sleeper(void *frame);

/* try: … finally: evi(text), where the rest of the scope is what is tried. */
#define finally_evi(text) \
    [[maybe_unused]] finally(say_evi) const char *finally_text_ = (text)
void say_evi(const char **text);

#endif

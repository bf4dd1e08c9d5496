/* expect.h — run a small program and compare the lines it prints with those that
 * CPython prints for the same program.
 *
 * A test is a main task of a few lines, and the output of its Python original. Nothing
 * else is compared, but the output is compared to the letter: where CPython needs one
 * iteration of the event loop more, the program here needs it as well.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include <stdbool.h>

#include "engine/co.h"
#include "tests/support/py_repr.h"
#include "tests/support/small_tasks.h"

/* Print an event with the time, "t=0.1 text", or with the number of the iteration,
 * "i=3 text"; or print a bare line.
 */
void ev(const char *format, ...) __attribute__((format(printf, 1, 2)));
void evi(const char *format, ...) __attribute__((format(printf, 1, 2)));
#define line(...) co_say(__VA_ARGS__)

/* Run main, or a program that calls co_run() itself, on the virtual clock. It must end
 * without an error and print `lines`, each ended by a newline. What the engine reports
 * is part of the output: "LOG ERROR text" for what asyncio logs, "WARN text" for a
 * warning of Python, and "t=0 DEADLOCK …" where asyncio would hang.
 */
void expect(co_fn *main, const char *lines);
void expect_program(int (*program)(void), const char *lines);

/* The same by the rules of a later release of CPython: 313 for 3.13. */
void expect_as(unsigned asyncio, co_fn *main, const char *lines);
void expect_program_as(unsigned asyncio, int (*program)(void), const char *lines);

/* The same with eager tasks. */
void expect_eagerly(unsigned asyncio, co_fn *main, const char *lines);

/* The same in debug mode. */
void expect_in_debug(co_fn *main, const char *lines);

/* The same on the real clock, where ev() shows tenths of a second. */
void expect_in_real_time(co_fn *main, const char *lines);

/* The same with any options, for main, or else for a program. */
void expect_with(co_options options, co_fn *main, int (*program)(void),
                 const char *lines);

/* Main must end the process with a fatal error whose sentence contains `part`. */
void expect_fatal(co_fn *main, const char *part);
void expect_fatal_with(co_options options, co_fn *main, const char *part);

/* Block the thread, and so the loop, as time.sleep() does. */
void block_thread(double seconds);

/* Mark an acquire without a finally, as in the Python original: if the task is
 * cancelled afterwards, nothing releases. Fault injection then does not count it as an
 * error. Returns `r`:  await(unguarded(co_lock_acquire(&lock)));
 */
int unguarded(int r);

#endif

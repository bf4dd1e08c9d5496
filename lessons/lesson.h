/* lesson.h — lessons and examples, and the words examples are written with.
 *
 * A lesson is a folder, such as lessons/gather/, and an example is a file in it: one
 * tutorial program, replayed. gather:counters is lessons/gather/counters.c. Its twin
 * counters.py is beside it: the same program in the tutorial's language. The folder's
 * meson.build says what the lesson is about, and lists its examples.
 */
#ifndef LESSON_H
#define LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/co.h"
#include "lessons/value.h"

/* The end of an example's file: its program, and what the reader learns from it. */
struct about {
    const char *title;    /* what happens, in a few words */
    const char *idea;     /* what it teaches, in a sentence */
    const char *look;     /* what to look at in the trace */
    const char *truth;    /* where a tutorial says otherwise; NULL: nowhere */
    const char *belief;   /* the wrong belief that it shows failing; NULL: none */
    const char *replays;  /* the tutorial programs it replays: ids, blank between; NULL:
                             none */
    bool random;          /* depends on the seed */
    bool may_deadlock;    /* for some seeds it ends in a deadlock, as it should */
    bool may_fail;        /* the same: with an error, Python's traceback */
    bool debug;           /* main runs in debug mode: asyncio.run(main(), debug=True) */
    co_fn *main;          /* asyncio.run(main()): see main_is() */
    size_t main_size;     /* of its struct */
    int (*program)(void); /* in place of main: calls co_run() itself, perhaps often */
};

/* asyncio.run(fn()), as a field of struct about. The fields of fn begin as zero, and
 * outlive all tasks of the run: there belongs what tasks share.
 */
#define main_is(fn) .main = (fn), .main_size = sizeof(struct fn)

/* The same in the function of .program: asyncio.run(fn(arguments)). Its value is the
 * result; an error is returned from that function.
 */
#define asyncio_run(fn, ...) await(co_run_with(fn, &(struct fn){ __VA_ARGS__ }, NULL))

struct example {
    const char *name; /* "counters" */
    const struct lesson *lesson;
    const struct about *about;
    const char *source;     /* the text of its C file, */
    const char *python;     /* of its Python twin, */
    const char *javascript; /* and of its JavaScript twin; NULL: it has none */
};

struct lesson {
    const char *name;      /* "gather" */
    const char *group;     /* the heading it is listed under */
    const char *title;     /* what is to be seen, in a line */
    const char *idea;      /* what it teaches, in a sentence; "": not written */
    const char *question;  /* to answer before its first example runs */
    const char *next_step; /* what to try after it */
    const struct example *examples; /* in the order taught; its name alone runs the
                                       first */
    size_t count;                   /* of its examples: one or more */
};

/* All lessons in the order taught, and all examples, those of a lesson together. */
extern const struct lesson lessons[];
extern const size_t lesson_count;
extern const struct example examples[];
extern const size_t example_count;

/* def fn(arguments): a function for co_execute() or co_thread(). It has the form of a
 * coroutine but is none: it may block its thread, and has nothing to await.
 */
#define thread_def async_def

/* Print a line that the tutorial's program does not print, because it only defines
 * functions. The line begins with "# ", in the twin as well.
 */
#define driver(format, ...) co_say("# " format __VA_OPT__(, ) __VA_ARGS__)

/* Run an example as co_program() does, and forget its values. `options` may be NULL. */
int example_run(const struct example *example, const co_options *options);

/* Python's exceptions that the engine does not raise itself. */
#define LESSON_ERRORS(XX)                                                     \
    XX(ERROR_TYPE, CO_EUSER - 1, "type error", "TypeError")                   \
    XX(ERROR_NAME, CO_EUSER - 2, "name error", "NameError")                   \
    XX(ERROR_UNBOUND, CO_EUSER - 3, "unbound local", "UnboundLocalError")     \
    XX(ERROR_ZERO, CO_EUSER - 4, "division by zero", "ZeroDivisionError")     \
    XX(ERROR_CONNECTION, CO_EUSER - 5, "connection error", "ConnectionError") \
    XX(ERROR_ATTRIBUTE, CO_EUSER - 6, "attribute error", "AttributeError")    \
    XX(ERROR_SYNTAX, CO_EUSER - 7, "syntax error", "SyntaxError")             \
    XX(ERROR_KEY, CO_EUSER - 8, "key error", "KeyError")
CO_DECLARE_ERRORS(LESSON_ERRORS);

/* print(): one event a line. */
#define say(...) co_say(__VA_ARGS__)

/* The value of a call of a plain function that may raise; an error is returned from
 * this function, as in Python an exception leaves the caller too.
 */
#define check(call)      \
    ({                   \
        int r_ = (call); \
        if (r_ < 0)      \
            return r_;   \
        r_;              \
    })

/* time.sleep(). Outside of a run Ctrl-C ends it, and what called it. */
#define time_sleep(seconds) check(co_block(seconds))

/* time.strftime('%X') on a clock that showed 14:30:00 when the program began. */
const char *wall_clock(void);

#endif

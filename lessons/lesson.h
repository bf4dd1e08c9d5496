/* lesson.h — what an example is, and the words it is written with.
 *
 * An example is one tutorial program, replayed: lessons/<lesson>/<example>.c, with
 * its Python twin <example>.py beside it, and one line in lessons/meson.build, whose
 * order is the order taught.
 */
#ifndef LESSON_H
#define LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/co.h"

struct example {
    const char *title;   /* what happens, in a few words */
    const char *idea;    /* what it teaches, in a sentence */
    const char *look;    /* what to look at in the trace */
    const char *truth;   /* where a tutorial says otherwise; NULL: nowhere */
    const char *replays; /* catalogue ids, blank between; "": none */
    bool random;         /* depends on the seed */
    bool may_deadlock;   /* for some seeds it hangs, and that is the lesson */
    int (*program)(void);
};

/* One line of the syllabus: an example and where it stands. */
struct entry {
    const char *lesson; /* "gather" */
    const char *name;   /* "counters" */
    const struct example *example;
    const char *source; /* the text of its C file, */
    const char *twin;   /* and of its Python file */
};

/* All examples in the order taught, those of a lesson together. */
extern const struct entry syllabus[];
extern const size_t syllabus_length;

struct lesson {
    const char *name;
    const char *group; /* heading it is listed under */
    const char *title; /* what it is about, in a line */
};

/* All lessons in the order taught. */
extern const struct lesson lessons[];
extern const size_t lessons_length;

/* print(): one record a line. */
#define say(...) co_say(__VA_ARGS__)

/* A short text, by value, to be put together and printed in one expression. */
struct text {
    char s[1024];
};

/* A Python list of strings as print() shows it: ['a', 'b']. */
#define list_of(...)                                    \
    list_of_texts((const char *const[]){ __VA_ARGS__ }, \
                  sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
struct text list_of_texts(const char *const texts[], size_t count);

/* time.strftime('%X') on a clock that stood at 14:30:00 when the program began. */
struct text wall_clock(void);

#endif

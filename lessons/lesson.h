/* lesson.h — lessons and examples, and the words examples are written with.
 *
 * A lesson is a folder, such as lessons/gather/, and an example is a file in it: one
 * tutorial program, replayed. gather:counters is lessons/gather/counters.c, with its
 * twin counters.py beside it, the same program in the tutorial's language. The folder's
 * meson.build says what the lesson is about, and lists its examples.
 */
#ifndef LESSON_H
#define LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/co.h"

/* The end of an example's file: its program, and what the reader learns from it. */
struct about {
    const char *title;   /* what happens, in a few words */
    const char *idea;    /* what it teaches, in a sentence */
    const char *look;    /* what to look at in the trace */
    const char *truth;   /* where a tutorial says otherwise; NULL: nowhere */
    const char *replays; /* the tutorial programs it replays: ids, blank between */
    bool random;         /* depends on the seed */
    bool may_deadlock;   /* for some seeds it ends in a deadlock, as it should */
    int (*program)(void);
};

struct example {
    const char *name; /* "counters" */
    const struct lesson *lesson;
    const struct about *about;
    const char *source;     /* the text of its C file, */
    const char *python;     /* of its Python twin, */
    const char *javascript; /* and of its JavaScript twin; NULL: it has none */
};

struct lesson {
    const char *name;               /* "gather" */
    const char *group;              /* the heading it is listed under */
    const char *title;              /* what it is about, in a line */
    const struct example *examples; /* in the order taught; its name alone runs the
                                       first */
    size_t count;                   /* of its examples: one or more */
};

/* All lessons in the order taught, and all examples, those of a lesson together. */
extern const struct lesson lessons[];
extern const size_t lesson_count;
extern const struct example examples[];
extern const size_t example_count;

/* print(): one event a line. */
#define say(...) co_say(__VA_ARGS__)

/* A short text, by value, so that it can be made and printed in one expression. */
struct text {
    char s[1024];
};

/* A Python list of strings as print() shows it: ['a', 'b']. */
#define list_of(...)                                    \
    list_of_texts((const char *const[]){ __VA_ARGS__ }, \
                  sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
struct text list_of_texts(const char *const texts[], size_t count);

/* time.strftime('%X') on a clock that showed 14:30:00 when the program began. */
struct text wall_clock(void);

#endif

/* flags.h — what may be said with two dashes: one table that parses, helps and
 * completes.
 */
#ifndef CLI_FLAGS_H
#define CLI_FLAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/term.h"
#include "cli/trace/write.h"

enum flag_id {
    FLAG_ALL,
    FLAG_ASCII,
    FLAG_CLOCK,
    FLAG_COLOR,
    FLAG_FORCE,
    FLAG_FORMAT,
    FLAG_HELP,
    FLAG_JSON,
    FLAG_KEEP_GOING,
    FLAG_LEVEL,
    FLAG_MAX_PAUSE,
    FLAG_NO_HEADER,
    FLAG_OUTPUT,
    FLAG_PYTHON,
    FLAG_QUIET,
    FLAG_SEED,
    FLAG_SPEED,
    FLAG_UNICODE,
    FLAG_VERSION,
    FLAGS,
};

#define FLAG(name) (UINT64_C(1) << FLAG_##name)

/* What every command takes. */
#define FLAGS_COMMON                                                        \
    (FLAG(ASCII) | FLAG(COLOR) | FLAG(HELP) | FLAG(QUIET) | FLAG(UNICODE) | \
     FLAG(VERSION))

struct flag {
    const char *name;
    char letter;       /* short for it; '\0': none */
    const char *value; /* what it takes: "N", or its choices, a|b; NULL: nothing */
    const char *help;
};

extern const struct flag flag_table[FLAGS];

/* What the flags said. All zero: nothing. */
struct flags {
    uint64_t given; /* FLAG(…) of each there was */
    enum term_when colour, unicode;
    bool real_clock, json;
    double speed, max_pause; /* mean something if given */
    uint64_t seed;
    enum trace_level level; /* means something if given */
    const char *output;     /* "-": standard output */
};

/* What was wrong with a line, and which word would have been right. */
struct problem {
    char *sentence; /* owned; NULL: nothing was wrong */
    const char *word;
    char *instead; /* owned; NULL: nobody knows */
};

void problem_finish(struct problem *problem);

/* Take the flags out of the words, in any place before a `--`, and add them to those
 * given before; the other words are left in front, and their number is returned. At
 * a mistake *ret_problem tells of it, and the words before it are left in front.
 */
size_t flags_parse(struct flags *flags, size_t count, const char *words[],
                   struct problem *ret_problem);

static inline bool flags_have(const struct flags *flags, enum flag_id id)
{
    return flags->given & UINT64_C(1) << id;
}

#endif

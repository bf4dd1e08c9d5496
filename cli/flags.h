/* flags.h — words of a command line that begin with a dash.
 *
 * A flag is a row, which stands in the file of the command that takes it; parsing, help
 * and completion are made of these rows. Several commands that take the same flag share
 * its row: a flag is known by the address of its row.
 */
#ifndef CLI_FLAGS_H
#define CLI_FLAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum flag_kind {
    FLAG_SWITCH, /* takes no value */
    FLAG_CHOICE, /* one of several words */
    FLAG_NUMBER, /* from 0 up */
    FLAG_WHOLE,  /* a whole number from 0 up */
    FLAG_FILE,   /* the name of a file */
};

struct flag {
    const char *name;
    char letter; /* short for it; '\0': none */
    enum flag_kind kind;
    const char *value; /* as help shows it: "N", or the choices a|b; a switch: NULL */
    const char *expected; /* what a wrong value should have been; a choice: NULL */
    const char *help;
    bool lasting;   /* may be given without a command, for all commands that follow */
    bool once;      /* to give it twice is a mistake */
    bool all_names; /* stands for all names that the command takes */
    /* The flag it cannot be given with if that has this choice, and why; NULL: none. */
    const struct flag *excludes;
    int excludes_choice;
    const char *reason;
};

/* Flags that belong together, with NULL at the end. */
typedef const struct flag *const *flag_list;

/* A flag that was given, and its value. */
struct flag_value {
    const struct flag *flag;
    bool inherited; /* given without a command, and holds for this one */
    union {
        int choice;       /* counted from 0 */
        double number;    /* of a FLAG_NUMBER */
        uint64_t whole;   /* of a FLAG_WHOLE */
        const char *file; /* not owned */
    };
};

/* The flags that were given, in the order given, each once: with its last value. */
struct flags {
    struct flag_value *values;
    size_t count;
};

/* What every command takes; what the program takes without a command beside these. */
extern const struct flag flag_ascii, flag_color, flag_help, flag_no_state, flag_quiet,
    flag_unicode, flag_version;
extern const struct flag *const flags_common[];
extern const struct flag flag_keep_going;
extern const struct flag *const flags_without_command[];

/* One JSON object a line: for any command that can write them. */
extern const struct flag flag_json;

/* What is wrong with a line, and which word would have been right. */
struct problem {
    char *sentence; /* owned; NULL: nothing is wrong */
    const char *word;
    char *instead; /* owned; NULL: no word is close to it */
};

void problem_finish(struct problem *problem);

/* Take the flags out of the words, wherever they stand before a `--`, and add them to
 * `flags`. The other words are left in front, and their number is returned. A flag must
 * be in one of the lists, which end with NULL. At a mistake *ret_problem describes it,
 * and the words before it are left in front.
 */
size_t flags_parse(struct flags *flags, const flag_list lists[], size_t count,
                   const char *words[], struct problem *ret_problem);

/* Add copies of all of `defaults`, marked as inherited. */
void flags_inherit(struct flags *flags, const struct flags *defaults);

/* The value of a flag; NULL: it was not given. */
const struct flag_value *flags_find(const struct flags *flags, const struct flag *flag);

static inline bool flags_have(const struct flags *flags, const struct flag *flag)
{
    return flags_find(flags, flag);
}

/* The one of two flags that was given last, for flags that overrule each other; NULL:
 * neither was given.
 */
const struct flag *flags_last_of(const struct flags *flags, const struct flag *a,
                                 const struct flag *b);

bool flag_is_in(const struct flag *flag, flag_list list);

void flags_finish(struct flags *flags);

#endif

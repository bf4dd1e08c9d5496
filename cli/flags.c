#include "cli/flags.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/suggest.h"
#include "cli/text.h"

const struct flag flag_table[FLAGS] = {
    [FLAG_ALL] = { "all", '\0', NULL, "every example of the lesson, in order" },
    [FLAG_ASCII] = { "ascii", '\0', NULL, "draw charts with ASCII characters" },
    [FLAG_CLOCK] = { "clock", '\0', "virtual|real",
                     "virtual: code takes no time and waits are exact; real: measure" },
    [FLAG_COLOR] = { "color", '\0', "auto|always|never",
                     "colour what is written; auto: on terminals" },
    [FLAG_FORCE] = { "force", 'F', NULL, "let --output overwrite a file" },
    [FLAG_FORMAT] = { "format", 'f', "text|jsonl", "the form of the trace" },
    [FLAG_HELP] = { "help", 'h', NULL, "say what the command does" },
    [FLAG_JSON] = { "json", '\0', NULL, "one JSON object a line" },
    [FLAG_KEEP_GOING] = { "keep-going", 'k', NULL,
                          "in a script, go on after a line that failed" },
    [FLAG_LEVEL] = { "level", '\0', "say|task|loop",
                     "trace what is printed, what tasks do, or everything" },
    [FLAG_MAX_PAUSE] = { "max-pause", '\0', "S",
                         "wait at most so many seconds at once; 1, 0: no limit" },
    [FLAG_NO_HEADER] = { "no-header", '\0', NULL, "write the events alone" },
    [FLAG_OUTPUT] = { "output", 'o', "FILE",
                      "write the trace there; -: standard output" },
    [FLAG_PYTHON] = { "python", '\0', NULL, "the Python twin" },
    [FLAG_QUIET] = { "quiet", 'q', NULL, "leave out greetings, charts and remarks" },
    [FLAG_SEED] = { "seed", '\0', "N", "begin the random numbers there; 0" },
    [FLAG_SPEED] = { "speed", '\0', "X",
                     "seconds of the virtual clock in a second; 0: do not wait" },
    [FLAG_UNICODE] = { "unicode", '\0', NULL, "draw charts with Unicode characters" },
    [FLAG_VERSION] = { "version", 'V', NULL, "say which version this is" },
};

void problem_finish(struct problem *problem)
{
    free(problem->sentence);
    free(problem->instead);
    *problem = (struct problem){};
}

/* ---- values -------------------------------------------------------------- */

/* Which of the choices, counted from 0; -1: none. */
static int choice_of(const char *choices, const char *value)
{
    size_t length = strlen(value);

    for (int i = 0; choices; i++) {
        size_t size = strcspn(choices, "|");
        if (size == length && strncmp(choices, value, length) == 0)
            return i;
        choices = choices[size] ? choices + size + 1 : NULL;
    }
    return -1;
}

static bool parse_number(const char *value, double *ret_number)
{
    char *end;
    double number = strtod(value, &end);

    /* strtod() also knows hexadecimal digits, and words. */
    if (end == value || *end || value[strspn(value, "0123456789.eE+-")])
        return false;
    if (!isfinite(number) || number < 0)
        return false;
    *ret_number = number;
    return true;
}

static bool parse_seed(const char *value, uint64_t *ret_seed)
{
    char *end;

    errno = 0;
    uint64_t seed = strtoull(value, &end, 10);
    if (!isdigit((unsigned char)*value) || *end || errno || seed > INT64_MAX)
        return false;
    *ret_seed = seed;
    return true;
}

/* Keep which of its choices a flag takes; 0 for one that has none. */
static void take_choice(struct flags *flags, enum flag_id id, int choice)
{
    switch (id) {
    case FLAG_ASCII:
        flags->unicode = WHEN_NEVER;
        break;
    case FLAG_UNICODE:
        flags->unicode = WHEN_ALWAYS;
        break;
    case FLAG_COLOR:
        flags->colour = (enum term_when)choice;
        break;
    case FLAG_CLOCK:
        flags->real_clock = choice == 1;
        break;
    case FLAG_FORMAT:
        flags->json = choice == 1;
        break;
    case FLAG_JSON:
        flags->json = true;
        break;
    case FLAG_LEVEL:
        flags->level = (enum trace_level)choice;
        break;
    default:
        break;
    }
}

/* Keep the word or number a flag takes. NULL: it can be; otherwise what it should
 * have been.
 */
static const char *take_word(struct flags *flags, enum flag_id id, const char *value)
{
    switch (id) {
    case FLAG_OUTPUT:
        if (!*value)
            return "the name of a file";
        flags->output = value;
        break;
    case FLAG_SPEED:
        if (!parse_number(value, &flags->speed))
            return "a number from 0 up, such as 2";
        break;
    case FLAG_MAX_PAUSE:
        if (!parse_number(value, &flags->max_pause))
            return "seconds from 0 up, such as 0.5";
        break;
    case FLAG_SEED:
        if (!parse_seed(value, &flags->seed))
            return "a whole number from 0 up, such as 7";
        break;
    default:
        break;
    }
    return NULL;
}

static const char *take_value(struct flags *flags, enum flag_id id, const char *value)
{
    const char *values = flag_table[id].value;
    const char *expected = NULL;

    if (values && !strchr(values, '|')) {
        expected = take_word(flags, id, value);
    } else {
        int choice = values ? choice_of(values, value) : 0;
        if (choice < 0)
            return values;
        take_choice(flags, id, choice);
    }
    if (!expected)
        flags->given |= UINT64_C(1) << id;
    return expected;
}

/* ---- problems ------------------------------------------------------------ */

static void unknown_flag(struct problem *problem, const char *word, const char *name,
                         size_t length)
{
    struct suggestion meant;
    char *typed = need(strndup(name, length));

    suggest_begin(&meant, typed);
    for (enum flag_id id = 0; id < FLAGS; id++)
        suggest_offer(&meant, flag_table[id].name);
    suggest_end(&meant);

    char *quoted = text_quote(word, 40);
    char *sentence = suggest_sentence(&meant, "--");
    problem->sentence =
        text_format("unknown flag %s.%s", quoted,
                    meant.count ? sentence : " (--help shows them all)");
    problem->word = word;
    if (meant.count == 1)
        problem->instead = text_format("--%s%s", meant.names[0], name + length);
    free(quoted);
    free(sentence);
    free(typed);
}

static void wrong_value(struct problem *problem, const struct flag *flag,
                        const char *expected, const char *value)
{
    char *quoted = text_quote(value, 40);
    char *choices = text_format("%s", expected);

    /* a|b|c reads better as a, b or c. */
    char *last = strrchr(choices, '|');
    if (last) {
        *last = '\0';
        char *list = text_format("%s or %s", choices, last + 1);
        free(choices);
        choices = list;
        for (char *bar; (bar = strchr(choices, '|'));) {
            *bar = '\0';
            list = text_format("%s, %s", choices, bar + 1);
            free(choices);
            choices = list;
        }
    }
    problem->sentence =
        text_format("--%s needs %s; got %s", flag->name, choices, quoted);
    free(choices);
    free(quoted);
}

/* Real time goes by as it does. */
static void check_pace(const struct flags *flags, struct problem *problem)
{
    static const enum flag_id paces[] = { FLAG_SPEED, FLAG_MAX_PAUSE };

    for (size_t i = 0; i < sizeof(paces) / sizeof(*paces); i++)
        if (flags->real_clock && flags_have(flags, paces[i]) && !problem->sentence)
            problem->sentence =
                text_format("--%s paces the virtual clock; it does not go with "
                            "--clock real",
                            flag_table[paces[i]].name);
}

/* ---- words --------------------------------------------------------------- */

struct words {
    const char **at;
    size_t count, next;
};

/* The value of a flag: attached, or the next word. False: there is none. */
static bool find_value(struct words *words, const char *attached,
                       const char **ret_value)
{
    if (attached) {
        *ret_value = attached;
        return true;
    }
    if (words->next == words->count)
        return false;
    *ret_value = words->at[words->next++];
    return true;
}

static void take_flag(struct flags *flags, enum flag_id id, struct words *words,
                      const char *attached, struct problem *problem)
{
    const struct flag *flag = &flag_table[id];
    const char *value = "";

    if (!flag->value && attached) {
        problem->sentence = text_format("--%s takes no value", flag->name);
        return;
    }
    if (flag->value && !find_value(words, attached, &value)) {
        problem->sentence = text_format("--%s needs a value: --%s=%s", flag->name,
                                        flag->name, flag->value);
        return;
    }
    if (id == FLAG_OUTPUT && flags_have(flags, id)) {
        problem->sentence = text_format("--%s is there twice", flag->name);
        return;
    }
    const char *expected = take_value(flags, id, value);
    if (expected)
        wrong_value(problem, flag, expected, value);
}

static void take_long(struct flags *flags, const char *word, struct words *words,
                      struct problem *problem)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");

    for (enum flag_id id = 0; id < FLAGS; id++) {
        if (strlen(flag_table[id].name) == length &&
            strncmp(flag_table[id].name, name, length) == 0) {
            take_flag(flags, id, words, name[length] ? name + length + 1 : NULL,
                      problem);
            return;
        }
    }
    unknown_flag(problem, word, name, length);
}

/* Several letters may stand together; what follows one that takes a value is it. */
static void take_short(struct flags *flags, const char *word, struct words *words,
                       struct problem *problem)
{
    for (const char *letter = word + 1; *letter && !problem->sentence; letter++) {
        enum flag_id id = 0;
        while (id < FLAGS && flag_table[id].letter != *letter)
            id++;
        if (id == FLAGS) {
            unknown_flag(problem, word, letter, strlen(letter));
            return;
        }
        const char *rest = flag_table[id].value && letter[1] ? letter + 1 : NULL;
        take_flag(flags, id, words, rest, problem);
        if (rest)
            return;
    }
}

size_t flags_parse(struct flags *flags, size_t count, const char *list[],
                   struct problem *ret_problem)
{
    struct words words = { list, count, 0 };
    size_t names = 0;
    bool ended = false;

    *ret_problem = (struct problem){};
    while (words.next < words.count && !ret_problem->sentence) {
        const char *word = list[words.next++];
        if (ended || word[0] != '-' || !word[1])
            list[names++] = word;
        else if (strcmp(word, "--") == 0)
            ended = true;
        else if (word[1] == '-')
            take_long(flags, word, &words, ret_problem);
        else
            take_short(flags, word, &words, ret_problem);
    }
    check_pace(flags, ret_problem);
    return names;
}

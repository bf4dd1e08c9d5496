/* suggest.h — find the name that was probably meant.
 *
 *     struct suggestion meant;
 *     suggest_begin(&meant, "gahter");
 *     suggest_offer(&meant, "gather"); … and every other name
 *     suggest_end(&meant);
 *
 * A name is close if it is one edit away from a word of up to four letters, two from
 * one of up to eight, three from a longer one; or if it is the only name that begins
 * with the word. The closest names are suggested, and of these only the ones with the
 * most letters in common at the beginning.
 */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { SUGGEST_MAX = 3, SUGGEST_MAX_LENGTH = 63 };

struct suggestion {
    char names[SUGGEST_MAX][SUGGEST_MAX_LENGTH + 1];
    size_t count;
    /* private */
    const char *word;
    size_t distance,
        alike; /* of the names: edits, and common letters at the beginning */
    char begun[SUGGEST_MAX_LENGTH + 1]; /* a name that begins with the word */
    size_t begun_count;
};

void suggest_begin(struct suggestion *meant, const char *word);
void suggest_offer(struct suggestion *meant, const char *name);
void suggest_end(struct suggestion *meant);

/* " Did you mean 'gather' or 'father'?", with `before` in front of each name; "" if
 * there is no name. The caller frees it.
 */
char *suggest_sentence(const struct suggestion *meant, const char *before);

/* How many letters must be added, removed, changed or swapped with the next one to turn
 * one word into the other; upper and lower case are equal. At most SUGGEST_MAX_LENGTH
 * letters are looked at. (F. J. Damerau, "A technique for computer detection and
 * correction of spelling errors", CACM 7(3), 1964.)
 */
size_t suggest_distance(const char *a, const char *b);

#endif

/* suggest.h — the name that was probably meant.
 *
 *     struct suggestion meant;
 *     suggest_begin(&meant, "gahter");
 *     suggest_offer(&meant, "gather"); … every name there is
 *     suggest_end(&meant);
 *
 * A name is close if one edit away from up to four letters, two from up to eight,
 * three from more; or if what was typed begins it, and no other. Only the closest are
 * suggested, and of those the ones that begin most like the word.
 */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { SUGGEST_MOST = 3, SUGGEST_LONGEST = 63 };

struct suggestion {
    char names[SUGGEST_MOST][SUGGEST_LONGEST + 1];
    size_t count;
    /* private */
    const char *word;
    size_t distance, alike; /* of the names: edits, and letters at the beginning */
    char begun[SUGGEST_LONGEST + 1]; /* a name the word begins */
    size_t begun_count;
};

void suggest_begin(struct suggestion *meant, const char *word);
void suggest_offer(struct suggestion *meant, const char *name);
void suggest_end(struct suggestion *meant);

/* " Did you mean 'gather' or 'father'?", each name after `before`; "" if there is
 * none. The caller frees it.
 */
char *suggest_sentence(const struct suggestion *meant, const char *before);

/* How many letters must be added, dropped, changed or swapped with their neighbour
 * to make one of the other; upper case counts as lower. At most SUGGEST_LONGEST
 * letters are looked at. (F. J. Damerau, "A technique for computer detection and
 * correction of spelling errors", CACM 7(3), 1964.)
 */
size_t suggest_distance(const char *a, const char *b);

#endif

/* side.h — two programs next to each other, with the steps they share in one row.
 */
#ifndef CLI_SIDE_H
#define CLI_SIDE_H

#include <stdio.h>

/* Print the two texts in two columns of `width` together. Lines that have words in
 * common stand in one row, as far as their order allows: the pairs with the most common
 * words are found by the algorithm of Needleman and Wunsch (1970). Longer lines
 * continue in the next row.
 */
void side_print(FILE *out, const char *left, const char *right, unsigned width);

#endif

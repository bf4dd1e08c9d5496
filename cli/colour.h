/* colour.h — colours and weights of text on a terminal.
 *
 * A colour never says what the text does not say: it is for tasks, which are found
 * again at a glance, and the weight is for what stands out.
 */
#ifndef CLI_COLOUR_H
#define CLI_COLOUR_H

#include <stdio.h>

/* What a terminal can show. */
enum colours { COLOURS_NONE, COLOURS_8, COLOURS_256 };

/* How much a text stands out. */
enum weight { WEIGHT_NORMAL, WEIGHT_BOLD, WEIGHT_DIM };

enum { TASK_COLOURS = 8 };

/* The colour of the task with this place in the order of spawning, for colour_begin():
 * one of TASK_COLOURS, in turn. NULL for a place below 0.
 */
const char *colour_of_task(enum colours colours, int place);

/* Begin and end a text of this weight and colour; NULL: the terminal's own colour.
 * Nothing is written where neither makes a difference, nor with COLOURS_NONE.
 */
void colour_begin(FILE *out, enum colours colours, enum weight weight,
                  const char *colour);
void colour_end(FILE *out, enum colours colours, enum weight weight,
                const char *colour);

#endif

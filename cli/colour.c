#include "cli/colour.h"

#include <stdbool.h>
#include <stddef.h>

const char *colour_of_task(enum colours colours, int place)
{
    /* Neighbours are unlike each other. Of the 256 colours these have a contrast of 3
     * and more with black and with white; of the eight the themes of terminals decide.
     */
    static const char *const palettes[][TASK_COLOURS] = {
        [COLOURS_8] = { "36", "33", "35", "32", "94", "31", "95", "34" },
        [COLOURS_256] = { "38;5;32", "38;5;166", "38;5;28", "38;5;163", "38;5;30",
                          "38;5;136", "38;5;99", "38;5;160" },
    };

    if (colours == COLOURS_NONE || place < 0)
        return NULL;
    return palettes[colours][place % TASK_COLOURS];
}

static bool is_plain(enum colours colours, enum weight weight, const char *colour)
{
    return colours == COLOURS_NONE || (weight == WEIGHT_NORMAL && !colour);
}

void colour_begin(FILE *out, enum colours colours, enum weight weight,
                  const char *colour)
{
    static const char *const weights[] = {
        [WEIGHT_NORMAL] = "", [WEIGHT_BOLD] = "1", [WEIGHT_DIM] = "2"
    };

    if (is_plain(colours, weight, colour))
        return;
    fprintf(out, "\033[%s%s%sm", weights[weight],
            weight != WEIGHT_NORMAL && colour ? ";" : "", colour ? colour : "");
}

void colour_end(FILE *out, enum colours colours, enum weight weight, const char *colour)
{
    if (!is_plain(colours, weight, colour))
        fputs("\033[0m", out);
}

#include "cli/state.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/text.h"

char *state_file(const char *name)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char *file;

    if (state && *state == '/')
        file = text_format("%s/interleave/%s", state, name);
    else if (home && *home == '/')
        file = text_format("%s/.local/state/interleave/%s", home, name);
    else
        return NULL;
    for (char *slash = file; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        bool made = mkdir(file, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) {
            free(file);
            return NULL;
        }
    }
    return file;
}

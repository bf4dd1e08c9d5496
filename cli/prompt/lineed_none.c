/* For a build without a line editor. */
#include "cli/prompt/lineed.h"

struct lineed *lineed_edit_open(const struct lineed_options *) { return NULL; }

#include "engine/core/waitq.h"

#include <ctype.h>

int co_bound_elsewhere(const struct co_future_class *class)
{
    return co_raise(CO_ERUNTIME, "%c%s is bound to a different event loop",
                    toupper((unsigned char)class->what[0]), &class->what[1]);
}

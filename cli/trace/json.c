#include "cli/trace/json.h"

#include "cli/text.h"

void json_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, xnonnull(value)) < 0)
        xnonnull(NULL);
}

void json_put_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_put(object, key, json_string(text));
}

void json_put_length(json_t *object, int64_t length_us)
{
    json_put(object, "ms",
             length_us % 1000 ? json_real((double)length_us / 1000)
                              : json_integer(length_us / 1000));
}

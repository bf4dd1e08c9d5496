/* error_group.c — groups of errors, and except*. */
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

struct co_error *co_error_group_new(const char *message, size_t count,
                                    struct co_error *const parts[])
{
    struct co_error *group = co_error_newf(CO_EGROUP, "%s (%zu sub-exception%s)",
                                           message, count, count == 1 ? "" : "s");

    group->message_length = strlen(message);
    group->parts = co_alloc(count * sizeof(*parts));
    for (size_t i = 0; i < count; i++)
        group->parts[group->count++] = co_error_keep(parts[i]);
    return group;
}

bool co_error_is_base(int code, const struct co_error *error)
{
    if (code == UV_ECANCELED || code == UV_EINTR || code == CO_EXIT ||
        code == CO_EABANDONED || code == CO_ECLOSE)
        return true;
    for (size_t i = 0; error && i < error->count; i++)
        if (co_error_is_base(error->parts[i]->code, error->parts[i]))
            return true;
    return false;
}

const char *co_error_type_name(int code, const struct co_error *error)
{
    return code == CO_EGROUP && co_error_is_base(code, error) ? "BaseExceptionGroup"
                                                              : co_exception_name(code);
}

/* A group with the message and the context of this one; NULL: `count` is 0. */
static struct co_error *derive(const struct co_error *group, size_t count,
                               struct co_error *const parts[])
{
    char message[group->message_length + 1];

    if (count == 0)
        return NULL;
    memcpy(message, group->text, group->message_length);
    message[group->message_length] = '\0';
    struct co_error *derived = co_error_group_new(message, count, parts);
    derived->context = co_error_keep(group->context);
    return derived;
}

/* BaseExceptionGroup.split(): both parts keep the nesting, without empty groups. They
 * are new references.
 */
static void split(struct co_error *error, int code, struct co_error **ret_taken,
                  struct co_error **ret_left)
{
    *ret_taken = *ret_left = NULL;
    if (error->code == code)
        *ret_taken = co_error_keep(error);
    else if (error->count == 0)
        *ret_left = co_error_keep(error);
    if (*ret_taken || *ret_left)
        return;

    struct co_error **taken = co_alloc(2 * error->count * sizeof(*taken));
    struct co_error **left = taken + error->count;
    size_t takens = 0, lefts = 0;
    for (size_t i = 0; i < error->count; i++) {
        split(error->parts[i], code, &taken[takens], &left[lefts]);
        takens += taken[takens] != NULL;
        lefts += left[lefts] != NULL;
    }
    *ret_taken = derive(error, takens, taken);
    *ret_left = derive(error, lefts, left);
    while (takens > 0)
        co_error_drop(taken[--takens]);
    while (lefts > 0)
        co_error_drop(left[--lefts]);
    free(taken);
}

int co_except(int r, int code, co_error **ret_taken)
{
    struct co_error *whole, *left, *bare;

    *ret_taken = NULL;
    if (r >= 0 || (r != code && r != CO_EGROUP))
        return r;
    whole = co_error_object(r, co_current_error_with_code(r));
    split(whole, code, ret_taken, &left);
    co_error_drop(whole);
    if (!*ret_taken) {
        co_error_drop(left);
        return r;
    }
    if (r == code && r != CO_EGROUP) { /* a bare error becomes a group of one */
        bare = *ret_taken;
        *ret_taken = co_error_group_new("", 1, &bare);
        co_error_drop(bare);
    }
    r = left ? co_set_current_error(left->code, left) : 0;
    co_error_drop(left);
    return r;
}

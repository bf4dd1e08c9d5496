/* error_internal.h — errors as objects, and who has met which. (Private to the engine.)
 */
#ifndef CO_ERROR_INTERNAL_H
#define CO_ERROR_INTERNAL_H

#include <stdarg.h>
#include <stdbool.h>

#include "engine/error.h"
#include "engine/list.h"
#include "engine/system/internal.h"

struct co_loop;

/* A failure, shared by all who pass it on. */
struct co_error {
    struct co_list all; /* link: of co_loop.errors; of none if made by a thread */
    unsigned refs;
    int code;
    bool has_no_text;         /* it came as a code alone, whose own text it has */
    struct co_error *context; /* what it took the place of; NULL: nothing */
    struct co_error **parts;  /* of a group, */
    size_t count;
    size_t message_length; /* of whose text this much is its message */
    char text[];
};

/* The last error somebody met; the object is NULL where there is only a code. */
struct co_current_error {
    struct co_error *error;
    int code; /* 0: none */
};

struct co_error *co_error_new(int code, const char *format, va_list arguments)
    __attribute__((nonnull(2), format(printf, 2, 0)));
struct co_error *co_error_newf(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct co_error *co_error_group_new(const char *message, size_t count,
                                    struct co_error *const parts[]);

/* Whether `except Exception` lets it pass: it stands for the end of something, or is a
 * group with such an error in it, which has a name of its own. `error` may be NULL.
 */
bool co_error_is_base(int code, const struct co_error *error);
const char *co_error_type_name(int code, const struct co_error *error);

/* SystemExit or KeyboardInterrupt: it ends the loop, in whatever task or callback. */
static inline bool co_error_ends_loop(int code)
{
    return code == CO_EXIT || code == UV_EINTR;
}

/* A reference to the error, which may have come as a code alone: NULL. */
struct co_error *co_error_object(int code, struct co_error *error);
void co_error_free(struct co_error *error); /* whoever holds it */

/* Take it over from a thread that made it. */
void co_error_adopt(struct co_loop *loop, struct co_error *error);

/* The error the running task has met, if it is one of this code with a reason. */
struct co_error *co_current_error_with_code(int code);

/* The error the running task has met, as an object even if it has no reason; a new one
 * if it has met another since. The caller's to drop.
 */
struct co_error *co_current_error_object(int code);

/* The running task goes on with `code` after it handled that error, which becomes the
 * context of a new one. The same code is a new error if it was met since. Returns it.
 */
int co_error_chain(int code, struct co_error *handled);

/* co_raise() while the error `handled` is. */
int co_raise_from(int handled, int code, const char *text);

/* In a thread of an executor: what it has met; NULL everywhere else. */
extern _Thread_local struct co_current_error *co_thread_current_error;

/* Where the running task, the code outside all tasks, or a thread of an executor notes
 * what it met.
 */
struct co_current_error *co_current_error_here(void);

/* The running task has met this error; `error` may be NULL. Returns `code`. */
int co_set_current_error(int code, struct co_error *error);

/* In a thread without a loop now: keep this error, of a loop that ends, for co_why().
 */
void co_current_error_outlive(const struct co_current_error *current);

/* Put aside what was met last while something else is done, to have met it again then:
 * for what runs on the way of an error out, and cannot change it.
 */
struct co_current_error co_current_error_save(void);
void co_current_error_restore(struct co_current_error aside);

#endif

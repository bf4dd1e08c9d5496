/* error_internal.h — errors as objects, and the current error. (Private to the engine.)
 */
#ifndef CO_ERROR_INTERNAL_H
#define CO_ERROR_INTERNAL_H

#include <stdarg.h>
#include <stdbool.h>

#include "engine/error.h"
#include "engine/list.h"
#include "engine/system/internal.h"

struct co_loop;

/* An error: a counted object that futures, tasks and groups share. */
struct co_error {
    struct co_list
        all; /* link: of co_loop.errors_all; on no list: made without a loop */
    unsigned refs;
    int code;
    bool has_no_text;         /* raised as a code alone: the text is that of the code */
    bool has_base;            /* a group: one of its parts is a base error; see below */
    struct co_error *context; /* the error that was handled meanwhile; NULL: none */
    struct co_error **parts;  /* of a group, */
    size_t count;
    size_t message_length; /* the first bytes of its text that are its message */
    char text[];
};

/* The error raised or received last; the object is NULL if there is only a code. */
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

/* Whether Python derives it from BaseException only, so that `except Exception` does
 * not take it: a cancellation, an exit, or a group with such an error. The class of a
 * group depends on that. `error` may be NULL.
 */
bool co_error_is_base(int code, const struct co_error *error);
const char *co_error_type_name(int code, const struct co_error *error);

/* SystemExit or KeyboardInterrupt: in any task or callback it ends the loop. */
static inline bool co_error_ends_loop(int code)
{
    return code == CO_EXIT || code == UV_EINTR;
}

/* A new reference to the error; NULL: to a new error without a reason. */
struct co_error *co_error_object(int code, struct co_error *error);
void co_error_free(struct co_error *error); /* even if references exist */

/* It was made by another thread: add it to the errors of the loop. */
void co_error_adopt(struct co_loop *loop, struct co_error *error);

/* The object of the current error, if that has this code; else NULL. */
struct co_error *co_current_error_with_code(int code);

/* The current error as an object, also if it has no reason; a new one if the current
 * error has another code. The caller drops it.
 */
struct co_error *co_current_error_object(int code);

/* The outcome is `code` after an error was handled: that becomes the context of the
 * current error, unless it is the current error. Returns `code`.
 */
int co_error_chain(int code, struct co_error *handled);

/* co_raise() while the current error, of code `handled`, is handled. */
int co_raise_from(int handled, int code, const char *text);

/* The current error in a thread of an executor; NULL in all others. */
extern _Thread_local struct co_current_error *co_thread_current_error;

/* The current error of the running task; else of the loop, of the thread of an
 * executor, or of a thread that has neither.
 */
struct co_current_error *co_current_error_here(void);

/* co_raise() with its arguments in a list. */
int co_vraise(int code, const char *format, va_list arguments)
    __attribute__((nonnull(2), format(printf, 2, 0)));

/* Make this the current error; `error` may be NULL. Returns `code`. */
int co_set_current_error(int code, struct co_error *error);

/* In a thread without a loop now: keep this error, of a loop that ends, for co_why().
 */
void co_current_error_outlive(const struct co_current_error *current);

/* Save the current error and make it current again. For functions that run while an
 * error leaves a block, so that they do not change it.
 */
struct co_current_error co_current_error_save(void);
void co_current_error_restore(struct co_current_error saved);

#endif

/* await.h — the words of a coroutine that C does not have: await, attempt and finally.
 *
 *     static void say_bye(const char **name)
 *     {
 *         co_say("bye, %s", *name);
 *     }
 *
 *     finally(say_bye) const char *name = "Ann"; // runs however the function is left
 *     await(co_sleep(0.5));                      // returns an error from this function
 *     int r = attempt(co_sleep(0.5));            // does not: the value may be an error
 *     if (r == UV_ECANCELED)
 *         co_say("cancelled");
 *
 * These three, async_def(), async_for() and the with_…() blocks are the only names
 * without a prefix. await() can return from the function it is used in; so can a
 * with_…() block and async_for(), which contain an await().
 */
#ifndef CO_AWAIT_H
#define CO_AWAIT_H

/* Make two warnings errors, as later versions of gcc and clang do by default. They show
 * an array where a task is expected, and a coroutine that is not called.
 */
#pragma GCC diagnostic error "-Wincompatible-pointer-types"
#pragma GCC diagnostic error "-Wint-conversion"

/* The place in the source where a task waits. await() and attempt() store it, and the
 * event CO_WAIT contains it (observer.h).
 */
typedef struct co_site {
    const char *file;
    int line;
} co_site;

extern _Thread_local const co_site *co_site_now;

#define CO_AT_                                              \
    static const co_site co_here_ = { __FILE__, __LINE__ }; \
    co_site_now = &co_here_

/* Each place where a coroutine may be suspended, and where an error or a cancellation
 * may arrive, is written with one of these two words around an int:
 *
 *     await(x)    its value is the result; an error is returned from this function
 *     attempt(x)  its value is the result or the error
 */
#define await(expr)         \
    ({                      \
        CO_AT_;             \
        int co_r_ = (expr); \
        if (co_r_ < 0)      \
            return co_r_;   \
        co_r_;              \
    })

#define attempt(expr)       \
    ({                      \
        CO_AT_;             \
        int co_r_ = (expr); \
        co_r_;              \
    })

/* try: … finally: … — call `fn` with the address of the variable when its scope is
 * left: at its end, by return, by a failed await or by a cancellation. Several run in
 * the reverse order of their declarations. `fn` may wait. Its errors are lost.
 */
#define finally(fn) __attribute__((cleanup(fn), unused))

/* Marks a function that may suspend its task. To ignore its result would lose an error
 * or a cancellation, so gcc and clang warn (-Wunused-result); compile programs with
 * -Werror=unused-result. Only a task can be suspended: in a callback, or outside of a
 * run, a call that would suspend ends the program with a message.
 */
#define co_checked __attribute__((warn_unused_result))

/* The same for the value of a macro: gcc does not warn for ({ … }). */
static inline co_checked int co_checked_value_(int r) { return r; }

#endif

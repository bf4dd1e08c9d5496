/* await.h — the three words a coroutine is written with that C does not have.
 *
 * The only names of ours without a prefix, kept apart so that a program which
 * minds them can include everything else. await() can leave the function it
 * stands in; so can a with_…() block, which begins with one.
 */
#ifndef CO_AWAIT_H
#define CO_AWAIT_H

/* Where in the source a task stands. The two words below note it on their way,
 * so that a trace can point at the line that waits.
 */
typedef struct co_site {
    const char *file;
    int line;
} co_site;

extern _Thread_local const co_site *co_site_now;

#define CO_AT_                                              \
    static const co_site co_here_ = { __FILE__, __LINE__ }; \
    co_site_now = &co_here_

/* Every place a coroutine can be suspended, and so every place an error or a
 * cancellation can come out of, is spelled with one of two words:
 *
 *     await(x)    go on with the result, or leave this function with the error
 *     attempt(x)  go on with either, to see which it was
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

/* Run `fn` on the variable it marks, however its scope is left: by falling out,
 * by return, by a failed await or by cancellation. `fn` may itself wait.
 */
#define finally(fn) __attribute__((cleanup(fn)))

/* Marks what may suspend. Ignoring its int would lose a cancellation, so it does
 * not compile. Only a task can: a callback that has to wait ends the program, with a
 * message.
 */
#define co_checked __attribute__((warn_unused_result))

#endif

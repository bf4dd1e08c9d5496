/* py_repr.h — how Python shows bools and exceptions, so that a test prints what the
 * Python program prints.
 */
#ifndef PY_REPR_H
#define PY_REPR_H

#include <stdbool.h>

#include "engine/error.h"

/* Text returned by value, so a test needs no buffer: py_repr(r).s */
struct py_text {
    char s[256];
};

/* True or False. */
const char *py_bool(bool value);

/* The name of the exception that stands for this code: ValueError. UV_ENOENT is a
 * KeyError, which it is in every test that raises it.
 */
const char *py_exception(int code);

/* repr() of the exception the running task met last, whose code this is:
 * ValueError('why'), or TimeoutError() without a reason.
 */
struct py_text py_repr(int code);

/* Its args: ('why',), or () without a reason. */
struct py_text py_args(int code);

/* repr() of an error object: ExceptionGroup('why', [ValueError('b')]); NULL: None. */
struct py_text py_repr_error(const co_error *error);

/* repr() of the tuple of exceptions in a group: (ValueError('B'), KeyError('C')). */
struct py_text py_repr_errors(const co_error *group);

/* The same as py_repr() for this code and reason, whatever the running task has met. */
struct py_text py_repr_reason(int code, const char *reason);

#endif

/* error_names.c — the names of error codes: the engine's, libuv's and the program's. */
#include <stddef.h>

#include "engine/error.h"

/* ---- the codes of programs ----------------------------------------------- */

static co_error_table *tables; /* the one registered last comes first */

void co_error_register(co_error_table *table)
{
    table->next = tables;
    tables = table;
}

/* NULL: no table has the code. */
static const co_error_names *names_of(int code)
{
    for (const co_error_table *table = tables; table; table = table->next)
        for (size_t i = 0; i < table->count; i++)
            if (table->names[i].code == code)
                return &table->names[i];
    return NULL;
}

/* ---- all codes ----------------------------------------------------------- */

/* uv_strerror() is not used: it allocates for codes it does not know. */
const char *co_strerror(int code)
{
    const co_error_names *own = names_of(code);

    switch (code) {
#define XX(name, number, text, python) \
    case name:                         \
        return text;
        CO_ERRORS(XX)
#undef XX
#define XX(name, text) \
    case UV_##name:    \
        return text;
        UV_ERRNO_MAP(XX)
#undef XX
    default:
        return own ? own->text : "unknown error";
    }
}

const char *co_error_name(int code)
{
    const co_error_names *own = names_of(code);

    switch (code) {
#define XX(name, number, text, python) \
    case name:                         \
        return &#name[sizeof("CO_") - 1];
        CO_ERRORS(XX)
#undef XX
#define XX(name, text) \
    case UV_##name:    \
        return #name;
        UV_ERRNO_MAP(XX)
#undef XX
    default:
        return own ? own->name : "UNKNOWN";
    }
}

/* What Python calls the errors of the system that have a class of their own. */
static const char *system_exception_name(int code)
{
    switch (code) {
    case UV_ENOENT:
        return "FileNotFoundError";
    case UV_EEXIST:
        return "FileExistsError";
    case UV_ENOTDIR:
        return "NotADirectoryError";
    case UV_EISDIR:
        return "IsADirectoryError";
    case UV_EACCES:
    case UV_EPERM:
        return "PermissionError";
    case UV_ESRCH:
        return "ProcessLookupError";
    case UV_EPIPE:
        return "BrokenPipeError";
    case UV_ECONNABORTED:
        return "ConnectionAbortedError";
    case UV_ECONNREFUSED:
        return "ConnectionRefusedError";
    case UV_ECONNRESET:
        return "ConnectionResetError";
    default:
        return "OSError";
    }
}

const char *co_exception_name(int code)
{
    const co_error_names *own = names_of(code);

    switch (code) {
#define XX(name, number, text, python) \
    case name:                         \
        return python;
        CO_ERRORS(XX)
#undef XX
    case UV_ECANCELED:
        return "CancelledError";
    case UV_ETIMEDOUT:
        return "TimeoutError";
    case UV_EINTR:
        return "KeyboardInterrupt";
    default:
        return own                ? own->python
               : code <= CO_EUSER ? "Exception"
                                  : system_exception_name(code);
    }
}

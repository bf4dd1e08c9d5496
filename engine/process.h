/* process.h — programs run as processes of their own.
 *
 *     co_process *process;
 *     await(co_process_exec((co_process_options){ .out = CO_PIPE }, &process, "ls"));
 *     await(co_process_communicate(process, (co_bytes){}, &out, NULL));
 *
 * The virtual clock stands still while processes run.
 */
#ifndef CO_PROCESS_H
#define CO_PROCESS_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/reader.h"

/* A handle of the task that started it: good until that one ends, and longer if it is
 * kept. The process itself goes on without; it outlives the run if it is not waited
 * for.
 */
typedef struct co_process co_process;

/* What its standard input, output or error is. */
typedef enum co_stdio {
    CO_INHERIT, /* the same as ours */
    CO_PIPE,    /* ours to write or read */
    CO_DEVNULL,
    CO_STDOUT /* error only: the same as its output */
} co_stdio;

typedef struct co_process_options {
    co_stdio in, out, err;
    const char *cwd;        /* NULL: ours */
    const char *const *env; /* "NAME=value", up to a NULL; NULL: ours */
} co_process_options;

/* create_subprocess_exec: start a program, looked up in PATH, with these arguments; as
 * a list of words, or as an array that ends with NULL.
 *
 * Suspends for two iterations and two more for each pipe. An error of the system's if
 * that fails, and then at once: UV_ENOENT, UV_EACCES, … UV_ECANCELED: interrupted; the
 * process has been killed and waited for.
 */
#define co_process_exec(...) co_process_exec_list(__VA_ARGS__, (const char *)NULL)
co_checked int co_process_exec_list(co_process_options options,
                                    co_process **ret_process, const char *program, ...)
    __attribute__((sentinel));
co_checked int co_process_execv(co_process_options options, co_process **ret_process,
                                const char *const argv[]);

/* create_subprocess_shell: the same for a command of /bin/sh. */
co_checked int co_process_shell(co_process_options options, co_process **ret_process,
                                const char *command);

/* Keep it beyond the end of the task that started it, and give it up. NULL is allowed.
 */
co_process *co_process_keep(co_process *process);
void co_process_drop(co_process *process);

int co_process_pid(const co_process *process);

/* NULL: its end has not been noticed yet. Else what it exited with; minus the number of
 * the signal that ended it.
 */
const int *co_process_returncode(const co_process *process);

/* Its standard output and error, to be read while it runs; NULL if it is no pipe. They
 * are the process's.
 */
co_reader *co_process_out(co_process *process);
co_reader *co_process_err(co_process *process);

/* Suspend until the process has ended and all its pipes are closed, and return 0; once
 * its end has been noticed (returncode) it does not suspend. Output that nobody reads
 * may keep it from ending. UV_ECANCELED: interrupted; the process goes on.
 */
co_checked int co_process_wait(co_process *process);

/* Give it `input`, if that is not NULL, and close its input then; read all it writes;
 * and wait for its end. The output is the process's, good until more is read. It is
 * read, and the input written, by tasks of their own. UV_ECANCELED: interrupted; the
 * process goes on. CO_EVALUE: there is input but no pipe for it.
 *
 * NULL for what is not wanted.
 */
co_checked int co_process_communicate(co_process *process, co_bytes input,
                                      co_bytes *ret_out, co_bytes *ret_err);

/* Send it a signal; SIGTERM; SIGKILL. If its end has been noticed nothing happens, once
 * its pipes are closed it is UV_ESRCH. Do not suspend.
 */
int co_process_send_signal(co_process *process, int number);
int co_process_terminate(co_process *process);
int co_process_kill(co_process *process);

#endif

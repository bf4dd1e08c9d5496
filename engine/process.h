/* process.h — programs run as child processes: start them, talk to them, wait for them.
 *
 *     co_process_options options = { .out = CO_PIPE };
 *     co_process *process;
 *     co_bytes out;
 *     await(co_process_exec(options, &process, "ls", "-l"));
 *     await(co_process_communicate(process, (co_bytes){}, &out, NULL));
 *     co_say("%s\nstatus %d\n", out.data, *co_process_returncode(process));
 *     co_process_drop(process);
 *
 * The virtual clock stands still while processes run whose handle has not been dropped.
 */
#ifndef CO_PROCESS_H
#define CO_PROCESS_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/reader.h"

/* A handle of the task that started it: good until that task ends, and longer if it is
 * kept. Without a handle the process runs on: no task can wait for it any more, and
 * neither does the virtual clock. A process that has not been waited for outlives the
 * run.
 */
typedef struct co_process co_process;

/* What its standard input, output or error is. */
typedef enum co_stdio {
    CO_INHERIT, /* the same as that of this process */
    CO_PIPE,    /* a pipe, to write or to read */
    CO_DEVNULL,
    CO_STDOUT /* error only: the same as its output */
} co_stdio;

typedef struct co_process_options {
    co_stdio in, out, err;
    const char *cwd;        /* NULL: that of this process */
    const char *const *env; /* "NAME=value", up to a NULL; NULL: that of this process */
} co_process_options;

/* create_subprocess_exec: start a program, which is looked up in PATH, with these
 * arguments; its name comes first. They are a list of words, or an array that ends with
 * NULL. What they point at is not used any more when the call has returned.
 *
 * Suspends for two iterations, and two more for each pipe. If the program cannot be
 * started it is an error of the system, without a suspension: UV_ENOENT, UV_EACCES, …
 * UV_ECANCELED: interrupted; the process has been killed and waited for. On an error
 * *ret_process stays as it was.
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

/* Keep it beyond the end of the task that started it, and give a handle up, kept or
 * started. NULL is allowed.
 */
co_process *co_process_keep(co_process *process);
void co_process_drop(co_process *process);

int co_process_pid(const co_process *process);

/* NULL: its end has not been noticed yet. Else the status it exited with, or minus the
 * number of the signal that ended it. Good as long as the handle.
 */
const int *co_process_returncode(const co_process *process);

/* Its standard output and error, to be read while it runs; NULL: it is no pipe. They
 * are freed with the process.
 */
co_reader *co_process_out(co_process *process);
co_reader *co_process_err(co_process *process);

/* wait(): suspend until the process has ended and all its pipes are closed, and return
 * 0; once its end has been noticed (returncode) it does not suspend. A process that
 * writes more to a pipe than the reader takes (reader.h) does not end until it is read:
 * use co_process_communicate(). UV_ECANCELED: interrupted; the process goes on.
 */
co_checked int co_process_wait(co_process *process);

/* communicate(): write `input`, unless its data is NULL, and close the input then; read
 * all output; and wait for its end. The output is freed with the process, or when more
 * is read. Tasks of their own read and write. NULL for the output that is not wanted.
 *
 * Returns 0. UV_ECANCELED: interrupted; the process goes on. CO_EVALUE: there is input,
 * but its standard input is no pipe. That the process closes its input early is no
 * error.
 */
co_checked int co_process_communicate(co_process *process, co_bytes input,
                                      co_bytes *ret_out, co_bytes *ret_err);

/* Send it a signal: of this number; SIGTERM; SIGKILL. Do not suspend. Return 0, also if
 * its end has been noticed and nothing is sent. UV_ESRCH: all its pipes are closed as
 * well. Another error of the system, as UV_EPERM.
 */
int co_process_send_signal(co_process *process, int number);
int co_process_terminate(co_process *process);
int co_process_kill(co_process *process);

#endif

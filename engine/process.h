/* process.h — child processes: start them, write and read their pipes, wait for them.
 *
 *     co_process_options options = { .out = CO_PIPE };
 *     co_process *process;
 *     co_bytes out;
 *     await(co_process_exec(options, &process, "ls", "-l"));
 *     await(co_process_communicate(process, (co_bytes){}, &out, NULL));
 *     co_say("%s\nstatus %d\n", out.data, *co_process_returncode(process));
 *     co_process_drop(process);
 *
 * The virtual clock does not advance while a process with a handle runs.
 */
#ifndef CO_PROCESS_H
#define CO_PROCESS_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/reader.h"

/* A handle of a process. It belongs to the task that started the process, and is valid
 * until that task ends, or longer if it is kept. A process without a handle continues
 * to run, but no task can wait for it, and the virtual clock does not wait for it. The
 * end of the run does not end processes.
 */
typedef struct co_process co_process;

/* What the standard input, output or error of a process is. */
typedef enum co_stdio {
    CO_INHERIT, /* the same as that of this process */
    CO_PIPE,    /* a pipe, to write or to read */
    CO_DEVNULL,
    CO_STDOUT /* for `err` only: the same as `out` */
} co_stdio;

typedef struct co_process_options {
    co_stdio in, out, err;
    const char *cwd;        /* NULL: that of this process */
    const char *const *env; /* "NAME=value", up to a NULL; NULL: that of this process */
} co_process_options;

/* create_subprocess_exec(): start a program, which is searched for in PATH. The words
 * are its name and its arguments, as a list or as an array that ends with NULL; they
 * are not used after the call.
 *
 * Suspends for two iterations, and two more for each pipe. Returns 0. If the program
 * cannot be started, returns an error of the system without suspending: UV_ENOENT,
 * UV_EACCES, … UV_ECANCELED: interrupted; the process was killed and waited for. On an
 * error *ret_process does not change.
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

/* co_process_keep(): keep the handle after the end of the task that started the
 * process, until the end of the program; returns it. co_process_drop(): drop a handle,
 * kept or not; NULL is allowed.
 *
 * The end of the run closes the pipes of a kept process. If the process still runs, it
 * continues, and a later run notices its end.
 */
co_process *co_process_keep(co_process *process);
void co_process_drop(co_process *process);

int co_process_pid(const co_process *process);

/* returncode: the exit status, or minus the number of the signal that ended the
 * process. NULL: it runs, or the loop has not seen its end yet. Valid as long as the
 * handle.
 */
const int *co_process_returncode(const co_process *process);

/* The readers of its standard output and error, to be used while it runs; NULL: that is
 * no pipe. They are freed with the process.
 */
co_reader *co_process_out(co_process *process);
co_reader *co_process_err(co_process *process);

/* wait(): suspend until the process has ended and all its pipes are closed, and return
 * 0. Does not suspend if the process has a returncode already. UV_ECANCELED:
 * interrupted; the process continues.
 *
 * If the process writes more to a pipe than the reader reads ahead (reader.h), the full
 * pipe blocks it, and it does not end until that is read: use co_process_communicate().
 */
co_checked int co_process_wait(co_process *process);

/* communicate(): write `input` and close the standard input; read all output; and
 * suspend until the process has ended. If `input.data` is NULL, nothing is written, and
 * the input is closed only from `asyncio` 312 on. ret_out and ret_err may be NULL. The
 * output is freed with the process, or when more is read. Writing and reading take
 * three tasks, as in asyncio.
 *
 * Returns 0, also if the process closes its input early. UV_ECANCELED: interrupted; the
 * process continues. CO_EVALUE: there is input, but the standard input is no pipe.
 */
co_checked int co_process_communicate(co_process *process, co_bytes input,
                                      co_bytes *ret_out, co_bytes *ret_err);

/* send_signal(), terminate(), kill(): send the process the signal `number`, SIGTERM or
 * SIGKILL. Do not suspend. Return 0, also if it has a returncode and nothing is sent.
 * UV_ESRCH: it has a returncode, and all its pipes are closed. They may return another
 * error of the system, as UV_EPERM.
 */
int co_process_send_signal(co_process *process, int number);
int co_process_terminate(co_process *process);
int co_process_kill(co_process *process);

#endif

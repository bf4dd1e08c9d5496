#include "engine/outside/child.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- pipes --------------------------------------------------------------- */

/* The file descriptors of the pipes for its output and error: those of the child, and
 * those of this process; -1: none. The pipe for its input is made by libuv, as a pair
 * of sockets, so that this process sees when the child closes its end.
 */
struct ends {
    uv_file child[3], parent[3];
};

static void close_all(const uv_file files[3])
{
    for (int i = 0; i < 3; i++)
        if (files[i] >= 0)
            close(files[i]);
}

static int open_pipe(struct ends *ends, int i)
{
    uv_file both[2];
    int r = uv_pipe(both, UV_NONBLOCK_PIPE, 0);

    if (r < 0)
        return co_raise(r, "[Errno %d] %s", -r, strerror(-r));
    ends->parent[i] = both[0];
    ends->child[i] = both[1];
    return 0;
}

static int open_pipes(struct ends *ends, const co_process_options *options)
{
    int r = options->out == CO_PIPE ? open_pipe(ends, STDOUT_FILENO) : 0;

    if (r == 0 && options->err == CO_PIPE)
        r = open_pipe(ends, STDERR_FILENO);
    return r;
}

static uv_stdio_container_t stdio_of(co_stdio kind, const struct ends *ends, int i)
{
    uv_stdio_container_t stdio = { .flags = UV_IGNORE };

    if (kind != CO_DEVNULL)
        stdio = (uv_stdio_container_t){
            .flags = UV_INHERIT_FD,
            .data.fd = kind == CO_PIPE ? ends->child[i] : i,
        };
    return stdio;
}

static uv_stdio_container_t make_in(struct co_loop *loop, co_process *process)
{
    process->in = co_alloc(sizeof(*process->in));
    uv_pipe_init(&loop->poll.loop, process->in, 0);
    process->in->data = process;
    co_poll_survive_broken_pipes(&loop->poll);
    return (uv_stdio_container_t){
        .flags = UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE,
        .data.stream = (uv_stream_t *)process->in,
    };
}

/* ---- starting ------------------------------------------------------------ */

static void close_handles(co_process *process)
{
    co_poll_close_handle(process->running);
    co_poll_close_handle(process->in);
    process->running = NULL;
    process->in = NULL;
}

/* Python's text: it names the working directory if that is the cause, else the program.
 */
static int fail(const co_process_options *options, const char *program, int r)
{
    struct stat info;

    if (options->cwd && (stat(options->cwd, &info) < 0 || !S_ISDIR(info.st_mode) ||
                         access(options->cwd, X_OK) < 0))
        program = options->cwd;
    return co_raise(r, "[Errno %d] %s: '%s'", -r, strerror(-r), program);
}

static int spawn(struct co_loop *loop, co_process *process,
                 const co_process_options *options, const char *const argv[],
                 const struct ends *ends)
{
    uv_stdio_container_t out = stdio_of(options->out, ends, STDOUT_FILENO);
    uv_stdio_container_t stdio[] = {
        options->in == CO_PIPE ? make_in(loop, process)
                               : stdio_of(options->in, ends, STDIN_FILENO),
        out,
        options->err == CO_STDOUT ? out : stdio_of(options->err, ends, STDERR_FILENO),
    };

    process->running = co_alloc(sizeof(*process->running));
    process->running->data = process;
    int r = uv_spawn(&loop->poll.loop, process->running,
                     &(uv_process_options_t){
                         .exit_cb = co_child_ended,
                         .file = argv[0],
                         .args = (char **)argv,
                         .env = (char **)options->env,
                         .cwd = options->cwd,
                         .stdio = stdio,
                         .stdio_count = 3,
                     });
    if (r == 0)
        return 0;
    close_handles(process);
    return fail(options, argv[0], r);
}

static void adopt(struct co_loop *loop, co_process *process, const struct ends *ends)
{
    process->pid = uv_process_get_pid(process->running);
    process->has_in = process->in != NULL;
    if (process->in)
        co_child_watch_in(process);
    if (ends->parent[STDOUT_FILENO] >= 0)
        process->out = co_reader_new(loop, ends->parent[STDOUT_FILENO], "stdout",
                                     &process->changed);
    if (ends->parent[STDERR_FILENO] >= 0)
        process->err = co_reader_new(loop, ends->parent[STDERR_FILENO], "stderr",
                                     &process->changed);
}

int co_child_start(struct co_loop *loop, co_process *process,
                   co_process_options options, const char *const argv[])
{
    struct ends ends = { { -1, -1, -1 }, { -1, -1, -1 } };

    co_poll_open(&loop->poll);
    int r = open_pipes(&ends, &options);
    if (r == 0)
        r = spawn(loop, process, &options, argv, &ends);
    close_all(ends.child);
    if (r < 0)
        close_all(ends.parent);
    else
        adopt(loop, process, &ends);
    return r;
}

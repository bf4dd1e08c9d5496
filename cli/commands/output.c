#include "cli/commands/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/text.h"

const struct flag flag_force = {
    .name = "force",
    .letter = 'F',
    .help = "let --output overwrite a file",
};
const struct flag flag_output = {
    .name = "output",
    .letter = 'o',
    .kind = FLAG_FILE,
    .value = "FILE",
    .expected = "the name of a file",
    .help = "write the trace to this file; -: standard output",
    .once = true,
};

/* The name of --output; NULL: standard output. */
static const char *output_name(const struct flags *flags)
{
    const struct flag_value *output = flags_find(flags, &flag_output);

    return output && strcmp(output->file, "-") != 0 ? output->file : NULL;
}

static int report_write_error(struct session *session, const char *name)
{
    int error = errno;
    char *quoted = text_quote(name, 60);

    if (error == EEXIST)
        session_error(session, STATUS_FILE, "%s exists; --force overwrites it", quoted);
    else
        session_error(session, STATUS_FILE, "cannot write %s: %s", quoted,
                      strerror(error));
    free(quoted);
    return STATUS_FILE;
}

static int open_file(const char *name, bool force)
{
    struct stat status;
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd >= 0 || errno != EEXIST)
        return fd;
    if (stat(name, &status) == 0 && S_ISREG(status.st_mode) && !force) {
        errno = EEXIST;
        return -1;
    }
    return open(name, O_WRONLY | O_TRUNC | O_CLOEXEC);
}

FILE *output_open(struct session *session, const struct flags *flags)
{
    const char *name = output_name(flags);

    if (!name)
        return stdout;
    int fd = open_file(name, flags_have(flags, &flag_force));
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out)
        report_write_error(session, name);
    return out;
}

int output_close(struct session *session, const struct flags *flags, FILE *out,
                 int status)
{
    if (out == stdout)
        return status;
    bool failed = ferror(out);
    if (fclose(out) == 0 && !failed)
        return status;
    int r = report_write_error(session, output_name(flags));
    return r > status ? r : status;
}

void output_report(const struct session *session, const struct flags *flags,
                   size_t traces, size_t events)
{
    const char *name = output_name(flags);

    if (!name || !session->prompt || flags_have(flags, &flag_quiet))
        return;
    char *quoted = text_quote(name, 60);
    printf("wrote %zu trace%s, %zu event%s, to %s\n", traces, traces == 1 ? "" : "s",
           events, events == 1 ? "" : "s", quoted);
    free(quoted);
}

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/text.h"

static int complain(struct session *session, const char *format, const char *name)
{
    int error = errno;
    char *quoted = text_quote(name, 60);
    char *sentence = text_format("%s %s", format, quoted);

    session_complain(session, STATUS_FILE, "%s: %s", sentence, strerror(error));
    free(sentence);
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
    const char *name = flags->output;

    if (!name || strcmp(name, "-") == 0)
        return stdout;
    int fd = open_file(name, flags_have(flags, FLAG_FORCE));
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (out)
        return out;
    if (errno == EEXIST) {
        char *quoted = text_quote(name, 60);
        session_complain(session, STATUS_FILE, "%s exists; --force overwrites it",
                         quoted);
        free(quoted);
    } else {
        complain(session, "cannot write", name);
    }
    return NULL;
}

int output_close(struct session *session, const struct flags *flags, FILE *out,
                 int status)
{
    if (out == stdout)
        return status;
    bool failed = ferror(out);
    if (fclose(out) == 0 && !failed)
        return status;
    int r = complain(session, "cannot write", flags->output);
    return r > status ? r : status;
}

/* system/fatal.c: the process ends with status 70 and one line on stderr. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/system/fatal.h"

/* Call co_fatal() in a child; what it writes to stderr, and its exit status. */
static int die(const char *sentence, char *ret_text, size_t size)
{
    int ends[2], status;

    cr_assert(zero(int, pipe(ends)));
    if (fork() == 0) {
        dup2(ends[1], STDERR_FILENO);
        co_fatal("%s", sentence);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], ret_text, size - 1);
    ret_text[length < 0 ? 0 : length] = '\0';
    close(ends[0]);
    wait(&status);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(fatal, writes_a_line_and_exits_with_status_70)
{
    char text[1024];

    cr_assert(eq(int, die("out of memory", text, sizeof(text)), 70));
    cr_assert(eq(str, text, "out of memory\n"));
}

Test(fatal, cuts_a_sentence_that_is_too_long)
{
    char sentence[2000] = "", text[4096];

    memset(sentence, 'x', sizeof(sentence) - 1);
    cr_assert(eq(int, die(sentence, text, sizeof(text)), CO_FATAL_STATUS));
    cr_assert(lt(sz, strlen(text), sizeof(sentence)));
    cr_assert(eq(chr, text[strlen(text) - 1], '\n'));
}

/* system/fatal.c: the process ends with status 70 and one line on stderr. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <locale.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#include "engine/system/fatal.h"

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

/* Call the function in a child; what it writes to stdout and stderr, and its exit
 * status.
 */
static int end_by(void (*fn)(void), char *ret_text, size_t size)
{
    int ends[2], status;
    size_t length = 0;

    cr_assert(zero(int, pipe(ends)));
    if (fork() == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        fn();
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t got; (got = read(ends[0], ret_text + length, size - 1 - length)) > 0;)
        length += (size_t)got;
    ret_text[length] = '\0';
    close(ends[0]);
    wait(&status);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const char *last_words;

static void says_last_words(void) { co_fatal("%s", last_words); }

static int die(const char *sentence, char *ret_text, size_t size)
{
    last_words = sentence;
    return end_by(says_last_words, ret_text, size);
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

/* ---- what the program has buffered --------------------------------------- */

static FILE *report;

static void says_and_ends(void)
{
    setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
    fputs("said\n", stdout);
    fputs("written\n", report);
    co_fatal("%s", "over");
}

static void says_and_ends_in_a_handler(void)
{
    setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
    fputs("said\n", stdout);
    co_fatal_in_handler("%s", "over");
}

Test(fatal, writes_what_stdio_has_buffered)
{
    char text[1024], written[64] = "";
    int ends[2];

    cr_assert(zero(int, pipe(ends)));
    report = fdopen(ends[1], "w");
    cr_assert(eq(int, end_by(says_and_ends, text, sizeof(text)), CO_FATAL_STATUS));
    cr_assert(eq(str, text, "said\nover\n"));
    cr_assert(eq(sz, (size_t)read(ends[0], written, sizeof(written) - 1), 8));
    cr_assert(eq(str, written, "written\n"));
    fclose(report);
    close(ends[0]);
}

Test(fatal, leaves_stdio_alone_in_a_signal_handler)
{
    char text[1024];

    cr_assert(eq(int, end_by(says_and_ends_in_a_handler, text, sizeof(text)),
                 CO_FATAL_STATUS));
    /* At the end of a process valgrind frees what libc holds, which writes it out. */
    cr_assert(eq(str, text, RUNNING_ON_VALGRIND ? "over\nsaid\n" : "over\n"));
}

static void *reads_a_line(void *)
{
    char input[8];

    (void)!fgets(input, sizeof(input), stdin);
    return NULL;
}

/* The thread has the lock of stdin once it cannot be had here. */
static void ends_while_a_thread_reads(void)
{
    pthread_t thread;
    int ends[2];

    (void)!pipe(ends);
    dup2(ends[0], STDIN_FILENO);
    setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
    fputs("said\n", stdout);
    pthread_create(&thread, NULL, reads_a_line, NULL);
    while (ftrylockfile(stdin) == 0) {
        funlockfile(stdin);
        sched_yield();
    }
    co_fatal("%s", "over");
}

Test(fatal, does_not_wait_for_a_thread_that_reads, .timeout = 10)
{
    char text[1024];

    cr_assert(eq(int, end_by(ends_while_a_thread_reads, text, sizeof(text)),
                 CO_FATAL_STATUS));
    cr_assert(eq(str, text, "said\nover\n"));
}

/* ---- a sentence that cannot be written ----------------------------------- */

static void has_no_such_character(void)
{
    static const wchar_t word[] = { 0x20ac, 0 };

    setlocale(LC_ALL, "C");
    co_fatal("no room for %ls", word);
}

Test(fatal, shows_the_format_if_it_cannot_be_filled_in)
{
    char text[1024];

    cr_assert(
        eq(int, end_by(has_no_such_character, text, sizeof(text)), CO_FATAL_STATUS));
    cr_assert(ne(ptr, strstr(text, "no room for %ls"), NULL));
}

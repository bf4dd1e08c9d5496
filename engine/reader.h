/* reader.h — what comes through a pipe, by lines or all of it; asyncio's StreamReader.
 *
 *     co_process *process;
 *     co_bytes text;
 *     await(co_process_exec((co_process_options){ .out = CO_PIPE }, &process, "ls"));
 *     while (await(co_reader_line(co_process_out(process), &text)) > 0)
 *         co_say("%s", text.data);
 *
 * A reader reads ahead. Its limit is 64 KiB. If more than twice that is unread, it
 * stops, and the writer of the pipe has to wait, until no more than the limit is
 * unread.
 */
#ifndef CO_READER_H
#define CO_READER_H

#include <stddef.h>

#include "engine/await.h"

/* `size` bytes. One NUL more follows them. `data` is NULL if there is no pipe to read
 * from.
 */
typedef struct co_bytes {
    const char *data;
    size_t size;
} co_bytes;

typedef struct co_reader co_reader;

/* readline(): suspend until there is a whole line, and return its length, including its
 * newline. The last line may have none. 0: the pipe has ended. The bytes belong to the
 * reader, and are good until the next call. Does not suspend if the line has been read
 * ahead. Only one task at a time may wait.
 *
 * UV_ECANCELED: interrupted, nothing is lost. CO_EVALUE: the line is longer than the
 * limit; what has been read of it is dropped. CO_ERUNTIME: another task waits. Or the
 * error with which the pipe ended.
 */
co_checked int co_reader_line(co_reader *reader, co_bytes *ret_line);

/* read(): the same for all bytes up to the end of the pipe, without a limit. Returns 0.
 * UV_ECANCELED: interrupted, and what has been read until then is lost.
 */
co_checked int co_reader_rest(co_reader *reader, co_bytes *ret_rest);

#endif

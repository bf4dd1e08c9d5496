/* reader.h — what comes in through a pipe, in lines or all of it.
 *
 * A reader reads ahead, but not endlessly: with more than twice its limit unread it
 * stops, and whoever writes has to wait. The limit is 64 KiB.
 */
#ifndef CO_READER_H
#define CO_READER_H

#include <stddef.h>

#include "engine/await.h"

/* So many bytes, and a NUL behind them; NULL: none, there was nowhere to have them
 * from.
 */
typedef struct co_bytes {
    const char *data;
    size_t size;
} co_bytes;

typedef struct co_reader co_reader;

/* readline(): suspend until there is a whole line, and return its length; the newline
 * is part of it. The last line may lack one; 0: there are no more. The bytes are the
 * reader's, good until the next call. They come in order: only one task may wait.
 *
 * UV_ECANCELED: interrupted, nothing is lost. CO_EVALUE: the line is longer than the
 * limit, and is dropped as far as it has been read. CO_ERUNTIME: another task waits.
 * Or the error that ended the pipe.
 */
co_checked int co_reader_line(co_reader *reader, co_bytes *ret_line);

/* read(): the same for all that comes until the end, without a limit. Returns 0.
 * UV_ECANCELED: interrupted, and what had come until then is lost.
 */
co_checked int co_reader_rest(co_reader *reader, co_bytes *ret_rest);

#endif

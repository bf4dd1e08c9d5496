/* digest.h — the CRC-32 of zlib and PNG: equal traces have equal digests.
 */
#ifndef CLI_DIGEST_H
#define CLI_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The CRC of the bytes whose CRC is `crc` (0: none) followed by these bytes. */
uint32_t digest_add(uint32_t crc, const void *bytes, size_t size);

/* The digest of the lines of a trace: that of one text, with newlines between them. All
 * zero: of no line.
 */
struct digest {
    uint32_t crc;
    bool begun; /* it has a line */
};

/* Add the line of an event, without its newline. On the real clock its time does not
 * count.
 */
void digest_add_line(struct digest *digest, const char *line, bool real_clock);

#endif

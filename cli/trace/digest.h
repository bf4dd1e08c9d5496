/* digest.h — the CRC-32 of zlib and PNG: equal traces have equal digests.
 */
#ifndef CLI_DIGEST_H
#define CLI_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* The CRC of the bytes whose CRC is `crc` (0: none) followed by these bytes. */
uint32_t digest_add(uint32_t crc, const void *bytes, size_t size);

#endif

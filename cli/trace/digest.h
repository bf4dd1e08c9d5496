/* digest.h — CRC-32, as zlib and PNG have it: compares two traces at sight.
 */
#ifndef CLI_DIGEST_H
#define CLI_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* The CRC of what had `crc` so far (0: nothing) and of these bytes after it. */
uint32_t digest_add(uint32_t crc, const void *bytes, size_t size);

#endif

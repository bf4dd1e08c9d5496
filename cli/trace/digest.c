#include "cli/trace/digest.h"

#include <string.h>

/* Four bits at a time, so that the table is short. */
uint32_t digest_add(uint32_t crc, const void *bytes, size_t size)
{
    static const uint32_t table[16] = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
        0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };

    crc = ~crc;
    for (const unsigned char *byte = bytes; size--; byte++) {
        crc = table[(crc ^ *byte) & 15] ^ crc >> 4;
        crc = table[(crc ^ *byte >> 4) & 15] ^ crc >> 4;
    }
    return ~crc;
}

/* What follows the time and the blanks around it. */
static const char *behind_time(const char *line)
{
    line += strspn(line, " ");
    line += strcspn(line, " ");
    return line + strspn(line, " ");
}

void digest_add_line(struct digest *digest, const char *line, bool real_clock)
{
    const char *counted = real_clock ? behind_time(line) : line;

    if (digest->begun)
        digest->crc = digest_add(digest->crc, "\n", 1);
    digest->crc = digest_add(digest->crc, counted, strlen(counted));
    digest->begun = true;
}

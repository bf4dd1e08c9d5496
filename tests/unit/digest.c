/* digest.c — the checksum of a trace. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/trace/digest.h"

Test(digest, is_the_crc_of_zlib)
{
    cr_expect(eq(u32, digest_add(0, "123456789", 9), 0xcbf43926));
    cr_expect(eq(u32, digest_add(0, "", 0), 0));
    cr_expect(eq(u32, digest_add(digest_add(0, "1234", 4), "56789", 5), 0xcbf43926));
}

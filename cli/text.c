#include "cli/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/status.h"

void *xnonnull(void *memory)
{
    if (!memory) {
        fputs("interleave: out of memory\n", stderr);
        exit(STATUS_INTERNAL);
    }
    return memory;
}

char *text_format(const char *format, ...)
{
    char *text;
    va_list arguments;

    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    return xnonnull(length < 0 ? NULL : text);
}

FILE *text_stream(char **ret_text, size_t *ret_size)
{
    return xnonnull(open_memstream(ret_text, ret_size));
}

enum { REPLACEMENT = 0xFFFD };

/* Decode the character at `text`, and return how many bytes it has. It is REPLACEMENT,
 * of 1 byte, where no valid and shortest UTF-8 sequence begins.
 */
static size_t decode(const char *text, uint32_t *ret_character)
{
    const unsigned char *s = (const unsigned char *)text;
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t length = *s < 0x80             ? 1
                    : (*s & 0xE0) == 0xC0 ? 2
                    : (*s & 0xF0) == 0xE0 ? 3
                    : (*s & 0xF8) == 0xF0 ? 4
                                          : 0;
    uint32_t character = length > 1 ? *s & (0x7Fu >> length) : *s;

    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80)
            length = 0;
        else
            character = character << 6 | (s[i] & 0x3F);
    }
    if (!length || character < least[length] || character > 0x10FFFF ||
        (character >= 0xD800 && character < 0xE000)) {
        *ret_character = REPLACEMENT;
        return 1;
    }
    *ret_character = character;
    return length;
}

char *text_clean(const char *text)
{
    if (!text)
        return NULL;

    /* Each bad byte becomes three. */
    char *clean = xnonnull(malloc(3 * strlen(text) + 1));
    char *end = clean;
    for (uint32_t character; *text;) {
        size_t length = decode(text, &character);
        if (character == REPLACEMENT && length == 1)
            end = stpcpy(end, "\uFFFD");
        else
            end = mempcpy(end, text, length);
        text += length;
    }
    *end = '\0';
    return clean;
}

static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

/* About what terminals do. wcwidth() depends on the C library and the locale, and the
 * columns of a trace must not.
 */
static unsigned width_of(uint32_t character)
{
    static const uint32_t none[][2] = {
        { 0x0000, 0x001F }, { 0x007F, 0x009F }, { 0x0300, 0x036F }, { 0x200B, 0x200F },
        { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
    };
    static const uint32_t two[][2] = {
        { 0x1100, 0x115F },   { 0x2E80, 0x303E },   { 0x3041, 0xA4CF },
        { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },   { 0xFE30, 0xFE6F },
        { 0xFF00, 0xFF60 },   { 0xFFE0, 0xFFE6 },   { 0x1F300, 0x1F64F },
        { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD },
    };

    if (character >= 0x20 && character < 0x7F)
        return 1;
    for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
        if (character >= none[i][0] && character <= none[i][1])
            return 0;
    for (size_t i = 0; i < sizeof(two) / sizeof(*two); i++)
        if (character >= two[i][0] && character <= two[i][1])
            return 2;
    return 1;
}

unsigned text_width(const char *text)
{
    unsigned width = 0;

    for (uint32_t character; *text; width += width_of(character))
        text += decode(text, &character);
    return width;
}

unsigned text_print_cut(FILE *out, const char *text, unsigned width)
{
    bool fits = text_width(text) <= width;
    unsigned taken = 0;

    while (*text) {
        uint32_t character;
        size_t length = decode(text, &character);
        if (!fits && taken + width_of(character) > width - 1)
            break;
        fwrite(text, 1, length, out);
        taken += width_of(character);
        text += length;
    }
    if (!fits) {
        fputc('~', out);
        taken++;
    }
    return taken;
}

const char *text_end(const char *text, unsigned width)
{
    unsigned left = text_width(text);

    while (left > width) {
        uint32_t character;
        text += decode(text, &character);
        left -= width_of(character);
    }
    return text;
}

char *text_word(const char *name)
{
    char *word = xnonnull(malloc(strlen(name) + 2)), *end = word;

    if (!*name)
        *end++ = '_';
    while (*name) {
        uint32_t character;
        size_t length = decode(name, &character);
        if (character == ' ' || is_control(character))
            *end++ = '_';
        else
            end = mempcpy(end, name, length);
        name += length;
    }
    *end = '\0';
    return word;
}

void text_print_escaped(FILE *out, const char *text, bool quoted)
{
    const char *begin = text;

    while (*text) {
        uint32_t character;
        size_t length = decode(text, &character);
        bool at_end = text == begin || !text[length];
        if (character == '\n')
            fputs("\\n", out);
        else if (character == '\t')
            fputs("\\t", out);
        else if (is_control(character) || (character == ' ' && at_end && !quoted))
            fprintf(out, "\\x%02" PRIx32, character);
        else if (character == '\\' || (character == '"' && quoted))
            fprintf(out, "\\%c", (char)character);
        else
            fwrite(text, 1, length, out);
        text += length;
    }
}

static int hex(char digit)
{
    const char *digits = "0123456789abcdef";
    const char *found = digit ? strchr(digits, digit) : NULL;

    return found ? (int)(found - digits) : -1;
}

bool text_unescape(char *text)
{
    char *end = text;

    for (const char *s = text; *s; s++) {
        if (*s != '\\') {
            *end++ = *s;
            continue;
        }
        s++;
        if (*s == 'n') {
            *end++ = '\n';
        } else if (*s == 't') {
            *end++ = '\t';
        } else if (*s == '\\' || *s == '"') {
            *end++ = *s;
        } else if (*s == 'x' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
            int character = hex(s[1]) << 4 | hex(s[2]);
            if (character == 0)
                return false;
            if (character >= 0x80)
                *end++ = (char)(0xC0 | character >> 6);
            *end++ = (char)(character < 0x80 ? character : 0x80 | (character & 0x3F));
            s += 2;
        } else {
            return false;
        }
    }
    *end = '\0';
    return true;
}

char *text_quote(const char *word, size_t most)
{
    char *quoted;
    size_t size;
    FILE *out = text_stream(&quoted, &size);
    size_t characters = 0;

    fputc('\'', out);
    for (uint32_t character; *word; characters++) {
        if (characters == most) {
            fputs("...", out);
            break;
        }
        size_t length = decode(word, &character);
        if (is_control(character))
            fputc('?', out);
        else if (character == REPLACEMENT)
            fputs(length == 1 ? "?" : "\uFFFD", out);
        else
            fwrite(word, 1, length, out);
        word += length;
    }
    fputc('\'', out);
    fclose(out);
    return quoted;
}

/* True if the word is the unit of a number, perhaps with punctuation. */
static bool is_unit(const char *word)
{
    return *word == 's' && (!word[1] || strchr(" .,:;)", word[1]));
}

/* The length of the next word; a number and its unit count as one. */
static size_t word_length(const char *text)
{
    size_t length = strcspn(text, " ");

    if (text[length] && is_unit(text + length + 1))
        length += 1 + strcspn(text + length + 1, " ");
    return length;
}

void text_print_wrapped(FILE *out, const char *text, unsigned column, unsigned indent,
                        unsigned width)
{
    bool first = true;

    while (*text) {
        size_t length = word_length(text);
        char *word = xnonnull(strndup(text, length));
        unsigned columns = text_width(word);
        if (first) {
            column += (unsigned)fprintf(out, "%*s",
                                        column < indent ? indent - column : 0, "");
        } else if (column + 1 + columns > width) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else {
            fputc(' ', out);
            column++;
        }
        fputs(word, out);
        free(word);
        column += columns;
        first = false;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}

void text_print_time(FILE *out, int64_t time_us, int64_t unit_us)
{
    int64_t whole = time_us / unit_us, rest = time_us % unit_us;

    fprintf(out, "%s%" PRId64, time_us < 0 && whole == 0 ? "-" : "", whole);
    if (rest == 0)
        return;
    fputc('.', out);
    for (rest = rest < 0 ? -rest : rest; rest; rest %= unit_us) {
        rest *= 10;
        fputc('0' + (int)(rest / unit_us), out);
    }
}

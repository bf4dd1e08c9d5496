/* text.c — texts are cleaned, escaped, measured, cut and wrapped. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

Test(text, becomes_utf_8)
{
    char *clean = text_clean("a\xff"
                             "b\xc3\xa9\xe2\x82");

    cr_expect(eq(str, clean,
                 "a\xef\xbf\xbd"
                 "b\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd"));
    free(clean);
}

static char *cut(const char *text, unsigned width)
{
    char *shown;
    size_t size;
    FILE *out = text_stream(&shown, &size);
    unsigned taken = text_print_cut(out, text, width);

    fclose(out);
    cr_expect(eq(uint, taken, text_width(shown)));
    return shown;
}

static void expect_cut(const char *text, unsigned width, const char *expected)
{
    char *shown = cut(text, width);

    cr_expect(eq(str, shown, (char *)expected));
    free(shown);
}

Test(text, is_cut_to_a_number_of_columns)
{
    expect_cut("abcdef", 6, "abcdef");
    expect_cut("abcdef", 5, "abcd~");
    expect_cut("abcdef", 1, "~");
    expect_cut("\u4f60\u597d\u5417", 6, "\u4f60\u597d\u5417");
    expect_cut("\u4f60\u597d\u5417", 5, "\u4f60\u597d~");
    expect_cut("\u4f60\u597d\u5417", 4, "\u4f60~");
}

Test(text, has_an_end_of_a_number_of_columns)
{
    cr_expect(eq(str, (char *)text_end("abcdef", 2), "ef"));
    cr_expect(eq(str, (char *)text_end("abcdef", 9), "abcdef"));
    cr_expect(eq(str, (char *)text_end("abcdef", 0), ""));
    cr_expect(eq(str, (char *)text_end("\u4f60\u597d\u5417", 3), "\u5417"));
}

static void expect_escaped(const char *text, bool quoted, const char *expected)
{
    char *escaped;
    size_t size;
    FILE *out = text_stream(&escaped, &size);

    text_print_escaped(out, text, quoted);
    fclose(out);
    cr_expect(eq(str, escaped, (char *)expected));
    cr_expect(text_unescape(escaped));
    cr_expect(eq(str, escaped, (char *)text));
    free(escaped);
}

Test(text, is_escaped_and_unescaped)
{
    expect_escaped("a\tb\n\033[2J \\ \u00e9", false, "a\\tb\\n\\x1b[2J \\\\ \u00e9");
    expect_escaped(" a \"b\" ", false, "\\x20a \"b\"\\x20");
    expect_escaped(" a \"b\" ", true, " a \\\"b\\\" ");
    expect_escaped("\xc2\x9b", true, "\\x9b");
}

static void expect_wrapped(const char *text, unsigned width, const char *expected)
{
    char *wrapped;
    size_t size;
    FILE *out = text_stream(&wrapped, &size);

    text_print_wrapped(out, text, 0, 2, width);
    fclose(out);
    cr_expect(eq(str, wrapped, (char *)expected));
    free(wrapped);
}

Test(text, is_wrapped_without_parting_a_number_from_its_unit)
{
    expect_wrapped("one two three", 9, "  one two\n  three\n");
    expect_wrapped("it takes 10 s.", 12, "  it takes\n  10 s.\n");
    expect_wrapped("verylongword a", 8, "  verylongword\n  a\n");
}

Test(text, is_quoted_without_what_a_terminal_obeys)
{
    char *quoted = text_quote("ga\033ther", 40), *cut = text_quote("gather", 3);

    cr_expect(eq(str, quoted, "'ga?ther'"));
    cr_expect(eq(str, cut, "'gat...'"));
    free(quoted);
    free(cut);
}

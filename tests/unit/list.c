/* list.h: what is in the list and in which order, after every operation. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "engine/list.h"

/* Letters to list; the link is in the middle of the entry, as it often is. */
struct letter {
    char before;
    struct co_list link;
    char name;
};

struct letters {
    struct letter of[6];
};

static struct letters *letters(struct letters *letters)
{
    for (int i = 0; i < 6; i++) {
        letters->of[i].name = (char)('a' + i);
        co_list_init(&letters->of[i].link);
    }
    return letters;
}

struct spelled {
    char s[16];
};

static char name_of(const struct co_list *link)
{
    return co_container_of(link, const struct letter, link)->name;
}

/* These letters are on it, from the first to the last, and the same ones backwards. */
static void holds(const struct co_list *list, const char *names)
{
    struct spelled forward = {}, backward = {};
    size_t count = 0;

    for (const struct co_list *link = list->next; link != list && count < 15;
         link = link->next)
        forward.s[count++] = name_of(link);
    for (const struct co_list *link = list->prev; link != list && count > 0;
         link = link->prev)
        backward.s[--count] = name_of(link);
    cr_assert(eq(str, forward.s, (char *)names));
    cr_assert(eq(str, backward.s, (char *)names));
}

static void append(struct co_list *list, struct letters *letters, const char *names)
{
    for (; *names; names++)
        co_list_append(list, &letters->of[*names - 'a'].link);
}

Test(list, is_empty_at_first)
{
    struct co_list list;

    co_list_init(&list);
    cr_assert(co_list_empty(&list));
    holds(&list, "");
}

Test(list, keeps_the_order_of_appending)
{
    struct letters all;
    struct co_list list;

    co_list_init(&list);
    append(&list, letters(&all), "cab");
    cr_assert(not(co_list_empty(&list)));
    holds(&list, "cab");
}

Test(list, removes_the_first_the_middle_and_the_last_link)
{
    struct letters all;
    struct co_list list;

    co_list_init(&list);
    append(&list, letters(&all), "abcde");
    co_list_remove(&all.of[0].link);
    holds(&list, "bcde");
    co_list_remove(&all.of[4].link);
    holds(&list, "bcd");
    co_list_remove(&all.of[2].link);
    holds(&list, "bd");
    co_list_remove(&all.of[1].link);
    co_list_remove(&all.of[3].link);
    cr_assert(co_list_empty(&list));
}

Test(list, allows_a_link_to_be_removed_twice)
{
    struct letters all;
    struct co_list list;

    co_list_init(&list);
    append(&list, letters(&all), "abc");
    co_list_remove(&all.of[1].link);
    cr_assert(co_list_empty(&all.of[1].link));
    co_list_remove(&all.of[1].link);
    holds(&list, "ac");
}

Test(list, appends_a_removed_link_again)
{
    struct letters all;
    struct co_list list;

    co_list_init(&list);
    append(&list, letters(&all), "abc");
    co_list_remove(&all.of[0].link);
    append(&list, &all, "a");
    holds(&list, "bca");
}

Test(list, splices_all_links_to_the_end_of_another)
{
    struct letters all;
    struct co_list to, from;

    co_list_init(&to);
    co_list_init(&from);
    append(&to, letters(&all), "ab");
    append(&from, &all, "cde");
    co_list_splice(&to, &from);
    holds(&to, "abcde");
    cr_assert(co_list_empty(&from));
    append(&to, &all, "f");
    holds(&to, "abcdef");
}

Test(list, splices_to_an_empty_list)
{
    struct letters all;
    struct co_list to, from;

    co_list_init(&to);
    co_list_init(&from);
    append(&from, letters(&all), "a");
    co_list_splice(&to, &from);
    holds(&to, "a");
    cr_assert(co_list_empty(&from));
}

Test(list, splices_from_an_empty_list)
{
    struct letters all;
    struct co_list to, from;

    co_list_init(&to);
    co_list_init(&from);
    co_list_splice(&to, &from);
    cr_assert(co_list_empty(&to));
    append(&to, letters(&all), "ab");
    co_list_splice(&to, &from);
    holds(&to, "ab");
    cr_assert(co_list_empty(&from));
}

Test(list, is_walked_from_the_first_to_the_last)
{
    struct letters all;
    struct co_list list;
    struct spelled walked = {};

    co_list_init(&list);
    co_list_each(link, &list)
        cr_fail("an empty list has nothing to walk");
    append(&list, letters(&all), "abc");
    co_list_each(link, &list)
        walked.s[strlen(walked.s)] = name_of(link);
    cr_assert(eq(str, walked.s, (char *)"abc"));
}

Test(list, allows_the_current_link_to_be_removed_in_a_walk)
{
    struct letters all;
    struct co_list list;
    struct spelled walked = {};

    co_list_init(&list);
    append(&list, letters(&all), "abcd");
    co_list_each(link, &list) {
        struct letter *letter = co_container_of(link, struct letter, link);
        walked.s[strlen(walked.s)] = letter->name;
        if (letter->name != 'b') {
            co_list_remove(link);
            memset(letter, 0, sizeof(*letter)); /* as free() might */
        }
    }
    cr_assert(eq(str, walked.s, (char *)"abcd"));
    holds(&list, "b");
}

/* list.h — an intrusive circular list: the links are inside of the listed structs.
 *
 *     struct page {
 *         const char *url;
 *         struct co_list link;
 *     };
 *
 *     struct co_list pages;
 *     struct page home = { .url = "/home" };
 *     co_list_init(&pages);
 *     co_list_append(&pages, &home.link);
 *     co_list_each(link, &pages)
 *         co_say("%s", co_container_of(link, struct page, link)->url);
 *
 * The head of a list and a link have the same type. A link that is on no list points at
 * itself, so it may be removed twice, and one comparison shows whether it is on a list.
 */
#ifndef CO_LIST_H
#define CO_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct co_list {
    struct co_list *next;
    struct co_list *prev;
};

#define co_container_of(link, type, member) \
    ((type *)((char *)(link)-offsetof(type, member)))

/* For each link of the list. The body may remove and free the current one. */
#define co_list_each(link, list)                                                      \
    for (struct co_list *link = (list)->next, *co_next_ = link->next; link != (list); \
         link = co_next_, co_next_ = link->next)

static inline void co_list_init(struct co_list *list)
{
    list->next = list->prev = list;
}

/* Of a head: the list is empty. Of a link: it is on no list. */
static inline bool co_list_empty(const struct co_list *list)
{
    return list->next == list;
}

static inline void co_list_append(struct co_list *list, struct co_list *link)
{
    link->next = list;
    link->prev = list->prev;
    list->prev->next = link;
    list->prev = link;
}

static inline void co_list_remove(struct co_list *link)
{
    link->prev->next = link->next;
    link->next->prev = link->prev;
    co_list_init(link);
}

/* Move all of `from` to the end of `to`, in order. */
static inline void co_list_splice(struct co_list *to, struct co_list *from)
{
    if (co_list_empty(from))
        return;
    from->next->prev = to->prev;
    to->prev->next = from->next;
    from->prev->next = to;
    to->prev = from->prev;
    co_list_init(from);
}

#endif

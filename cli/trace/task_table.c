#include "cli/trace/task_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

/* A task is found by a key: its number, or its name. Entries with a key are never
 * removed, so a search ends at the first empty one.
 */
struct task_entry {
    const char *name; /* NULL: the key is the number */
    int id;
    size_t place; /* counted from 1; 0: the entry is empty */
};

/* FNV-1a, then the finalizer of MurmurHash3: the low bits depend on all of the key. */
static uint64_t hash_of(const char *name, int id)
{
    uint64_t hash = name ? 0xcbf29ce484222325 : (uint64_t)id;

    for (; name && *name; name++)
        hash = (hash ^ (unsigned char)*name) * 0x100000001b3;
    hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
    return hash ^ hash >> 33;
}

static struct task_entry *find_entry(const struct task_table *table, const char *name,
                                     int id)
{
    for (size_t i = hash_of(name, id);; i++) {
        struct task_entry *entry = &table->entries[i & (table->capacity - 1)];
        if (!entry->place)
            return entry;
        if (name ? entry->name && strcmp(entry->name, name) == 0
                 : !entry->name && entry->id == id)
            return entry;
    }
}

/* Keep a third of the entries empty or more, and so the searches short. */
static void make_room(struct task_table *table)
{
    struct task_table larger = {
        .capacity = table->capacity ? 2 * table->capacity : 64,
        .count = table->count,
    };

    if (3 * (table->count + 1) <= 2 * table->capacity)
        return;
    larger.entries = xnonnull(calloc(larger.capacity, sizeof(*larger.entries)));
    for (size_t i = 0; i < table->capacity; i++) {
        const struct task_entry *entry = &table->entries[i];
        if (entry->place)
            *find_entry(&larger, entry->name, entry->id) = *entry;
    }
    free(table->entries);
    *table = larger;
}

static void set_entry(struct task_table *table, const char *name, int id, size_t place)
{
    make_room(table);
    struct task_entry *entry = find_entry(table, name, id);
    table->count += !entry->place;
    *entry = (struct task_entry){ name, id, place + 1 };
}

size_t task_table_find(const struct task_table *table, const char *name, int id)
{
    if (!table->count)
        return TASK_NONE;
    return find_entry(table, id < 0 ? name : NULL, id)->place - 1;
}

void task_table_add(struct task_table *table, const char *name, int id, size_t place)
{
    set_entry(table, name, -1, place);
    if (id >= 0)
        set_entry(table, NULL, id, place);
}

void task_table_finish(struct task_table *table) { free(table->entries); }

/* scope.c - names while rendering.
 *
 * Loop variables and parameters are few and live on a stack searched from its
 * end; assigned names, counters and globals seen before live in small hash
 * tables keyed by the hash the parser computed. */
#include "base/hash.h"
#include "renderer.h"

struct name name_make(str text)
{
    return (struct name){text, hash_str(text)};
}

static struct binding *name_table_slot(const struct name_table *table, const struct name *name)
{
    ptrdiff_t mask = table->capacity - 1;
    for (ptrdiff_t at = (ptrdiff_t)(name->hash & (uint64_t)mask);; at = (at + 1) & mask) {
        struct binding *slot = &table->slots[at];
        if (!slot->name || name_equal(slot->name, name)) return slot;
    }
}

value *name_table_get(const struct name_table *table, const struct name *name)
{
    if (!table->count) return NULL;
    struct binding *slot = name_table_slot(table, name);
    return slot->name ? &slot->value : NULL;
}

static void name_table_grow(struct arena *arena, struct name_table *table)
{
    struct name_table old = *table;
    table->capacity = old.capacity ? old.capacity * 2 : 16;
    table->slots = ARENA_NEWS(arena, struct binding, table->capacity);
    for (ptrdiff_t i = 0; i < old.capacity; i++)
        if (old.slots[i].name) *name_table_slot(table, old.slots[i].name) = old.slots[i];
}

void name_table_set(struct arena *arena, struct name_table *table, const struct name *name, value v)
{
    if (table->count * 2 >= table->capacity) name_table_grow(arena, table);
    struct binding *slot = name_table_slot(table, name);
    if (!slot->name) {
        slot->name = name;
        table->count++;
    }
    slot->value = v;
}

ptrdiff_t scope_mark(const struct renderer *renderer)
{
    return renderer->scope->stack.count;
}

void scope_push(struct renderer *renderer, const struct name *name, value v)
{
    struct binding_list *stack = &renderer->scope->stack;
    ARENA_PUSH(renderer->arena, stack->items, stack->count, stack->capacity) = (struct binding){name, v};
}

void scope_pop(struct renderer *renderer, ptrdiff_t mark)
{
    renderer->scope->stack.count = mark;
}

void scope_assign(struct renderer *renderer, const struct name *name, value v)
{
    name_table_set(renderer->arena, &renderer->scope->assigned, name, v);
}

/* The name may be computed, or of an expression that a filter read: gone when its output is written. */
static const struct name *scope_keep(struct arena *arena, const struct name *name)
{
    struct name kept = {str_copy(arena, name->text), name->hash};
    return arena_copy(arena, &kept, sizeof kept);
}

bool scope_get(struct renderer *renderer, const struct name *name, value *out)
{
    struct scope *scope = renderer->scope;
    for (ptrdiff_t i = scope->stack.count - 1; i >= 0; i--) {
        if (!name_equal(scope->stack.items[i].name, name)) continue;
        *out = scope->stack.items[i].value;
        return true;
    }
    const value *found = name_table_get(&scope->assigned, name);
    if (!found) found = name_table_get(&scope->counters, name);
    if (!found) found = name_table_get(&scope->cache, name);
    if (found) {
        *out = *found;
        return true;
    }
    bool local = !scope->isolated && value_find(renderer->job->locals, name->text, name->hash, renderer->arena, out);
    if (!local && !value_find(renderer->job->globals, name->text, name->hash, renderer->arena, out)) {
        *out = value_null();
        return false;
    }
    name_table_set(renderer->arena, &scope->cache, scope_keep(renderer->arena, name), *out);
    return true;
}

/* A name that some tag of the templates being rendered sets, or a word the
 * language itself uses: where it is not set it is null. */
bool scope_may_be_unset(const struct renderer *renderer, const struct name *name)
{
    static const str words[] = {STR_INIT("forloop"), STR_INIT("tablerowloop"), STR_INIT("include"),
                                STR_INIT("block"), STR_INIT("content")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal(words[i], name->text)) return true;
    for (const struct frame *frame = renderer->frame; frame; frame = frame->parent) {
        const struct name_list *list = &frame->template_->assigned;
        for (ptrdiff_t i = 0; i < list->count; i++)
            if (name_equal(&list->items[i], name)) return true;
    }
    return false;
}

struct scope_names {
    str *items;
    ptrdiff_t count, capacity;
};

static void scope_add_keys(struct renderer *renderer, struct scope_names *names, value map)
{
    struct arena *arena = renderer->arena;
    if (map.kind == VALUE_MAP)
        for (ptrdiff_t i = 0; i < map.as.map->count; i++)
            ARENA_PUSH(arena, names->items, names->count, names->capacity) = map.as.map->pairs[i].key;
    if (map.kind != VALUE_DROP || !map.as.drop.class_->keys) return;
    value keys = map.as.drop.class_->keys(map.as.drop.self, arena);
    for (ptrdiff_t i = 0; i < value_count(keys); i++)
        ARENA_PUSH(arena, names->items, names->count, names->capacity) = value_text(value_at(keys, i, arena));
}

str scope_nearest(struct renderer *renderer, str name)
{
    struct scope *scope = renderer->scope;
    struct scope_names names = {0};
    for (ptrdiff_t i = 0; i < scope->stack.count; i++)
        ARENA_PUSH(renderer->arena, names.items, names.count, names.capacity) = scope->stack.items[i].name->text;
    for (ptrdiff_t i = 0; i < scope->assigned.capacity; i++)
        if (scope->assigned.slots[i].name)
            ARENA_PUSH(renderer->arena, names.items, names.count, names.capacity) =
                scope->assigned.slots[i].name->text;
    scope_add_keys(renderer, &names, renderer->job->globals);
    if (!scope->isolated) scope_add_keys(renderer, &names, renderer->job->locals);
    return str_nearest(name, names.items, names.count);
}

/* targets.c - see targets.h. */
#include "targets.h"

#include "base/hash.h"
#include "base/pack.h"

static uint64_t digest_target(const struct target *target)
{
    uint64_t digest = hash_str(target->url) * 4 + (uint64_t)target->found * 2 + target->remote;
    const struct asset *asset = target->asset;
    if (!asset) return digest;
    digest = digest * 31 + hash_str(asset->path) + hash_str(asset->url);
    digest = digest * 31 + (uint64_t)asset->info.width + ((uint64_t)asset->info.height << 32);
    return digest * 31 + asset->hash.low + (uint64_t)asset->info.kind * 4 + asset->broken * 2 + asset->is_picture;
}

void targets_add(struct buf *list, str destination, bool picture, const struct target *target)
{
    pack_bool(list, picture);
    pack_str(list, destination);
    pack_number(list, digest_target(target));
}

bool targets_hold(const struct page *page, str list, struct arena *scratch, str *changed)
{
    struct unpack in = {.bytes = list};
    struct diags unheard = diags_in(scratch);
    while (in.bytes.len > 0 && !in.failed) {
        bool picture = unpack_bool(&in);
        str destination = unpack_str(&in);
        struct target target = {0};
        resolve_target(page->site, page, destination, picture, (span){0}, scratch, &unheard, &target);
        if (unpack_number(&in) == digest_target(&target)) continue;
        if (changed) *changed = destination;
        return false;
    }
    return !in.failed;
}

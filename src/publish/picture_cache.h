/* picture_cache.h - inside publish/: variants kept under .hugi/images. */
#ifndef HUGI_PUBLISH_PICTURE_CACHE_H
#define HUGI_PUBLISH_PICTURE_CACHE_H

#include "publish/publish.h"

/* What a variant is: the original's content and the recipe, and nothing of names or times. */
hash128 picture_key(const struct asset *asset, const struct image_recipe *recipe);
/* What its bytes are: that, and the encoder found here.  Not in its address, which is the same on every machine. */
hash128 picture_bytes_key(const struct asset *asset, const struct image_recipe *recipe);
/* A variant's recipe in the size it really gets, once: asked again, a crop would shrink. */
struct image_recipe variant_recipe(const struct variant *variant);
/* picture_choice.c: decides the format of all variants that have none yet. */
bool picture_choices_make(struct publish *publish, struct diags *diags);
/* The file that says: of this recipe without a format, `format` was chosen. */
str picture_choice_path(const struct publish *publish, const struct asset *asset, const struct image_recipe *recipe,
                        enum image_kind format, struct arena *arena);
/* Files of the cache end with the hash of the rest: a damaged one is none, and is made again.  Put by way
 * of one further name, so that a killed build leaves nothing that the next does not take over. */
bool picture_cache_put(str path, str bytes, struct arena *arena, struct diags *diags);
bool picture_cache_get(str path, struct arena *arena, str *out);    /* false: it is not there, or not whole */
bool picture_cache_has(str path, struct arena *arena);
/* Once all variants are among the outputs: what earlier builds learnt of the originals, `undecoded` among it. */
void picture_notes_read(struct publish *publish);
/* Encodes what is neither in place nor in the cache; marks the others'
 * `unchanged`.  Returns how many variants were made. */
ptrdiff_t picture_cache_fill(struct publish *publish, struct diags *diags);
str picture_cache_path(const struct publish *publish, const struct asset *asset, const struct image_recipe *recipe, struct arena *arena);
/* Removes what no page of this build shows and nobody made within a month. */
void picture_cache_prune(const struct publish *publish);
/* picture_tint.c.  In the plan: which variant tells the tint of each picture; what the cache knows of
 * another one is forgotten.  Once variants are made: reads the tints that are not known. */
void picture_tints_plan(struct publish *publish);
void picture_tints_learn(struct publish *publish);
/* check_pictures.c: warnings at the places of pictures that are left out. */
void pictures_check(const struct publish *publish, struct diags *diags);
/* A picture that cannot be read: an error, or a warning by images.on_error.  Always false. */
bool picture_report(const struct publish *publish, const struct asset *asset, str error, struct diags *diags);

#endif

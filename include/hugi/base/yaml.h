/* yaml.h - YAML (libyaml's parser, core schema) to values with places.
 *
 * One document.  Anchors, aliases, merge keys (<<), block scalars; plain
 * scalars by the core schema: null/~/empty, true/false, integers, floats;
 * timestamps stay text (date_parse reads them).  Errors, each with its column and how to
 * write it: duplicate key, tab as indent, `title: a: b`, unknown alias, too deep (100), more than
 * 1,000,000 nodes after aliases. */
#ifndef HUGI_BASE_YAML_H
#define HUGI_BASE_YAML_H

#include "base/diag.h"
#include "base/value.h"

/* Keys are text as written (2023, true, ~), each once in a map; merged pairs give
 * way to the map's own.  Whole numbers beyond 64 bits stay text.  Tags: those
 * of the core schema; others are refused, since "title: !후기" means text.  A tab
 * on a line that is otherwise empty is taken as a blank.
 *
 * `text` is a part of file `file` that starts at byte `offset` of it, so spans
 * point into the file.  An empty document gives VALUE_NULL. */
bool yaml_parse(struct arena *arena, str text, uint32_t file, uint32_t offset,
                struct diags *diags, value *out);

#endif

/* liquid.h - the theme language: text + values -> bytes.
 *
 * Liquid as Shopify defines it (5.x) and Jekyll extends it.  This folder knows
 * nothing of posts, photos or Lua: what the host adds (Lua filters, shortcodes,
 * markdownify, img) comes in as extensions.
 *
 * A template is parsed once, is const from then on and shared by all workers.
 * Rendering allocates only from the arena it is given.
 *
 * Errors are located diagnostics with the include stack as related places. */
#ifndef HUGI_TEMPLATE_LIQUID_H
#define HUGI_TEMPLATE_LIQUID_H

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/value.h"

enum liquid_mode {
    LIQUID_STRICT,      /* hugi's themes: unknown filter, tag, partial, top-level name is an error */
    LIQUID_LAX,         /* as Shopify's Liquid 5 behaves by default */
    LIQUID_JEKYLL       /* lax, with Jekyll's filters and tags where the two disagree */
};

struct liquid_template;

/* One call of a host's filter or tag. */
struct liquid_call {
    str name;
    const void *data;           /* the extension's own */
    void *user;                 /* the render's own (a worker's Lua state ...) */
    value input;                /* filters: what stands before the '|' */
    const value *arguments;
    ptrdiff_t argument_count;
    value named;                /* map of name: value arguments */
    str body;                   /* block tags: what stands between the tags, rendered */
    span at;
    struct arena *arena;
    struct diags *diags;
    value result;               /* VALUE_STR with .safe for HTML; anything for filters */
};

/* False means one diagnostic was reported. */
typedef bool liquid_extension_fn(struct liquid_call *call);

struct liquid_extension {
    str name;
    liquid_extension_fn *call;
    const void *data;
    bool block;                 /* tags only: {% name %}...{% endname %} */
};

/* Limits; 0 means the default in brackets. */
struct liquid_limits {
    int depth;                  /* nested includes and blocks [100] */
    int64_t steps;              /* loop turns, tags and filters run [10,000,000] */
    int64_t output;             /* bytes written [32 MiB] */
    int milliseconds;           /* of one render [10,000]; looked at every few thousand steps */
};

/* What templates of one theme or one filter run share.  Fill it, then do not
 * change it while templates of it exist. */
struct liquid_env {
    enum liquid_mode mode;
    struct liquid_limits limits;
    const struct liquid_extension *filters;
    ptrdiff_t filter_count;
    const struct liquid_extension *tags;
    ptrdiff_t tag_count;
    /* The partial or layout of that name, or NULL.  Called while rendering, from any thread. */
    const struct liquid_template *(*partial)(const struct liquid_env *env, str name);
    /* The file of that name beside the outermost template, for {% include_relative %}, or
     * NULL; what is wrong with one that is there is reported.  NULL: where partials are. */
    const struct liquid_template *(*relative)(const struct liquid_env *env, str name, span at, struct diags *diags);
    const void *partial_data;
    void *relative_data;        /* of one render's own thread */
    /* The name nearest to one that was not found, or "".  NULL: no hint. */
    str (*nearest_partial)(const struct liquid_env *env, str name, struct arena *arena);
    str base_url;               /* for absolute_url and relative_url; "" adds nothing */
    bool writer_adds_base;      /* relative_url leaves the base to who writes the finished page */
    const struct zone *zone;    /* for dates without a zone; NULL is UTC */
    instant now;                /* 'now' and 'today' */
    str language;               /* date_ko & co: "ko" or "en" */
};

struct liquid_parse {
    str text;                   /* the template; kept by the caller as long as it is used */
    uint32_t file;              /* its number in struct sources; spans point into it ... */
    uint32_t offset;            /* ... from this byte on (a post's body after its front matter) */
    /* A post's Liquid: unknown tags, and outputs whose first name is not in
     * `known_names`, stay as text, and so does everything inside `verbatim`
     * (code; sorted byte ranges of `text`). */
    bool lenient;
    const str *known_names;
    ptrdiff_t known_name_count;
    const struct liquid_range { ptrdiff_t start, end; } *verbatim;
    ptrdiff_t verbatim_count;
};

/* All errors of the template are reported, then NULL. */
const struct liquid_template *liquid_parse(const struct liquid_env *env, struct arena *arena,
                                           const struct liquid_parse *source, struct diags *diags);
/* Does it hold any tag or output at all?  (A post without Liquid is not rendered.) */
bool liquid_is_plain(const struct liquid_template *template_);

/* Which byte of the source an output byte came from: output bytes from
 * `output` up to the next segment's come from source bytes from `source` on;
 * `copied` says one to one (text), else all are of one tag at `source`. */
struct liquid_segment {
    ptrdiff_t output;
    uint32_t source;
    bool copied;
};
struct liquid_segments {
    struct liquid_segment *items;
    ptrdiff_t count, capacity;
};

/* Told what a text depends on besides template and values. */
struct liquid_watch {
    void (*partial)(void *user, str name);      /* a partial or layout is looked for; it may be missing */
    void (*now)(void *user);                    /* the time is used */
    /* Around each template, partial and layout, by its number among the sources.  NULL: not told. */
    void (*begin)(void *user, uint32_t file);
    void (*end)(void *user);
};

/* {% highlight INFO %}TEXT{% endhighlight %}, for a host that shows code in its own way. */
struct liquid_code {
    str info;                   /* the language in lower case, and the options as written */
    str text;                   /* rendered */
    str before;                 /* what has been written of its line */
    bool ends_line;             /* nothing stands behind it on its line */
};

struct liquid_render {
    const struct liquid_template *template_;
    value globals;              /* map or drop: the names a template may use */
    value locals;               /* map put before the globals; may be null */
    void *user;                 /* handed to extensions */
    const struct liquid_watch *watch;   /* may be NULL */
    struct liquid_segments *segments;   /* NULL unless wanted */
    /* What a lenient template (a post) gets as HTML, from a partial or a value
     * that is `safe`, is handed over; what comes back is written in its place.
     * NULL: written as it is. */
    str (*put_aside)(void *user, str html);
    /* What to write for such a template's code.  NULL: HTML in Jekyll's frame. */
    str (*code_block)(void *user, const struct liquid_code *code, struct arena *arena);
};

/* Appends to `out`; intermediate values live in `arena`. */
bool liquid_render(const struct liquid_env *env, const struct liquid_render *render,
                   struct arena *arena, struct buf *out, struct diags *diags);

/* Names for "did you mean", help and tests. */
ptrdiff_t liquid_filter_names(enum liquid_mode mode, const str **names);
ptrdiff_t liquid_tag_names(enum liquid_mode mode, const str **names);

#endif

/* highlight.c - the entry points: languages and results are found once and shared by all workers.
 *
 * One lock guards the tables; it is not held while code is read or a pattern runs, but for the
 * loading of a language.  Two workers that meet the same new code both do the work, with the same
 * result.  Lua states of languages with a hook are lent, one to a piece of code. */
#include "highlight/highlight.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/job.h"
#include "base/path.h"
#include "base/utf8.h"
#include "code_lexer.h"
#include "sessions.h"

enum { MOST_CODE = 512 * 1024 };

struct highlight {
    struct arena arena;
    struct job_lock *lock;
    str filetypes;
    struct definitions definitions;
    struct language_names names;
    struct map written;         /* what people write -> its language, or &no_language */
    struct map languages;       /* the name of a definition -> the same */
    struct map results;         /* hash of language and code -> str * */
    const char *given;
    bool looked, missing;
    bool wanted;                /* some code named a language */
    struct language no_language;
};

static const char *const folders[] = {"/usr/share/highlight", "/usr/local/share/highlight", "/opt/homebrew/share/highlight"};
static const char *const settings[] = {"/etc/highlight", "/usr/local/etc/highlight", "/opt/homebrew/etc/highlight"};

static bool has_definitions(struct highlight *highlight, str folder)
{
    highlight->definitions.folder = path_join(&highlight->arena, folder, S("langDefs"));
    return file_exists(highlight->definitions.folder);
}

/* Once: when the first code comes, or somebody asks for the identity. */
static void look_for_definitions(struct highlight *highlight)
{
    struct arena *arena = &highlight->arena;
    highlight->looked = true;
    if (highlight->given && !*highlight->given) return;
    if (highlight->given) {
        highlight->missing = !has_definitions(highlight, str_c(highlight->given));
        highlight->filetypes = path_join(arena, str_c(highlight->given), S("filetypes.conf"));
        return;
    }
    highlight->missing = true;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && highlight->missing; i++) {
        highlight->missing = !has_definitions(highlight, str_c(folders[i]));
        highlight->filetypes = path_join(arena, str_c(settings[i]), S("filetypes.conf"));
    }
}

uint64_t highlight_identity(struct highlight *highlight)
{
    struct file_stat definitions = {0}, names = {0};
    if (!highlight->looked) look_for_definitions(highlight);
    if (highlight->missing || !highlight->definitions.folder.len) return highlight->missing;
    file_stat(highlight->definitions.folder, &definitions);
    file_stat(highlight->filetypes, &names);
    return hash_str(highlight->definitions.folder) + (uint64_t)definitions.mtime_ns * 31 + (uint64_t)names.mtime_ns;
}

/* --- languages: all with the lock held ------------------------------------------------ */

static struct language *load_named(struct highlight *highlight, str name)
{
    struct language *language = map_get(&highlight->languages, name);
    if (language) return language;
    language = definitions_has(&highlight->definitions, name) ? language_load(&highlight->definitions, name) : NULL;
    if (!language) language = &highlight->no_language;
    map_put(&highlight->arena, &highlight->languages, str_copy(&highlight->arena, name), language);
    return language;
}

static struct language *load_written(struct highlight *highlight, str written)
{
    struct language *language = map_get(&highlight->written, written);
    if (language) return language;
    highlight->wanted = true;
    if (!highlight->looked) look_for_definitions(highlight);
    str name = {0};
    if (highlight->definitions.folder.len && !highlight->missing)
        name = language_resolve(&highlight->names, &highlight->definitions, highlight->filetypes, written);
    language = name.len ? load_named(highlight, name) : &highlight->no_language;
    map_put(&highlight->arena, &highlight->written, str_copy(&highlight->arena, written), language);
    return language;
}

static const struct language *find_language(struct highlight *highlight, str written)
{
    job_lock_take(highlight->lock);
    struct language *language = load_written(highlight, written);
    job_lock_leave(highlight->lock);
    return language == &highlight->no_language ? NULL : language;
}

/* --- what the lexer asks for -------------------------------------------------------------- */

static const struct language *source_language(void *context, str name)
{
    struct highlight *highlight = context;
    job_lock_take(highlight->lock);
    struct language *language = load_named(highlight, name);
    job_lock_leave(highlight->lock);
    return language == &highlight->no_language ? NULL : language;
}

static struct language *writable(struct highlight *highlight, const struct language *language)
{
    return map_get(&highlight->languages, language->name);
}

static struct state_hook *source_lend(void *context, const struct language *language)
{
    struct highlight *highlight = context;
    job_lock_take(highlight->lock);
    struct language *owner = writable(highlight, language);
    struct state_hook *hook = owner->spare;
    if (hook) owner->spare = hook->next;
    job_lock_leave(highlight->lock);
    return hook ? hook : hook_open(&highlight->definitions, language);
}

static void source_give_back(void *context, const struct language *language, struct state_hook *hook)
{
    struct highlight *highlight = context;
    job_lock_take(highlight->lock);
    struct language *owner = writable(highlight, language);
    hook->next = owner->spare;
    owner->spare = hook;
    job_lock_leave(highlight->lock);
}

/* --- results --------------------------------------------------------------------------------- */

struct result_key {
    hash128 code;
    const struct language *language;
};

static const str *find_result(struct highlight *highlight, const struct result_key *key)
{
    job_lock_take(highlight->lock);
    const str *html = map_get(&highlight->results, (str){(const char *)key, sizeof *key});
    job_lock_leave(highlight->lock);
    return html;
}

static void keep_result(struct highlight *highlight, const struct result_key *key, str html)
{
    job_lock_take(highlight->lock);
    str name = {arena_copy(&highlight->arena, key, sizeof *key), sizeof *key};
    str *kept = ARENA_NEW(&highlight->arena, str);
    *kept = str_copy(&highlight->arena, html);
    if (!map_get(&highlight->results, name)) map_put(&highlight->arena, &highlight->results, name, kept);
    job_lock_leave(highlight->lock);
}

bool highlight_language(struct highlight *highlight, str written, str code, struct buf *out)
{
    const struct language *language = find_language(highlight, written);
    if (!language || utf8_invalid(code) >= 0) return false;
    struct result_key key;
    memset(&key, 0, sizeof key);
    key.code = hash_bytes(code.p, (size_t)code.len);
    key.language = language;
    const str *known = find_result(highlight, &key);
    if (known) {
        buf_add(out, *known);
        return true;
    }
    struct lexer_source source = {highlight, source_language, source_lend, source_give_back};
    struct arena scratch = {0};
    struct spans spans = {.out = out};
    ptrdiff_t before = out->len;
    buf_reserve(out, code.len * 2);
    lexer_run(&source, language, code, &scratch, &spans);
    keep_result(highlight, &key, str_from(buf_str(out), before));
    arena_free(&scratch);
    return true;
}

/* --- the entry points -------------------------------------------------------------------------- */

struct highlight *highlight_start(const char *folder)
{
    struct highlight *highlight = memory_alloc(sizeof *highlight);
    *highlight = (struct highlight){.given = folder, .lock = job_lock_make()};
    highlight->definitions.arena = &highlight->arena;
    return highlight;
}

void highlight_stop(struct highlight *highlight)
{
    for (ptrdiff_t i = 0; i < highlight->languages.count; i++)
        language_free(highlight->languages.entries[i].value);
    job_lock_free(highlight->lock);
    arena_free(&highlight->arena);
    memory_free(highlight);
}

bool highlight_code(struct highlight *highlight, str language, str code, struct buf *out)
{
    if (language.len == 0 || language.len > 40 || code.len > MOST_CODE) return false;
    char lower[40];
    for (ptrdiff_t i = 0; i < language.len; i++) lower[i] = char_lower(language.p[i]);
    language.p = lower;
    if (session_is(language, code)) session_write(highlight, code, out);
    else if (diff_is(language)) diff_write(highlight, language, code, out);
    else return highlight_language(highlight, language, code, out);
    return true;
}

bool highlight_is_missing(const struct highlight *highlight) { return highlight->wanted && highlight->missing; }

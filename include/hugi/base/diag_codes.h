/* diag_codes.h - the table of diagnostics: one row each, by the step that reports it.
 * DIAG_CODE(NAME, "text-form", SEVERITY, "what it means") */

/* files */
DIAG_CODE(IO, "io", ERROR, "a file could not be read or written")
DIAG_CODE(ENCODING, "invalid-encoding", ERROR, "a file is not UTF-8 or holds a NUL byte")
DIAG_CODE(SYMLINK, "symlink-outside", WARNING, "a symbolic link leads out of the site")
DIAG_CODE(TOO_LARGE, "too-large", ERROR, "a file is larger than hugi reads")
/* YAML, JSON, settings */
DIAG_CODE(YAML, "yaml", ERROR, "YAML that cannot be read")
DIAG_CODE(JSON, "json", ERROR, "JSON that cannot be read")
DIAG_CODE(FRONT_MATTER, "front-matter", ERROR, "front matter that does not end or is no map")
DIAG_CODE(CONFIG_KEY, "config-key", ERROR, "a setting that does not exist")
DIAG_CODE(CONFIG_VALUE, "config-value", ERROR, "a setting of the wrong type or range")
DIAG_CODE(FIELD, "field", ERROR, "a front-matter field of the wrong type")
DIAG_CODE(DATE, "bad-date", ERROR, "a date that is none")
DIAG_CODE(UNDATED, "undated", WARNING, "a post without a date")
DIAG_CODE(FIELD_REPEATED, "field-repeated", WARNING, "two synonyms of one front-matter field disagree")
/* arranging */
DIAG_CODE(COLLISION, "collision", ERROR, "two pages or files want one address")
DIAG_CODE(ADDRESS, "bad-address", ERROR, "an address that leads out of the site, or is too long for a file")
DIAG_CODE(LAYOUT, "unknown-layout", WARNING, "a layout that the theme does not have")
DIAG_CODE(EVENT, "unknown-event", WARNING, "an event that no page describes")
DIAG_CODE(AUTHOR, "unknown-author", WARNING, "an author that no page describes")
DIAG_CODE(TRANSLATION, "translation", WARNING, "a translation without its original, or two of one language")
/* markup */
DIAG_CODE(LINK, "broken-link", WARNING, "a link to a page, file or heading that is not there")
DIAG_CODE(IMAGE_MISSING, "missing-image", WARNING, "a picture that is not there")
DIAG_CODE(IMAGE_CASE, "image-case", WARNING, "a picture whose name differs in letter case")
DIAG_CODE(NO_HIGHLIGHTING, "no-highlighting", NOTICE, "code, and no definitions of languages")
DIAG_CODE(NESTING, "nesting", ERROR, "Markdown or HTML nested too deep")
/* templates */
DIAG_CODE(LIQUID_SYNTAX, "liquid-syntax", ERROR, "Liquid that cannot be parsed")
DIAG_CODE(LIQUID_TAG, "liquid-unknown-tag", ERROR, "a Liquid tag that does not exist")
DIAG_CODE(LIQUID_FILTER, "liquid-unknown-filter", ERROR, "a Liquid filter that does not exist")
DIAG_CODE(LIQUID_NAME, "liquid-unknown-name", ERROR, "a name that does not exist (strict mode)")
DIAG_CODE(LIQUID_PARTIAL, "missing-partial", ERROR, "a partial or layout that is not there")
DIAG_CODE(LIQUID_ARGUMENT, "liquid-argument", ERROR, "a filter or tag argument that does not fit")
DIAG_CODE(LIQUID_LIMIT, "liquid-limit", ERROR, "a template that went over a limit")
/* hooks */
DIAG_CODE(LUA_SYNTAX, "lua-syntax", ERROR, "a hook that Lua cannot load")
DIAG_CODE(LUA, "lua-error", ERROR, "an error raised by a hook")
DIAG_CODE(LUA_LOG, "lua-log", NOTICE, "what a hook says with hugi.log")
DIAG_CODE(LUA_HOOK_NAME, "lua-hook-name", WARNING, "a function whose name is almost a hook's")
DIAG_CODE(LUA_LIMIT, "lua-limit", ERROR, "a hook that went over its memory or step limit")
/* pictures */
DIAG_CODE(IMAGE, "image", ERROR, "a picture that cannot be decoded")
DIAG_CODE(IMAGE_DAMAGED, "image-damaged", WARNING, "a picture of which only a part can be read")
DIAG_CODE(IMAGE_LIMIT, "image-limit", ERROR, "a picture over the size limits")
DIAG_CODE(IMAGE_KIND, "image-kind", NOTICE, "a picture whose name lies about its kind")
DIAG_CODE(BUDGET, "budget", WARNING, "a page or a picture heavier than the settings want")
DIAG_CODE(GIF_SIZE, "gif-size", NOTICE, "an animated GIF that would be far smaller as a film")
DIAG_CODE(IMAGE_UNCLEANED, "image-uncleaned", WARNING, "a file whose metadata hugi cannot remove")
/* theme and publishing */
DIAG_CODE(THEME, "theme", ERROR, "a theme that is missing or broken")
DIAG_CODE(NO_BASE_URL, "no-base-url", NOTICE, "no base_url: feeds and sitemap are left out")
DIAG_CODE(FOREIGN, "foreign-file", WARNING, "a file in the destination that hugi did not write")
DIAG_CODE(CACHE, "cache", WARNING, "what was made could not be remembered for the next build")
DIAG_CODE(BUSY, "busy", ERROR, "another build of this site is running")

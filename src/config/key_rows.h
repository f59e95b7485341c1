/* key_rows.h - the table of settings: one row for each key of hugi.yaml.
 *
 * CONFIG_KEY(name, type, remakes, member, default, example, least, most, help)
 *   name     dotted: "images.quality" is `images: {quality: 80}`
 *   type     one of enum key_type without KEY_; the reader of that type is in config_values.c
 *   remakes  what is made again when it changes: USERS when each step that uses it is done in every
 *            build, or notes that it has read it (view/reads.h); else ALL
 *   member   where it goes in struct config_draft
 *   default  YAML, read by the same reader as the file; "" means the field stays empty
 *   example  shown by errors where there is no default; for CHOICE and FORMATS the words allowed
 *   least, most   range of numbers, sizes and counts; of a text's length when most > 0
 * The order is that of `hugi help` and of hugi.yaml(5). */
CONFIG_KEY("title", TEXT, USERS, config.title, "", "다녀온 사람들", 0, 0, "name of the site [후기, or Trip reports]")
CONFIG_KEY("description", TEXT, USERS, config.description, "", "컨퍼런스 후기를 모읍니다.", 0, 0, "one sentence about the site")
CONFIG_KEY("author", TEXT, USERS, config.author, "", "한서진", 0, 0, "author of posts that name none")
CONFIG_KEY("base_url", URL, ALL, config.base_url, "", "https://me.github.io/blog", 0, 0,
           "address the site is published at; without it feeds and sitemap are left out")
CONFIG_KEY("language", ANY, ALL, language, "ko", "", 0, 0, "main language; when not given, the first of a list of languages")
CONFIG_KEY("languages", ANY, ALL, languages, "", "[ko, en]", 0, 0,
           "all languages: a list, or a map of code to {title, description} [the main one, and en (or ko)]")
CONFIG_KEY("timezone", ZONE, ALL, config.timezone, "Asia/Seoul", "", 0, 0, "zone of dates that name none")
CONFIG_KEY("theme", TEXT, ALL, config.theme, "default", "", 1, 100, "folder below themes/, or default")
CONFIG_KEY("params", MAP, USERS, config.params, "", "{accent: teal}", 0, 0, "options of the theme")
CONFIG_KEY("menu", MENU, USERS, config.menu, "", "[{title: 소개, url: /about/}]", 0, 0,
           "links of the header; from the pages when not given")
CONFIG_KEY("social", MAP, USERS, config.social, "", "{github: \"https://github.com/me\"}", 0, 0,
           "links of the footer: name to address")
CONFIG_KEY("paginate", INT, USERS, config.paginate, "10", "", 1, 1000, "posts on one page of a list")
CONFIG_KEY("permalinks", ANY, USERS, permalinks,
           "{posts: \"/posts/:slug/\", events: \"/events/:slug/\", authors: \"/authors/:slug/\", pages: \"/:path/\"}", "", 0, 0,
           "address patterns of sections, events, authors and pages; a further section has /NAME/:slug/")
CONFIG_KEY("taxonomies", NAMES, ALL, config.taxonomies, "[tags, categories, series, authors]", "", 0, 0,
           "front-matter fields that group posts; a given list replaces the default")
CONFIG_KEY("sections", ANY, ALL, sections, "{posts: [posts]}", "", 0, 0,
           "folders of content/ whose pages are dated posts")
CONFIG_KEY("feeds.atom", BOOL, USERS, config.feeds.atom, "true", "", 0, 0, "write /feed.xml")
CONFIG_KEY("feeds.rss", BOOL, USERS, config.feeds.rss, "true", "", 0, 0, "write /rss.xml")
CONFIG_KEY("feeds.json", BOOL, USERS, config.feeds.json, "true", "", 0, 0, "write /feed.json")
CONFIG_KEY("feeds.items", INT, USERS, config.feeds.items, "20", "", 1, 1000, "newest posts in a feed, with their full text")
CONFIG_KEY("build.drafts", BOOL, USERS, config.build.drafts, "false", "", 0, 0, "publish drafts")
CONFIG_KEY("build.future", BOOL, USERS, config.build.future, "false", "", 0, 0, "publish posts dated after now")
CONFIG_KEY("build.expired", BOOL, USERS, config.build.expired, "false", "", 0, 0, "publish posts that have expired")
CONFIG_KEY("markdown.liquid", BOOL, ALL, config.markdown.liquid, "true", "", 0, 0, "run Liquid and shortcodes in posts")
CONFIG_KEY("markdown.html", CHOICE, ALL, config.markdown.html, "allow", "allow sanitize escape", 0, 0,
           "HTML in posts: allow, sanitize or escape")
CONFIG_KEY("markdown.smart", BOOL, ALL, config.markdown.smart, "false", "", 0, 0, "curly quotes and dashes")
CONFIG_KEY("markdown.style", BOOL, ALL, config.markdown.style, "false", "", 0, 0, "style in attribute lists: {: style=\"color:red\"}")
CONFIG_KEY("images.widths", INTS, USERS, config.images.widths, "[480, 960, 1600]", "", 16, 10000,
           "widths pictures are made in; never larger than the original")
CONFIG_KEY("images.formats", FORMATS, USERS, config.images.formats, "[webp]", "webp jpeg png avif", 0, 0,
           "formats made besides the JPEG or PNG fallback")
CONFIG_KEY("images.quality", INT, USERS, config.images.quality, "80", "", 1, 100, "quality of JPEG and WebP")
CONFIG_KEY("images.on_error", CHOICE, ALL, config.images.on_error, "error", "error warn", 0, 0,
           "a picture that cannot be decoded: error or warn")
CONFIG_KEY("images.max_pixels", COUNT, ALL, config.images.max_pixels, "100M", "", 1, 1000000000,
           "width times height of the largest picture that is decoded")
CONFIG_KEY("images.max_bytes", SIZE, ALL, config.images.max_bytes, "200MB", "", 1048576, 4294967296,
           "size of the largest picture or film that is read")
CONFIG_KEY("images.allow", FORMATS, ALL, config.images.allow, "[]", "tiff raw jxl movie psd jp2 eps exr hdr jxr xcf avi webm film", 0, 0,
           "kinds published although nobody can remove what they say of place and owner")
CONFIG_KEY("cards.draw", BOOL, USERS, config.cards.draw, "false", "", 0, 0,
           "draw a picture for every page, to be shown with links to it (about 5 ms each, once); wants base_url and a Korean font")
CONFIG_KEY("cards.font", TEXT, USERS, config.cards.font, "", "Pretendard", 0, 0,
           "font of these cards, by its name [the system's for Korean]")
CONFIG_KEY("hooks.memory", SIZE, ALL, config.hooks.memory, "64MB", "", 1048576, 4294967296,
           "memory one Lua state may take")
CONFIG_KEY("hooks.steps", COUNT, ALL, config.hooks.steps, "50M", "", 1000, 100000000000,
           "Lua instructions one hook call may take")
CONFIG_KEY("templates.depth", INT, ALL, config.templates.depth, "100", "", 4, 100,
           "partials and blocks within each other")
CONFIG_KEY("templates.steps", COUNT, ALL, config.templates.steps, "10M", "", 1000, 100000000000,
           "loop turns, tags and filters one page may take")
CONFIG_KEY("templates.output", SIZE, ALL, config.templates.output, "32MB", "", 1048576, 1073741824,
           "bytes one page may have")
CONFIG_KEY("templates.time", INT, ALL, config.templates.time, "10000", "", 10, 3600000,
           "milliseconds one page may take")
CONFIG_KEY("check", MAP, USERS, config.check, "", "{}", 0, 0, "what hugi check allows")
CONFIG_KEY("budget.page", SIZE, USERS, config.budget.page, "", "2MB", 1024, 4294967296,
           "a page that weighs more in a window of 1440 pixels, with its pictures, is told")
CONFIG_KEY("budget.image", SIZE, USERS, config.budget.image, "", "400KB", 1024, 4294967296,
           "a size of a picture of more is told")

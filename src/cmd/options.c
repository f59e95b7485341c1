/* options.c - the table of flags and its parser (GNU habits: -j4, -j 4,
 * --jobs=4, --jobs 4, "--" ends flags, short switches may be joined). */
#include "options.h"

#include <stdarg.h>
#include <stdlib.h>

#include "input.h"

enum flag_kind { SWITCH, TEXT, NUMBER, PORT, LIST };

static const struct flag {
    char letter;                /* 0: none */
    const char *name, *argument, *help;
    enum flag_kind kind;
    size_t offset;
    unsigned mask;
} flags[] = {
#define AT(field) offsetof(struct options, field)
    {'s', "source", "DIR", "the site's folder [.]", TEXT, AT(build.source), FOR_BUILD | FOR_SERVE | FOR_LIST | FOR_CHECK | FOR_NEW},
    {'d', "destination", "DIR", "where the result goes [public]", TEXT, AT(build.destination), FOR_BUILD},
    {'b', "base-url", "URL", "address of the published site; wins over hugi.yaml", TEXT, AT(build.base_url), FOR_BUILD | FOR_SERVE | FOR_LIST | FOR_CHECK | FOR_LIQUID},
    {'D', "drafts", NULL, "drafts too", SWITCH, AT(build.drafts), FOR_BUILD | FOR_LIST | FOR_CHECK},
    {'F', "future", NULL, "pages dated in the future too", SWITCH, AT(build.future), FOR_BUILD | FOR_LIST | FOR_CHECK},
    {'j', "jobs", "N", "workers [one per processor]", NUMBER, AT(build.jobs), FOR_BUILD | FOR_SERVE | FOR_LIST | FOR_CHECK},
    {0, "strict", NULL, "warnings are errors", SWITCH, AT(build.strict), FOR_BUILD | FOR_LIST | FOR_CHECK},
    {0, "json", NULL, "report and diagnostics as JSON lines on standard output", SWITCH, AT(json), FOR_BUILD | FOR_LIST | FOR_CHECK | FOR_OTHER},
    {0, "photos", NULL, "list pictures that tell a place, an owner, a serial number", SWITCH, AT(photos), FOR_CHECK},
    {0, "explain", "FILE", "tell one file's trip, where it is shown, and why it was or was not made again: a source, a template, a result", TEXT, AT(build.explain), FOR_BUILD},
    {0, "timings", NULL, "tell where the time went: steps, templates, hooks, the slowest pages and outputs", SWITCH, AT(timings), FOR_BUILD},
    {0, "now", "TIME", "the time that decides what is in the future [now, or SOURCE_DATE_EPOCH]", TEXT, AT(build.now), FOR_BUILD | FOR_SERVE | FOR_LIST | FOR_CHECK | FOR_LIQUID},
    {'p', "port", "N", "where the preview listens; the next free one when it is taken [1313]", PORT, AT(port), FOR_SERVE},
    {0, "bind", "ADDRESS", "for other machines too: 0.0.0.0 is every network this one is in [127.0.0.1]", TEXT, AT(bind), FOR_SERVE},
    {0, "open", NULL, "open it in the browser", SWITCH, AT(open), FOR_SERVE},
    {0, "poll", NULL, "look for changes twice a second: for network drives, where the system does not tell", SWITCH, AT(poll), FOR_SERVE},
    {0, "profile", "NAME", "hugi, gfm or commonmark [hugi]", TEXT, AT(profile), FOR_MARKDOWN},
    {0, "ext", "LIST", "gfm extensions: table,strikethrough,autolink,tagfilter,tasklist,footnotes or none [all but footnotes]", TEXT, AT(extensions), FOR_MARKDOWN},
    {0, "cjk", NULL, "emphasis beside Hangul, Han and Kana in gfm and commonmark too", SWITCH, AT(cjk), FOR_MARKDOWN},
    {0, "plain", NULL, "structure only: no figures, anchors, demotion", SWITCH, AT(plain), FOR_MARKDOWN},
    {0, "smart", NULL, "curly quotes and dashes, as markdown.smart", SWITCH, AT(smart), FOR_MARKDOWN},
    {0, "style", NULL, "style in attribute lists, as markdown.style", SWITCH, AT(style), FOR_MARKDOWN},
    {0, "html", "MODE", "raw HTML: allow, sanitize or escape, as markdown.html [allow]", TEXT, AT(html), FOR_MARKDOWN},
    {0, "data", "FILE", "values for the template, JSON or YAML", TEXT, AT(data), FOR_LIQUID},
    {0, "partials", "DIR", "where partials are; may be given several times", LIST, AT(partials), FOR_LIQUID},
    {0, "mode", "NAME", "strict, lax or jekyll [lax]", TEXT, AT(mode), FOR_LIQUID},
    {0, "timezone", "NAME", "zone of dates without one [UTC]", TEXT, AT(timezone), FOR_LIQUID},
    {'q', "quiet", NULL, "say nothing but errors and warnings", SWITCH, AT(quiet), FOR_BUILD | FOR_SERVE | FOR_LIST | FOR_NEW | FOR_CHECK},
    {'v', "verbose", NULL, "every notice, not only the first of a kind", SWITCH, AT(verbose), FOR_BUILD},
    {'h', "help", NULL, "this help", SWITCH, AT(help), FOR_ALL},
};
enum { FLAGS = sizeof flags / sizeof *flags };

int usage_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("hugi: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("\n", stderr);
    va_end(arguments);
    return EXIT_USAGE;
}

static bool set_value(const struct flag *flag, const char *text, struct options *out)
{
    char *field = (char *)out + flag->offset;
    int64_t number;
    int most = flag->kind == PORT ? 65535 : 256;
    switch (flag->kind) {
    case SWITCH: *(bool *)field = true; return true;
    case TEXT: memcpy(field, &text, sizeof text); return true;
    case NUMBER:
    case PORT:
        if (!str_to_int(str_c(text), &number) || number < 0 || number > most) {
            usage_error("--%s wants a number from 0 to %d, not '%s'", flag->name, most, text);
            return false;
        }
        *(int *)field = (int)number;
        return true;
    case LIST:
        if (out->partial_count == MOST_REPEATS) {
            usage_error("--%s may be given %d times at most", flag->name, MOST_REPEATS);
            return false;
        }
        out->partials[out->partial_count++] = text;
        return true;
    }
    return false;
}

static const struct flag *find_long(const struct command *command, str name)
{
    for (int i = 0; i < FLAGS; i++)
        if ((flags[i].mask & command->mask) && str_equal(name, str_c(flags[i].name))) return &flags[i];
    return NULL;
}

static const struct flag *find_letter(const struct command *command, char letter)
{
    for (int i = 0; i < FLAGS; i++)
        if (flags[i].letter == letter && (flags[i].mask & command->mask)) return &flags[i];
    return NULL;
}

static bool unknown_flag(const struct command *command, str name)
{
    str names[FLAGS];
    ptrdiff_t count = 0;
    for (int i = 0; i < FLAGS; i++)
        if (flags[i].mask & command->mask) names[count++] = str_c(flags[i].name);
    str nearest = str_nearest(name, names, count);
    if (nearest.len)
        usage_error("'%s' has no flag --%" STR_F "; did you mean --%" STR_F "?", command->name, STR_A(name), STR_A(nearest));
    else
        usage_error("'%s' has no flag --%" STR_F "; see 'hugi help %s'", command->name, STR_A(name), command->name);
    return false;
}

/* "--name=value", "--name value", "--switch". */
static bool parse_long(const struct command *command, int count, char **arguments, int *at, struct options *out)
{
    str text = str_c(arguments[*at] + 2);
    ptrdiff_t equals = str_find_char(text, '=');
    const struct flag *flag = find_long(command, equals < 0 ? text : str_slice(text, 0, equals));
    if (!flag) return unknown_flag(command, equals < 0 ? text : str_slice(text, 0, equals));
    if (flag->kind == SWITCH && equals < 0) return set_value(flag, NULL, out);
    if (flag->kind == SWITCH) return usage_error("--%s takes no value", flag->name) == 0;
    if (equals >= 0) return set_value(flag, text.p + equals + 1, out);
    if (*at + 1 >= count) return usage_error("--%s wants %s", flag->name, flag->argument) == 0;
    return set_value(flag, arguments[++*at], out);
}

/* "-DF", "-j4", "-j 4". */
static bool parse_short(const struct command *command, int count, char **arguments, int *at, struct options *out)
{
    for (const char *p = arguments[*at] + 1; *p; p++) {
        const struct flag *flag = find_letter(command, *p);
        if (!flag) return usage_error("'%s' has no flag -%c; see 'hugi help %s'", command->name, *p, command->name) == 0;
        if (flag->kind == SWITCH) {
            set_value(flag, NULL, out);
            continue;
        }
        if (p[1]) return set_value(flag, p + 1, out);
        if (*at + 1 >= count) return usage_error("-%c wants %s", *p, flag->argument) == 0;
        return set_value(flag, arguments[++*at], out);
    }
    return true;
}

bool options_parse(const struct command *command, int count, char **arguments, struct options *out)
{
    bool only_words = false;
    for (int at = 0; at < count; at++) {
        char *text = arguments[at];
        if (!only_words && strcmp(text, "--") == 0) {
            only_words = true;
        } else if (!only_words && strncmp(text, "--", 2) == 0) {
            if (!parse_long(command, count, arguments, &at, out)) return false;
        } else if (!only_words && text[0] == '-' && text[1]) {
            if (!parse_short(command, count, arguments, &at, out)) return false;
        } else if (out->word_count == MOST_WORDS) {
            return usage_error("too many words; see 'hugi help %s'", command->name) == 0;
        } else {
            out->words[out->word_count++] = text;
        }
    }
    return true;
}

int site_options_check(const struct options *options)
{
    struct arena arena = {0};
    struct sources none = {.arena = &arena};
    struct diags diags = diags_in(&arena);
    bool ok = build_check_options(&options->build, &diags);
    input_print_diags(&none, &diags);
    arena_free(&arena);
    return ok ? EXIT_FINE : EXIT_USAGE;
}

void options_help(FILE *out, const struct command *command)
{
    for (int i = 0; i < FLAGS; i++) {
        const struct flag *flag = &flags[i];
        if (!(flag->mask & command->mask)) continue;
        char left[40], letter[8] = "    ";
        if (flag->letter) snprintf(letter, sizeof letter, "-%c, ", flag->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, flag->name, flag->argument ? " " : "", flag->argument ? flag->argument : "");
        fprintf(out, "  %-24s  %s\n", left, flag->help);
    }
}

/* make_man.c - the manual pages, from the tables hugi itself works by.
 *
 *   make_man 1 > hugi.1           commands, flags, front matter, hook points, diagnostics
 *   make_man 5 > hugi.yaml.5      every key of hugi.yaml
 *   make_man fields               what templates see, as the rows of docs/templates.md, which a test can compare
 *
 * Only the sentences around the tables are written here, so that a new flag,
 * key, field or diagnostic is in the manual by being in its table.
 *
 * Written in this order: text as roff, the parts of hugi(1), hugi.yaml(5), fields, main. */
#include "../src/cmd/options.h"

#include <stdlib.h>

#include "config/config_load.h"
#include "hook/hook.h"
#include "read/front_matter.h"
#include "view/view.h"

/* --- text as roff ------------------------------------------------------ */

/* A line may not begin as a request; '-' is a minus, so that flags can be copied. */
static void put(str text)
{
    if (text.len && (text.p[0] == '.' || text.p[0] == '\'')) fputs("\\&", stdout);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char c = text.p[i];
        if (c == '\\') fputs("\\e", stdout);
        else if (c == '-') fputs("\\-", stdout);
        else if (c == '"') fputs("\\(dq", stdout);
        else if (c == '\'') fputs("\\(aq", stdout);
        else putchar(c);
    }
}

static void put_line(str text)
{
    put(text);
    putchar('\n');
}

static void bold_line(str text)
{
    fputs(".B ", stdout);
    put_line(text);
}

static void head(const char *title, int section)
{
    printf(".\\\" Made by tools/make_man.c from hugi's own tables: edit those.\n"
           ".TH %s %d \"\" \"hugi %s\" \"hugi\"\n.nh\n.ad l\n", title, section, HUGI_VERSION);
}

/* --- hugi(1) ------------------------------------------------------------- */

/* "  -j, --jobs N    workers" of options_help: what stands left of the wide gap, and right of it. */
static void put_flag(str line)
{
    line = str_trim(line);
    ptrdiff_t gap = str_find(line, S("  "));
    if (line.len == 0) return;
    puts(".TP");
    bold_line(str_slice(line, 0, gap < 0 ? line.len : gap));
    if (gap >= 0) put_line(str_trim(str_from(line, gap)));
}

static void put_flags(const struct command *command)
{
    char line[512];
    FILE *help = tmpfile();
    if (!help) exit(EXIT_BUG);
    options_help(help, command);
    rewind(help);
    while (fgets(line, sizeof line, help)) put_flag(str_c(line));
    fclose(help);
}

/* Lines that begin with blanks are examples and keep their line ends. */
static void put_details(const char *details)
{
    bool filled = true;
    puts(".PP");
    for (str rest = str_c(details), line; str_split(&rest, '\n', &line);) {
        bool example = str_starts(line, S(" "));
        if (example == filled) puts(example ? ".nf" : ".fi");
        filled = !example;
        put_line(line);
    }
    if (!filled) puts(".fi");
}

static void put_commands(void)
{
    puts(".SH COMMANDS");
    for (int i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        fputs(".SS hugi ", stdout);
        put(str_c(command->name));
        if (command->arguments[0]) putchar(' ');
        put_line(str_c(command->arguments));
        put_line(str_c(command->help));
        if (command->details) put_details(command->details);
        put_flags(command);
    }
}

static void put_front_matter(void)
{
    const struct front_matter_help *rows;
    struct arena arena = {0};
    ptrdiff_t count = front_matter_table(&arena, &rows);
    puts(".SH FRONT MATTER\n"
         "YAML between two lines of three hyphens at the head of a page.\n"
         "All fields may be left out.\n"
         "Fields that are not listed here are kept for templates and hooks.");
    for (ptrdiff_t i = 0; i < count; i++) {
        puts(".TP");
        bold_line(rows[i].name);
        put(rows[i].help);
        if (rows[i].synonyms.len) {
            fputs("\n.br\nAlso accepted: ", stdout);
            put(str_replace(&arena, rows[i].synonyms, S(" "), S(", ")));
        }
        putchar('\n');
    }
    arena_free(&arena);
}

static void put_hook_points(void)
{
    puts(".SH HOOK POINTS\n"
         "Lua functions in\n.I hooks/*.lua\nthat hugi calls, in the order in which they run.");
    for (int i = 0; i < HOOK_POINT_COUNT; i++) {
        const struct hook_point_info *point = hook_point_info((enum hook_point)i);
        printf(".TP\n.BI %s( \"%s\" )\n", point->name, point->arguments);
        put_line(str_c(point->help));
    }
}

static void put_diagnostics(void)
{
    static const struct { const char *code, *severity, *help; } rows[] = {
#define DIAG_CODE(name, text, severity, help) {text, #severity, help},
#include "base/diag_codes.h"
#undef DIAG_CODE
    };
    puts(".SH DIAGNOSTICS\n"
         "The words of the field\n.B code\nunder\n.BR \\-\\-json .");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        puts(".TP");
        bold_line(str_c(rows[i].code));
        printf("%s: ", rows[i].severity[0] == 'E' ? "error" : rows[i].severity[0] == 'W' ? "warning" : "notice");
        put_line(str_c(rows[i].help));
    }
}

static void put_hugi_1(void)
{
    head("HUGI", 1);
    puts(".SH NAME\nhugi \\- makes a blog out of conference trip reports\n"
         ".SH SYNOPSIS\n.B hugi\n.I command\n.RI [ flags ]\n"
         ".SH DESCRIPTION\n"
         "hugi reads Markdown, plain text and photos below\n.I content/\n"
         "and writes a themed static site to\n.IR public/ .\n"
         "It knows conferences and their sessions, reads Korean as Koreans write it,\n"
         "and publishes photos in several sizes and without their metadata.\n"
         "Settings are in\n.IR hugi.yaml ,\n"
         "which may be missing; see\n.BR hugi.yaml (5).");
    put_commands();
    put_front_matter();
    put_hook_points();
    put_diagnostics();
    printf(".SH EXIT STATUS\n"
           ".TP\n.B %d\nfine\n.TP\n.B %d\nthe site has errors; what was published before is untouched\n"
           ".TP\n.B %d\nwrong usage\n.TP\n.B %d\na bug in hugi\n", EXIT_FINE, EXIT_SITE, EXIT_USAGE, EXIT_BUG);
    puts(".SH ENVIRONMENT\n"
         ".TP\n.B SOURCE_DATE_EPOCH\nthe time that decides what is in the future, in seconds, unless\n.B \\-\\-now\nis given\n"
         ".SH FILES\n"
         ".TP\n.I hugi.yaml\nsettings\n"
         ".TP\n.I content/\npages, posts, events, authors, and their photos\n"
         ".TP\n.I static/\nfiles that keep their paths\n"
         ".TP\n.I data/\nYAML and JSON for templates\n"
         ".TP\n.I hooks/\nLua of the site; a file of the theme's name takes its place\n"
         ".TP\n.I themes/NAME/\na theme, or the files of one that differ from the default theme's\n"
         ".TP\n.I public/\nthe result\n"
         ".TP\n.I .hugi/\npictures made before, and the list of files hugi wrote; may be deleted\n"
         ".SH SEE ALSO\n.BR hugi.yaml (5)");
}

/* --- hugi.yaml(5) -------------------------------------------------------- */

static void put_keys(void)
{
    const struct config_key_help *rows;
    ptrdiff_t count = config_key_table(&rows);
    puts(".SH KEYS\nA dot stands for a map in a map:\n.B images.quality\nis\n.BR \"images: {quality: 80}\" .");
    for (ptrdiff_t i = 0; i < count; i++) {
        puts(".TP");
        bold_line(rows[i].name);
        put_line(rows[i].help);
        fputs(".br\nType: ", stdout);
        put(rows[i].type);
        if (rows[i].default_.len) {
            fputs(". Default: ", stdout);
            put(rows[i].default_);
        }
        putchar('\n');
    }
}

static void put_hugi_yaml_5(void)
{
    head("HUGI.YAML", 5);
    puts(".SH NAME\nhugi.yaml \\- settings of a hugi site\n"
         ".SH DESCRIPTION\n"
         "A YAML map in the site's folder.\n"
         "No key has to be given, and the file itself may be missing.\n"
         "A key that is not listed here is an error that names the nearest one.");
    put_keys();
    puts(".SH EXAMPLES\n.nf\n"
         "title: 다녀온 사람들\n"
         "base_url: https://me.github.io/blog\n"
         "author: 한서진\n"
         "menu:\n"
         "  \\- {title: 소개, url: /about/}\n"
         "images:\n"
         "  quality: 75\n"
         ".fi\n"
         ".SH SEE ALSO\n.BR hugi (1)");
}

/* --- docs/templates.md ---------------------------------------------------- */

static void put_fields(void)
{
    const struct view_field_help *rows;
    struct arena arena = {0};
    ptrdiff_t count = view_field_table(&arena, &rows);
    for (ptrdiff_t i = 0; i < count; i++)
        printf("| `%" STR_F ".%" STR_F "` | %" STR_F " |\n", STR_A(rows[i].class_), STR_A(rows[i].name), STR_A(rows[i].help));
    arena_free(&arena);
}

int main(int count, char **arguments)
{
    const char *wanted = count == 2 ? arguments[1] : "";
    if (strcmp(wanted, "1") == 0) put_hugi_1();
    else if (strcmp(wanted, "5") == 0) put_hugi_yaml_5();
    else if (strcmp(wanted, "fields") == 0) put_fields();
    else return usage_error("make_man wants 1, 5 or fields");
    return ferror(stdout) || fflush(stdout) ? EXIT_BUG : EXIT_FINE;
}

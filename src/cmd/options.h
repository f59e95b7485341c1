/* options.h - inside cmd/: one table of commands, one table of flags.
 *
 * Both feed the parser, `hugi help` and the man page.  Exit codes: 0 fine,
 * 1 the site has errors, 2 wrong usage, 70 a bug in hugi. */
#ifndef HUGI_CMD_OPTIONS_H
#define HUGI_CMD_OPTIONS_H

#include "build/build.h"

enum { EXIT_FINE = 0, EXIT_SITE = 1, EXIT_USAGE = 2, EXIT_BUG = 70, MOST_WORDS = 8, MOST_REPEATS = 16 };

struct options {
    struct build_options build;
    bool json, quiet, verbose, timings, help;
    /* filters */
    const char *profile, *extensions, *html, *data, *mode, *timezone;
    const char *partials[MOST_REPEATS];
    int partial_count;
    bool cjk, plain, smart, style, photos;
    /* serve */
    const char *bind;
    int port;
    bool open, poll;
    const char *words[MOST_WORDS];      /* what is no flag */
    int word_count;
};

struct command {
    const char *name, *arguments, *help;
    int (*run)(const struct options *options);
    unsigned mask;                      /* which flags it takes */
    const char *details;                /* a paragraph for `hugi help NAME`; may be NULL */
};

enum { FOR_BUILD = 1, FOR_LIST = 2, FOR_MARKDOWN = 4, FOR_LIQUID = 8, FOR_NEW = 16, FOR_OTHER = 32, FOR_CHECK = 64,
       FOR_SERVE = 128, FOR_ALL = 255 };

extern const struct command commands[];
extern const int command_count;

const struct command *command_find(const char *name);           /* NULL when there is none */
/* False after a line on standard error: the caller exits with EXIT_USAGE. */
bool options_parse(const struct command *command, int count, char **arguments, struct options *out);
void options_help(FILE *out, const struct command *command);    /* its flags, from the table */
int usage_error(const char *format, ...);
/* EXIT_USAGE, after saying why, when --source is no site or --now and --base-url cannot be read. */
int site_options_check(const struct options *options);

int cmd_build(const struct options *options);
int cmd_serve(const struct options *options);
int cmd_new(const struct options *options);
int cmd_check(const struct options *options);
int cmd_list(const struct options *options);
int cmd_markdown(const struct options *options);
int cmd_liquid(const struct options *options);
int cmd_version(const struct options *options);
int cmd_help(const struct options *options);

#endif

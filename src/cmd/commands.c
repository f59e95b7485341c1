/* commands.c - the table of commands, and the two that speak of it. */
#include "options.h"

const struct command commands[] = {
    {"new", "site|post|event NAME", "start a site, a report or an event", cmd_new, FOR_NEW,
     "  hugi new site my-blog                settings, .gitignore and a page about you\n"
     "  hugi new post aws-summit-seoul-2025  content/posts/aws-summit-seoul-2025/index.md\n"
     "  hugi new event aws-summit-seoul-2025 content/events/aws-summit-seoul-2025.md\n"
     "Nothing that exists is overwritten."},
    {"build", "", "make the site", cmd_build, FOR_BUILD,
     "Everything is read, every mistake is told in one run, and only a site without\n"
     "errors is published: files are put into place together, unchanged ones are left\n"
     "alone, and files hugi did not write are never touched.\n"
     "--explain FILE tells of one file beside the build.  Where there is no such file the\n"
     "site is made all the same, and exit status 2 says so, unless it has errors (1)."},
    {"serve", "", "preview the site while writing", cmd_serve, FOR_SERVE,
     "The site as `hugi build` makes it, and the drafts and posts of the future that it\n"
     "leaves out, at http://localhost:1313/.  Each time a file is saved it is made again,\n"
     "and pages that are open follow.  It lies in .hugi/preview; public/ stays as it is."},
    {"check", "", "read everything, tell every mistake, make nothing", cmd_check, FOR_CHECK,
     "With --photos: a line for each picture and film that tells more than it shows.\n"
     "What is published does not; this is about the files as they lie in the site."},
    {"list", "[drafts|future|tags|events|sessions]", "what the site holds", cmd_list, FOR_LIST, NULL},
    {"markdown", "[FILE|-]", "Markdown in, HTML out", cmd_markdown, FOR_MARKDOWN, NULL},
    {"liquid", "FILE|-", "a template and its data in, text out", cmd_liquid, FOR_LIQUID, NULL},
    {"version", "", "version and libraries", cmd_version, FOR_OTHER, NULL},
    {"help", "[COMMAND]", "this help", cmd_help, FOR_OTHER, NULL},
};
const int command_count = sizeof commands / sizeof *commands;

const struct command *command_find(const char *name)
{
    for (int i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static void overview(void)
{
    printf("hugi makes a blog out of conference trip reports.\n\nusage: hugi COMMAND [FLAGS]\n\n");
    for (int i = 0; i < command_count; i++) {
        char left[48];
        snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].arguments);
        printf("  %-45s %s\n", left, commands[i].help);
    }
    printf("\n'hugi help COMMAND' tells its flags.\n");
}

int cmd_help(const struct options *options)
{
    if (options->word_count == 0) {
        overview();
        return EXIT_FINE;
    }
    const struct command *command = command_find(options->words[0]);
    if (!command) return usage_error("there is no command '%s'; see 'hugi help'", options->words[0]);
    printf("hugi %s%s%s - %s\n\n", command->name, command->arguments[0] ? " " : "", command->arguments, command->help);
    if (command->details) printf("%s\n\n", command->details);
    options_help(stdout, command);
    return EXIT_FINE;
}

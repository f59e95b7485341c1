/* main.c - finds the command and runs it. */
#include "options.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Pixels of photos come and go by the 30 MB: giving them back to the system
 * each time cost 6 ms of page faults a photo. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
}

int main(int count, char **arguments)
{
    keep_memory();
    if (count < 2) {
        cmd_help(&(struct options){0});
        return EXIT_USAGE;
    }
    const char *name = arguments[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    if (strcmp(name, "--version") == 0) name = "version";
    const struct command *command = command_find(name);
    if (!command && name[0] == '-') return usage_error("the command comes first: hugi build %s ...", name);
    if (!command) {
        str names[16];
        for (int i = 0; i < command_count; i++) names[i] = str_c(commands[i].name);
        str nearest = str_nearest(str_c(name), names, command_count);
        if (nearest.len) return usage_error("there is no command '%s'; did you mean '%" STR_F "'?", name, STR_A(nearest));
        return usage_error("there is no command '%s'; see 'hugi help'", name);
    }
    struct options options = {.port = 1313};
    if (!options_parse(command, count - 2, arguments + 2, &options)) return EXIT_USAGE;
    if (options.help) return cmd_help(&(struct options){.words = {command->name}, .word_count = 1});
    return command->run(&options);
}

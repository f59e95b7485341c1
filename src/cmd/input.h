/* input.h - inside cmd/: what the filters read. */
#ifndef HUGI_CMD_INPUT_H
#define HUGI_CMD_INPUT_H

#include "base/diag.h"

/* A file, or standard input for "-" and NULL. */
bool input_read(struct arena *arena, const char *name, str *out, struct diags *diags);
void input_print_diags(const struct sources *sources, const struct diags *diags);

#endif

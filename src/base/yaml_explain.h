/* yaml_explain.h - from what libyaml says to what helps the author; yaml.c only. */
#ifndef HUGI_BASE_YAML_EXPLAIN_H
#define HUGI_BASE_YAML_EXPLAIN_H

#include "base/diag.h"

/* The text being read and where it stands in its file. */
struct yaml_text {
    str text;
    uint32_t file, offset;
    struct diags *diags;
};

/* An error as libyaml tells it; places are bytes in the text. */
struct yaml_problem {
    const char *problem, *context;      /* context may be NULL */
    ptrdiff_t at, context_at;
    ptrdiff_t quote_from, quote_to;     /* the quoted scalar read last; equal when there was none */
};

/* The span of text[from..to). */
span yaml_span(const struct yaml_text *yaml, ptrdiff_t from, ptrdiff_t to);

/* Reports exactly one DIAG_YAML. */
void yaml_explain(const struct yaml_text *yaml, const struct yaml_problem *problem);

/* Gives `diag` the hint "write it in quotes: key: "value"" for the line that holds `at`. */
void yaml_hint_quotes(const struct yaml_text *yaml, struct diag *diag, ptrdiff_t at);

#endif

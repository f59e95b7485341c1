/* report.h - what a build tells: diagnostics and one honest summary. */
#ifndef HUGI_BUILD_REPORT_H
#define HUGI_BUILD_REPORT_H

#include "build/build.h"

struct report_options {
    bool json;          /* one JSON object a line on standard output, standard error stays empty */
    bool quiet;         /* no summary, no notices */
    bool verbose;       /* every notice */
    bool timings;       /* where the time went, by step */
    bool summary;       /* false for commands that publish nothing */
};

/* Diagnostics as text, or as JSON lines. */
void report_diags(const struct report_options *options, const struct build_result *result, bool color, struct buf *out);

void report_print(const struct report_options *options, struct build_result *result);

#endif

/* code_info.h - what an author says of a code block after its fence or in its attribute list. */
#ifndef HUGI_MARKUP_CODE_INFO_H
#define HUGI_MARKUP_CODE_INFO_H

#include "nodes.h"

enum { CODE_MARKS = 32 };

struct code_info {
    str language;               /* "java:A.java" is java */
    str file;                   /* title="x", file="x", {: file="x"}, ```java:x */
    int64_t first_number;       /* of the lines; 0: none are shown */
    struct code_mark { int64_t from, to; } marks[CODE_MARKS];  /* lines, counted from 1 */
    int mark_count;
};

struct code_info code_info_read(const struct node *node);
bool code_info_marks(const struct code_info *info, int64_t line);
/* The first word of an info string, as it stands in class="language-...". */
str code_info_word(str info);

#endif

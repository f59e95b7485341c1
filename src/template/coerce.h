/* coerce.h - how Liquid turns values into text and numbers, and compares them.
 *
 * The rules are Ruby's, because templates were written against them: 10.1 - 2.2
 * is 7.9, 1 == 1.0 but 1 != "1", a map prints as {"a"=>1}. */
#ifndef HUGI_TEMPLATE_COERCE_H
#define HUGI_TEMPLATE_COERCE_H

#include "base/buf.h"
#include "base/value.h"

bool coerce_truth(value v);                                     /* all but nil and false */
void coerce_write(struct buf *out, value v, struct arena *arena);   /* as an output prints it */
str coerce_text(value v, struct arena *arena);      /* Ruby's to_s: lists as ["a", 1]; strings are not copied */
void coerce_inspect(struct buf *out, value v, struct arena *arena); /* Ruby's inspect */
const char *coerce_describe(value v, struct arena *arena);      /* for messages: "둘", 1.5, nil, a list */
void coerce_float(struct buf *out, double number);              /* 5.0, 1.0e+20 */

value coerce_number(value v);                                   /* to an int or float; 0 when none */
int64_t coerce_int_lenient(value v);                            /* "12ab" is 12, "ab" is 0 */
bool coerce_int(value v, int64_t *out);                         /* an integer, or text that is one */
int64_t coerce_leading_int(str text);

/* Decimal arithmetic; false: no such number (division by zero). */
value coerce_add(value a, value b);
value coerce_subtract(value a, value b);
value coerce_multiply(value a, value b);
bool coerce_divide(value a, value b, value *out);
bool coerce_modulo(value a, value b, value *out);

bool coerce_equal(value a, value b, struct arena *arena);
bool coerce_is_empty(value v);
bool coerce_is_blank(value v);
/* <0, 0, >0 in *out; false when the two cannot be ordered. */
bool coerce_compare(value a, value b, int *out);
bool coerce_contains(value in, value what, struct arena *arena);

/* A list, range or drop with items. */
bool coerce_is_sequence(value v);
value coerce_pair(struct arena *arena, const struct value_pair *pair);   /* [key, value] */
value coerce_item(value v, ptrdiff_t index, struct arena *arena);   /* maps give pairs */
/* What Ruby calls the class: for messages. */
const char *coerce_class(value v);

#endif

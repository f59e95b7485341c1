/* decimal.c - numbers of filters: whole numbers and decimal fractions.
 *
 * Ruby's Liquid computes fractions with BigDecimal, so 10.1 - 2.2 is 7.9 and
 * 10.1 / 0.1 is 101.0.  Here a fraction is taken apart into digits and a scale
 * (its shortest decimal form), computed exactly and put together again.  What
 * needs more digits than a decimal holds is computed as a double.
 *
 * In the file: the digits (magnitudes without a sign), decimals, the five
 * operations, floats as text. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "coerce.h"

enum {
    LIMBS = 48,                 /* 432 digits: two doubles of ordinary size, aligned or multiplied */
    LIMB = 1000000000,
    LIMB_DIGITS = 9,
    QUOTIENT_DIGITS = 30        /* more than a double holds */
};

struct decimal {
    uint32_t limbs[LIMBS];      /* nine digits each, the least first */
    int count;                  /* of limbs in use; 0: zero */
    int scale;                  /* digits / 10^scale */
    bool negative;
};

/* --- digits --- */

/* d * factor + more; false: too many digits. */
static bool digits_grow(struct decimal *d, uint32_t factor, uint32_t more)
{
    uint64_t carry = more;
    for (int i = 0; i < d->count; i++) {
        carry += (uint64_t)d->limbs[i] * factor;
        d->limbs[i] = (uint32_t)(carry % LIMB);
        carry /= LIMB;
    }
    if (!carry) return true;
    if (d->count == LIMBS) return false;
    d->limbs[d->count++] = (uint32_t)carry;
    return true;
}

static void digits_trim(struct decimal *d)
{
    while (d->count && !d->limbs[d->count - 1]) d->count--;
}

static int digits_compare(const struct decimal *a, const struct decimal *b)
{
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (int i = a->count - 1; i >= 0; i--)
        if (a->limbs[i] != b->limbs[i]) return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

static bool digits_add(struct decimal *a, const struct decimal *b)
{
    uint32_t carry = 0;
    for (int i = 0; i < b->count || carry; i++) {
        if (i == LIMBS) return false;
        if (i >= a->count) a->limbs[a->count++] = 0;
        uint32_t sum = a->limbs[i] + (i < b->count ? b->limbs[i] : 0) + carry;
        carry = sum >= LIMB;
        a->limbs[i] = carry ? sum - LIMB : sum;
    }
    return true;
}

/* a - b, where a is not less. */
static void digits_subtract(struct decimal *a, const struct decimal *b)
{
    uint32_t borrow = 0;
    for (int i = 0; i < a->count; i++) {
        uint32_t less = (i < b->count ? b->limbs[i] : 0) + borrow;
        borrow = a->limbs[i] < less;
        a->limbs[i] = borrow ? a->limbs[i] + LIMB - less : a->limbs[i] - less;
    }
    digits_trim(a);
}

static bool digits_multiply(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
    if (a->count + b->count > LIMBS) return false;
    *out = (struct decimal){.count = a->count + b->count};
    for (int i = 0; i < a->count; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < b->count || carry; j++) {
            carry += out->limbs[i + j] + (j < b->count ? (uint64_t)a->limbs[i] * b->limbs[j] : 0);
            out->limbs[i + j] = (uint32_t)(carry % LIMB);
            carry /= LIMB;
        }
    }
    digits_trim(out);
    return true;
}

/* One step of long division: the next digit of the quotient; `rest` is what
 * remains, and must be below `by`. */
static bool digits_step(struct decimal *rest, const struct decimal *by, uint32_t next, char *digit)
{
    if (!digits_grow(rest, 10, next)) return false;
    for (*digit = '0'; digits_compare(rest, by) >= 0; ++*digit) digits_subtract(rest, by);
    return true;
}

/* Digits as text, without zeros in front; room for LIMBS * LIMB_DIGITS. */
static int digits_text(const struct decimal *d, char *out)
{
    int len = 0;
    for (int i = d->count - 1; i >= 0; i--)
        len += sprintf(out + len, i == d->count - 1 ? "%u" : "%09u", (unsigned)d->limbs[i]);
    return len;
}

/* --- decimals --- */

/* The shortest text that reads back as the same double. */
static void decimal_shortest(double number, char out[40])
{
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(out, 40, "%.*e", precision - 1, number);
        if (strtod(out, NULL) == number) return;
    }
}

static void decimal_from_int(int64_t number, struct decimal *out)
{
    uint64_t rest = number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
    *out = (struct decimal){.negative = number < 0};
    for (; rest; rest /= LIMB) out->limbs[out->count++] = (uint32_t)(rest % LIMB);
}

static bool decimal_from(value v, struct decimal *out)
{
    if (v.kind == VALUE_INT) {
        decimal_from_int(v.as.integer, out);
        return true;
    }
    char text[40];
    if (!isfinite(v.as.number)) return false;
    decimal_shortest(v.as.number, text);
    char *e = strchr(text, 'e');
    int exponent = atoi(e + 1), places = 0;
    int64_t digits = 0;
    bool fraction = false;
    for (const char *p = text; p < e; p++) {
        if (*p == '.') fraction = true;
        if (!char_is_digit(*p)) continue;
        digits = digits * 10 + (*p - '0');
        if (fraction) places++;
    }
    while (places > 0 && digits % 10 == 0) digits /= 10, places--;
    decimal_from_int(digits, out);
    out->negative = signbit(v.as.number);
    out->scale = places - exponent;
    for (; out->scale < 0; out->scale++)
        if (!digits_grow(out, 10, 0)) return false;
    return true;
}

/* Both, brought to the same scale. */
static bool decimal_pair(value a, value b, struct decimal *x, struct decimal *y)
{
    if (!decimal_from(a, x) || !decimal_from(b, y)) return false;
    for (; x->scale < y->scale; x->scale++)
        if (!digits_grow(x, 10, 0)) return false;
    for (; y->scale < x->scale; y->scale++)
        if (!digits_grow(y, 10, 0)) return false;
    return true;
}

static value decimal_to(const struct decimal *d)
{
    char text[LIMBS * LIMB_DIGITS + 24] = "0";
    int len = digits_text(d, text);
    if (len) sprintf(text + len, "e-%d", d->scale);
    double number = strtod(text, NULL);
    return value_float(d->negative ? -number : number);
}

static double decimal_double(value v)
{
    return v.kind == VALUE_INT ? (double)v.as.integer : v.as.number;
}

static bool decimal_both_int(value a, value b)
{
    return a.kind == VALUE_INT && b.kind == VALUE_INT;
}

/* --- operations --- */

value coerce_add(value a, value b)
{
    struct decimal x, y;
    int64_t sum;
    if (decimal_both_int(a, b)) {
        if (!__builtin_add_overflow(a.as.integer, b.as.integer, &sum)) return value_int(sum);
    } else if (decimal_pair(a, b, &x, &y)) {
        if (x.negative == y.negative) {
            if (digits_add(&x, &y)) return decimal_to(&x);
        } else {
            int order = digits_compare(&x, &y);
            struct decimal *more = order < 0 ? &y : &x;
            digits_subtract(more, order < 0 ? &x : &y);
            if (!more->count) more->negative = false;
            return decimal_to(more);
        }
    }
    return value_float(decimal_double(a) + decimal_double(b));
}

static value decimal_negative(value v)
{
    if (v.kind == VALUE_FLOAT) return value_float(-v.as.number);
    if (v.as.integer == INT64_MIN) return value_float(-(double)v.as.integer);
    return value_int(-v.as.integer);
}

value coerce_subtract(value a, value b)
{
    return coerce_add(a, decimal_negative(b));
}

value coerce_multiply(value a, value b)
{
    struct decimal x, y, product;
    int64_t whole;
    if (decimal_both_int(a, b)) {
        if (!__builtin_mul_overflow(a.as.integer, b.as.integer, &whole)) return value_int(whole);
    } else if (decimal_from(a, &x) && decimal_from(b, &y) && digits_multiply(&x, &y, &product)) {
        product.scale = x.scale + y.scale;
        product.negative = x.negative != y.negative;
        return decimal_to(&product);
    }
    return value_float(decimal_double(a) * decimal_double(b));
}

/* x / y, to more digits than a double holds; one more stands for the rest. */
static bool decimal_quotient(const struct decimal *x, const struct decimal *y, value *out)
{
    char digits[LIMBS * LIMB_DIGITS + 1], quotient[LIMBS * LIMB_DIGITS + QUOTIENT_DIGITS + 24];
    int whole = digits_text(x, digits), len = 0, places = 0, significant = 0;
    struct decimal rest = {0};
    for (int i = 0; i < whole || (rest.count && significant < QUOTIENT_DIGITS); i++) {
        char digit;
        uint32_t next = i < whole ? (uint32_t)(digits[i] - '0') : 0;
        if (places == LIMBS || !digits_step(&rest, y, next, &digit)) return false;
        if (i >= whole) places++;
        if (digit != '0' || significant) significant++;
        quotient[len++] = digit;
    }
    if (rest.count) quotient[len++] = '1', places++;
    if (!len) quotient[len++] = '0';
    sprintf(quotient + len, "e-%d", places);
    double number = strtod(quotient, NULL);
    *out = value_float(x->negative != y->negative ? -number : number);
    return true;
}

static bool decimal_divide(value a, value b, value *out)
{
    struct decimal x, y;
    if (decimal_double(b) != 0 && decimal_pair(a, b, &x, &y) && decimal_quotient(&x, &y, out)) return true;
    *out = value_float(decimal_double(a) / decimal_double(b));     /* by 0: infinite, as BigDecimal has it */
    return true;
}

bool coerce_divide(value a, value b, value *out)
{
    if (!decimal_both_int(a, b)) return decimal_divide(a, b, out);
    int64_t x = a.as.integer, y = b.as.integer;
    if (y == 0) return false;
    if (y == -1) {
        *out = decimal_negative(a);
        return true;
    }
    int64_t quotient = x / y;
    if (x % y != 0 && (x < 0) != (y < 0)) quotient--;      /* towards minus infinity */
    *out = value_int(quotient);
    return true;
}

/* What is left of x when y is taken off as often as it can be; it has y's sign. */
static bool decimal_rest(const struct decimal *x, const struct decimal *y, value *out)
{
    char digits[LIMBS * LIMB_DIGITS + 1], digit;
    int len = digits_text(x, digits);
    struct decimal rest = {.scale = x->scale};
    for (int i = 0; i < len; i++)
        if (!digits_step(&rest, y, (uint32_t)(digits[i] - '0'), &digit)) return false;
    if (rest.count && x->negative != y->negative) {
        struct decimal other = *y;
        digits_subtract(&other, &rest);
        rest = other;
    }
    rest.negative = y->negative && rest.count;
    *out = decimal_to(&rest);
    return true;
}

bool coerce_modulo(value a, value b, value *out)
{
    struct decimal x, y;
    if (decimal_double(b) == 0) return false;
    if (decimal_both_int(a, b)) {
        int64_t rest = b.as.integer == -1 ? 0 : a.as.integer % b.as.integer;
        if (rest != 0 && (rest < 0) != (b.as.integer < 0)) rest += b.as.integer;
        *out = value_int(rest);
        return true;
    }
    if (decimal_pair(a, b, &x, &y) && decimal_rest(&x, &y, out)) return true;
    double divisor = decimal_double(b), rest = fmod(decimal_double(a), divisor);
    if (rest != 0 && (rest < 0) != (divisor < 0)) rest += divisor;
    *out = value_float(rest);
    return true;
}

/* --- floats as text --- */

/* Ruby's Float#to_s: 5.0, 0.0001, 1.0e-05, 1.0e+15. */
void coerce_float(struct buf *out, double number)
{
    char text[40];
    if (isnan(number)) {
        buf_add(out, S("NaN"));
        return;
    }
    if (isinf(number)) {
        buf_add(out, number < 0 ? S("-Infinity") : S("Infinity"));
        return;
    }
    decimal_shortest(number, text);
    char digits[24];
    int count = 0;
    char *e = strchr(text, 'e');
    int exponent = atoi(e + 1);
    for (const char *p = text; p < e; p++)
        if (char_is_digit(*p)) digits[count++] = *p;
    while (count > 1 && digits[count - 1] == '0') count--;
    if (signbit(number)) buf_char(out, '-');
    if (exponent < -4 || (exponent >= 15 && count <= exponent + 1)) {
        buf_char(out, digits[0]);
        buf_char(out, '.');
        buf_add(out, count > 1 ? str_of(digits + 1, count - 1) : S("0"));
        buf_printf(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
        return;
    }
    if (exponent < 0) {
        buf_add(out, S("0."));
        buf_repeat(out, '0', -exponent - 1);
        buf_add(out, str_of(digits, count));
        return;
    }
    for (int i = 0; i <= exponent; i++) buf_char(out, i < count ? digits[i] : '0');
    buf_char(out, '.');
    buf_add(out, count > exponent + 1 ? str_of(digits + exponent + 1, count - exponent - 1) : S("0"));
}

/* decimal.c - numbers of filters: whole numbers and decimal fractions.
 *
 * Ruby's Liquid computes fractions with BigDecimal, so 10.1 - 2.2 is 7.9.
 * Here a fraction is taken apart into digits and a scale (its shortest decimal
 * form), computed with 64-bit digits and put together again; what does not fit
 * is computed as a double. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "coerce.h"

struct decimal {
    int64_t digits;
    int scale;                  /* digits / 10^scale */
};

/* The shortest text that reads back as the same double. */
static void decimal_shortest(double number, char out[40])
{
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(out, 40, "%.*e", precision - 1, number);
        if (strtod(out, NULL) == number) return;
    }
}

static bool decimal_from(value v, struct decimal *out)
{
    *out = (struct decimal){0};
    if (v.kind == VALUE_INT) {
        out->digits = v.as.integer;
        return true;
    }
    char text[40];
    if (!isfinite(v.as.number)) return false;
    decimal_shortest(v.as.number, text);
    char *e = strchr(text, 'e');
    int exponent = atoi(e + 1);
    int64_t digits = 0;
    int places = 0;
    bool fraction = false;
    for (const char *p = text; p < e; p++) {
        if (*p == '.') fraction = true;
        if (!char_is_digit(*p)) continue;
        digits = digits * 10 + (*p - '0');
        if (fraction) places++;
    }
    while (places > 0 && digits % 10 == 0) digits /= 10, places--;
    out->digits = text[0] == '-' ? -digits : digits;
    out->scale = places - exponent;
    while (out->scale < 0) {
        if (__builtin_mul_overflow(out->digits, (int64_t)10, &out->digits)) return false;
        out->scale++;
    }
    return out->scale <= 18;
}

static bool decimal_align(struct decimal *a, struct decimal *b)
{
    while (a->scale < b->scale) {
        if (__builtin_mul_overflow(a->digits, (int64_t)10, &a->digits)) return false;
        a->scale++;
    }
    return true;
}

static value decimal_to(struct decimal d)
{
    char text[64];
    snprintf(text, sizeof text, "%llde-%d", (long long)d.digits, d.scale);
    return value_float(strtod(text, NULL));
}

static double decimal_double(value v)
{
    return v.kind == VALUE_INT ? (double)v.as.integer : v.as.number;
}

static bool decimal_both_int(value a, value b)
{
    return a.kind == VALUE_INT && b.kind == VALUE_INT;
}

value coerce_add(value a, value b)
{
    struct decimal x, y;
    int64_t sum;
    if (decimal_both_int(a, b) && !__builtin_add_overflow(a.as.integer, b.as.integer, &sum)) return value_int(sum);
    if (!decimal_both_int(a, b) && decimal_from(a, &x) && decimal_from(b, &y) && decimal_align(&x, &y)
        && decimal_align(&y, &x) && !__builtin_add_overflow(x.digits, y.digits, &sum))
        return decimal_to((struct decimal){sum, x.scale});
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
    struct decimal x, y;
    int64_t product;
    if (decimal_both_int(a, b) && !__builtin_mul_overflow(a.as.integer, b.as.integer, &product))
        return value_int(product);
    if (!decimal_both_int(a, b) && decimal_from(a, &x) && decimal_from(b, &y)
        && !__builtin_mul_overflow(x.digits, y.digits, &product))
        return decimal_to((struct decimal){product, x.scale + y.scale});
    return value_float(decimal_double(a) * decimal_double(b));
}

bool coerce_divide(value a, value b, value *out)
{
    if (decimal_double(b) == 0) return false;
    if (!decimal_both_int(a, b)) {
        *out = value_float(decimal_double(a) / decimal_double(b));
        return true;
    }
    int64_t x = a.as.integer, y = b.as.integer;
    if (y == -1) {
        *out = decimal_negative(a);
        return true;
    }
    int64_t quotient = x / y;
    if (x % y != 0 && (x < 0) != (y < 0)) quotient--;      /* towards minus infinity */
    *out = value_int(quotient);
    return true;
}

bool coerce_modulo(value a, value b, value *out)
{
    if (decimal_double(b) == 0) return false;
    if (decimal_both_int(a, b)) {
        int64_t rest = b.as.integer == -1 ? 0 : a.as.integer % b.as.integer;
        if (rest != 0 && (rest < 0) != (b.as.integer < 0)) rest += b.as.integer;
        *out = value_int(rest);
        return true;
    }
    struct decimal x, y;
    if (decimal_from(a, &x) && decimal_from(b, &y) && decimal_align(&x, &y) && decimal_align(&y, &x)
        && y.digits != -1) {
        int64_t rest = x.digits % y.digits;
        if (rest != 0 && (rest < 0) != (y.digits < 0)) rest += y.digits;
        *out = decimal_to((struct decimal){rest, x.scale});
        return true;
    }
    double divisor = decimal_double(b), rest = fmod(decimal_double(a), divisor);
    if (rest != 0 && (rest < 0) != (divisor < 0)) rest += divisor;
    *out = value_float(rest);
    return true;
}

/* Ruby's Float#to_s: 5.0, 0.0001, 1.0e-05, 1.0e+16. */
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
    if (exponent < -4 || exponent >= 16) {
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

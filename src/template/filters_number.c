/* filters_number.c - arithmetic.  Texts are read as numbers, all else is 0. */
#include <math.h>

#include "coerce.h"
#include "filters.h"
#include "renderer.h"

static value number_input(const struct filter_call *call) { return coerce_number(call->input); }
static value number_argument(const struct filter_call *call) { return coerce_number(filter_argument(call, 0)); }

static double number_double(value v)
{
    return v.kind == VALUE_INT ? (double)v.as.integer : v.as.number;
}

bool filter_abs(struct filter_call *call)
{
    value v = number_input(call);
    if (signbit(number_double(v))) v = coerce_subtract(value_int(0), v);
    return filter_give(call, v);
}

bool filter_plus(struct filter_call *call)
{
    return filter_give(call, coerce_add(number_input(call), number_argument(call)));
}

bool filter_minus(struct filter_call *call)
{
    return filter_give(call, coerce_subtract(number_input(call), number_argument(call)));
}

bool filter_times(struct filter_call *call)
{
    return filter_give(call, coerce_multiply(number_input(call), number_argument(call)));
}

bool filter_divided_by(struct filter_call *call)
{
    value divisor = number_argument(call);
    /* A fraction divided by zero is "Infinity" in Ruby, which no page of a theme of ours wants to show. */
    bool refused = call->renderer->env->mode == LIQUID_STRICT && number_double(divisor) == 0;
    if (!refused && coerce_divide(number_input(call), divisor, &call->result)) return true;
    return filter_error(call, "division by zero");
}

bool filter_modulo(struct filter_call *call)
{
    if (coerce_modulo(number_input(call), number_argument(call), &call->result)) return true;
    return filter_error(call, "division by zero");
}

bool filter_at_least(struct filter_call *call)
{
    value v = number_input(call), least = number_argument(call);
    return filter_give(call, number_double(v) < number_double(least) ? least : v);
}

bool filter_at_most(struct filter_call *call)
{
    value v = number_input(call), most = number_argument(call);
    return filter_give(call, number_double(v) > number_double(most) ? most : v);
}

static value number_whole(double number)
{
    if (fabs(number) >= 9.2e18) return value_float(number);
    return value_int((int64_t)number);
}

bool filter_ceil(struct filter_call *call)
{
    value v = number_input(call);
    return filter_give(call, v.kind == VALUE_INT ? v : number_whole(ceil(v.as.number)));
}

bool filter_floor(struct filter_call *call)
{
    value v = number_input(call);
    return filter_give(call, v.kind == VALUE_INT ? v : number_whole(floor(v.as.number)));
}

/* Half away from zero, counted in decimal digits: 1.005 | round: 2 is 1.01. */
static double number_round(double number, int64_t places)
{
    if (places > 15) return number;
    value scale = value_float(pow(10, (double)places));
    value scaled = coerce_multiply(value_float(number), scale);
    return round(number_double(scaled)) / scale.as.number;
}

bool filter_round(struct filter_call *call)
{
    value v = number_input(call);
    int64_t places = coerce_int_lenient(number_argument(call));
    if (v.kind == VALUE_INT && places >= 0) return filter_give(call, v);
    if (places < -18) return filter_give(call, value_int(0));
    if (places > 0) return filter_give(call, value_float(number_round(number_double(v), places)));
    double scale = pow(10, (double)-places);
    return filter_give(call, number_whole(round(number_double(v) / scale) * scale));
}

bool filter_to_integer(struct filter_call *call)
{
    if (call->input.kind == VALUE_BOOL) return filter_give(call, value_int(call->input.as.boolean));
    if (filter_is_jekyll(call) && (call->input.kind == VALUE_MAP || coerce_is_sequence(call->input)))
        return filter_error(call, "want a number, not %s", coerce_describe(call->input, call->arena));
    return filter_give(call, value_int(coerce_int_lenient(call->input)));
}

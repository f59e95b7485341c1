/* filters_date.c - dates: Liquid's `date`, Jekyll's forms, Korean ones. */
#include "base/date.h"
#include "coerce.h"
#include "filters.h"
#include "human_date.h"
#include "renderer.h"

static const struct zone *date_zone(const struct filter_call *call) { return call->renderer->env->zone; }

static bool date_of(struct filter_call *call, value v, instant *out)
{
    const struct liquid_render *job = call->renderer->job;
    if (job->watch && human_date_is_now(v)) job->watch->now(job->user);
    return human_date(call->arena, v, date_zone(call), call->renderer->env->now, out);
}

enum { MOST_WIDENING = 200 };   /* "%1000d": six bytes of a format make a thousand */

bool filter_date(struct filter_call *call)
{
    instant t;
    str format = filter_argument_text(call, 0);
    if (!format.len || !date_of(call, call->input, &t)) return filter_give(call, call->input);
    if (!filter_fits(call, format.len * MOST_WIDENING)) return false;
    bool foreign = t.offset != 0 && (!date_zone(call) || t.offset != zone_offset(date_zone(call), t.seconds));
    if (foreign && filter_is_jekyll(call)) format = str_replace(call->arena, format, S("%Z"), S(""));   /* Ruby knows no name for it */
    return filter_give_str(call, date_format(call->arena, t, format));
}

/* --- Jekyll --- */

enum dated { DATED_YES, DATED_NONE, DATED_ERROR };

/* Null and "" pass; what is no date is an error, as in Jekyll.  Elsewhere
 * white space and empty lists are nothing too. */
static enum dated date_jekyll(struct filter_call *call, instant *out)
{
    bool jekyll = filter_is_jekyll(call);
    if (jekyll ? filter_text(call).len == 0 : coerce_is_blank(call->input)) {
        filter_give(call, jekyll ? call->input : value_str(S("")));
        return DATED_NONE;
    }
    if (!date_of(call, call->input, out)) {
        filter_error(call, "\"%" STR_F "\" is not a date", STR_A(filter_text(call)));
        return DATED_ERROR;
    }
    if (date_zone(call)) *out = date_in_zone(*out, date_zone(call));
    return DATED_YES;
}

bool filter_date_to_xmlschema(struct filter_call *call)
{
    instant t;
    enum dated dated = date_jekyll(call, &t);
    if (dated != DATED_YES) return dated == DATED_NONE;
    return filter_give_str(call, date_rfc3339(call->arena, t));
}

bool filter_date_to_rfc822(struct filter_call *call)
{
    instant t;
    enum dated dated = date_jekyll(call, &t);
    if (dated != DATED_YES) return dated == DATED_NONE;
    return filter_give_str(call, date_rfc822(call->arena, t));
}

static str date_ordinal(struct arena *arena, int day)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    int last = day % 10;
    bool teen = day >= 11 && day <= 13;
    return str_format(arena, "%d%s", day, endings[!teen && last <= 3 ? last : 0]);
}

/* "07 Nov 2008"; with 'ordinal' "7th Nov 2008", in US style "Nov 7th, 2008". */
static bool date_stylish(struct filter_call *call, const char *month)
{
    instant t;
    enum dated dated = date_jekyll(call, &t);
    if (dated != DATED_YES) return dated == DATED_NONE;
    str name = date_format(call->arena, t, str_c(month));
    struct civil c = date_civil(t);
    if (!str_equal(filter_argument_text(call, 0), S("ordinal")))
        return filter_give_str(call, str_format(call->arena, "%02d %" STR_F " %04d", c.day, STR_A(name), c.year));
    str day = date_ordinal(call->arena, c.day);
    if (str_equal(filter_argument_text(call, 1), S("US")))
        return filter_give_str(call, str_format(call->arena, "%" STR_F " %" STR_F ", %04d", STR_A(name), STR_A(day), c.year));
    return filter_give_str(call, str_format(call->arena, "%" STR_F " %" STR_F " %04d", STR_A(day), STR_A(name), c.year));
}

bool filter_date_to_string(struct filter_call *call) { return date_stylish(call, "%b"); }
bool filter_date_to_long_string(struct filter_call *call) { return date_stylish(call, "%B"); }

/* --- this field's --- */

static str date_language(const struct filter_call *call)
{
    value named = call->named.kind == VALUE_MAP ? value_get(call->named, S("lang"), call->arena) : value_null();
    if (named.kind == VALUE_STR) return named.as.text;
    return call->renderer->env->language.len ? call->renderer->env->language : S("ko");
}

/* {{ date | date_ko }}: 2023년 12월 3일; | date_ko: "weekday" adds (일); in an
 * English page 3 December 2023. */
bool filter_date_ko(struct filter_call *call)
{
    instant t;
    enum dated dated = date_jekyll(call, &t);
    if (dated != DATED_YES) return dated == DATED_NONE;
    bool weekday = str_equal(filter_argument_text(call, 0), S("weekday"));
    return filter_give_str(call, date_long(call->arena, t, date_language(call), weekday));
}

/* {{ from | date_range: to }}, or a map with `start`/`from` and `end`/`to`. */
bool filter_date_range(struct filter_call *call)
{
    instant from, to;
    value last = filter_argument(call, 0);
    if (call->input.kind == VALUE_MAP || call->input.kind == VALUE_DROP) {
        value map = call->input;
        call->input = value_get(map, S("start"), call->arena);
        if (value_is_null(call->input)) call->input = value_get(map, S("from"), call->arena);
        last = value_get(map, S("end"), call->arena);
        if (value_is_null(last)) last = value_get(map, S("to"), call->arena);
    }
    enum dated dated = date_jekyll(call, &from);
    if (dated != DATED_YES) return dated == DATED_NONE;
    if (coerce_is_blank(last)) return filter_give_str(call, date_long(call->arena, from, date_language(call), false));
    if (!date_of(call, last, &to))
        return filter_error(call, "\"%" STR_F "\" is not a date", STR_A(coerce_text(last, call->arena)));
    if (date_zone(call)) to = date_in_zone(to, date_zone(call));
    return filter_give_str(call, date_range(call->arena, from, to, date_language(call)));
}

/* test_json.c - reading strictly, errors with their place, writing. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"

static struct arena arena;

static bool parse(const char *text, value *out, struct diags *diags)
{
    *diags = diags_in(&arena);
    return json_parse(&arena, str_c(text), 1, diags, out);
}

static void assert_written(value v, int indent, const char *want)
{
    struct buf out = buf_in(&arena);
    buf_json_value(&out, v, indent, &arena);
    char *z = str_z(&arena, buf_str(&out));
    assert_string_equal(z, want);
}

/* Read and written again. */
static void assert_same(const char *text, const char *want)
{
    value v;
    struct diags diags;
    assert_true(parse(text, &v, &diags));
    assert_written(v, 0, want);
}

/* Fails once, at byte `at`, with a message that holds `part`. */
static void assert_error(const char *text, uint32_t at, const char *part)
{
    value v;
    struct diags diags;
    assert_false(parse(text, &v, &diags));
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].code, DIAG_JSON);
    assert_int_equal(diags.items[0].at.start, at);
    assert_true(str_contains(diags.items[0].message, str_c(part)));
}

static void reads(void **state)
{
    (void)state;
    assert_same(" { \"a\" : [ 1 , -2.5 , true , false , null , \"후기\" ] , \"b\" : { } , \"c\":[]} ",
                "{\"a\":[1,-2.5,true,false,null,\"후기\"],\"b\":{},\"c\":[]}");
    assert_same("\"\\u00e9\\ud83d\\ude00\\n\\/\\\"\\\\\"", "\"é😀\\n/\\\"\\\\\"");
    assert_same("1e3", "1000.0");
    assert_same("-0", "0");
    assert_same("9223372036854775807", "9223372036854775807");
    assert_same("-9223372036854775808", "-9223372036854775808");
    assert_same("9223372036854775808", "9.223372036854776e+18");
    assert_same("{\"a\":1,\"a\":2}", "{\"a\":2}");
    assert_same("0.1234567890123456789012345678901234567890123456789012345678901234567890", "0.12345678901234568");
}

static void knows_kinds_and_places(void **state)
{
    (void)state;
    value v;
    struct diags diags;
    assert_true(parse("{\"제목\": 12}", &v, &diags));
    const struct value_pair *pair = value_pair(&v, S("제목"));
    assert_int_equal(pair->key_at.start, 1);
    assert_int_equal(pair->key_at.len, 8);
    assert_int_equal(pair->value.kind, VALUE_INT);
    assert_int_equal(pair->value.at.start, 11);
    assert_int_equal(pair->value.at.len, 2);
    assert_int_equal(pair->value.at.file, 1);
    assert_true(parse("9223372036854775808", &v, &diags));
    assert_int_equal(v.kind, VALUE_FLOAT);
}

static void points_at_errors(void **state)
{
    (void)state;
    assert_error("", 0, "empty");
    assert_error("  ", 2, "empty");
    assert_error("{\"a\": 1,}", 7, "behind the last item");
    assert_error("[1, 2,\n]", 5, "behind the last item");
    assert_error("{'a': 1}", 1, "a key in double quotes");
    assert_error("{a: 1}", 1, "'a'");
    assert_error("[1 2]", 3, "',' or ']'");
    assert_error("{\"a\" 1}", 5, "':'");
    assert_error("[1, // x\n2]", 4, "'/'");
    assert_error("[True]", 1, "'True'");
    assert_error("[NaN]", 1, "'NaN'");
    assert_error("01", 0, "begins with 0");
    assert_error("1.", 2, "a digit");
    assert_error("-", 1, "a digit");
    assert_error("+1", 0, "a value");
    assert_error("1e999", 0, "too large");
    assert_error("\"a\nb\"", 0, "does not end on its line");
    assert_error("\"a", 0, "not closed");
    assert_error("[[1]", 0, "not closed");
    assert_error("{", 0, "not closed");
    assert_error("\"\\q\"", 1, "escape");
    assert_error("\"\\ud800\"", 1, "pairs");
    assert_error("\"\\udc00\\ud800\"", 1, "pairs");
    assert_error("\"\\u12g4\"", 1, "hex");
    assert_error("\"\t\"", 1, "control");
    assert_error("1 2", 2, "behind the end");
    assert_error("\"\xEA\xB0\"", 1, "UTF-8");
    assert_error("[\xEF\xBB\xBF]", 1, "a value");
}

static void limits_depth(void **state)
{
    (void)state;
    char text[403];
    value v;
    struct diags diags;
    memset(text, '[', 200);
    memset(text + 200, ']', 200);
    text[400] = 0;
    assert_true(parse(text, &v, &diags));
    memset(text, '[', 201);
    memset(text + 201, ']', 201);
    text[402] = 0;
    assert_error(text, 200, "nested");
}

static void writes(void **state)
{
    (void)state;
    value map = value_map(&arena), list = value_list(&arena);
    value_push(&arena, &list, value_int(1));
    value_push(&arena, &list, value_str(S("</p>")));
    value_set(&arena, &map, S("when"), value_time((instant){1701561600, 540, false}));
    value_set(&arena, &map, S("list"), list);
    value_set(&arena, &map, S("none"), value_list(&arena));
    value_set(&arena, &map, S("nan"), value_float(NAN));
    value_set(&arena, &map, S("range"), (value){.kind = VALUE_RANGE, .as.range = {1, 3}});
    assert_written(map, 0, "{\"when\":\"2023-12-03T09:00:00+09:00\",\"list\":[1,\"<\\/p>\"],\"none\":[],\"nan\":null,"
                           "\"range\":[1,2,3]}");
    assert_written(list, 2, "[\n  1,\n  \"<\\/p>\"\n]");
}

/* A page whose neighbour is itself. */
static bool loop_get(const void *self, str key, struct arena *a, value *out);
static value loop_keys(const void *self, struct arena *a);
static str loop_text(const void *self, struct arena *a);
static const struct drop_class loop_class = {.name = "loop", .get = loop_get, .keys = loop_keys, .text = loop_text};

static bool loop_get(const void *self, str key, struct arena *a, value *out)
{
    (void)a;
    *out = str_equal(key, S("next")) ? value_drop(&loop_class, self) : value_str(S("글"));
    return true;
}

static value loop_keys(const void *self, struct arena *a)
{
    (void)self;
    value keys = value_list(a);
    value_push(a, &keys, value_str(S("title")));
    value_push(a, &keys, value_str(S("next")));
    return keys;
}

static str loop_text(const void *self, struct arena *a)
{
    (void)self;
    (void)a;
    return S("글");
}

static void writes_drops_once(void **state)
{
    (void)state;
    assert_written(value_drop(&loop_class, &arena), 0, "{\"title\":\"글\",\"next\":\"글\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),        cmocka_unit_test(knows_kinds_and_places),
        cmocka_unit_test(points_at_errors), cmocka_unit_test(limits_depth),
        cmocka_unit_test(writes),       cmocka_unit_test(writes_drops_once),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}

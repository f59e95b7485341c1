/* test_yaml.c - values, places, limits, and errors with the way out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/yaml.h"

static struct arena arena;

static bool parse(str text, value *out, struct diags *diags)
{
    *diags = diags_in(&arena);
    return yaml_parse(&arena, text, 1, 0, diags, out);
}

/* The YAML's values, written as JSON. */
static void assert_values(const char *text, const char *want)
{
    value v;
    struct diags diags;
    struct buf out = buf_in(&arena);
    assert_true(parse(str_c(text), &v, &diags));
    buf_json_value(&out, v, 0, &arena);
    char *z = str_z(&arena, buf_str(&out));
    assert_string_equal(z, want);
}

/* Fails once; the place is where `place` stands in the text, for its length. */
static struct diag error_at(str text, const char *place)
{
    value v;
    struct diags diags;
    assert_false(parse(text, &v, &diags));
    assert_int_equal(diags.count, 1);
    struct diag diag = diags.items[0];
    assert_int_equal(diag.code, DIAG_YAML);
    assert_int_equal(diag.at.file, 1);
    str pointed = str_slice(text, diag.at.start, (ptrdiff_t)diag.at.start + diag.at.len);
    char *z = str_z(&arena, pointed);
    assert_string_equal(z, place);
    return diag;
}

static void assert_error(const char *text, const char *place, const char *message, const char *hint)
{
    struct diag diag = error_at(str_c(text), place);
    char *said = str_z(&arena, diag.message), *hinted = str_z(&arena, diag.hint);
    assert_string_equal(said, message);
    assert_string_equal(hinted, hint);
}

static void reads_front_matter(void **state)
{
    (void)state;
    assert_values("title: AWS re:Invent 2023 후기\ndate: 2023-12-03 09:00:00 +0900\ntags: [aws, 후기, \"re:Invent\"]\n"
                  "draft:\ncover: {image: /a.jpg, alt: '대체'}\n",
                  "{\"title\":\"AWS re:Invent 2023 후기\",\"date\":\"2023-12-03 09:00:00 +0900\","
                  "\"tags\":[\"aws\",\"후기\",\"re:Invent\"],\"draft\":null,"
                  "\"cover\":{\"image\":\"/a.jpg\",\"alt\":\"대체\"}}");
    assert_values("", "null");
    assert_values("# 주석만\n", "null");
    assert_values("---\na: 1\n", "{\"a\":1}");
    assert_values("desc: |\n  첫 줄\n  둘째\nfold: >-\n  a\n  b\n", "{\"desc\":\"첫 줄\\n둘째\\n\",\"fold\":\"a b\"}");
    assert_values("tags:\n- a\n-\n- 2024\n", "{\"tags\":[\"a\",null,2024]}");
    assert_values("2023: a\ntrue: b\n~: c\n", "{\"2023\":\"a\",\"true\":\"b\",\"~\":\"c\"}");
}

static void follows_the_core_schema(void **state)
{
    (void)state;
    assert_values("[~, null, Null, NULL, ]", "[null,null,null,null]");
    assert_values("[true, True, FALSE, yes, No, on, y]", "[true,true,false,\"yes\",\"No\",\"on\",\"y\"]");
    assert_values("[0, -1, +1, 010, 0o10, 0x1F, 1_000, 12:30:45, 0o8, 0xG]",
                  "[0,-1,1,10,8,31,\"1_000\",\"12:30:45\",\"0o8\",\"0xG\"]");
    assert_values("[1.5, .5, 1., 1e3, -2.5E-1, 1.10, ., 1e, -., 1.2.3]",
                  "[1.5,0.5,1.0,1000.0,-0.25,1.1,\".\",\"1e\",\"-.\",\"1.2.3\"]");
    assert_values("[.inf, -.INF, .nan]", "[null,null,null]");
    assert_values("[9223372036854775807, 9223372036854775808, 1e999]",
                  "[9223372036854775807,\"9223372036854775808\",\"1e999\"]");
    assert_values("['1', \"true\", '', \"\", !!str 1, !!str, ! 1]", "[\"1\",\"true\",\"\",\"\",\"1\",\"\",\"1\"]");
    assert_values("[!!int 0x10, !!float 1, !!null '', !!bool true]", "[16,1.0,null,true]");
    assert_values("[2024-05-18, 2024-05-18T23:37:00Z]", "[\"2024-05-18\",\"2024-05-18T23:37:00Z\"]");
}

static void resolves_anchors(void **state)
{
    (void)state;
    assert_values("a: &x [1, 2]\nb: *x\n", "{\"a\":[1,2],\"b\":[1,2]}");
    assert_values("a: &x 1\nb: &x 2\nc: *x\n", "{\"a\":1,\"b\":2,\"c\":2}");
    assert_values("top: &k key\nmap: {*k : 2}\n", "{\"top\":\"key\",\"map\":{\"key\":2}}");
}

static void merges_maps(void **state)
{
    (void)state;
    assert_values("base: &b {x: 1, y: 1}\nd:\n  <<: *b\n  y: 2\n", "{\"base\":{\"x\":1,\"y\":1},\"d\":{\"y\":2,\"x\":1}}");
    assert_values("d:\n  y: 2\n  <<: [{y: 3, z: 1}, {z: 2, w: 4}]\n", "{\"d\":{\"y\":2,\"z\":1,\"w\":4}}");
    assert_values("'<<': 1\n", "{\"<<\":1}");
    assert_error("<<: 3\na: 1\n", "3", "'<<' takes a map or a list of maps, not a number", "");
    assert_error("<<: [{a: 1}, b]\n", "[{a: 1}, b]", "'<<' takes a map or a list of maps, not a list", "");
}

static void knows_places(void **state)
{
    (void)state;
    value v;
    struct diags diags = diags_in(&arena);
    str text = S("제목: 후기 😀\ntags: [가, 나다]\nmap:\n  k: v\n");
    assert_true(yaml_parse(&arena, text, 3, 100, &diags, &v));
    const struct value_pair *title = value_pair(&v, S("제목"));
    assert_int_equal(title->key_at.file, 3);
    assert_int_equal(title->key_at.start, 100);
    assert_int_equal(title->key_at.len, 6);
    assert_int_equal(title->value.at.start, 108);
    assert_int_equal(title->value.at.len, 11);
    value tags = value_get(v, S("tags"), &arena);
    value second = value_at(tags, 1, &arena);
    assert_int_equal(second.at.start - 100, str_find(text, S("나다")));
    assert_int_equal(second.at.len, 6);
    value map = value_get(v, S("map"), &arena);
    assert_int_equal(map.at.start - 100, str_find(text, S("k: v")));
    assert_int_equal(map.at.len, 4);
}

static void explains_colons(void **state)
{
    (void)state;
    assert_error("title: AWS re:Invent: 후기\n", ":", "': ' inside an unquoted value",
                 "write it in quotes: title: \"AWS re:Invent: 후기\"");
    assert_int_equal(error_at(S("title: AWS re:Invent: 후기\n"), ":").at.start, 20);
    assert_int_equal(error_at(S("제목: 가나다: 라\n"), ":").at.start, 17);
    assert_error("a:\n  - title: \"A\" B: 후기\n", "B: 후기", "text behind the closing '\"'",
                 "write it in quotes: - title: '\"A\" B: 후기'");
    assert_error("title: \"A\": 후기\n", ":", "': ' behind a value in quotes",
                 "write it in quotes: title: '\"A\": 후기'");
    assert_error("s:\n  - {code: A, title: The Frugal: Architect}\n", ":", "': ' inside an unquoted value",
                 "write it in quotes: - {code: A, title: \"The Frugal: Architect\"}");
    assert_error("title:후기\ndate: 2024\n", ":", "a ':' without a blank behind it", "write title: 후기");
    assert_error("title\ndate: 2024\n", "title", "a line without ':' where 'key: value' should stand",
                 "write 'title: ...'; a line that goes on with the value above is indented deeper than its key");
    assert_error("title: x\n: y\n", ":", "a ':' without a key in front of it", "");
}

static void explains_indents(void **state)
{
    (void)state;
    assert_error("tags:\n\t- a\n", "\t", "a tab in the indent", "YAML indents with blanks: write two blanks for each tab");
    assert_error("title: a\n  sub: b\n", "sub", "a line indented deeper than the one above, which has a value",
                 "begin 'sub' in the same column as 'title', or leave 'title:' without a value of its own");
    assert_error("a:\n    b: 1\n  c: 2\n", "c", "an indent that fits no line above",
                 "keys that belong together begin in the same column");
    assert_error("t:\n  - a\n - b\n", "- b", "an indent that fits no line above",
                 "list items that belong together begin in the same column");
    assert_error("title: a\n- b\n", "-", "a list item where the next 'key:' should be",
                 "a list stands below a key that has no value: 'title:'");
    assert_error("\xC2\xA0title: x\n", "\xC2\xA0", "a wide or no-break space (U+00A0) in front of a key",
                 "write a plain blank");
    assert_values("a: 1\n\t\nb: 2\n", "{\"a\":1,\"b\":2}");      /* a tab on an empty line does no harm */
}

static void explains_quotes(void **state)
{
    (void)state;
    assert_error("title: \"후기\ntags: a\n", "\"", "the quote that opens here is not closed",
                 "close it: title: \"후기\"");
    assert_int_equal(error_at(S("제목: \"후기\ntags: a\n"), "\"").at.start, 8);
    assert_error("title: \"후기\ntags: \"a\"\n", "\"", "the quote that opens here ends in a later line",
                 "close it on its own line");
    assert_error("title: 'it's 후기'\n", "s 후기'", "text behind the closing '''", "write it in quotes: title: \"it's 후기\"");
    assert_error("title: [후기] 인프콘\n", "인프콘", "text behind the closing ']'",
                 "write it in quotes: title: \"[후기] 인프콘\"");
    assert_error("title: \"C:\\한글\"\n", "\\한", "'\\한' is no escape that YAML knows",
                 "write \\\\ for a backslash, or single quotes: title: 'C:\\한글'");
}

static void explains_characters(void **state)
{
    (void)state;
    const char *firsts[] = {"@", "`", "%", "*", "&", "!"};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        str text = str_format(&arena, "title: %s후기\n", firsts[i]);
        struct diag diag = error_at(text, firsts[i]);
        char *hint = str_z(&arena, diag.hint);
        char *want = str_z(&arena, str_format(&arena, "write it in quotes: title: \"%s후기\"", firsts[i]));
        assert_string_equal(hint, want);
    }
    assert_error("tags: [C++, @types]\n", "@", "'@' cannot begin an unquoted value",
                 "write it in quotes: tags: [C++, \"@types\"]");
    assert_error("title: | 후기\n", "|", "text behind '|', which begins a text of several lines",
                 "write it in quotes: title: \"| 후기\"");
    assert_error("title: {{ page.x }}\n", "{ page.x }", "a key must be text, not a map",
                 "write it in quotes: title: \"{{ page.x }}\"");
    assert_error("tags: [a, b\ntitle: x\n", "[", "the '[' that opens here is not closed", "");
    assert_error("title: a\x07\n", "\x07", "a control character (U+0007)",
                 "remove it; it cannot be seen in most editors");
    assert_error("title: \xEA\xB0\n", "\xEA", "a byte that is not UTF-8", "save the file as UTF-8");
}

static void explains_names(void **state)
{
    (void)state;
    assert_error("d: *nope\n", "*nope", "unknown alias '*nope'", "write it in quotes: d: \"*nope\"");
    assert_error("a: &x [*x]\n", "*x", "unknown alias '*x'", "write it in quotes: a: \"&x [*x]\"");
    assert_error("a: !mytag x\n", "!mytag x", "unknown tag '!mytag'", "write it in quotes: a: \"!mytag x\"");
    assert_error("a: !!python/object:os.system []\n", "!!python/object:os.system [",
                 "unknown tag '!!python/object:os.system'", "write it in quotes: a: \"!!python/object:os.system []\"");
    assert_error("a: !!int abc\n", "!!int abc", "'abc' is no !!int", "");
    assert_error("a: 1\n---\nb: 2\n", "---", "a second document begins here, and one is read", "");
}

static void refuses_duplicate_keys(void **state)
{
    (void)state;
    assert_error("title: a\n제목: b\ntitle: c\n", "title", "the key 'title' is there twice", "");
    struct diag diag = error_at(S("title: a\n제목: b\ntitle: c\n"), "title");
    assert_int_equal(diag.at.start, 19);
    assert_int_equal(diag.related_count, 1);
    assert_int_equal(diag.related[0].at.start, 0);
}

static void limits_depth_and_size(void **state)
{
    (void)state;
    value v;
    struct diags diags;
    char text[202];
    memset(text, '[', 100);
    memset(text + 100, ']', 100);
    assert_true(parse(str_of(text, 200), &v, &diags));
    memset(text, '[', 101);
    memset(text + 101, ']', 101);
    assert_false(parse(str_of(text, 202), &v, &diags));
    assert_int_equal(diags.items[0].at.start, 100);
    /* nine aliases of nine, seven times over, are millions */
    struct buf laughs = buf_in(&arena);
    buf_add(&laughs, S("a0: &a0 [x, x, x, x, x, x, x, x, x]\n"));
    for (int i = 1; i < 8; i++) {
        buf_printf(&laughs, "a%d: &a%d [", i, i);
        for (int k = 0; k < 9; k++) buf_printf(&laughs, "*a%d, ", i - 1);
        buf_add(&laughs, S("]\n"));
    }
    assert_false(parse(buf_str(&laughs), &v, &diags));
    assert_int_equal(diags.count, 1);
    assert_true(str_starts(diags.items[0].message, S("more than 1000000 values")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_front_matter), cmocka_unit_test(follows_the_core_schema),
        cmocka_unit_test(resolves_anchors),   cmocka_unit_test(merges_maps),
        cmocka_unit_test(knows_places),       cmocka_unit_test(explains_colons),
        cmocka_unit_test(explains_indents),   cmocka_unit_test(explains_quotes),
        cmocka_unit_test(explains_characters), cmocka_unit_test(explains_names),
        cmocka_unit_test(refuses_duplicate_keys), cmocka_unit_test(limits_depth_and_size),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}

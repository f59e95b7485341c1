/* test_escape.c - HTML, XML, JSON and URLs, and text out of HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/escape.h"

static struct arena arena;

static void assert_text(str got, const char *want)
{
    char *z = str_z(&arena, got);
    assert_string_equal(z, want);
}

typedef void write_fn(struct buf *buf, str text);

static void assert_written(write_fn *write, str text, const char *want)
{
    struct buf out = buf_in(&arena);
    write(&out, text);
    assert_text(buf_str(&out), want);
}

static void writes_html(void **state)
{
    (void)state;
    assert_written(buf_html, S("a < b && \"c\" > 'd'"), "a &lt; b &amp;&amp; &quot;c&quot; &gt; &#39;d&#39;");
    assert_written(buf_html, S("후기 & 회고"), "후기 &amp; 회고");
    assert_written(buf_html, S("&amp;"), "&amp;amp;");
    assert_written(buf_html, S(""), "");
}

static void writes_html_once(void **state)
{
    (void)state;
    assert_written(buf_html_once, S("1 < 2 &amp; 3"), "1 &lt; 2 &amp; 3");
    assert_written(buf_html_once, S("&lt;&#39;&#xA0;&frac12;&"), "&lt;&#39;&#xA0;&frac12;&amp;");
    assert_written(buf_html_once, S("&;&#;&#x;&a b;&1;&"), "&amp;;&amp;#;&amp;#x;&amp;a b;&amp;1;&amp;");
}

static void writes_xml(void **state)
{
    (void)state;
    assert_written(buf_xml, S("a\x01\x08<b>\t\n\x1F후기"), "a&lt;b&gt;\t\n후기");
    assert_written(buf_xml, S("\xEF\xBF\xBE\xEF\xBF\xBFx"), "x");
    assert_written(buf_xml, S("a\xFFz"), "a\xEF\xBF\xBDz");
    assert_written(buf_xml, S("\xEC\x9E"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_written(buf_xml, S("\xED\xA0\x80'\x7F\xEF\xBC\x81\xC3\xA9"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD&#39;\x7F\xEF\xBC\x81\xC3\xA9");
}

static void writes_json(void **state)
{
    (void)state;
    assert_written(buf_json, S("a\"b\\c\n\t\r\b\f\x01"), "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\"");
    assert_written(buf_json, S("</script><!--<script>"), "\"<\\/script>\\u003c!--<script>\"");
    assert_written(buf_json, S("\xE2\x80\xA8\xE2\x80\xA9"), "\"\\u2028\\u2029\"");
    assert_written(buf_json, S("한글 😀 a/b"), "\"한글 😀 a/b\"");
    assert_written(buf_json, S("x\0y\xFF"), "\"x\\u0000y\xEF\xBF\xBD\"");
    assert_written(buf_json, S(""), "\"\"");
}

static void writes_urls(void **state)
{
    (void)state;
    struct buf out = buf_in(&arena);
    buf_url_path(&out, S("/tags/컨퍼런스/a b?#%20[x]@:;=+$,!*'()~"), false);
    assert_text(buf_str(&out), "/tags/%EC%BB%A8%ED%8D%BC%EB%9F%B0%EC%8A%A4/a%20b%3F%23%2520%5Bx%5D@:;=+$,!*'()~");
    buf_clear(&out);
    buf_url_path(&out, S("/a%20b%zz%"), true);
    assert_text(buf_str(&out), "/a%20b%25zz%25");
    assert_written(buf_url_part, S("a b&c=d/é~"), "a%20b%26c%3Dd%2F%C3%A9~");
    assert_text(url_decode(&arena, S("%EA%B0%80+%zz%2")), "가+%zz%2");
    str plain = S("/plain");
    assert_ptr_equal(url_decode(&arena, plain).p, plain.p);
}

static void knows_absolute_urls(void **state)
{
    (void)state;
    const char *absolute[] = {"https://a", "mailto:a@b", "//host/x", "HTTP:x", "data:,", "javascript:alert(1)", "\\\\host",
                              "/\\host", "  https://a", "git+ssh://x"};
    const char *local[] = {"", "/a", "a/b", "#top", "?q=a:b", "a/b:c", "1a:b", "이미지:a", ":x", "./a:b"};
    for (size_t i = 0; i < sizeof absolute / sizeof *absolute; i++) assert_true(url_is_absolute(str_c(absolute[i])));
    for (size_t i = 0; i < sizeof local / sizeof *local; i++) assert_false(url_is_absolute(str_c(local[i])));
}

static void decodes_entities(void **state)
{
    (void)state;
    assert_text(html_decode(&arena, S("&lt;&amp;&gt;&quot;&apos;&hellip;&mdash;&ldquo;&copy;&rarr;&times;&AElig;&zwnj;")),
                "<&>\"'…—“©→×Æ\xE2\x80\x8C");
    assert_text(html_decode(&arena, S("&#54620;&#xAE00;&#X1F600;")), "한글😀");
    assert_text(html_decode(&arena, S("&#146;&#0;&#xD800;&#x110000;&#99999999999999;")),
                "’\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_text(html_decode(&arena, S("AT&T &unknown; &amp &#; &")), "AT&T &unknown; &amp &#; &");
    assert_text(html_decode(&arena, S("&amp;lt;")), "&lt;");
}

static void takes_text_out_of_html(void **state)
{
    (void)state;
    assert_text(html_text(&arena, S("<h2>행사장 <b>분위</b>기</h2>\n<p>정말&nbsp;좋았다.<br>또 가자</p>")),
                "행사장 분위기 정말 좋았다. 또 가자");
    assert_text(html_text(&arena, S("<ul><li>a</li><li>b</li></ul>")), "a b");
    assert_text(html_text(&arena, S("a<!-- <p> x --> b<script>if (a<b) '</p>'</script >c<style>p{}</STYLE>d")), "a b c d");
    assert_text(html_text(&arena, S("<img alt=\"a > b\" src=x>1 < 2 &lt;b&gt;")), "1 < 2 <b>");
    assert_text(html_text(&arena, S("  a \n\t b  ")), "a b");
    assert_text(html_text(&arena, S("a<p")), "a");
    assert_text(html_text(&arena, S("a<!-- no end")), "a");
    assert_text(html_text(&arena, S("<script>no end")), "");
    assert_text(html_text(&arena, S("a < b <")), "a < b <");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_html),    cmocka_unit_test(writes_html_once),
        cmocka_unit_test(writes_xml),     cmocka_unit_test(writes_json),
        cmocka_unit_test(writes_urls),    cmocka_unit_test(knows_absolute_urls),
        cmocka_unit_test(decodes_entities), cmocka_unit_test(takes_text_out_of_html),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}

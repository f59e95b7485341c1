/* test_pieces.c - texts packed as pieces of others come back as they were, and damaged ones are seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pieces.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static str packed(str text, str of)
{
    struct buf out = buf_in(&arena);
    pack_pieces(&out, text, of);
    return buf_str(&out);
}

/* How many bytes it took. */
static ptrdiff_t round_trip(str text, str of)
{
    struct unpack in = {.bytes = packed(text, of)};
    ptrdiff_t len = in.bytes.len;
    assert_true(str_equal(unpack_pieces(&in, of, &arena), text));
    assert_false(in.failed);
    assert_int_equal(in.bytes.len, 0);
    return len;
}

static void any_two_texts_do(void **state)
{
    (void)state;
    round_trip(S(""), S(""));
    round_trip(S(""), S("<p>글</p>"));
    round_trip(S("글"), S(""));
    round_trip(S("가나다라마바사 아자차카타파하"), S("아자차카타파하 가나다라마바사"));
    round_trip(S("하나 둘 셋 넷 다섯"), S("<p>하나 둘"));
    round_trip(S("A & B < C\n둘째 문단입니다."), S("<p>A &amp; B &lt; C</p>\n<p>둘째 <b>문단</b>입니다.</p>"));
}

static void tags_are_left_out(void **state)
{
    (void)state;
    struct buf html = buf_in(&arena), text = buf_in(&arena);
    for (int i = 0; i < 100; i++) {
        buf_printf(&html, "<p>발표를 <strong>%d번</strong>이나 들었지만 <a href=\"/posts/%d/\">그 글</a>만 한 것이 없었다.</p>\n", i, i);
        buf_printf(&text, "발표를 %d번이나 들었지만 그 글만 한 것이 없었다.\n", i);
    }
    assert_true(round_trip(buf_str(&text), buf_str(&html)) < text.len / 2);
}

static void a_block_of_code_is_passed_over(void **state)
{
    (void)state;
    struct buf html = buf_in(&arena);
    buf_add(&html, S("<p>명령은 다음과 같다.</p>\n<pre><code>"));
    buf_repeat(&html, '#', 4000);
    buf_add(&html, S("</code></pre>\n<p>이렇게 하면 모든 것이 잘 된다는 이야기였다.</p>\n"));
    str text = S("명령은 다음과 같다.\n이렇게 하면 모든 것이 잘 된다는 이야기였다.");
    assert_true(round_trip(text, buf_str(&html)) < text.len / 2);
}

/* Nothing of the text is found, and tags are long: it is written out before that takes long. */
static void what_is_not_there_is_written_out(void **state)
{
    (void)state;
    struct buf html = buf_in(&arena), text = buf_in(&arena);
    for (int i = 0; i < 2000; i++) {
        buf_add(&html, S("<i title='"));
        buf_repeat(&html, 'x', 500);
        buf_add(&html, S("'>&lt;"));
        buf_add(&text, S("이것은 저기에 없다 "));
    }
    assert_true(round_trip(buf_str(&text), buf_str(&html)) < text.len + 100);
}

static void damage_is_seen(void **state)
{
    (void)state;
    str of = S("<p>하나 <b>둘</b> 셋 넷 다섯 여섯</p>"), whole = packed(S("하나 둘 셋 넷 다섯 여섯"), of);
    for (ptrdiff_t len = 0; len < whole.len; len++) {
        struct unpack in = {.bytes = str_slice(whole, 0, len)};
        unpack_pieces(&in, of, &arena);
        assert_true(in.failed);
    }
    for (ptrdiff_t i = 0; i < whole.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            str bytes = str_copy(&arena, whole);
            ((char *)(uintptr_t)bytes.p)[i] ^= (char)(1 << bit);
            struct unpack in = {.bytes = bytes};
            assert_true(unpack_pieces(&in, of, &arena).len <= of.len + whole.len);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_two_texts_do),
        cmocka_unit_test(tags_are_left_out),
        cmocka_unit_test(a_block_of_code_is_passed_over),
        cmocka_unit_test(what_is_not_there_is_written_out),
        cmocka_unit_test(damage_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}

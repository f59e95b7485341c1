/* text_head.c - title and byline of a text file.
 *
 * A byline is a line of at most 40 characters and five words, without a
 * sentence's punctuation, with an empty line behind it, that shows a person:
 * a label before the name ("글 홍길동", "by Jane"), a role behind it
 * ("윤현식 연구원"), or nothing but a Korean name. */
#include "read/text_head.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { BYLINE_CHARACTERS = 40, BYLINE_WORDS = 5 };

static const str labels[] = {
    STR_INIT("글"), STR_INIT("글쓴이"), STR_INIT("작성자"), STR_INIT("필자"), STR_INIT("취재"),
    STR_INIT("by"), STR_INIT("By"), STR_INIT("Author"),
};

static const str roles[] = {
    STR_INIT("연구원"), STR_INIT("연구생"), STR_INIT("교수"), STR_INIT("기자"), STR_INIT("님"), STR_INIT("씨"),
    STR_INIT("팀장"), STR_INIT("개발자"), STR_INIT("엔지니어"), STR_INIT("매니저"), STR_INIT("대표"),
    STR_INIT("이사"), STR_INIT("과장"), STR_INIT("대리"), STR_INIT("차장"), STR_INIT("부장"), STR_INIT("사원"),
    STR_INIT("리더"), STR_INIT("디자이너"), STR_INIT("박사"), STR_INIT("에반젤리스트"), STR_INIT("아키텍트"),
};

static const str surnames[] = {
    STR_INIT("김"), STR_INIT("이"), STR_INIT("박"), STR_INIT("최"), STR_INIT("정"), STR_INIT("강"), STR_INIT("조"),
    STR_INIT("윤"), STR_INIT("장"), STR_INIT("임"), STR_INIT("한"), STR_INIT("오"), STR_INIT("서"), STR_INIT("신"),
    STR_INIT("권"), STR_INIT("황"), STR_INIT("안"), STR_INIT("송"), STR_INIT("류"), STR_INIT("유"), STR_INIT("전"),
    STR_INIT("홍"), STR_INIT("고"), STR_INIT("문"), STR_INIT("양"), STR_INIT("손"), STR_INIT("배"), STR_INIT("백"),
    STR_INIT("허"), STR_INIT("남"), STR_INIT("심"), STR_INIT("노"), STR_INIT("하"), STR_INIT("곽"), STR_INIT("성"),
    STR_INIT("차"), STR_INIT("주"), STR_INIT("우"), STR_INIT("구"), STR_INIT("민"), STR_INIT("나"), STR_INIT("진"),
};

/* White space off both ends, U+00A0 and other Unicode blanks too. */
static str trim_blanks(str s)
{
    for (ptrdiff_t at = 0; at < s.len;) {
        ptrdiff_t from = at;
        if (!rune_is_space(utf8_next(s, &at))) {
            s = str_from(s, from);
            break;
        }
        if (at == s.len) return (str){0};
    }
    for (ptrdiff_t end = s.len; end > 0;) {
        ptrdiff_t before = end;
        if (!rune_is_space(utf8_before(s, &end))) return str_slice(s, 0, before);
    }
    return s;
}

static bool has_sentence_mark(str s)
{
    static const str marks[] = {STR_INIT("."), STR_INIT("!"), STR_INIT("?"), STR_INIT(","),
                                STR_INIT("…"), STR_INIT("。"), STR_INIT("://"), STR_INIT("\"")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_contains(s, marks[i])) return true;
    return false;
}

static bool is_one_of(str word, const str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(word, list[i])) return true;
    return false;
}

/* Two to four syllables that begin with a surname. */
static bool is_korean_name(str word)
{
    ptrdiff_t syllables = utf8_count(word);
    if (syllables < 2 || syllables > 4 || word.len != syllables * 3) return false;
    for (ptrdiff_t at = 0; at < word.len;)
        if (!rune_is_hangul(utf8_next(word, &at))) return false;
    return is_one_of(str_slice(word, 0, 3), surnames, sizeof surnames / sizeof *surnames);
}

static bool names_a_person(str line)
{
    str first = {0}, last = {0}, before_last = {0}, word;
    int words = 0;
    for (str rest = line; str_split(&rest, ' ', &word);) {
        if (word.len == 0) continue;
        if (words++ == 0) first = str_trim_char(word, ':');
        before_last = last;
        last = word;
    }
    if (words == 0 || words > BYLINE_WORDS) return false;
    if (words > 1 && is_one_of(first, labels, sizeof labels / sizeof *labels)) return true;
    if (words > 1 && is_one_of(last, roles, sizeof roles / sizeof *roles)) return is_korean_name(before_last);
    return words == 1 && is_korean_name(last);
}

static str without_label(str line)
{
    ptrdiff_t blank = str_find_char(line, ' ');
    str first = str_trim_char(str_slice(line, 0, blank), ':');
    bool labelled = blank > 0 && is_one_of(first, labels, sizeof labels / sizeof *labels);
    return labelled ? trim_blanks(str_from(line, blank)) : line;
}

static bool next_line(str *rest, str *line)
{
    if (!str_line(rest, line)) return false;
    *line = trim_blanks(*line);
    return true;
}

/* The first line that is not empty. */
static bool next_text(str *rest, str *line)
{
    while (next_line(rest, line))
        if (line->len) return true;
    return false;
}

ptrdiff_t text_head(str text, str *title, str *byline)
{
    str rest = text, line, after;
    if (!next_text(&rest, title)) return text.len;
    str body = rest;
    if (!next_text(&rest, &line) || !next_line(&rest, &after) || after.len > 0) return body.p - text.p;
    if (utf8_count(line) > BYLINE_CHARACTERS || has_sentence_mark(line) || !names_a_person(line))
        return body.p - text.p;
    *byline = without_label(line);
    return rest.p ? rest.p - text.p : text.len;
}

str text_plain(struct arena *arena, str line)
{
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < line.len; i++) {
        char c = line.p[i];
        if (c == '\\' && i + 1 < line.len) {
            buf_char(&out, line.p[++i]);
        } else if (c == ']' && i + 1 < line.len && line.p[i + 1] == '(') {
            ptrdiff_t close = str_find_char(str_from(line, i), ')');
            if (close > 0) i += close;
        } else if (c != '*' && c != '`' && c != '[' && !(c == '!' && i + 1 < line.len && line.p[i + 1] == '[')) {
            buf_char(&out, c);
        }
    }
    return str_trim(buf_str(&out));
}

/* yaml_suite.c - runs yaml-test-suite (as JSON) and front matters of others.
 *
 *     yaml_suite [-v] SUITE.json
 *
 * Two shapes.  yaml-test-suite: {yaml, json_documents | error, libyaml, front_matter_relevant};
 * hugi reads one document, so cases with several are left out, and so are those
 * that libyaml itself reads otherwise (`libyaml` is not "pass").  What must be
 * refused has to give one located error; what can be read, the same value.
 * Front matters: {name, file_base64}: every one must be read without an error,
 * or refused with exactly one.  -v prints what failed and what was refused.  Ends with "NAME: N of M". */
#include <stdio.h>

#include "base/json.h"
#include "base/file.h"
#include "base/path.h"
#include "base/yaml.h"
#include "read/front_matter.h"

struct suite {
    struct arena arena;
    bool verbose;
    ptrdiff_t passed, total;
};

static str text_of(value test, const char *key, struct arena *arena) { return value_text(value_get(test, str_c(key), arena)); }

static void count(struct suite *suite, bool passed, value test, const char *why, struct arena *arena)
{
    suite->total++;
    suite->passed += passed;
    if (passed || !suite->verbose) return;
    str id = text_of(test, "id", arena), name = text_of(test, "name", arena);
    printf("FAIL %" STR_F " %" STR_F ": %s\n", STR_A(id), STR_A(name), why);
}

/* --- yaml-test-suite ---------------------------------------------------- */

/* hugi's keys and what it leaves as text are its own (yaml.h): texts are compared as they are printed. */
static bool same(value want, value got, struct arena *arena)
{
    if (want.kind == VALUE_LIST && got.kind == VALUE_LIST) {
        if (value_count(want) != value_count(got)) return false;
        for (ptrdiff_t i = 0; i < value_count(want); i++)
            if (!same(value_at(want, i, arena), value_at(got, i, arena), arena)) return false;
        return true;
    }
    if (want.kind == VALUE_MAP && got.kind == VALUE_MAP) {
        if (value_count(want) != value_count(got)) return false;
        for (ptrdiff_t i = 0; i < value_count(want); i++) {
            const struct value_pair *pair = &want.as.map->pairs[i];
            const struct value_pair *other = value_pair(&got, pair->key);
            if (!other || !same(pair->value, other->value, arena)) return false;
        }
        return true;
    }
    return value_equal(want, got, arena) || str_equal(value_print(want, arena), value_print(got, arena));
}

static void run_yaml(struct suite *suite, value test)
{
    struct arena arena = {0};
    struct diags diags = diags_in(&arena);
    bool must_fail = value_get(test, S("error"), &arena).as.boolean;
    value documents = value_get(test, S("json_documents"), &arena), got;
    bool one = value_count(documents) == 1 || (documents.kind == VALUE_LIST && value_count(documents) == 0);
    if (str_equal(text_of(test, "libyaml", &arena), S("pass")) && (must_fail || one)) {
        bool ok = yaml_parse(&arena, text_of(test, "yaml", &arena), 1, 0, &diags, &got);
        if (must_fail)
            count(suite, !ok && diags.errors == 1, test, "was read, though it is an error", &arena);
        else if (!ok)
            count(suite, false, test, str_z(&arena, diags.count ? diags.items[0].message : S("?")), &arena);
        else
            count(suite, same(value_count(documents) ? value_at(documents, 0, &arena) : value_null(), got, &arena), test, "another value", &arena);
    }
    arena_free(&arena);
}

/* --- front matters -------------------------------------------------------- */

static str decode_base64(str text, struct arena *arena)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct buf out = buf_in(arena);
    uint32_t bits = 0;
    int held = 0;
    for (ptrdiff_t i = 0; i < text.len && text.p[i] != '='; i++) {
        const char *at = text.p[i] ? strchr(alphabet, text.p[i]) : NULL;
        if (!at) continue;
        bits = bits << 6 | (uint32_t)(at - alphabet);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        buf_char(&out, (char)(bits >> held & 0xFF));
    }
    return buf_str(&out);
}

static void run_front_matter(struct suite *suite, str name, str base64)
{
    struct arena arena = {0};
    struct diags diags = diags_in(&arena);
    str file = decode_base64(base64, &arena), yaml, body;
    uint32_t yaml_offset, body_offset;
    value got;
    bool split = front_matter_split(file, &yaml, &yaml_offset, &body, &body_offset, 1, &diags);
    bool read = split && (yaml.len == 0 || yaml_parse(&arena, yaml, 1, yaml_offset, &diags, &got));
    bool passed = read ? diags.errors == 0 : diags.errors == 1;
    suite->total++;
    suite->passed += passed;
    if (suite->verbose && !read) printf("%s %" STR_F ": %" STR_F "\n", passed ? "refused" : "FAIL", STR_A(name), STR_A(diags.items[0].message));
    arena_free(&arena);
}

/* The text behind the next `"KEY": "`, up to the next quotation mark; false when there is none. */
static bool next_field(str *rest, str key, str *out)
{
    ptrdiff_t at = str_find(*rest, key);
    if (at < 0) return false;
    *rest = str_from(*rest, at + key.len);
    return str_split(rest, '"', out);
}

/* By its two fields alone: what other readers made of some is nested deeper than base/json reads. */
static void run_front_matters(struct suite *suite, str text)
{
    str name, base64;
    while (next_field(&text, S("\"name\": \""), &name) && next_field(&text, S("\"file_base64\": \""), &base64))
        run_front_matter(suite, name, base64);
}

static bool run_suite(struct suite *suite, const char *path)
{
    struct diags diags = diags_in(&suite->arena);
    str text;
    value root;
    if (!file_read(&suite->arena, str_c(path), &text, &diags)) return false;
    if (str_contains(text, S("\"file_base64\": "))) {
        run_front_matters(suite, text);
        return true;
    }
    if (!json_parse(&suite->arena, text, 0, &diags, &root)) return false;
    value tests = value_get(root, S("tests"), &suite->arena);
    for (ptrdiff_t i = 0; i < value_count(tests); i++) run_yaml(suite, value_at(tests, i, &suite->arena));
    return true;
}

int main(int argc, char **argv)
{
    struct suite suite = {0};
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) suite.verbose = true;
        else path = argv[i];
    }
    if (!path || !run_suite(&suite, path)) {
        fputs("usage: yaml_suite [-v] SUITE.json\n", stderr);
        return 2;
    }
    printf("%" STR_F ": %td of %td\n", STR_A(path_stem(str_c(path))), suite.passed, suite.total);
    bool all = suite.passed == suite.total;
    arena_free(&suite.arena);
    return all ? 0 : 1;
}

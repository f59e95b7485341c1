/* pathological.c - inputs made to take long, through `hugi markdown`.
 *
 *     pathological [-v] --hugi HUGI [--profile NAME] FILE
 *
 * FILE is a table of inputs (tests/pathological/inputs.txt says how its lines read) or the suite
 * markdown_pathological.json.  Each input must end by itself within 2 seconds and 1 GiB; what takes
 * long enough to be measured must not take over three times what half of it takes: by its bytes,
 * for half the repetitions are not always half the input.  CPU time counts, so a busy machine does
 * not matter; under sanitizers there is ten times as much of it.
 *
 * Prints "ok NAME" or "not ok NAME" for each (-v: its time too), at last "pathological: N of M". */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)       /* gcc */
#define SANITIZED
#elif defined(__has_feature)                                            /* clang */
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef SANITIZED
enum { SLOWER = 10, MOST_KILOBYTES = 0 };       /* they take memory of their own */
#else
enum { SLOWER = 1, MOST_KILOBYTES = 1024 * 1024 };
#endif

static const double seconds_at_most = 2.0 * SLOWER;
static const double seconds_to_measure = 0.2 * SLOWER;
static const double growth_at_most = 3.0;       /* for twice the input */

/* A text and how often; in the text %d is the repetition's number, %n the next one, and %{x} as many x. */
struct part {
    str text;
    long times;
};

struct input {
    str name, profile;              /* "" or "all": all profiles */
    struct part *parts;
    ptrdiff_t count, capacity;
};

struct run {
    struct arena arena;             /* the table */
    const char *hugi, *only, *path; /* path: of the input's file */
    bool verbose;
    int passed, total;
};

/* --- from a row to an input -------------------------------------------------------- */

static void add_repetition(struct buf *out, str text, long number)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        str rest = str_from(text, i);
        ptrdiff_t close = str_starts(rest, S("%{")) ? str_find_char(rest, '}') : -1;
        if (str_starts(rest, S("%d")) || str_starts(rest, S("%n"))) {
            buf_printf(out, "%ld", number + (text.p[++i] == 'n'));
        } else if (close > 0) {
            for (long n = 0; n < number; n++) buf_add(out, str_slice(rest, 2, close));
            i += close;
        } else {
            buf_char(out, text.p[i]);
        }
    }
}

/* `half`: with half the repetitions. */
static str make_input(const struct input *input, bool half, struct arena *arena)
{
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < input->count; i++) {
        struct part part = input->parts[i];
        long times = half && part.times > 1 ? part.times / 2 : part.times;
        for (long n = 0; n < times; n++) add_repetition(&out, part.text, n);
    }
    return buf_str(&out);
}

/* --- one input ------------------------------------------------------------------------ */

struct outcome {
    double seconds;
    long kilobytes;
    int status;                     /* of wait */
};

static _Noreturn void run_hugi(const struct run *run, const char *profile)
{
    rlim_t most = (rlim_t)seconds_at_most;
    setrlimit(RLIMIT_CPU, &(struct rlimit){most, most + 1});
    int in = open(run->path, O_RDONLY), out = open("/dev/null", O_WRONLY);
    if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0) _exit(127);
    execl(run->hugi, "hugi", "markdown", "--profile", profile, (char *)NULL);
    _exit(127);
}

static struct outcome run_once(const struct run *run, const char *profile)
{
    struct outcome outcome = {.status = -1};
    struct rusage used;
    pid_t child = fork();
    if (child == 0) run_hugi(run, profile);
    if (child < 0 || wait4(child, &outcome.status, 0, &used) < 0) return outcome;
    outcome.seconds = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                      (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    outcome.kilobytes = used.ru_maxrss;
    return outcome;
}

static void write_input(const struct run *run, str text)
{
    FILE *file = fopen(run->path, "wb");
    bool good = file && fwrite(text.p, 1, (size_t)text.len, file) == (size_t)text.len;
    if (!file || fclose(file) != 0 || !good) {
        fprintf(stderr, "pathological: %s cannot be written\n", run->path);
        exit(2);
    }
}

/* The least of some runs: what disturbs only adds to it. */
static struct outcome run_input(const struct run *run, const char *profile, str text, int turns)
{
    write_input(run, text);
    struct outcome best = run_once(run, profile);
    for (int i = 1; i < turns; i++) {
        struct outcome next = run_once(run, profile);
        if (next.seconds < best.seconds) best = next;
    }
    return best;
}

/* How many times as long an input of twice the bytes takes. */
static double measure_growth(const struct run *run, const struct input *input, const char *profile, struct arena *arena)
{
    enum { TURNS = 3 };
    str whole = make_input(input, false, arena), half = make_input(input, true, arena);
    double small = run_input(run, profile, half, TURNS).seconds;
    double large = run_input(run, profile, whole, TURNS).seconds;
    if (half.len == whole.len || small <= 0) return 1;
    return 2 * (large / (double)whole.len) / (small / (double)half.len);
}

static bool ends_well(const struct outcome *outcome, struct buf *why)
{
    if (!WIFEXITED(outcome->status)) buf_printf(why, "ended by signal %d", WTERMSIG(outcome->status));
    else if (WEXITSTATUS(outcome->status) > 1) buf_printf(why, "exit status %d", WEXITSTATUS(outcome->status));
    else if (MOST_KILOBYTES && outcome->kilobytes > MOST_KILOBYTES) buf_printf(why, "%ld KB", outcome->kilobytes);
    return why->len == 0;
}

static void try_input(struct run *run, const struct input *input, const char *profile)
{
    struct arena arena = {0};
    struct buf why = buf_in(&arena);
    str text = make_input(input, false, &arena);
    struct outcome outcome = run_input(run, profile, text, 1);
    if (ends_well(&outcome, &why) && outcome.seconds > seconds_to_measure) {
        double growth = measure_growth(run, input, profile, &arena);
        if (growth > growth_at_most) buf_printf(&why, "twice the input takes %.1f times as long", growth);
    }
    bool good = why.len == 0;
    run->total++;
    run->passed += good;
    printf("%s %s: %" STR_F "\n", good ? "ok" : "not ok", profile, STR_A(input->name));
    if (!good || run->verbose)
        printf("    %.2f s for %td bytes %" STR_F "\n", outcome.seconds, text.len, STR_A(buf_str(&why)));
    fflush(stdout);
    arena_free(&arena);
}

static void try_profiles(struct run *run, const struct input *input)
{
    static const char *const profiles[] = {"hugi", "gfm", "commonmark"};
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        str profile = str_c(profiles[i]);
        bool wanted = input->profile.len == 0 || str_equal(input->profile, S("all")) || str_equal(input->profile, profile);
        if (wanted && (!run->only || str_equal(profile, str_c(run->only)))) try_input(run, input, profiles[i]);
    }
}

/* --- the files --------------------------------------------------------------------------- */

static void add_part(struct run *run, struct input *input, str text, long times)
{
    ARENA_PUSH(&run->arena, input->parts, input->count, input->capacity) = (struct part){text, times};
}

static _Noreturn void bad_row(str line)
{
    fprintf(stderr, "pathological: not a row: %" STR_F "\n", STR_A(line));
    exit(2);
}

/* Length of the JSON text that `parts` begins with, or 0. */
static ptrdiff_t text_length(str parts)
{
    if (!str_starts(parts, S("\""))) return 0;
    for (ptrdiff_t i = 1; i < parts.len; i++) {
        if (parts.p[i] == '"') return i + 1;
        if (parts.p[i] == '\\') i++;
    }
    return 0;
}

/* "text" x N, or a text alone: takes it off `parts`. */
static bool read_part(struct run *run, str *parts, struct input *input)
{
    struct diags diags = diags_in(&run->arena);
    ptrdiff_t length = text_length(*parts), digits = 0;
    int64_t times = 1;
    value text;
    if (length == 0 || !json_parse(&run->arena, str_slice(*parts, 0, length), 0, &diags, &text)) return false;
    *parts = str_trim_left(str_from(*parts, length));
    if (str_starts(*parts, S("x "))) {
        *parts = str_trim_left(str_from(*parts, 2));
        while (digits < parts->len && char_is_digit(parts->p[digits])) digits++;
        if (!str_to_int(str_slice(*parts, 0, digits), &times)) return false;
        *parts = str_trim_left(str_from(*parts, digits));
    }
    add_part(run, input, value_text(text), (long)times);
    return true;
}

static void try_table(struct run *run, str table)
{
    for (str rest = table, line; str_line(&rest, &line);) {
        struct input input = {0};
        str parts = str_trim(line);
        if (parts.len == 0 || parts.p[0] == '#') continue;
        if (!str_split(&parts, '|', &input.name) || !str_split(&parts, '|', &input.profile)) bad_row(line);
        input.name = str_trim(input.name), input.profile = str_trim(input.profile);
        for (parts = str_trim(parts); parts.len > 0;)
            if (!read_part(run, &parts, &input)) bad_row(line);
        try_profiles(run, &input);
    }
}

/* A list of texts, each with a number behind it or not; two words stand for inputs that grow by the line. */
static void read_case(struct run *run, value list, struct input *input)
{
    for (ptrdiff_t i = 0; i < value_count(list); i++) {
        str text = value_text(value_at(list, i, NULL));
        value times = value_at(list, i + 1, NULL);
        if (str_equal(text, S("LISTS"))) text = S("%{  }- a\n");
        if (str_equal(text, S("BACKTICKS"))) text = S("%{`} e");
        add_part(run, input, text, times.kind == VALUE_INT ? (long)times.as.integer : 1);
        i += times.kind == VALUE_INT;
    }
}

static void try_suite(struct run *run, str json)
{
    value root, cases;
    struct diags diags = diags_in(&run->arena);
    if (!json_parse(&run->arena, json, 0, &diags, &root)) bad_row(S("of JSON"));
    cases = value_get(root, S("cases"), NULL);
    for (ptrdiff_t i = 0; i < value_count(cases); i++) {
        struct input input = {.name = cases.as.map->pairs[i].key};
        read_case(run, cases.as.map->pairs[i].value, &input);
        try_profiles(run, &input);
    }
}

static const char *read_arguments(struct run *run, int argc, char **argv)
{
    const char *file = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) run->verbose = true;
        else if (strcmp(argv[i], "--hugi") == 0 && i + 1 < argc) run->hugi = argv[++i];
        else if (strcmp(argv[i], "--profile") == 0 && i + 1 < argc) run->only = argv[++i];
        else file = argv[i];
    }
    return run->hugi ? file : NULL;
}

int main(int argc, char **argv)
{
    struct run run = {0};
    const char *file = read_arguments(&run, argc, argv);
    struct diags diags = diags_in(&run.arena);
    char path[] = "/tmp/hugi-pathological.XXXXXX";
    int made = file ? mkstemp(path) : -1;
    str text;
    if (made < 0 || close(made) != 0 || !file_read(&run.arena, str_c(file), &text, &diags)) {
        fputs("usage: pathological [-v] --hugi HUGI [--profile NAME] FILE\n", stderr);
        return 2;
    }
    run.path = path;
    if (str_ends(str_c(file), S(".json"))) try_suite(&run, text);
    else try_table(&run, text);
    unlink(path);
    printf("pathological: %d of %d\n", run.passed, run.total);
    arena_free(&run.arena);
    return run.total == 0;
}

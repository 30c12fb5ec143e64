/* test_options.c - one table of options: parsing, defaults, mistakes. */
#include "config.h"

#include "src/base/mem.h"
#include "ui/cli/options.h"

#include "tests/unit.h"

#include <math.h>
#include <string.h>

struct settings {
    bool reverse, quiet;
    unsigned epochs;
    uint64_t seed;
    long rejects;
    double lr;
    const char *out;
    int item;
    struct option_pair range;
    struct option_list users;
};

static const char *const items[] = { "title", "id", NULL };

static const struct option table[] = {
    { .name = "reverse", .letter = 'r', OPTION_FLAG(struct settings, reverse) },
    { .name = "quiet", .letter = 'q', OPTION_FLAG(struct settings, quiet) },
    { .name = "epochs",
      .letter = 'e',
      OPTION_UNSIGNED(struct settings, epochs),
      .arg = "N",
      .def = "2",
      .lo = 1,
      .hi = 1000 },
    { .name = "seed", OPTION_U64(struct settings, seed), .arg = "N", .def = "42" },
    { .name = "max-rejects",
      OPTION_LONG(struct settings, rejects),
      .arg = "N",
      .def = "auto",
      .word = "auto",
      .word_value = -1 },
    { .name = "lr",
      OPTION_DOUBLE(struct settings, lr),
      .arg = "RATE",
      .def = "3e-3",
      .hi = INFINITY,
      .above_lo = true,
      .word = "auto",
      .word_value = 0 },
    { .name = "out", .letter = 'o', OPTION_TEXT(struct settings, out), .arg = "RUN" },
    { .name = "item",
      OPTION_CHOICE(struct settings, item),
      .arg = "WHAT",
      .def = "title",
      .choices = items },
    { .name = "y-range",
      OPTION_PAIR(struct settings, range),
      .arg = "LO,HI",
      .def = "0.5,5.5" },
    { .name = "user", OPTION_LIST(struct settings, users), .arg = "ID" },
    { 0 },
};

#define WORDS_MAX 12

/* What a line of words gives; done() frees it. */
struct outcome {
    struct settings s;
    struct parsed p;
    char words[WORDS_MAX][64];
    char *argv[WORDS_MAX];
    struct err err;
    enum err_code rc;
};

/* Parse a line that is cut at blanks. */
static void
parse(struct outcome *o, const char *line)
{
    int n = 0;

    memset(o, 0, sizeof(*o));
    options_add(&o->p, table, &o->s);
    while (*line != '\0' && n < WORDS_MAX) {
        size_t len = strcspn(line, " ");

        memcpy(o->words[n], line, len);
        o->argv[n] = o->words[n];
        n++;
        line += len + (line[len] == ' ');
    }
    o->rc = options_parse(&o->p, n, o->argv, &o->err);
}

static void
refuses(const char *line, const char *message)
{
    struct outcome o;

    parse(&o, line);
    CU_ASSERT_EQUAL(o.rc, ERR_ARG);
    CU_ASSERT_STRING_EQUAL(o.err.msg, message);
    options_done(&o.p);
}

static void
defaults_come_from_the_table(void)
{
    struct outcome o;

    parse(&o, "");
    CU_ASSERT_EQUAL(o.rc, ERR_OK);
    CU_ASSERT_FALSE(o.s.reverse);
    CU_ASSERT_EQUAL(o.s.epochs, 2);
    CU_ASSERT_EQUAL(o.s.seed, 42);
    CU_ASSERT_EQUAL(o.s.rejects, -1);
    CU_ASSERT_EQUAL(o.s.lr, 3e-3);
    CU_ASSERT_PTR_NULL(o.s.out);
    CU_ASSERT_EQUAL(o.s.item, 0);
    CU_ASSERT_TRUE(o.s.range.lo == .5 && o.s.range.hi == 5.5);
    CU_ASSERT_EQUAL(o.s.users.n, 0);
    CU_ASSERT_FALSE(option_given(&o.p, "epochs"));
    options_done(&o.p);
}

static void
every_kind_is_taken_in_every_spelling(void)
{
    struct outcome o;

    parse(&o,
          "--epochs=7 --seed 18446744073709551615 --max-rejects 0 --lr auto -rq -oX "
          "--item id --y-range=0,5");
    CU_ASSERT_EQUAL(o.rc, ERR_OK);
    CU_ASSERT_TRUE(o.s.reverse && o.s.quiet);
    CU_ASSERT_EQUAL(o.s.epochs, 7);
    CU_ASSERT_EQUAL(o.s.seed, UINT64_MAX);
    CU_ASSERT_EQUAL(o.s.rejects, 0);
    CU_ASSERT_EQUAL(o.s.lr, 0);
    CU_ASSERT_STRING_EQUAL(o.s.out, "X");
    CU_ASSERT_EQUAL(o.s.item, 1);
    CU_ASSERT_TRUE(o.s.range.lo == 0 && o.s.range.hi == 5);
    CU_ASSERT_TRUE(option_given(&o.p, "epochs") && option_given(&o.p, "out"));
    CU_ASSERT_FALSE(option_given(&o.p, "user"));
    options_done(&o.p);
}

static void
operands_and_options_come_in_any_order(void)
{
    struct outcome o;

    parse(&o, "first -e 3 second - -r -- --epochs -q");
    CU_ASSERT_EQUAL(o.rc, ERR_OK);
    CU_ASSERT_EQUAL_FATAL(o.p.n_operands, 5);
    CU_ASSERT_STRING_EQUAL(o.p.operands[0], "first");
    CU_ASSERT_STRING_EQUAL(o.p.operands[1], "second");
    CU_ASSERT_STRING_EQUAL(o.p.operands[2], "-");
    CU_ASSERT_STRING_EQUAL(o.p.operands[3], "--epochs");
    CU_ASSERT_STRING_EQUAL(o.p.operands[4], "-q");
    CU_ASSERT_EQUAL(o.s.epochs, 3);
    CU_ASSERT_TRUE(o.s.reverse && !o.s.quiet);
    options_done(&o.p);
}

static void
the_last_value_counts_and_lists_keep_all(void)
{
    struct outcome o;

    parse(&o, "-e 3 -e 4 --user 5 --user=6 --user 5");
    CU_ASSERT_EQUAL(o.s.epochs, 4);
    CU_ASSERT_EQUAL_FATAL(o.s.users.n, 3);
    CU_ASSERT_STRING_EQUAL(o.s.users.item[1], "6");
    CU_ASSERT_STRING_EQUAL(o.s.users.item[2], "5");
    options_done(&o.p);
    CU_ASSERT_PTR_NULL(o.s.users.item);
}

static void
a_mistake_is_one_line_that_says_what_to_do(void)
{
    refuses("--epoch 3", "no option '--epoch'; did you mean '--epochs'?");
    refuses("--frobnicate", "no option '--frobnicate'; --help lists all");
    refuses("-x", "no option '-x'; --help lists all");
    refuses("-rx", "no option '-x'; --help lists all");
    refuses("--reverse=1", "--reverse takes no value, found '1'");
    refuses("--epochs", "--epochs needs a value: a whole number from 1 to 1000");
    refuses("-e 0",
            "--epochs: found '0', expected a whole number from 1 to 1000, as in "
            "'--epochs 2'");
    refuses(
        "--epochs=4294967297",
        "--epochs: found '4294967297', expected a whole number from 1 to 1000, as in "
        "'--epochs 2'");
    refuses("--seed -1", "--seed: found '-1', expected a whole number from 0 to "
                         "18446744073709551615, as in '--seed 42'");
    refuses("--lr 0",
            "--lr: found '0', expected a number above 0 or 'auto', as in '--lr 3e-3'");
    refuses(
        "--lr nan",
        "--lr: found 'nan', expected a number above 0 or 'auto', as in '--lr 3e-3'");
    refuses("--item film",
            "--item: found 'film', expected title or id, as in '--item title'");
    refuses("--y-range 5,1",
            "--y-range: found '5,1', expected two numbers, the lower first, "
            "as in '--y-range 0.5,5.5'");
    refuses("--y-range 5",
            "--y-range: found '5', expected two numbers, the lower first, as "
            "in '--y-range 0.5,5.5'");
}

static void
an_option_knows_whether_it_takes_the_next_word(void)
{
    CU_ASSERT_TRUE(options_takes_next(table, "--epochs"));
    CU_ASSERT_TRUE(options_takes_next(table, "-e"));
    CU_ASSERT_FALSE(options_takes_next(table, "--epochs=3"));
    CU_ASSERT_FALSE(options_takes_next(table, "-e3"));
    CU_ASSERT_FALSE(options_takes_next(table, "--reverse"));
    CU_ASSERT_FALSE(options_takes_next(table, "--unknown"));
    CU_ASSERT_FALSE(options_takes_next(table, "word"));
    CU_ASSERT_FALSE(options_takes_next(table, "-"));
}

static void
without_memory_it_says_so_and_leaks_nothing(void)
{
    struct outcome o;
    unsigned long n = 1;

    do {
        mem_fail_at(n++, 0);
        parse(&o, "a --user 5 --user 6 b");
        mem_fail_at(0, 0);
        if (o.rc != ERR_OK)
            CU_ASSERT_EQUAL(o.rc, ERR_NOMEM);
        options_done(&o.p);
    } while (o.rc != ERR_OK && n < 100);
    CU_ASSERT_EQUAL(n, 6);
}

static void
what_does_nothing_beside_another_is_refused_when_typed(void)
{
    static const char *const names[] = { "epochs", "seed", NULL };
    struct outcome o;
    struct err err;

    parse(&o, "--user 7 --out x"); /* both have defaults, which do not count */
    CU_ASSERT_EQUAL(options_idle(&o.p, names, "user", &err), ERR_OK);
    options_done(&o.p);
    parse(&o, "--seed=42 --user 7");
    CU_ASSERT_EQUAL(options_idle(&o.p, names, "user", &err), ERR_ARG);
    CU_ASSERT_STRING_EQUAL(err.msg,
                           "--seed does nothing beside --user; leave one of them out");
    options_done(&o.p);
}

CU_TestInfo tests_options[] = {
    { "defaults come from the table", defaults_come_from_the_table },
    { "every kind is taken in every spelling", every_kind_is_taken_in_every_spelling },
    { "operands and options come in any order",
      operands_and_options_come_in_any_order },
    { "the last value counts and lists keep all",
      the_last_value_counts_and_lists_keep_all },
    { "a mistake is one line that says what to do",
      a_mistake_is_one_line_that_says_what_to_do },
    { "what does nothing beside another is refused when typed",
      what_does_nothing_beside_another_is_refused_when_typed },
    { "an option knows whether it takes the next word",
      an_option_knows_whether_it_takes_the_next_word },
    { "without memory it says so and leaks nothing",
      without_memory_it_says_so_and_leaks_nothing },
    CU_TEST_INFO_NULL,
};

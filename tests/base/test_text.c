/* test_text.c - strict numbers, display form, widths, cutting, nearest names. */
#include "config.h"

#include "src/base/mem.h"
#include "src/base/rng.h"
#include "src/base/text.h"

#include "tests/unit.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

/* ---- numbers ------------------------------------------------------------------ */

static void
only_whole_strings_of_digits_are_unsigned_numbers(void)
{
    static const char *const bad[] = {
        "",
        " 1",
        "1 ",
        "+1",
        "-1",
        "0x10",
        "1e3",
        "1.0",
        "nan",
        "\xd9\xa1",
        "18446744073709551616",
        "99999999999999999999999",
    };
    uint64_t v = 7;

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        CU_ASSERT_FALSE(text_u64(bad[i], &v));
    CU_ASSERT_EQUAL(v, 7);
    CU_ASSERT_TRUE(text_u64("18446744073709551615", &v) && v == UINT64_MAX);
    CU_ASSERT_TRUE(text_u64("0042", &v) && v == 42);
}

static void
signed_numbers_reach_both_ends(void)
{
    int64_t v = 7;

    CU_ASSERT_FALSE(text_i64("9223372036854775808", &v));
    CU_ASSERT_FALSE(text_i64("-9223372036854775809", &v));
    CU_ASSERT_FALSE(text_i64("--1", &v) || text_i64("-", &v) || text_i64("+1", &v));
    CU_ASSERT_EQUAL(v, 7);
    CU_ASSERT_TRUE(text_i64("-9223372036854775808", &v) && v == INT64_MIN);
    CU_ASSERT_TRUE(text_i64("9223372036854775807", &v) && v == INT64_MAX);
}

static void
only_finite_decimals_are_real_numbers(void)
{
    static const char *const bad[] = {
        "",   "-",   "+1", " 1", "1 ",    "nan", "inf",   "-inf",   "infinity", "0x10",
        "1e", "1e+", ".",  "-.", "1.2.3", "1,5", "1e999", "-1e999", "1f",       "1e5x",
    };
    double v = 7;

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        CU_ASSERT_FALSE(text_double(bad[i], &v));
    CU_ASSERT_EQUAL(v, 7);
    CU_ASSERT_TRUE(text_double("3e-3", &v) && v == 3e-3);
    CU_ASSERT_TRUE(text_double("-.5", &v) && v == -.5);
    CU_ASSERT_TRUE(text_double("5.", &v) && v == 5);
    CU_ASSERT_TRUE(text_double("1E+2", &v) && v == 100);
}

/* ---- bytes -------------------------------------------------------------------- */

static void
utf8_is_well_formed_and_without_nul(void)
{
    CU_ASSERT_TRUE(text_is_utf8("Am\xc3\xa9lie", 7));
    CU_ASSERT_TRUE(text_is_utf8("", 0));
    CU_ASSERT_FALSE(text_is_utf8("Am\xe9lie", 6));
    CU_ASSERT_FALSE(text_is_utf8("a\0b", 3));
    CU_ASSERT_FALSE(text_is_utf8("\xc0\x80", 2));         /* overlong */
    CU_ASSERT_FALSE(text_is_utf8("\xed\xa0\x80", 3));     /* surrogate */
    CU_ASSERT_FALSE(text_is_utf8("\xf4\x90\x80\x80", 4)); /* beyond U+10FFFF */
}

static void
latin1_becomes_utf8(void)
{
    char out[16];

    CU_ASSERT_EQUAL(text_from_latin1("Am\xe9lie \xff", 8, out), 10);
    CU_ASSERT_STRING_EQUAL(out, "Am\xc3\xa9lie \xc3\xbf");
}

/* ---- display form ------------------------------------------------------------- */

static const char *
display(const char *s)
{
    static char out[256];

    text_display(s, out, sizeof(out));
    return out;
}

static void
what_drives_a_terminal_is_shown_as_an_escape(void)
{
    CU_ASSERT_STRING_EQUAL(display("Am\xc3\xa9lie (2001)"), "Am\xc3\xa9lie (2001)");
    CU_ASSERT_STRING_EQUAL(display("\033[2J"), "\\x1b[2J");
    CU_ASSERT_STRING_EQUAL(display("a\nb\tc\x7f"), "a\\x0ab\\x09c\\x7f");
    CU_ASSERT_STRING_EQUAL(display("\xc2\x9b"), "\\u009b"); /* C1: CSI */
    CU_ASSERT_STRING_EQUAL(display("\xe2\x80\xae"
                                   "abc"),
                           "\\u202eabc"); /* bidi */
    CU_ASSERT_STRING_EQUAL(display("a\xe2\x80\x8b"
                                   "b"),
                           "a\\u200bb");                        /* zero width */
    CU_ASSERT_STRING_EQUAL(display("\xe2\x80\xa8"), "\\u2028"); /* line separator */
    CU_ASSERT_STRING_EQUAL(display("\xf3\xa0\x80\x81"), "\\U000e0001"); /* a tag */
    CU_ASSERT_STRING_EQUAL(display("\xe3\x85\xa4"), "\\u3164"); /* blank letter */
    CU_ASSERT_STRING_EQUAL(display("\xff\xc3"), "\\xff\\xc3");
}

static void
a_third_combining_mark_is_dropped(void)
{
    CU_ASSERT_STRING_EQUAL(display("e\xcc\x81\xcc\x82\xcc\x83x\xcc\x81"),
                           "e\xcc\x81\xcc\x82x\xcc\x81");
}

static void
a_small_buffer_never_gets_half_a_character(void)
{
    char out[8];

    CU_ASSERT_EQUAL(text_display("ab\xe2\x82\xac", out, 5), 5);
    CU_ASSERT_STRING_EQUAL(out, "ab");
    CU_ASSERT_EQUAL(text_display("abc\033x", out, 7), 8);
    CU_ASSERT_STRING_EQUAL(out, "abc");
    out[0] = 'z';
    CU_ASSERT_EQUAL(text_display("abc", out, 0), 3);
    CU_ASSERT_EQUAL(out[0], 'z');
}

/* Is this display form harmless? Read independently of how it was made. */
static bool
is_harmless(const char *s)
{
    unsigned marks = 0;

    while (*s != '\0') {
        ucs4_t uc;
        int n = u8_strmbtouc(&uc, (const uint8_t *)s);

        if (n <= 0 || uc < 0x20 || (uc >= 0x7f && uc < 0xa0))
            return false;
        if (uc_is_property_bidi_control(uc) ||
            uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_Cf) || uc == 0x2028 ||
            uc == 0x2029)
            return false;
        marks = uc_combining_class(uc) != 0 ? marks + 1 : 0;
        if (marks > 2)
            return false;
        s += n;
    }
    return true;
}

/* A hostile string: bytes, or characters from the ranges that hurt. */
static void
make_hostile(char *s, size_t cap, uint64_t seed)
{
    static const uint32_t from[] = { 1,      0x7f,   0x300,   0x200b, 0x2028,
                                     0x1160, 0xfe00, 0xe0001, 0x41 };
    size_t at = 0;

    for (uint64_t i = 0; at + 4 < cap; i++) {
        struct rng_block r = rng_at(seed, 1, i, 0);

        if (r.v[0] % 3 == 0) {
            s[at++] = (char)(1 + r.v[1] % 255);
        } else {
            ucs4_t uc = from[r.v[1] % (sizeof(from) / sizeof(*from))] + r.v[2] % 40;
            int n = u8_uctomb((uint8_t *)s + at, uc, (ptrdiff_t)(cap - at));

            at += n > 0 ? (size_t)n : 0;
        }
    }
    s[at] = '\0';
}

static void
no_string_of_bytes_can_drive_a_terminal(void)
{
    char hostile[64], out[1024], cut[1024];

    for (uint64_t seed = 0; seed < 20000; seed++) {
        make_hostile(hostile, 8 + seed % 56, seed);
        CU_ASSERT_FATAL(text_display(hostile, out, sizeof(out)) == strlen(out));
        CU_ASSERT_TRUE_FATAL(is_harmless(out));
        /* Any room gives a beginning of it, as harmless. */
        text_display(hostile, cut, 1 + seed % 40);
        CU_ASSERT_TRUE_FATAL(strlen(cut) <= seed % 40);
        CU_ASSERT_TRUE_FATAL(strncmp(cut, out, strlen(cut)) == 0 && is_harmless(cut));
        /* Any width is kept. */
        strcpy(cut, out);
        text_cut(cut, sizeof(cut), seed % 30, "~");
        CU_ASSERT_TRUE_FATAL(text_width(cut) <= seed % 30 && is_harmless(cut));
        strcpy(cut, out);
        text_cut_front(cut, sizeof(cut), seed % 30, "~");
        CU_ASSERT_TRUE_FATAL(text_width(cut) <= seed % 30 && is_harmless(cut));
        /* ASCII is ASCII. */
        text_to_ascii(out);
        for (const char *p = out; *p != '\0'; p++)
            CU_ASSERT_TRUE_FATAL(*p >= 0x20 && *p < 0x7f);
    }
}

/* ---- widths ------------------------------------------------------------------- */

static void
widths_are_cells_not_bytes(void)
{
    CU_ASSERT_EQUAL(text_width(""), 0);
    CU_ASSERT_EQUAL(text_width("Am\xc3\xa9lie"), 6);
    CU_ASSERT_EQUAL(text_width("\xe4\xb8\x83\xe4\xba\xba"),
                    4); /* two wide characters */
    CU_ASSERT_EQUAL(text_width("e\xcc\x81"), 1);
}

static const char *
cut(const char *s, size_t cap, size_t cells, const char *mark)
{
    static char out[64];

    strcpy(out, s);
    text_cut(out, cap, cells, mark);
    return out;
}

static void
cutting_keeps_whole_characters_and_says_so(void)
{
    CU_ASSERT_STRING_EQUAL(cut("Heat", 64, 4, "…"), "Heat");
    CU_ASSERT_STRING_EQUAL(cut("Heat", 64, 3, "…"), "He…");
    CU_ASSERT_STRING_EQUAL(cut("Heat", 64, 3, "~"), "He~");
    CU_ASSERT_STRING_EQUAL(cut("Heat", 64, 1, "…"), "…");
    CU_ASSERT_STRING_EQUAL(cut("Heat", 64, 0, "…"), "");
    CU_ASSERT_STRING_EQUAL(cut("Heat", 5, 3, "…"), "He"); /* no room for three bytes */
    /* A wide character is not cut in two: one cell stays free. */
    CU_ASSERT_STRING_EQUAL(cut("\xe4\xb8\x83\xe4\xba\xba", 64, 3, "…"),
                           "\xe4\xb8\x83…");
    CU_ASSERT_STRING_EQUAL(cut("\xe4\xb8\x83\xe4\xba\xba", 64, 2, "…"), "…");
    /* A mark stays with its letter. */
    CU_ASSERT_STRING_EQUAL(cut("e\xcc\x81xyz", 64, 2, "…"), "e\xcc\x81…");
}

static const char *
cut_front(const char *s, size_t cap, size_t cells, const char *mark)
{
    static char out[64];

    strcpy(out, s);
    text_cut_front(out, cap, cells, mark);
    return out;
}

static void
cutting_the_beginning_keeps_the_end(void)
{
    CU_ASSERT_STRING_EQUAL(cut_front("Heat", 64, 4, "…"), "Heat");
    CU_ASSERT_STRING_EQUAL(cut_front("Heat", 64, 3, "…"), "…at");
    CU_ASSERT_STRING_EQUAL(cut_front("Heat", 64, 3, "~"), "~at");
    CU_ASSERT_STRING_EQUAL(cut_front("Heat", 64, 1, "…"), "…");
    CU_ASSERT_STRING_EQUAL(cut_front("Heat", 64, 0, "…"), "");
    CU_ASSERT_STRING_EQUAL(cut_front("Heat", 5, 3, "…"), "at"); /* no room for it */
    CU_ASSERT_STRING_EQUAL(cut_front("\xe4\xb8\x83\xe4\xba\xba", 64, 3, "…"),
                           "…\xe4\xba\xba");
    CU_ASSERT_STRING_EQUAL(cut_front("\xe4\xb8\x83\xe4\xba\xba", 64, 2, "…"), "…");
    /* A mark goes with its letter. */
    CU_ASSERT_STRING_EQUAL(cut_front("ae\xcc\x81xyz", 64, 4, "…"), "…xyz");
}

static void
accents_fall_off_in_ascii(void)
{
    char s[] = "Am\xc3\xa9lie – \xe4\xb8\x83… ★";

    text_to_ascii(s);
    CU_ASSERT_STRING_EQUAL(s, "Amelie - ?. *");
}

/* ---- finding and proposing ---------------------------------------------------- */

static void
containing_ignores_case_in_every_script(void)
{
    CU_ASSERT_TRUE(text_contains("The Shining", "shin"));
    CU_ASSERT_TRUE(text_contains("AM\xc3\x89LIE", "am\xc3\xa9"));
    CU_ASSERT_TRUE(text_contains("Der gro\xc3\x9f"
                                 "e Diktator",
                                 "GROSSE"));
    CU_ASSERT_TRUE(text_contains("anything", ""));
    CU_ASSERT_FALSE(text_contains("Heat", "heats"));
    CU_ASSERT_FALSE(text_contains("Amelie", "\xc3\xa9"));
}

static void
distance_counts_edits_and_swaps(void)
{
    CU_ASSERT_EQUAL(text_distance("train", "train", 9), 0);
    CU_ASSERT_EQUAL(text_distance("trian", "train", 9), 1);
    CU_ASSERT_EQUAL(text_distance("kitten", "sitting", 9), 3);
    CU_ASSERT_EQUAL(text_distance("", "abc", 9), 3);
    CU_ASSERT_EQUAL(text_distance("abcdef", "uvwxyz", 2), 3);
}

static void
the_nearest_name_is_proposed_and_nothing_far(void)
{
    static const char *const names[] = { "data", "train", "movies", "recommend",
                                         "runs" };

    CU_ASSERT_STRING_EQUAL(text_nearest("trian", names, 5), "train");
    CU_ASSERT_STRING_EQUAL(text_nearest("movie", names, 5), "movies");
    CU_ASSERT_STRING_EQUAL(text_nearest("recom", names, 5), "recommend");
    CU_ASSERT_STRING_EQUAL(text_nearest("run", names, 5), "runs");
    CU_ASSERT_PTR_NULL(text_nearest("frobnicate", names, 5));
    CU_ASSERT_PTR_NULL(text_nearest("", names, 5));
    CU_ASSERT_PTR_NULL(text_nearest("x", names, 5));
}

static void
a_head_ends_with_a_whole_character(void)
{
    CU_ASSERT_EQUAL(text_head("abc", 2), 2);
    CU_ASSERT_EQUAL(text_head("abc", 9), 3);
    CU_ASSERT_EQUAL(text_head("a\u00e9\u20ac", 2), 1);
    CU_ASSERT_EQUAL(text_head("a\u00e9\u20ac", 3), 3);
    CU_ASSERT_EQUAL(text_head("a\u00e9\u20ac", 5), 3);
    CU_ASSERT_EQUAL(text_head("a\u00e9\u20ac", 6), 6);
    CU_ASSERT_EQUAL(text_head("\xff\xff", 1), 1);
    CU_ASSERT_EQUAL(text_head("", 1), 0);
}

static void
what_is_not_utf8_is_folded_as_ascii(void)
{
    char *folded = text_fold("A\xff"
                             "B");

    CU_ASSERT_PTR_NOT_NULL_FATAL(folded);
    CU_ASSERT_STRING_EQUAL(folded, "a\xff"
                                   "b");
    mem_free(folded);
    folded = text_fold("");
    CU_ASSERT_STRING_EQUAL(folded, "");
    mem_free(folded);
    CU_ASSERT_TRUE(text_contains("xA\xff"
                                 "By",
                                 "a\xff"
                                 "b"));
}

CU_TestInfo tests_text[] = {
    { "only whole strings of digits are unsigned numbers",
      only_whole_strings_of_digits_are_unsigned_numbers },
    { "signed numbers reach both ends", signed_numbers_reach_both_ends },
    { "only finite decimals are real numbers", only_finite_decimals_are_real_numbers },
    { "UTF-8 is well formed and without NUL", utf8_is_well_formed_and_without_nul },
    { "Latin-1 becomes UTF-8", latin1_becomes_utf8 },
    { "what drives a terminal is shown as an escape",
      what_drives_a_terminal_is_shown_as_an_escape },
    { "a third combining mark is dropped", a_third_combining_mark_is_dropped },
    { "a small buffer never gets half a character",
      a_small_buffer_never_gets_half_a_character },
    { "no string of bytes can drive a terminal",
      no_string_of_bytes_can_drive_a_terminal },
    { "widths are cells, not bytes", widths_are_cells_not_bytes },
    { "cutting keeps whole characters and says so",
      cutting_keeps_whole_characters_and_says_so },
    { "cutting the beginning keeps the end", cutting_the_beginning_keeps_the_end },
    { "accents fall off in ASCII", accents_fall_off_in_ascii },
    { "containing ignores case in every script",
      containing_ignores_case_in_every_script },
    { "distance counts edits and swaps", distance_counts_edits_and_swaps },
    { "the nearest name is proposed and nothing far",
      the_nearest_name_is_proposed_and_nothing_far },
    { "a head ends with a whole character", a_head_ends_with_a_whole_character },
    { "what is not UTF-8 is folded as ASCII", what_is_not_utf8_is_folded_as_ascii },
    CU_TEST_INFO_NULL,
};

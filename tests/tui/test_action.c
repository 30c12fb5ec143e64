/* test_action.c - the table of actions and the names of keys. */
#include "config.h"

#include "ui/tui/action.h"

#include "tests/unit.h"

#include <stdio.h>
#include <string.h>

static void
no_key_means_two_things_in_one_place(void)
{
    for (int a = 1; a < ACTION_COUNT; a++) {
        struct input key;

        for (unsigned i = 0; action_key((enum action)a, i, &key); i++)
            for (int p = 0; p < PANEL_COUNT; p++) {
                enum action means = action_of(&key, (enum panel_id)p);

                if (action_list[a].where == IN_ALL &&
                    action_list[means].where != IN_ALL)
                    continue; /* the panel's own comes first */
                if ((action_list[a].where & 1u << p) != 0 && means != (enum action)a) {
                    printf("\n'%s' and '%s' share a key\n", action_list[a].name,
                           action_list[means].name);
                    CU_FAIL("a key means two things");
                }
            }
    }
}

static void
every_key_of_the_table_is_a_key(void)
{
    for (int a = 1; a < ACTION_COUNT; a++) {
        const char *keys = action_list[a].keys;
        unsigned n = 0, words = 0;
        struct input key;

        while (action_key((enum action)a, n, &key))
            n++;
        for (const char *at = keys; *at != '\0'; at += strcspn(at, " ")) {
            at += strspn(at, " ");
            words += *at != '\0';
        }
        CU_ASSERT_EQUAL(n, words);
        CU_ASSERT_TRUE(action_list[a].help[0] != '\0');
        CU_ASSERT_EQUAL(action_find(action_list[a].name), (enum action)a);
    }
}

static void
names_of_keys_are_read_back(void)
{
    static const char *const names[] = { "a",      "A",    "?",         "space",
                                         "enter",  "esc",  "ctrl-l",    "é",
                                         "映",     "pgdn", "shift-tab", "\\",
                                         "2-click" };
    char out[INPUT_NAME_MAX];

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct input in;

        CU_ASSERT_TRUE_FATAL(input_parse(&in, names[i], strlen(names[i])));
        CU_ASSERT_STRING_EQUAL(input_name(&in, out), names[i]);
    }
}

static void
what_is_no_key_is_refused(void)
{
    static const char *const names[] = {
        "", "ab", "ctrl-", "ctrl-xy", "entre", "\xff"
    };
    struct input in;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        CU_ASSERT_FALSE(input_parse(&in, names[i], strlen(names[i])));
}

static void
a_key_means_what_its_panel_says(void)
{
    struct input n = { .kind = INPUT_CHAR, .ch = 'n' };
    struct input four = { .kind = INPUT_CHAR, .ch = '4' };

    CU_ASSERT_EQUAL(action_of(&n, PANEL_USERS), ACTION_NEXT_USER);
    CU_ASSERT_EQUAL(action_of(&n, PANEL_FACTORS), ACTION_NEXT_AXIS);
    CU_ASSERT_EQUAL(action_of(&n, PANEL_DATA), ACTION_NONE);
    CU_ASSERT_EQUAL(action_of(&four, PANEL_ME), ACTION_PANEL_MOVIES);
}

static void
a_key_of_a_panel_comes_before_one_that_works_everywhere(void)
{
    struct input g = { .kind = INPUT_CHAR, .ch = 'g' };
    struct input end = { .kind = INPUT_CHAR, .ch = 'G' };

    CU_ASSERT_EQUAL(action_of(&g, PANEL_MOVIES), ACTION_FIRST);
    CU_ASSERT_EQUAL(action_of(&g, PANEL_USERS), ACTION_GO_TO_USER);
    CU_ASSERT_EQUAL(action_of(&end, PANEL_MOVIES), ACTION_LAST);
    CU_ASSERT_EQUAL(action_of(&end, PANEL_USERS), ACTION_LAST);
}

CU_TestInfo tests_action[] = {
    { "no key means two things in one place", no_key_means_two_things_in_one_place },
    { "every key of the table is a key", every_key_of_the_table_is_a_key },
    { "names of keys are read back", names_of_keys_are_read_back },
    { "what is no key is refused", what_is_no_key_is_refused },
    { "a key means what its panel says", a_key_means_what_its_panel_says },
    { "a key of a panel comes before one that works everywhere",
      a_key_of_a_panel_comes_before_one_that_works_everywhere },
    CU_TEST_INFO_NULL,
};

/* titles_names.c - the names in a title and their keys; see titles_names.h. */
#include "config.h"

#include "src/data/titles_names.h"

#include "src/base/text.h"
#include "src/data/movies.h"

#include <string.h>
#include <strings.h>

static size_t
trimmed(const char *s, size_t len)
{
    while (len > 0 && s[len - 1] == ' ')
        len--;
    return len;
}

static void
add_name(struct title_name *name, size_t *n, const char *s, size_t len,
         enum name_kind kind)
{
    static const char *const aka[] = { "a.k.a. ", "a.k.a ", "aka " };

    for (size_t i = 0; i < sizeof(aka) / sizeof(aka[0]); i++) {
        size_t skip = strlen(aka[i]);

        if (len > skip && strncmp(s, aka[i], skip) == 0) {
            s += skip;
            len -= skip;
        }
    }
    len = trimmed(s, len);
    if (*n < TITLES_NAMES && len > 0)
        name[(*n)++] = (struct title_name){ s, len, kind };
}

/* The names in a title without its year, the whole first; returns how many. */
size_t
titles_split(struct title_name name[TITLES_NAMES], const char *title)
{
    size_t len = trimmed(title, strlen(title)), n = 0;
    const char *end, *open, *colon;

    if (movies_year(title) > 0)
        len = trimmed(title, (size_t)(strrchr(title, '(') - title));
    end = title + len;
    open = memchr(title, '(', len);
    add_name(name, &n, title, len, NAME_WHOLE);
    if (open != NULL)
        add_name(name, &n, title, (size_t)(open - title), NAME_OTHER);
    while (open != NULL) {
        const char *from = open + 1;
        const char *close = memchr(from, ')', (size_t)(end - from));

        close = close != NULL ? close : end;
        add_name(name, &n, from, (size_t)(close - from), NAME_OTHER);
        open = memchr(close, '(', (size_t)(end - close));
    }
    colon = memchr(title, ':', len);
    if (colon != NULL)
        add_name(name, &n, title, (size_t)(colon - title), NAME_BEGIN);
    return n;
}

/* Length of the article that the len bytes at s end with, behind ", "; 0: none. */
static size_t
last_article(const char *s, size_t len)
{
    static const char *const article[] = { "The",  "A",   "An",  "Le",  "La",  "Les",
                                           "L'",   "Il",  "Lo",  "Gli", "I",   "El",
                                           "Los",  "Las", "Der", "Die", "Das", "Ein",
                                           "Eine", "Un",  "Une", "Una", "Den", "Det",
                                           "Het",  "De",  "O",   "Os",  "As" };

    for (size_t i = 0; i < sizeof(article) / sizeof(article[0]); i++) {
        size_t n = strlen(article[i]);

        if (len > n + 2 && strncmp(s + len - n, article[i], n) == 0 &&
            strncmp(s + len - n - 2, ", ", 2) == 0)
            return n;
    }
    return 0;
}

/* The key of a name, an article behind a comma moved to its front. */
size_t
titles_key(const struct title_name *name, char key[TITLES_KEY])
{
    size_t article = last_article(name->s, name->len), used = 0;
    size_t len = article > 0 ? name->len - article - 2 : name->len;

    if (article > 0)
        used = text_key(name->s + name->len - article, article, key, TITLES_KEY);
    return used + text_key(name->s, len, key + used, TITLES_KEY - used);
}

/* The key of a name without an English article in front; false where it has none. */
bool
titles_bare_key(const struct title_name *name, char key[TITLES_KEY])
{
    static const char *const article[] = { "The ", "A ", "An " };
    size_t last = last_article(name->s, name->len);

    if (last > 0)
        return text_key(name->s, name->len - last - 2, key, TITLES_KEY) > 0;
    for (size_t i = 0; i < sizeof(article) / sizeof(article[0]); i++) {
        size_t n = strlen(article[i]);

        if (name->len > n && strncasecmp(name->s, article[i], n) == 0)
            return text_key(name->s + n, name->len - n, key, TITLES_KEY) > 0;
    }
    return false;
}

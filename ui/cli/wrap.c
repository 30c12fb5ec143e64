/* wrap.c - paragraphs in lines of words; see wrap.h. */
#include "config.h"

#include "ui/cli/wrap.h"

#include "src/base/text.h"

#include <stdbool.h>
#include <string.h>

static void
blanks(FILE *to, size_t n)
{
    for (; n > 0; n--)
        fputc(' ', to);
}

static size_t
word_width(const char *word, size_t bytes)
{
    char buf[256];

    snprintf(buf, sizeof(buf), "%.*s", (int)bytes, word);
    return text_width(buf);
}

void
wrap_text(FILE *to, const char *text, size_t indent, size_t used, size_t width)
{
    bool begun = false; /* a word stands on this line */

    for (const char *p = text; *p != '\0';) {
        size_t bytes = strcspn(p, " \n");
        size_t cells = word_width(p, bytes);

        if (used + begun + cells > width && used > indent) {
            fputc('\n', to);
            used = 0;
            begun = false;
        }
        if (used < indent) {
            blanks(to, indent - used);
            used = indent;
        }
        if (begun)
            fputc(' ', to);
        fwrite(p, 1, bytes, to);
        used += cells + begun;
        begun = true;
        p += bytes;
        if (strncmp(p, "\n\n", 2) == 0) {
            fputs("\n\n", to);
            used = 0;
            begun = false;
        }
        p += strspn(p, " \n");
    }
    fputc('\n', to);
}

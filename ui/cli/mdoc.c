/* mdoc.c - plain text as mdoc wants it; see mdoc.h. */
#include "config.h"

#include "ui/cli/mdoc.h"

#include <string.h>
#include <unistr.h>

#define LINE_BYTES 76 /* of the source; a long word may go beyond */

void
mdoc_text(FILE *to, const char *s, bool literal)
{
    while (*s != '\0') {
        ucs4_t uc;
        int n = u8_strmbtouc(&uc, (const uint8_t *)s);

        if (n > 1)
            fprintf(to, "\\[u%04X]", (unsigned)uc);
        else if (*s == '\\')
            fputs("\\e", to);
        else if (*s == '-' && literal)
            fputs("\\-", to);
        else
            fputc(*s, to);
        s += n > 0 ? n : 1;
    }
}

/* Bytes of text in the source: "…" is \[u2026] there. */
static size_t
source_bytes(const char *s)
{
    size_t n = 0;

    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xc0) == 0xc0 ? strlen("\\[u2026]") - 1 : 1;
    return n;
}

/* An option is not broken at its hyphens, and can be copied out of the page. */
static bool
is_option(const char *word)
{
    return strstr(word, "--") != NULL;
}

void
mdoc_paragraph(FILE *to, const char *s, size_t len)
{
    size_t used = 0;

    for (size_t n; len > 0; s += n, len -= n) {
        char word[256];

        n = 0;
        while (n < len && s[n] != ' ')
            n++;
        snprintf(word, sizeof(word), "%.*s", (int)n, s);
        if (used > 0 && used + source_bytes(word) >= LINE_BYTES) {
            fputc('\n', to);
            used = 0;
        }
        if (used == 0 && (word[0] == '.' || word[0] == '\''))
            fputs("\\&", to);
        fputs(used > 0 ? " " : "", to);
        mdoc_text(to, word, is_option(word));
        used += source_bytes(word) + 1;
        if (n > 0 && strchr(".?!", s[n - 1]) != NULL)
            used = LINE_BYTES;
        n += n < len;
    }
    fputc('\n', to);
}

void
mdoc_paragraphs(FILE *to, const char *s, bool begun)
{
    for (;;) {
        const char *end = strstr(s, "\n\n");

        if (begun)
            fputs(".Pp\n", to);
        mdoc_paragraph(to, s, end != NULL ? (size_t)(end - s) : strlen(s));
        if (end == NULL)
            return;
        s = end + 2;
        begun = true;
    }
}

void
mdoc_sentence(FILE *to, const char *s)
{
    char sentence[256];

    snprintf(sentence, sizeof(sentence), "%s.", s);
    if (sentence[0] >= 'a' && sentence[0] <= 'z')
        sentence[0] = (char)(sentence[0] - 'a' + 'A');
    mdoc_paragraph(to, sentence, strlen(sentence));
}

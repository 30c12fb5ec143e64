/* topics.h - words explained for somebody who took no course: `mltui help TOPIC`. */
#ifndef MLT_UI_CLI_TOPICS_H
#define MLT_UI_CLI_TOPICS_H

struct topic {
    const char *name;    /* what is typed, in the singular */
    const char *summary; /* a few words, no full stop */
    const char *text;    /* a screenful: paragraphs, an empty line between */
};

/* All topics, ended by a NULL name. */
extern const struct topic topic_list[];

/* The topic of this name, or NULL. */
const struct topic *topic_find(const char *name);

#endif

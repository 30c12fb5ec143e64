/* topics.c - words explained; see topics.h. A topic is one row. */
#include "config.h"

#include "ui/cli/topics.h"

#include <stddef.h>
#include <string.h>

const struct topic topic_list[] = {
    {
        "factor",
        "what the numbers of a film and of a user mean",
        "A model gives every user and every film a short list of numbers, their "
        "factors "
        "(--factors says how many). Nobody tells the model what they mean: training "
        "moves "
        "them until a user's and a film's factors, multiplied one by one and added up, "
        "come "
        "out high where the user liked the film.\n\n"
        "So one factor may turn into 'how dark', another into 'how much for children': "
        "a "
        "film has much or little of it, a user likes or dislikes it. More factors can "
        "tell "
        "finer tastes apart and need more ratings and memory to learn.\n\n"
        "Two films with similar factors please the same people, whatever their genres "
        "say.",
    },
    {
        "bias",
        "how far a film or a user is above the others",
        "Some films are liked by nearly everybody, whatever their taste, and some "
        "users are "
        "generous with their stars. A bias is one number for each film and each user "
        "that "
        "takes this up, so that the factors can keep to taste.\n\n"
        "'mltui movies RUN --sort bias' lists films by it. That list differs from the "
        "one by "
        "mean rating: a film that only its fans have seen can have a high mean, but "
        "most of "
        "that is explained by the fans' taste. A high bias says that people liked the "
        "film "
        "more than their taste would have made one expect; a low one, that it "
        "disappointed.\n\n"
        "Films with few ratings have a bias near zero: there is little to learn it "
        "from.",
    },
    {
        "learning-rate",
        "how big the steps of training are",
        "Training looks at a batch of ratings, sees how far the predictions are off, "
        "and "
        "moves every number a little in the direction that would have helped. The "
        "learning "
        "rate says how little. Too small, and training has not arrived when its epochs "
        "are "
        "over; too big, and it jumps about or the loss grows without end.\n\n"
        "mltui does not keep one rate: it begins low, rises to --lr in the first "
        "quarter, and "
        "falls to nearly nothing (the one-cycle schedule). --lr is the peak.\n\n"
        "'mltui lr-find DATA' tries rates from tiny to huge for a moment each and "
        "draws the "
        "loss against them. A good peak lies where the curve falls steeply, before its "
        "lowest point; 'valley' is the suggestion that mostly works, and 'mltui train "
        "--lr "
        "auto' takes it.",
    },
    {
        "weight-decay",
        "what keeps the numbers small",
        "At every step, each number of the model shrinks by a small part of itself, "
        "learning "
        "rate times --wd. What the ratings keep asking for grows against that; what "
        "only a "
        "few ratings asked for fades.\n\n"
        "Without it a model can learn its ratings by heart: the training loss goes on "
        "falling while the loss of the held-out ratings rises. Then try a bigger --wd, "
        "fewer "
        "--factors or fewer --epochs. If both losses are still falling when training "
        "ends, "
        "it had too little time: more --epochs, or a higher --lr.",
    },
    { NULL, NULL, NULL },
};

const struct topic *
topic_find(const char *name)
{
    for (const struct topic *t = topic_list; t->name != NULL; t++)
        if (strcmp(t->name, name) == 0)
            return t;
    return NULL;
}

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
        "factors: 100 each, or what --factors says. To predict a rating it "
        "multiplies the user's first number by the film's first, the second by the "
        "second and so on, and adds up. The higher the sum, the more stars.\n\n"
        "Say the first number of a film stood for how dark it is, the second for "
        "how much it is for children. Somebody with 0.9 and -0.5 likes the dark and "
        "avoids children's films. A thriller with 0.8 and -0.2 gives 0.9 x 0.8 + "
        "-0.5 x -0.2 = 0.82, well above 0; a cartoon with -0.6 and 0.9 gives -0.99.\n\n"
        "But nobody tells the model what a factor stands for. All begin as small "
        "random numbers, and training moves them until the predictions fit the "
        "ratings; 'mltui factors RUN' shows what came out. More factors tell finer "
        "tastes apart, and need more ratings and more time to learn.\n\n"
        "Films with similar factors please the same people, whatever their genres "
        "say: 'mltui similar RUN MOVIE' lists them.",
    },
    {
        "bias",
        "how far a film or a user is above the others",
        "Some films are liked by nearly everybody, whatever their taste, and some "
        "users are generous with their stars. A bias is one number for each film "
        "and each user that takes this up, so that the factors ('mltui help "
        "factor') can keep to taste. The two biases and the sum of the factors "
        "together make a prediction: all 0 gives 3 stars, the middle of the range; "
        "a bias of +0.5 makes it 3.6, one of -0.5 makes it 2.4.\n\n"
        "'mltui movies RUN' lists films by bias, and that list differs from the one "
        "by mean rating. A film that only its fans have seen can have a high mean, "
        "but most of that is explained by the fans' taste. A high bias says that "
        "people liked the film more than their taste would have made one expect; a "
        "low one, that it disappointed even those it was made for.\n\n"
        "Films with few ratings have a bias near zero: there is little to learn it "
        "from.",
    },
    {
        "learning-rate",
        "how big the steps of training are",
        "Training takes some ratings at a time (a batch), sees how far the "
        "predictions are off, and moves every number of the model a little in the "
        "direction that would have helped; then it takes the next. How far they are "
        "off is the loss, the mean of the squared errors; it should fall. The "
        "learning rate says how far the numbers move each time.\n\n"
        "Too small a rate, and training has not arrived when its epochs (passes "
        "over all ratings) are over: the loss is still falling. Too big, and it "
        "overshoots: the loss jumps about, or grows.\n\n"
        "mltui does not keep one rate: it begins low, rises to --lr in the first "
        "quarter, and falls to nearly nothing, so that the last steps are fine "
        "ones. This is called the one-cycle schedule, and --lr is its peak.\n\n"
        "'mltui lr-find DATA' tries rates from tiny to huge, a batch each, and "
        "draws the loss against them. A good peak lies where the curve falls "
        "steeply, before its lowest point; of what it suggests, 'valley' mostly "
        "works. With small batches the curve is noisy: then begin with 3e-3, the "
        "default, and see whether twice or half of it ends with a lower valid_loss.",
    },
    {
        "weight-decay",
        "what keeps the numbers small",
        "The numbers of a model are its weights: the factors and the biases. Weight "
        "decay makes each of them shrink at every step by a small part of itself, "
        "learning rate times --wd. What many ratings keep asking for grows against "
        "that; what only a few asked for fades.\n\n"
        "It is there because a model with enough numbers can learn its ratings by "
        "heart. Then it predicts what it has seen very well and anything new badly. "
        "To notice, mltui holds a tenth of the ratings out (--valid), never trains "
        "on them, and shows two losses: train_loss on what it trained on, "
        "valid_loss on what was held out. Only the second says how good the model "
        "is.\n\n"
        "train_loss falls and valid_loss rises: it learns by heart. Try a bigger "
        "--wd (ten times is a usual step), fewer --factors or fewer --epochs.\n\n"
        "Both are still falling at the end: it had too little time. Try more "
        "--epochs or a higher --lr.\n\n"
        "Both are high and fall no more: the weights are held down too hard. Try a "
        "smaller --wd, or more --factors.",
    },
    {
        "fold-in",
        "how a model predicts for somebody it was not trained on",
        "A model knows the users in its data. You are not among them, but you need not "
        "train it again: 'mltui recommend RUN --ratings FILE' folds you in. The films "
        "stay as they are, with the factors and biases that training gave them, and "
        "only your own numbers are looked for: the bias and the factors with which the "
        "model comes closest to the ratings you gave.\n\n"
        "Coming as close as possible would be a mistake: a hundred factors can meet "
        "five ratings in any number of ways, most of them wild. So you begin as the "
        "mean user, and each rating moves you from there, more in the directions in "
        "which people differ much and less in those in which they hardly do. How much "
        "one rating may move you is taken from the run as well: the more the model is "
        "off on the ratings that it learned from, the less one of yours proves.\n\n"
        "With three ratings the list is still much like everybody's. From some twenty "
        "on it is yours; rate what you disliked too, as it says as much. Tried on "
        "users of the data, with their ratings but as strangers, fold-in predicts what "
        "was held out as well as training does.\n\n"
        "It takes a moment, changes nothing and writes nothing down.",
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

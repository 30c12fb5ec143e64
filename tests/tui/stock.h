/*
 * stock.h - invented data, models and curves that the worlds of the tests are made of.
 * All numbers come from a formula, the same on every machine; titles are as bad as
 * titles get.
 */
#ifndef MLT_TESTS_TUI_STOCK_H
#define MLT_TESTS_TUI_STOCK_H

#include "ui/tui/world.h"

#define STOCK_POINTS 60 /* of a curve; one is 64 batches */
#define STOCK_EPOCHS 3
#define STOCK_PAST   2

struct stock {
    struct dataset data;
    struct audience *audience;
    struct model *model, *alike; /* one that has learned; one whose weights are alike */
    struct shown *shown, *shown_alike;
    struct plan plan;
    struct step_record step[STOCK_POINTS], nan_step[STOCK_POINTS];
    struct epoch_record epoch[STOCK_EPOCHS], nan_epoch[STOCK_EPOCHS];
    struct step_record past_step[STOCK_PAST][STOCK_POINTS];
    struct epoch_record past_epoch[STOCK_PAST];
    struct curve past[STOCK_PAST];          /* earlier runs */
    struct finding none, half, whole, flat; /* of a range test */
    struct reject reject[2];
};

void stock_init(struct stock *s);
void stock_done(struct stock *s);

#endif

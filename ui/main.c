/* main.c - picks the face. */
#include "config.h"

int
main(void)
{
    return 0;
}

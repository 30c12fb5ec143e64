/* movielens.c - the archives that GroupLens publishes; see movielens.h. */
#include "config.h"

#include "src/data/movielens.h"

#include <stddef.h>
#include <string.h>

const struct movielens movielens_list[] = {
    { .name = "ml-latest-small",
      .readme = "ml-latest-small-README.html",
      .bytes = 978202,
      .unpacked = 3200000,
      .n_ratings = 100836,
      .n_users = 610,
      .n_films = 9742,
      .year = 2018,
      .changes = true,
      .may_share = true },
    { .name = "ml-100k",
      .md5 = "0e33842e24a9c977be4e0107933c0723",
      .readme = "ml-100k-README.txt",
      .bytes = 4924029,
      .unpacked = 2300000,
      .n_ratings = 100000,
      .n_users = 943,
      .n_films = 1682,
      .year = 1998 },
    { .name = "ml-1m",
      .md5 = "c4d9eecfca2ab87c1945afe126590906",
      .readme = "ml-1m-README.txt",
      .bytes = 5917549,
      .unpacked = 25000000,
      .n_ratings = 1000209,
      .n_users = 6040,
      .n_films = 3883,
      .year = 2003 },
    { .name = "ml-10m",
      .md5 = "ce571fd55effeba0271552578f2648bd",
      .readme = "ml-10m-README.html",
      .bytes = 65566137,
      .unpacked = 270000000,
      .n_ratings = 10000054,
      .n_users = 71567,
      .n_films = 10681,
      .year = 2009 },
    { .name = "ml-20m",
      .md5 = "cd245b17a1ae2cc31bb14903e1204af3",
      .readme = "ml-20m-README.html",
      .bytes = 198702078,
      .unpacked = 560000000,
      .n_ratings = 20000263,
      .n_users = 138493,
      .n_films = 27278,
      .year = 2015,
      .may_share = true },
    { .name = "ml-25m",
      .md5 = "6b51fb2759a8657d3bfcbfc42b592ada",
      .readme = "ml-25m-README.html",
      .bytes = 261978986,
      .unpacked = 730000000,
      .n_ratings = 25000095,
      .n_users = 162541,
      .n_films = 62423,
      .year = 2019,
      .may_share = true },
    { .name = "ml-32m",
      .readme = "ml-32m-README.html",
      .bytes = 239000000,
      .unpacked = 960000000,
      .n_ratings = 32000204,
      .n_users = 200948,
      .n_films = 87585,
      .year = 2024,
      .may_share = true },
    { .name = "ml-latest",
      .readme = "ml-latest-README.html",
      .bytes = 335000000,
      .unpacked = 1100000000,
      .n_ratings = 33832162,
      .n_users = 330975,
      .n_films = 86537,
      .year = 2023,
      .changes = true,
      .may_share = true },
    { 0 },
};

const struct movielens *
movielens_find(const char *name)
{
    for (const struct movielens *m = movielens_list; m->name != NULL; m++)
        if (strcmp(m->name, name) == 0)
            return m;
    return NULL;
}

const char *
movielens_terms(const struct movielens *m)
{
    return m->may_share
               ? "GroupLens (University of Minnesota) lets anybody use these data for "
                 "research. Publications that use them cite Harper and Konstan, The "
                 "MovieLens Datasets, 2015, and claim no endorsement. They may be "
                 "passed on, changed or not, under these same terms. Commercial use "
                 "needs the permission of GroupLens. There is no warranty."
               : "GroupLens (University of Minnesota) lets anybody use these data for "
                 "research. Publications that use them cite Harper and Konstan, The "
                 "MovieLens Datasets, 2015, and claim no endorsement. Passing them on "
                 "and commercial use need the permission of GroupLens. There is no "
                 "warranty.";
}

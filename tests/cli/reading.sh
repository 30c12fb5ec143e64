#!/bin/sh
# reading.sh - movies and recommend on a run whose weights are worked out by hand:
# known_run of lib.sh.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

known_data
known_run

# ---- movies

run movies ../run --csv
prints 'rank,item,ids,title,year,genres,ratings,mean,bias
1,6,6,Frost,,Drama,2,4,0.6
2,4,4,Dune Song (1999),1999,Drama|Sci-Fi,1,4.5,0.4
3,2,2|8,"Brook, The (1995)",1995,Drama,2,3.5,0.2
4,1,1,Alien (1979),1979,Horror|Sci-Fi,2,4.5,-0.1
5,3,3,Comet (1990),1990,Sci-Fi,1,2,-0.3
6,5,5,"Echo ""Two"" (1960)",1960,Comedy,1,1,-0.5
7,7,7,Étoile (2001),2001,Drama,1,4,-0.7' "movies by bias, the unrated left out"

run movies ../run --json --limit 1 --reverse
prints '[
{"rank":1,"item":7,"ids":[7],"title":"Étoile (2001)","year":2001,"genres":["Drama"],"ratings":1,"mean":4,"bias":-0.7}
]' "--reverse starts with the lowest bias"

run movies ../run
has '^Films of run by bias: liked beyond' "text says what the order means"
has '^All 7 films' "text says that these are all"
has '^ *1  Frost  *Drama  *2  *4.00  *+0.600$' "text has a line a film"
run movies ../run -n 2
has '^2 of 7 films; --limit 0 lists all, --reverse shows the other end' "and what next"

for sort in mean:1467235 ratings:1263457 title:1234567 year:5132476; do
    run movies ../run --sort "${sort%:*}" --csv
    [ "$(sed 1d ../out | cut -d, -f 2 | tr -d '\n')" = "${sort#*:}" ]
    verdict $? "movies --sort ${sort%:*}"
done

run movies ../run --csv --filter 'genre:SCI-FI year>=1990 | étoile'
prints 'rank,item,ids,title,year,genres,ratings,mean,bias
1,4,4,Dune Song (1999),1999,Drama|Sci-Fi,1,4.5,0.4
2,3,3,Comet (1990),1990,Sci-Fi,1,2,-0.3
3,7,7,Étoile (2001),2001,Drama,1,4,-0.7' "a filter picks the films"
run movies ../run --csv --search 'OOK,' --min-ratings 2
prints 'rank,item,ids,title,year,genres,ratings,mean,bias
1,2,2|8,"Brook, The (1995)",1995,Drama,2,3.5,0.2' "so do --search and --min-ratings"
run movies ../run --json --search nothing
prints '[
]' "nothing is an empty array"
run movies ../run --search nothing
has '^No film passes' "and a sentence in text"
exits 0 "which is no mistake"

run movies ../run --filter genre:scifi
complains 2 'mltui: filter, character 7: no genre "scifi"; did you mean "Sci-Fi"? There are Comedy, Drama, Horror, Sci-Fi'
run movies ../run --filter seen
[ "$status" = 2 ] && grep -q '"seen" asks about a user' ../err
verdict $? "seen has no meaning in movies"
run movies ../ruin
[ "$status" = 1 ] && [ "$(wc -l <../err)" = 1 ]
verdict $? "a run that is not there: one line, exit 1"

# ---- recommend

run recommend ../run --user 10 --csv
prints 'user,rank,item,ids,title,year,genres,ratings,predicted
10,1,6,6,Frost,,Drama,2,4.4706483
10,2,4,4,Dune Song (1999),1999,Drama|Sci-Fi,1,4.0547476
10,3,7,7,Étoile (2001),2001,Drama,1,3.2181935
10,4,5,5,"Echo ""Two"" (1960)",1960,Comedy,1,3.1560469
10,5,3,3,Comet (1990),1990,Sci-Fi,1,3.0937061' "the highest predictions, the seen left out"
run recommend ../run --user 20 --json --limit 2
prints '[
{"user":20,"rank":1,"item":2,"ids":[2,8],"title":"Brook, The (1995)","year":1995,"genres":["Drama"],"ratings":2,"predicted":2.937513},
{"user":20,"rank":2,"item":1,"ids":[1],"title":"Alien (1979)","year":1979,"genres":["Horror","Sci-Fi"],"ratings":2,"predicted":2.7199306}
]' "another user, another list"

run recommend ../run -u 30 -u 10 -n 1
has '^User 30: 3 ratings, mean 3.33. Favourites: Frost; Alien (1979); Echo "Two" (1960).$' \
    "text says who the user is"
has '^User 10: 3 ratings, mean 4.00. Favourites: Alien (1979); Brook, The (1995).$' \
    "and the next one"
run recommend ../run -u 10 --seen --filter seen --csv
prints 'user,rank,item,ids,title,year,genres,ratings,predicted,seen
10,1,2,2|8,"Brook, The (1995)",1995,Drama,2,3.5531962,true
10,2,1,1,Alien (1979),1979,Horror|Sci-Fi,2,3.0312483,true' "--seen brings back what was rated"
run recommend ../run -u 10 --filter seen
has '^No film is left that the user has not rated (--seen' "and is proposed"

run recommend ../run -u 10 --csv -n 1 --popularity -1
has '^10,1,4,4,Dune Song' "--popularity -1 prefers what few rated"
run recommend ../run -u 10 --diversity .5 -n 0
complains 2 'mltui: --diversity chooses each film by all before it; expected --limit 1 to 1000 with it'
run recommend ../run -u 10 --diversity 2
[ "$status" = 2 ] && grep -q 'from 0 to 1' ../err
verdict $? "a diversity out of bounds is refused"

run recommend ../run --all-users --csv --limit 1
prints 'user,rank,item,ids,title,year,genres,ratings,predicted
10,1,6,6,Frost,,Drama,2,4.4706483
20,1,2,2|8,"Brook, The (1995)",1995,Drama,2,2.937513
30,1,4,4,Dune Song (1999),1999,Drama|Sci-Fi,1,4.0547476' "--all-users in their order"
run recommend ../run --all-users
complains 2 'mltui: --all-users is for --csv; add it, or name a --user'
run recommend ../run
complains 2 'mltui: for whom? give --user ID, several times if you like, --ratings FILE with your own, or --all-users --csv'
run recommend ../run --user 11
complains 1 'mltui: no user 11 in run; its 3 users have ids from 10 to 30'
run recommend ../run --user 010
complains 1 'mltui: no user 010 in run; its 3 users have ids from 10 to 30'

# ---- similar: one factor, so films are alike, and equals go by title

run similar ../run 6 --csv --limit 2
prints 'rank,item,ids,title,year,genres,ratings,similarity
1,1,1,Alien (1979),1979,Horror|Sci-Fi,2,1
2,2,2|8,"Brook, The (1995)",1995,Drama,2,1' "similar films by the id"
run similar ../run DUNE --json -n 1 -f étoile
prints '[
{"rank":1,"item":7,"ids":[7],"title":"Étoile (2001)","year":2001,"genres":["Drama"],"ratings":1,"similarity":1}
]' "and by a part of the title, with a filter"
run similar ../run id:8
has '^Films that divide people as Brook, The (1995) does' "any id of a merged title"
run similar ../run o
complains 1 "mltui: 'o' can be 6 films: Brook, The (1995) (id:2); Frost (id:6); Comet (1990) (id:3); Dune Song (1999) (id:4); Echo \"Two\" (1960) (id:5); Étoile (2001) (id:7); give more of the title, or id:ID"
run similar ../run title:4
complains 1 "mltui: no film '4'; expected an id, a title or a part of one ('mltui movies RUN --search TEXT' lists titles)"

# ---- factors: one factor, i / 8 around its mean 4 / 8; seven films make no name

run factors ../run --json
[ "$status" = 0 ] && grep -q '"component":1,"name":"unclear","variance":1,"correlation":0.11' ../out
verdict $? "one component has all of the variance, and no name"
run factors ../run --raw --json
grep -q '"top":\[{"item":7,"title":"Étoile (2001)","value":0.875},{"item":6,"title":"Frost","value":0.75}' ../out &&
    grep -q '"bottom":\[{"item":1,"title":"Alien (1979)","value":0.125}' ../out
verdict $? "a raw factor has the films' own values at both ends"
run factors ../run --raw --points --csv
has '^6,Frost,0.75$' "--points places every film"
[ "$(wc -l <../out)" = 8 ]
verdict $? "and each once"

run factors ../run -c 2
complains 2 "mltui: run has 1 factor; expected --components 1 to 1"

# ---- explain: users 1, -1, 1; films i / 8 with the mean 4 / 8, biases with -.4 / 7

run explain ../run --user 10 --movie 6 --csv
[ "$(sed 1d ../out | cut -d, -f 4)" = 4.4706483 ]
verdict $? "explain says what recommend predicts"
[ "$(sed 1d ../out | cut -d, -f 7 | tr '|' '\n' | awk '{ s += $1 } END { printf "%.9f", s }')" = 1.350000024 ]
verdict $? "and its terms add up to 6 (1/8 + 1/10)"
run explain ../run -u 10 -m frost
has '^user *+0.333$' "a user who likes the one factor more than the mean user does"
has '^Alien (1979) *5.0 *1.000$' "the films that were rated"
run explain ../run -u 10
complains 2 'mltui: what shall be explained? give --user ID (or --ratings FILE with your own) and --movie MOVIE'
run explain ../run -u 11 -m frost
complains 1 'mltui: no user 11 in run; its 3 users have ids from 10 to 30'

# ---- evaluate

run evaluate ../run
complains 1 'mltui: run held no ratings out (--valid 0, or bare weights); name other data: mltui evaluate ../run DATA'
run evaluate ../run ../data --json
has '^"n":10,' "on other data every rating is asked for"
has '"skipped_ratings":0' "and none is left out where all are known"

# ---- less than a run

run recommend ../run.safetensors -u 10
complains 2 'mltui: ../run.safetensors holds weights without titles; add --data DATA with what they were trained on'
run recommend ../run.safetensors --data ../data -u 10 -n 1 --csv
prints 'user,rank,item,ids,title,year,genres,ratings,predicted
10,1,6,6,Frost,,Drama,2,4.4706483' "bare weights with their data recommend"
run movies ../run.safetensors --data ../data --item id
[ "$status" = 3 ] && grep -q 'has 3 users and 8 films, the weights .* 3 and 7' ../err
verdict $? "data that do not fit are refused"
run movies ../run --item id
complains 2 'mltui: --item says how DATA is read, and none is; leave it out'
run movies ../run --data ../data
complains 2 'mltui: ../run has titles of its own; --data is for weights without them'

run movies ../run/model.safetensors --csv -n 1
has '^1,6,6,Frost' "movies needs only the model file"
rm ../run/ratings.safetensors
run recommend ../run --user 10
[ "$status" = 1 ] && grep -q 'the ratings are not here' ../err && [ ! -s ../out ]
verdict $? "recommend without ratings says what is missing"
rm ../run/model.safetensors
run movies ../run
[ "$status" = 1 ] && grep -q 'no model, the run is done: its model.safetensors is gone' ../err && [ ! -s ../out ]
verdict $? "movies without a model says so"

finish

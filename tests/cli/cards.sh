#!/bin/sh
# cards.sh - movie and users on a run whose weights are worked out by hand: known_run of
# lib.sh. One factor, i / 8 for film i; biases i / 10, below 0 for odd i; the users' are
# 0. The mean user has 1/3, so Brook gets 0.5 + 5 s(1/12 + 0.2) stars.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

known_data
known_run

# ---- movie

run movie ../run brook --json --min-ratings 2
prints '{
"rank":3,
"item":2,
"ids":[2,8],
"title":"Brook, The (1995)",
"year":1995,
"genres":["Drama"],
"ratings":2,
"mean":3.5,
"bias":0.2,
"films":7,
"seen_by":0.3333333333333333,
"with_bias":3.3518162,
"without_bias":3.1041064,
"tags":[],
"histogram":[{"rating":1,"count":0},{"rating":2,"count":0},{"rating":3,"count":1},{"rating":4,"count":1},{"rating":4.5,"count":0},{"rating":5,"count":0}],
"similar":[{"item":1,"title":"Alien (1979)","similarity":1,"ratings":2},{"item":6,"title":"Frost","similarity":1,"ratings":2}],
"factors":[],
"liked_with":[]
}' "a card in JSON"
run movie ../run brook --csv -n 1 -m 0 -f genre:comedy
prints 'rank,item,ids,title,year,genres,ratings,mean,bias,films,seen_by,with_bias,without_bias,tags,histogram.rating,histogram.count,similar.item,similar.title,similar.similarity,similar.ratings,factors.name,factors.value,factors.component,factors.in_sd,liked_with.genre,liked_with.correlation
3,2,2|8,"Brook, The (1995)",1995,Drama,2,3.5,0.2,7,0.3333333333333333,3.3518162,3.1041064,,1|2|3|4|4.5|5,0|0|1|1|0|0,5,"Echo ""Two"" (1960)",1,1,,,,,,' "in CSV, near films narrowed by a filter"
run movie ../run brook -m 2
has '^2 ratings by 33.3 % of the users, mean 3.50.$' "in text, who rated it"
has '^Bias +0.200, number 3 of 7: the average user would give it 3.35 stars' "its bias"
has '^ 4.5  *0   0 %  *Frost  *1.00  *2$' "bars beside the near films"
COLUMNS=50 run movie ../run brook -m 2
has '^   4 █████*  *1  50 %$' "below each other where the terminal is narrow"
run movie ../run brook -m 2 --plain
has '^   4 #####*  *1  50 %' "without glyphs where they are not wanted"
cp ../run/model.safetensors ../only.safetensors
run movie ../only.safetensors alien --json
has '^"seen_by":null,$' "a model alone knows no ratings"
has '^"histogram":\[\],$' "and has no histogram"
run movie ../run nothing
complains 1 "mltui: no film 'nothing'; expected an id, a title or a part of one ('mltui movies RUN --search TEXT' lists titles)"
run movie ../run
complains 2 "mltui: movie: expected RUN MOVIE; 'mltui help movie' says more"

# ---- users

run users ../run --json
prints '[
{"rank":1,"user":20,"ratings":4,"mean":3.375,"bias":0,"likes":["Drama"]},
{"rank":2,"user":10,"ratings":3,"mean":4,"bias":0,"likes":["Horror","Sci-Fi"]},
{"rank":3,"user":30,"ratings":3,"mean":3.3333333,"bias":0,"likes":["Drama","Horror","Sci-Fi"]}
]' "users by activity, with the genres they like"
run users ../run --csv --sort mean --limit 2
prints 'rank,user,ratings,mean,bias,likes
1,10,3,4,0,Horror|Sci-Fi
2,20,4,3.375,0,Drama' "users by mean"
for sort in "ratings:201030" "mean:102030" "bias:102030" "user:102030"; do
    run users ../run --sort "${sort%:*}" --csv
    [ "$(sed 1d ../out | cut -d, -f 2 | tr -d '\n')" = "${sort#*:}" ]
    verdict $? "users --sort ${sort%:*}"
done
run users ../run --sort user --reverse --min-ratings 4 --csv
prints 'rank,user,ratings,mean,bias,likes
1,20,4,3.375,0,Drama' "users with enough ratings"
run users ../run -n 1
has '^Users of run by activity, the most ratings first.$' "text says what the order means"
has '^1 of 3 users; --limit 0 lists all.$' "and how many there are"

run users ../run --user 20 --json
prints '{
"user":20,
"ratings":4,
"mean":3.375,
"bias":0,
"likes":["Drama"],
"rank_by_bias":2,
"users":3,
"held_out":0,
"rmse":null,
"genres":[{"name":"Drama","ratings":3,"mean":3.8333333,"above":0.171875},{"name":"Sci-Fi","ratings":2,"mean":3.25,"above":-0.035714287}],
"histogram":[{"rating":1,"count":0},{"rating":2,"count":1},{"rating":3,"count":1},{"rating":4,"count":1},{"rating":4.5,"count":1},{"rating":5,"count":0}],
"factors":[],
"favourites":[{"item":4,"title":"Dune Song (1999)"},{"item":7,"title":"Étoile (2001)"},{"item":6,"title":"Frost"}]
}' "one user's card"
run users ../run --user 20
has '^User 20: 4 ratings, mean 3.38.$' "the same in text"
has '^   2 ██████*  25 %  *10 %$' "the stars beside everybody's"
run users ../run --user 20 --held-out
complains 1 "mltui: run held no ratings out (--valid 0, or bare weights)"
run users ../run --held-out
complains 2 "mltui: --held-out is for one user; add --user ID"
run users ../run --user 20 --sort bias
complains 2 "mltui: --sort does nothing beside --user; leave one of them out"
run users ../run --user 20 -n 5
complains 2 "mltui: --limit does nothing beside --user; leave one of them out"
run users ../run --user 21
complains 1 "mltui: no user 21 in run; its 3 users have ids from 10 to 30"

# Held-out ratings, of a run that was trained for it: the errors are what the
# predictions say.
run train sample --epochs 1 --factors 4 --quiet --out ../trained
run users ../trained --user 7 --held-out --csv
sed 1d ../out | awk -F '"' '
    NR == 1 { split($0, a, ","); n = a[2]; rmse = a[3] }
    { line = $0 }
    END {
        k = split(line, a, ",")
        n_given = split(a[k - 2], given, "|"); split(a[k - 1], guess, "|")
        for (i = 1; i <= n_given; i++) sum += (guess[i] - given[i]) ^ 2
        d = sqrt(sum / n_given) - rmse
        exit !(n > 0 && n == n_given && d < 1e-5 && d > -1e-5)
    }'
verdict $? "held-out ratings beside predictions, and their RMSE"
run users ../trained --user 7 --held-out
has '^RMSE 0[.][0-9]*; of all users. held-out ratings 0[.][0-9]*[.]$' "in text, too"

# ---- tags of the data are in the run

cp ../data/movies.csv ../data/ratings.csv . && printf 'userId,movieId,tag,timestamp\n' >tags.csv
for film in 1 2 3 4 5 6; do
    printf '10,%s, Odd\033[2J ,1\n20,%s,bad one\n' $film $film >>tags.csv
done
"${MLTUI_BUILDDIR:?}/tests/cli/make_run" . ../tagged 2>../err >../out
run movie ../tagged brook --json
has '^"tags":\["odd\\u001b\[2j"\],$' "a film's card has its tags"
run movie ../tagged brook
has '^Tags: odd.x1b.2j$' "and a hostile one cannot drive the terminal"
run data . --json
has '"rejected":6,' "bad rows of tags.csv are counted"
has 'tags.csv","line":3,"column":4,"reason":"3 fields, expected 4"' "and told where"

# ---- evaluate reads other data as the run did

run train ../data --item id --valid 0 --batch 2 --factors 2 --quiet --out ../by-id
run evaluate ../by-id ../data --csv --threads 1
cut -d, -f 6 ../out >../as-run
run evaluate ../by-id ../data --csv --threads 1 --item id
cut -d, -f 6 ../out | cmp -s - ../as-run
verdict $? "other data has the run's own --item"
run evaluate ../by-id ../data --csv --threads 1 --item title
! cut -d, -f 6 ../out | cmp -s - ../as-run
verdict $? "unless another is given"

# ---- bench --reading

run bench --reading ../trained --json --quiet
has '^"questions":\[{"question":"similar","ratings":null,"repeats":[0-9]*,"median_ms":[0-9.e-]*,"least_ms":[0-9.e-]*},{"question":"recommend",' "questions to a run are timed"
has '^"factors":4,$' "and it is said of what"
films=$(sed -n 's/^"items":\([0-9]*\),$/\1/p' ../out)
has "{\"question\":\"fold-in\",\"ratings\":$films,\"repeats\"" "a new user rates no film twice"
has '"question":"fold-in","ratings":100,.*"question":"fold-in","ratings":1000,' "and has few ratings or many"
run bench --reading ../trained --users 5
complains 2 "mltui: --users is for training; leave it out with --reading"
run bench --reading ../nowhere
exits 1 "a run that is not there"
finish

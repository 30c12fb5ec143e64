#!/bin/sh
# ownratings.sh - recommend --ratings and --explain on a run whose weights are worked
# out by hand: known_run of lib.sh, with links and stars from 0.5.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

known_data
sed 's/^30,5,1.0/30,5,0.5/' ../data/ratings.csv >../half && mv ../half ../data/ratings.csv
cat >../data/links.csv <<'END'
movieId,imdbId,tmdbId
1,0078748,348
2,0112573,
4,1160419,
END
known_run

# ---- one's own list

cat >mine.csv <<'END'
title,rating
alien,5
The Brook,4
Etoile (2001),1.5
END
run recommend ../run --ratings mine.csv --csv
exits 0 "own ratings get recommendations"
cut -d, -f3 ../out | sort >items
[ "$(tr '\n' ' ' <items)" = "3 4 5 6 item " ]
verdict $? "what was rated is hidden, all else is listed"
[ ! -s ../err ]
verdict $? "a file without faults says nothing"
[ "$(ls)" = "$(printf 'items\nmine.csv')" ] && [ -z "$(find ../home -type f)" ]
verdict $? "nothing is written"
cp ../out ../from-file
"$mltui" recommend ../run --ratings - --csv <mine.csv | cmp -s - ../from-file
verdict $? "- is standard input, and gives what the file gives"
run recommend ../run --ratings - --csv
exits 3 "nothing on it is an empty list"
run recommend ../run --ratings mine.csv
has '^You: 3 ratings, mean 3.50. Favourites: Alien (1979); ' "the person has a card"
run recommend ../run -r mine.csv --filter 'seen genre:drama' --seen --json
has '"item":2,' "filters know what was rated"
[ "$(grep -c '"user":null' ../out)" = 2 ]
verdict $? "a person has no id"

# ---- what is wrong with it

cat >odd.csv <<'END'
alein,4
Comet (1990),6
Comet (1990),3
END
run recommend ../run --ratings odd.csv --limit 1 --csv
exits 0 "one good line is enough"
[ "$(cat ../err)" = "mltui: warning: odd.csv:2:2: rating \"6\", expected a number from 0.5 to 5
mltui: warning: odd.csv:1:1: no film 'alein'; did you mean 'Alien (1979)'?" ]
verdict $? "the lines that are wrong and what could be meant are said"
run recommend ../run --ratings odd.csv --matches --json
prints '[
{"line":1,"film":"alein","year":null,"stars":4,"item":null,"title":null,"nearest":["Alien (1979)"]},
{"line":3,"film":"Comet (1990)","year":null,"stars":3,"item":3,"title":"Comet (1990)","nearest":[]}
]' "--matches says what each line was taken for"
printf 'Nowhere,3\nNobody,4\n' >none.csv
run recommend ../run --ratings none.csv
exits 3 "nothing matched is content rejected"
: >empty.csv
run recommend ../run --ratings empty.csv
complains 3 "mltui: empty.csv: no ratings in it; expected lines such as Heat (1995),4.5 or an export of IMDb or Letterboxd"
run recommend ../run --ratings ../data/ratings.csv
complains 3 'mltui: ../data/ratings.csv:5:1: user "20", expected "10" as in the lines before it: these are ratings of several people; keep the lines of one, or train on them all'
run recommend ../run --ratings missing.csv
exits 1 "a missing file cannot be opened"
run recommend ../run --ratings mine.csv --user 10
complains 2 "mltui: --ratings is for somebody who is not in the data; expected it without --user"
run recommend ../run --user 10 --matches
complains 2 "mltui: --matches lists the lines of a file; add --ratings FILE"

run recommend ../run --ratings mine.csv --matches --explain
complains 2 "mltui: --explain does nothing beside --matches; leave one of them out"

# ---- exports

cat >imdb.csv <<'END'
Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors
tt0078748,10,2020-01-02,Alien,Alien,https://example.org/,Movie,8.5,117,1979,"Horror, Sci-Fi",9,1979-05-25,A
tt1160419,3,2020-01-02,Renamed Since,Renamed Since,https://example.org/,Movie,8,155,2021,"Drama, Sci-Fi",9,2021-09-15,B
tt0000003,7,2020-01-02,Comet,Comet,https://example.org/,Movie,5,90,1990,Sci-Fi,9,1990-01-01,C
tt0000009,7,2020-01-02,The Brook,The Brook,https://example.org/,Movie,5,90,1995,Drama,9,1995-01-01,D
END
run recommend ../run --ratings imdb.csv --matches --csv
prints 'line,film,year,stars,item,title,nearest
2,Alien,1979,5,1,Alien (1979),
3,Renamed Since,2021,1.5,4,Dune Song (1999),
4,Comet,1990,3.5,3,Comet (1990),
5,The Brook,1995,3.5,,,"Brook, The (1995)"' \
    "an export of IMDb is matched by its ids, and by title where no id is known"

cat >letterboxd.csv <<'END'
Date,Name,Year,Letterboxd URI,Rating
2020-01-02,Étoile,2002,https://example.org/,4.5
2020-01-02,Echo Two,1960,https://example.org/,
2020-01-02,Frost,2013,https://example.org/,3
END
run recommend ../run --ratings letterboxd.csv --matches --csv
prints 'line,film,year,stars,item,title,nearest
2,Étoile,2002,4.5,7,Étoile (2001),
4,Frost,2013,3,6,Frost,' "an export of Letterboxd is matched by name and year"

# ---- why

run recommend ../run --user 10 --explain --csv --limit 3
awk -F, '
    NR == 1 { exit $NF != "why" }' ../out
verdict $? "--explain adds why"
# predicted = 0.5 + 5 / (1 + exp(-x)), x the sum of the terms
awk -F, '
    NR > 1 {
        n = split($NF, term, "|"); x = 0
        for (i = 1; i <= n; i++) { sub(/.*=/, "", term[i]); x += term[i] }
        p = .5 + 5 / (1 + exp(-x)); d = p - $(NF - 1)
        if (n != 4 || d > 1e-5 || d < -1e-5) bad++
        rows++
    }
    END { exit bad > 0 || rows != 3 }' ../out
verdict $? "the terms add up to the logit"
run recommend ../run --user 10 --explain --json --limit 1
has '"why":\[{"name":"base","value":' "JSON has them as name and value"
COLUMNS=80 run recommend ../run --ratings mine.csv --explain
has '^   film [+-]' "text has a line of reasons"
awk 'length > 80 { bad++ } END { exit bad > 0 }' ../out
verdict $? "they fit 80 columns"
run explain ../run --ratings mine.csv --movie dune --json
has '^"user":null,' "a person can ask why too"
run explain ../run --ratings mine.csv --user 10 --movie dune
complains 2 "mltui: --user and --ratings: give one of them"
finish

#!/bin/sh
# data.sh - `mltui data`: what is in a data set, in every form, and every way in which it
# cannot be read.
# shellcheck source=tests/cli/lib.sh
. "${MLTUI_SRCDIR:?}/tests/cli/lib.sh"

# Two films of one title, a film that nobody rated, a rating given twice; line 5 of the
# ratings and line 6 of the films are wrong.
mkdir two
cat >two/movies.csv <<'END'
movieId,title,genres
1,Alien (1979),Horror|Sci-Fi
2,"Brook, The (1995)",Drama
8,"Brook, The (1995)",Drama
9,Nobody (2000),Drama
2,Again,Drama
END
cat >two/ratings.csv <<'END'
userId,movieId,rating,timestamp
10,1,5.0,1000000000
10,2,4.0,20
10,8,3.0,30
20,2,x,40
20,1,4.5,50
10,1,4.5,90
END

# ---- text

run data two
exits 0 "a few rejected rows are no failure"
has '^ratings  *5$' "ratings are counted"
has '^users  *2$' "so are users"
has '^films rated  *2$' "and films that were rated, two of one title as one"
has '^films listed  *4$' "and films that are listed"
has '^mean rating  *4.200$' "the mean is there"
has '^rated again  *2$' "second ratings of a film are counted"
has '^rejected  *2$' "so are rejected rows"
has '^ *4.5  *2  █████' "the histogram has bars"
has '^two/ratings.csv  *5  *3  rating "x", expected a finite number such as 3.5$' \
    "a rejected row has its file, line, field and reason"
[ ! -s ../err ]
verdict $? "nothing is said beside the data"
run data two --item id
has '^films rated  *3$' "by id, films of one title stay apart"

run data two --plain
LC_ALL=C grep -q '[^ -~]' ../out
[ $? = 1 ]
verdict $? "--plain is ASCII"
for width in 20 40 60 79 80 132; do
    COLUMNS=$width
    export COLUMNS
    run data two --plain
    [ "$status" = 0 ] && [ -z "$(awk -v w=$width 'length > w' ../out)" ]
    verdict $? "no line is wider than $width"
done
unset COLUMNS

# ---- json and csv

run data two --json
prints '{
"data":"two",
"ratings":5,
"users":2,
"items":2,
"titles":4,
"density":1.25,
"mean":4.2,
"first_time":20,
"last_time":1000000000,
"repeated":2,
"rows":11,
"rejected":2,
"fingerprint":"'"$(sed -n 's/^"fingerprint":"\([0-9a-f]\{32\}\)",$/\1/p' ../out)"'",
"histogram":[{"rating":3,"count":1},{"rating":4,"count":1},{"rating":4.5,"count":2},{"rating":5,"count":1}],
"tails":[{"of":"film","least":2,"median":2,"mean":2.5,"most":3,"fewer_than_10":2,"top_tenth_share":0.6},{"of":"user","least":1,"median":1,"mean":2.5,"most":4,"fewer_than_10":2,"top_tenth_share":0.8}],
"rejects":[{"file":"two/ratings.csv","line":5,"column":3,"reason":"rating \"x\", expected a finite number such as 3.5"},{"file":"two/movies.csv","line":6,"column":1,"reason":"movie id \"2\", expected one row for each id"}]
}' "--json is one object with every key"
cp ../out ../one
for threads in 2 3 7; do
    run data two --json --threads $threads
    cmp -s ../one ../out
    verdict $? "$threads threads say the same"
done

run data two --csv
[ "$(wc -l <../out)" = 2 ]
verdict $? "--csv is a header and a line"
has '^data,ratings,users,items,titles,density,mean,first_time,last_time,repeated,rows,rejected,fingerprint,histogram.rating,histogram.count,tails.of,' \
    "its header is the keys"
has '^two,5,2,2,4,1.25,4.2,20,1000000000,2,11,2,[0-9a-f]*,3|4|4.5|5,1|1|2|1,film|user,2|1,' \
    "its lists are joined by bars"

# ---- rejects

{
    echo userId,movieId,rating
    for i in 1 2 3 4 5 6 7 8 9 10; do echo "$i,1,4" && echo "$i,2,none"; done
} >ten.csv
run data ten.csv
exits 0 "ten rejected rows are allowed"
has '^ten.csv  *11  *3  ' "the first five are shown"
! grep -q '^ten.csv  *13 ' ../out
verdict $? "and no more"
has '^--rejects lists 10 rejected rows$' "it says how to see them all"
run data ten.csv --rejects
[ "$(grep -c '^ten.csv' ../out)" = 10 ]
verdict $? "--rejects lists them all"
echo '11,2,none' >>ten.csv
run data ten.csv
[ "$status" = 3 ] && [ "$(wc -l <../err)" = 1 ]
verdict $? "eleven are too many: one line, exit 3"
has '^rejected  *11$' "what was found is shown all the same"
run data ten.csv --max-rejects 11
exits 0 "--max-rejects 11 allows them"
run data two --max-rejects 1 -q
[ "$(cat ../err)" = 'mltui: two/ratings.csv:5:3: rating "x", expected a finite number such as 3.5; 2 of 11 rows rejected, at most 1 are allowed; mend the file or raise --max-rejects' ]
verdict $? "the line names the first reject, the count and the limit"

# ---- other forms

mkdir alone ml100k ml1m
cp two/ratings.csv alone
run data alone --json
has '^"titles":null,$' "without movies.csv there are no titles"
has '^"items":3,$' "and every id is a film"
run data alone/ratings.csv --json
has '^"ratings":5,$' "a ratings.csv can be named itself"
run data two/ratings.csv --json
has '^"titles":4,$' "movies.csv beside it is read too"

printf '196\t242\t3\t881250949\n186\t302\t4\t891717742\n' >ml100k/u.data
printf '242|Kolya (1996)|24-Jan-1997||x|0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n302|Caf\351 (1997)|01-Jan-1997||x|0|0|0|0|0|0|1|0|0|0|1|0|0|1|0|0|1|0|0\n' >ml100k/u.item
run data ml100k --json
has '^"ratings":2,$' "u.data is read"
has '^"titles":2,$' "with u.item in Latin-1"
has '^"rejected":0,$' "and nothing is rejected"
run data ml100k/u.data --json
has '^"last_time":891717742,$' "u.data can be named itself"
printf '1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n' >ml1m/ratings.dat
run data ml1m --json
has '^"ratings":3,$' "ratings.dat is read"
has '^"mean":4,$' "with its stars"

printf 'when;who;"the film";stars\n5;ann;A;4\n6;bob;B, or C;2.5\n7;ann;"B, or C";1\n' >votes.txt
run data votes.txt --columns 'user=who,item=the film,rating=stars,time=when' --json
has '^"users":2,$' "columns can be named, and ids be text"
has '^"items":2,$' "a quoted id is the same as one without quotes"
has '^"first_time":5,$' "a time can be named"
run data sample --json
has '^"rejected":0,$' "the sample has nothing to reject"

# ---- a zip, as it is

if grep -q '^#define HAVE_LIBARCHIVE 1' "$MLTUI_BUILDDIR/config.h"; then
    make_zip=$MLTUI_BUILDDIR/tests/cli/make_zip
    run data two --json
    sed '/^"data"/d; s|"two/|"zip:two/|g' ../out >../folder
    "$make_zip" two.zip two/ratings.csv=two/ratings.csv two/movies.csv=two/movies.csv
    run data two.zip --json
    sed '/^"data"/d; s|"two\.zip:|"zip:|g' ../out >../zip
    cmp -s ../folder ../zip
    verdict $? "a zip holds what its folder holds, with the same fingerprint"
    run data two.zip
    has '^two.zip:two/ratings.csv  *5  *3  rating "x", expected a finite number such as 3.5$' \
        "a rejected row has its place in the member"
    "$make_zip" ml1m.zip ml-1m/ratings.dat=ml1m/ratings.dat
    run data ml1m.zip --json
    has '^"ratings":3,$' "ratings.dat is found too"
    run data two.zip --max-rejects 1 -q
    exits 3 "too many rejects in a zip: exit 3"
    "$make_zip" both.zip a/ratings.csv=two/ratings.csv b/ratings.csv=two/ratings.csv
    run data both.zip
    complains 1 'mltui: both.zip: both a/ratings.csv and b/ratings.csv are in it, expected one; unpack it and name the one you mean'
    "$make_zip" none.zip movies.csv=two/movies.csv
    run data none.zip
    complains 1 'mltui: none.zip: no ratings.csv, ratings.dat or u.data in this zip, at its top or in a folder there; unpack it and name the file itself'
    "$make_zip" secret.zip encrypted ratings.csv=two/ratings.csv
    run data secret.zip
    complains 1 'mltui: secret.zip:ratings.csv: encrypted; unpack it with its password and name the folder'
    "$make_zip" torn.zip damaged ratings.csv=two/ratings.csv
    run data torn.zip
    [ "$status" = 1 ] && [ "$(wc -l <../err)" = 1 ] &&
        grep -q '^mltui: torn.zip:ratings.csv: damaged (ZIP bad CRC' ../err
    verdict $? "a damaged member is one line, exit 1"
    head -c 100 two.zip >cut.zip
    run data cut.zip
    [ "$status" = 1 ] && grep -q '^mltui: cut.zip: not a whole zip: ' ../err
    verdict $? "so is a zip that was cut"
else
    : >two.zip
    run data two.zip
    complains 1 'mltui: two.zip: this mltui was built without libarchive and opens no zip; unpack it and name the folder'
    skip "this build opens no zips"
fi

# ---- mistakes, each one line

run data
complains 2 "mltui: data: expected DATA; 'mltui help data' says more"
run data two ten.csv
complains 2 "mltui: data: one word too many: 'ten.csv'; expected mltui data DATA"
run data two --rejcts
complains 2 "mltui: data: no option '--rejcts'; did you mean '--rejects'?"
run data two --item film
complains 2 "mltui: data: --item: found 'film', expected title or id, as in '--item title'"
run data two --columns user=who
complains 2 'mltui: --columns "user=who": expected user=NAME,item=NAME,rating=NAME and, where there is one, time=NAME'
run data ./nothing
complains 1 'mltui: ./nothing: No such file or directory'
run data sampel
complains 1 "mltui: 'sampel' is neither a path, nor sample, nor a name in $HOME/.local/share/mltui; did you mean 'sample'?"
mkdir nothing
run data nothing
complains 1 'mltui: nothing: no ratings.csv, ratings.dat or u.data in this folder; name the file itself'
mkdir -p folder/ratings.csv
run data folder
complains 1 'mltui: folder/ratings.csv: a folder, expected a file'
run data /dev/null
complains 1 'mltui: /dev/null: not a regular file; copy its content into one'
run data two/movies.csv
complains 3 'mltui: two/movies.csv:1:1: no column "userId" in the header "movieId,title,genres"; say where the columns are with --columns user=NAME,item=NAME,rating=NAME'
run data votes.txt --columns 'user=who,item=film,rating=stars'
complains 3 'mltui: votes.txt:1:1: no column "film" in the header "when;who;"the film";stars"; give --columns the names as the header has them'
: >empty.csv
run data empty.csv
complains 3 'mltui: empty.csv:1:1: the file is empty, expected a header'
echo userId,movieId,rating >header.csv
run data header.csv
complains 3 'mltui: header.csv: no ratings in it, expected a row for each rating'
"$mltui" data two >/dev/full 2>../err
status=$?
[ "$status" = 1 ] && [ "$(wc -l <../err)" = 1 ]
verdict $? "a full disk: one line, exit 1"

finish

#!/usr/bin/env bash
# share/recipes: what the recipe for xargs prints is what one run prints; the others are at least scripts, and short.
. "$(dirname "$0")/check.sh"

need xargs seq stat
recipes=$(cd "$tests/../../share/recipes" && pwd) || exit 99
[[ $("$MSCAN" --merge /nowhere 2>&1) == *'built without'* ]] && skip 'there is no libjansson or libxxhash'
mkdir bin
ln -s "$MSCAN" bin/mscan
PATH=$PWD/bin:$PATH
seq 20000 >'a file'
for recipe in "$recipes"/*; do
    sh -n "$recipe" || fail "$recipe is no script"
    [ "$(wc -l <"$recipe")" -lt 60 ] || fail "$recipe is long"
    expect_like 2 '' '
 *shares-[a-z]* SHARES .*' "$recipe"
done
"$MSCAN" -C1 -b -e '77 *' -e "it's" 'a file' >whole
expect_file 0 whole "$recipes/shares-xargs" 9 3 'a directory' 'a file' -C1 -b -e '77 *' -e "it's"
# What is missing is done again, and no more.
rm 'a directory/3.json' 'a directory/5.out'
touch -d 2001-01-01 'a directory/1.out'
expect_file 0 whole "$recipes/shares-xargs" 9 3 'a directory' 'a file' -C1 -b -e '77 *' -e "it's"
expect 0 '3/9\n5/9\n' cat 'a directory/todo'
expect 0 '2001\n' date -r 'a directory/1.out' +%Y
expect 0 '20000 a file\n' "$recipes/shares-xargs" 4 2 counts 'a file' --wc -l
# GNU parallel takes ":" for this machine.
if parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
    echo : >hosts
    file=$PWD/'a file' directory=$PWD/'by parallel'
    "$MSCAN" -He '77 *' -e "it's" "$file" >whole
    for _ in 1 2; do
        expect_file 0 whole "$recipes/shares-parallel" 5 hosts "$directory" "$file" -He '77 *' -e "it's" 2>/dev/null
    done
fi
# A file that has grown makes all shares fail.
echo more >>'a file'
rm -f counts/*.json
expect_like 123 '' '(mscan: .*its size is not the one that --expect-size gives
){4}' "$recipes/shares-xargs" 4 2 counts 'a file' --wc -l

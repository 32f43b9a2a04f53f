#!/usr/bin/env bash
# One pattern that is an alternation of more than PCRE2 can compile: as many patterns.
. "$(dirname "$0")/check.sh"

seq -f '%07.0fq' 12000 >words
seq -f '%07.0fqr' 6000 >>words
seq -f '<%07.0fQ>' 3 5000 30000 >text
printf '0000017qrs\n0000018q\n' >>text
paste -sd'|' words >extended
sed 's/|/\\|/g' extended >basic
head -c -1 extended >end
printf '|\n' >>end

expect 0 '0000017qrs\n0000018q\n' mscan -E -f extended text
expect 0 '0000017qrs\n0000018q\n' mscan -G -f basic text
expect 0 '0000018q\n' mscan -E -w -f extended text
expect 0 '0000018q\n' mscan -G -x -f basic text
expect 0 '<0000003Q>\n<0005003Q>\n<0010003Q>\n' mscan -E -i -m3 -f extended text
expect 0 '<0015003Q>\n<0020003Q>\n<0025003Q>\n' mscan -E -iv -f extended text
expect 0 '8\n' mscan -E -c -f end text
# The longest of the matches, and nothing of what an assertion or a group of another alternative says.
expect 0 '0000017qr\n0000018q\n' mscan -E -o -f extended text
printf 'z|y\nb|z\n\\|\n(|y)\nx\n' >marks
long=$(head -5000 words | paste -sd'|')
expect 0 '|y\n|z\n|y\n' mscan -E -o -e "^y|[|](y|z)|()z$|$long" marks
expect 0 'z|y\nb|z\n(|y)\n' mscan -G -e '^y\|[|]\(y\|z\)\|z*\{3\}w$\|'"${long//|/\\|}" marks
expect 0 'text:2\nmarks:5\n' mscan -E -c -e '^x|[|](y|z)|q$|\|'"|$long" text marks
expect 0 '0000018q\n' mscan -w --and "$(head -20 words | tail -3 | paste -sd'|')" -E -f extended text

# What is wrong in it is said once, and about all of it.
expect_like 2 '' 'mscan: bad pattern: Unmatched \( or \\\(.[^^]*\|\(b.  *\^.' mscan -E "$long|(b" text
expect_like 2 '' 'mscan: bad pattern: Invalid back reference.[^^]*\\2.  *\^.' mscan -E "(a)|$long|\2" text
expect_error 0 'z|y\n(|y)\nx\n' 'mscan: warning: * at start of expression\n' mscan -E "x|$long|*y" marks

# Not where the alternatives depend on each other, and not in a group.
too_large() { expect_like 2 '' 'mscan: (group:1: )?bad pattern: regular expression is too large.*' mscan -E "$@" text; }
printf '(%s)\n' "$(cat extended)" >group
too_large -f group
too_large "(b)|$long|(b)\2"
too_large --replace '$1' "(b)|$long"

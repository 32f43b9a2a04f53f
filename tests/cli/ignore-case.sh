#!/usr/bin/env bash
# -i and --no-ignore-case.
. "$(dirname "$0")/check.sh"

file f 'abc\nABC\naBc\nabd\n'

expect 0 'abc\nABC\naBc\n' mscan -i abc f
expect 0 'abc\nABC\naBc\n' mscan -i AbC f
expect 0 'abc\nABC\naBc\n' mscan --ignore-case ABC f
expect 0 'abc\nABC\naBc\n' mscan -F -i ABC f
expect 0 'ABC\n' mscan ABC f
expect 0 'ABC\n' mscan -i '(?-i)ABC' f
expect 0 'abc\nABC\naBc\n' mscan -i '[a]b[^d]' f
expect 0 'abc\nABC\n' mscan -i '(?-i:abc|ABC)' f
expect 0 'abd\n' mscan -iv ABC f
expect 0 'ABC\n' mscan -i --no-ignore-case ABC f
expect 0 'aa\nAA\naA\n' mscan -i '^(a)\1$' <(printf 'aa\nAA\naA\nab\n')

# Beyond ASCII: by Unicode's simple folding, or not at all.
file u 'straße\nSTRASSE\nПривет\nПРИВЕТ\n\0342\0204\0252elvin\nkelvin\n\0305\0277et\nset\n'
expect 0 'Привет\nПРИВЕТ\n' mscan -i 'привет' u
expect 0 'Привет\nПРИВЕТ\n' mscan -F -i 'привет' u
expect 0 'straße\n' mscan -i 'STRAßE' u
expect 0 '\0342\0204\0252elvin\nkelvin\n' mscan -i '^Kelvin' u
expect 0 '\0342\0204\0252elvin\nkelvin\n' mscan -Fi 'KELVIN' u
expect 0 '\0305\0277et\nset\n' mscan -i '^SET' u
LC_ALL=C expect 1 '' mscan -i 'привет' u
# Whose cases have other lengths, and what has bytes of two cases: U+1C82 is о, U+0420 and U+0440 are р, but U+0400 is not.
file v 'ВОРОН\nворон\nв\0341\0262\0202рон\nвоЀон\nҀорон\nМорс и ворон\nмор\0305\0277\nΣίσυφος\nΣΊΣΥΦΟΣ\nÉÄ\nΜ\nŸ\n'
for options in '' -F '-e nothing' '-F -e nothing'; do
    expect 0 'ВОРОН\nворон\nв\0341\0262\0202рон\nМорс и ворон\n' mscan -i $options -e ворон v
    expect 0 '4\n' mscan -c -i $options -e ВОРОН v
    expect 0 'ВОРОН\nворон\nв\0341\0262\0202рон\nворон\n' mscan -o -i $options -e ВОРОН v
    expect 0 'ВОРОН\nворон\nв\0341\0262\0202рон\nворон\n' mscan -o -w -i $options -e ВОРОН v
    expect 0 'Σίσυφος\nΣΊΣΥΦΟΣ\n' mscan -i $options -e ΣΊΣΥΦΟς v
    expect 0 'ÉÄ\n' mscan -i $options -e éä v
    expect 0 'ÉÄ\n' mscan -x -i $options -e éä v
    expect 0 'мор\0305\0277\n' mscan -i $options -e МОРS v
    expect 0 'Μ\n' mscan -i $options -e µ v
    expect 0 'Ÿ\n' mscan -i $options -e ÿ v
done
expect 0 'ВОРОН\nворон\nв\0341\0262\0202рон\nМорс и ворон\nÉÄ\n' mscan -i -e ворон -e éä -e сорок v
LC_ALL=C expect 0 'kelvin\n' mscan -i '^Kelvin' u
LC_ALL=C expect 0 'Привет\n' mscan -i 'Привет' u
expect 1 '' mscan --no-unicode -i 'привет' u

# Strings with characters beyond ASCII that are other cases of ASCII letters, in text that is ASCII.
printf 'S\nb\n' >ascii
expect 0 'S\n' mscan -F -i -e ſ -e a ascii
expect 0 'S\n' mscan -i -e ſ -e a ascii

# Classes of one case hold letters of all cases, with Unicode as without, and whatever the release of PCRE2.
file c 'A\na\nÉ\né\n\0307\0205\nЖ\nж\n中\nª\n1\n'
cased='A\na\nÉ\né\n\0307\0205\nЖ\nж\n'
for options in '' --no-jit --engine=pcre2 --engine=dfa -o; do
    for class in '[[:upper:]]' '[[:lower:]]' '[^[:^upper:]]' '[[:upper:][:lower:]]' '\p{Lu}' '\p{Ll}' '[\p{Lt}]' '\P{^Lu}' \
        '(?x) \p{ l_u } (?# [[:alpha:])' '(?|(?=[[:lower:]])[[:upper:]]|\z\p{Ll})'; do
        expect 0 "$cased" mscan -i $options "$class" c
        expect 0 "$cased" mscan $options "(?i)$class" c
        expect 0 "$cased" mscan $options "(?i:$class)" c
        expect 0 "$cased" mscan -i $options -e "$class" -e nothing c
    done
    for class in '[[:^upper:]]' '[^[:lower:]]' '\P{Lu}' '\p{^Ll}' '[^\p{Lt}]'; do
        expect 0 '中\nª\n1\n' mscan -i $options "$class" c
        expect 0 '中\nª\n1\n' mscan $options "(?i)$class" c
    done
done
expect 0 'A\nÉ\nЖ\n' mscan '[[:upper:]]' c
expect 0 'A\nÉ\nЖ\n' mscan -i '(?-i)[[:upper:]]' c
expect 0 'A\nÉ\nЖ\n' mscan '\p{Lu}(?i)' c
expect 0 'aB\nbB\nAB\n' mscan '^(?i:[[:upper:]])B' <(printf 'aB\nbB\nAB\nab\n')
expect 0 '2\n' mscan -ic '^[[:upper:]-]\Q[:upper:]\E$' <(printf 'a[:upper:]\n-[:Upper:]\nab\n')
for syntax in -E -G; do
    expect 0 "$cased"'中\nª\n' mscan $syntax -i '[[:upper:]]' c
    expect 0 '1\n' mscan $syntax -i '[^[:lower:]]' c
done
LC_ALL=C expect 0 'A\na\n' mscan -aix '[[:upper:]]' c
LC_ALL=C expect 0 'A\na\n' mscan -aixP '[A-Z]|[^\x80-\xff[:^lower:]]' c
LC_ALL=C expect 0 'A\na\n' mscan -aix '\p{Lu}' c
expect 0 'A\na\n' mscan --no-unicode -aix '[[:lower:]]' c
# What is wrong is said of the pattern as it was given.
expect_like 2 '' '(.*)\[\[:upper:\]\]\((.*)' mscan -i '[[:upper:]](' c

#!/usr/bin/env bash
# --json: lines as JSON Lines, in ripgrep's form.  tests/json-lines.py has random cases.
. "$(dirname "$0")/check.sh"

# The output without the times.
untimed()
{
    mscan --json "$@" | sed 's/"elapsed\(_total\)*":{[^}]*},//g'
}

file f 'foo bar foo\nx\nba\xffr foo\n'
begin='{"type":"begin","data":{"path":{"text":"f"}}}\n'
first='{"type":"match","data":{"path":{"text":"f"},"lines":{"text":"foo bar foo\\n"},"line_number":1,"absolute_offset":0,"submatches":[{"match":{"text":"foo"},"start":0,"end":3},{"match":{"text":"foo"},"start":8,"end":11}]}}\n'
second='{"type":"context","data":{"path":{"text":"f"},"lines":{"text":"x\\n"},"line_number":2,"absolute_offset":12,"submatches":[]}}\n'
third='{"type":"match","data":{"path":{"text":"f"},"lines":{"bytes":"YmH/ciBmb28K"},"line_number":3,"absolute_offset":14,"submatches":[{"match":{"text":"foo"},"start":5,"end":8}]}}\n'
end='{"type":"end","data":{"path":{"text":"f"},"binary_offset":null,"stats":{"searches":1,"searches_with_match":1,"bytes_searched":23,"bytes_printed":'
summary='{"data":{"stats":{"bytes_printed":'
each()
{
    expect 0 "$begin$first$third$end"'437,"matched_lines":2,"matches":3}}}\n'"$summary"'437,"bytes_searched":23,"matched_lines":2,"matches":3,"searches":1,"searches_with_match":1}},"type":"summary"}\n' \
        untimed "${path[@]}" foo f
    expect 0 "$begin$first$second$third$end"'561,"matched_lines":2,"matches":3}}}\n'"$summary"'561,"bytes_searched":23,"matched_lines":2,"matches":3,"searches":1,"searches_with_match":1}},"type":"summary"}\n' \
        untimed "${path[@]}" -C1 foo f
    expect 0 "$summary"'0,"bytes_searched":46,"matched_lines":0,"matches":0,"searches":2,"searches_with_match":0}},"type":"summary"}\n' \
        untimed "${path[@]}" absent f f
}
each_path each

# What lines look like otherwise has no effect.
mscan --json foo f | sed 's/"elapsed\(_total\)*":{[^}]*},//g' >plain
for options in -n -b -H -h -o --column --color=always --max-columns=2 -T -Z '-o -b'; do
    # shellcheck disable=SC2086
    expect_file 0 plain untimed $options foo f
done
expect 1 '' mscan --json -q absent f
expect 0 '' mscan --json -q foo f

# Other output is refused, whatever form the options have.
expect_like 2 '' "mscan: options '--json' and '--files-with-matches' exclude each other.*" mscan -nl --js foo f
for option in count count-matches files-with-matches files-without-match total=only; do
    expect_like 2 '' "mscan: options '--json' and '--${option%=*}' exclude each other.*" mscan --json --$option foo f
done

# An object is written at once, however a pipe is read.
mscan -H --json --line-buffered foo f | head -n 1 >line
expect 0 "$begin" cat line

# The name of standard input is ripgrep's, unless --label says another.
expect 0 '"<stdin>"\n' eval 'mscan --json foo <f | sed -n "1s/.*text.:\(.*\)}}}/\1/p"'
expect 0 '"here"\n' eval 'mscan --json --label=here foo <f | sed -n "1s/.*text.:\(.*\)}}}/\1/p"'

# A missing file does not keep the summary from being printed.
expect 0 '1\n' eval 'mscan --json -s foo missing f | grep -c summary'

# With -E the longest match counts, as with -o.
file alternatives 'xab\n'
expect_like 0 '.*"submatches":\[\{"match":\{"text":"ab"\},"start":1,"end":3\}\].*' '' mscan -E --json 'a|ab' alternatives
# Every byte that has to be escaped, at every distance from the next.
for ((i = 0; i < 20; i++)); do printf '%*s"\\\t\001\x7f\xc3\xa9%*s"\n' $i '' $((i * 7 % 11)) ''; done >escapes
mscan --json -- '' escapes | python3 -c 'import json, sys
for line in sys.stdin:
    item = json.loads(line)
    if item["type"] == "match":
        sys.stdout.write(item["data"]["lines"]["text"])' >unescaped
expect_file 0 escapes cat unescaped

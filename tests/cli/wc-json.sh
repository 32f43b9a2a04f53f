#!/usr/bin/env bash
# mwc --json: an object for each file, and for the total.
. "$(dirname "$0")/check.sh"

file f 'a b\nc\n'
printf x >$'q"\n'
expect 0 '{"type":"count","data":{"path":{"text":"f"},"lines":2,"words":3,"bytes":6}}\n' mscan --wc --json f
expect 0 '{"type":"count","data":{"path":{"text":"f"},"lines":2,"words":3,"chars":6,"bytes":6,"max_line_length":3}}\n' \
    mscan --wc --json -lwmcL f
expect 0 '{"type":"count","data":{"path":{"text":"<stdin>"},"bytes":6}}\n' eval 'cat f | mscan --wc -c --json'
expect 0 '{"type":"count","data":{"path":{"text":"f"},"lines":2}}\n{"type":"count","data":{"path":{"text":"q\\"\\n"},"lines":0}}\n{"type":"total","data":{"lines":2}}\n' \
    mscan --wc -l --json f $'q"\n'
expect 0 '{"type":"total","data":{"words":3}}\n' mscan --wc -w --json --total=only f
expect 0 '{"type":"count","data":{"path":{"text":"f"},"words":3}}\n' mscan --wc -w --json --total=never f
expect 0 '{"type":"count","data":{"path":{"text":"f"},"lines":1}}\n' mscan --wc -l --json --byte-range=4 f
echo x >$'\xff'
expect 0 '{"type":"count","data":{"path":{"bytes":"/w=="},"lines":1}}\n' mscan --wc -l --json $'\xff'
expect_error 1 '{"type":"count","data":{"path":{"text":"f"},"lines":2}}\n{"type":"total","data":{"lines":2}}\n' \
    'mscan: missing: No such file or directory\n' mscan --wc -l --json missing f

#!/usr/bin/env python3
"""Compares what mscan --json prints with a model of it, and with ripgrep's.

    MSCAN=/path/to/mscan tests/json-lines.py [--cases N] [--seed S] [--seconds T]

A case is one command over one or two files of lines, some of which are not UTF-8: -v, -m, -i, context, --passthru,
--last, with threads, chunks and pipes of all sizes.  Python's json module reads the output.  Without --cases it ends
after T seconds (10).  Where RG names a ripgrep of release 14 or later, cases that it knows are compared with that, too,
byte for byte but for the times.
"""
import base64
import json
import os
import re
import shlex
import subprocess
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402

PATTERNS = ['m', 'mm?', 'a.*b', '^$', 'x$', '[ab]m', 'q', '"+', r'\\', r'\t', 'm|x', r'\bm', 'é', '[^a]m']
LETTERS = ['a', 'b', 'm', 'x', ' ', '"', '\\', '\t', '\r', '\x01', '\x1f', '\x7f', 'é', '\u2028', '\U0001f600', 'M']
TIMES = re.compile(rb'"nanos":\d+|"secs":\d+|"human":"[^"]*"')


def data(text):
    try:
        return {'text': text.decode()}
    except UnicodeDecodeError:
        return {'bytes': base64.b64encode(text).decode()}


class Case:
    def __init__(self, rng):
        self.pattern = rng.choice(PATTERNS)
        self.files = [rng.choice(('f', 'g', '-')) for _ in range(rng.choice((1, 1, 2)))]
        if self.files.count('-') > 1:
            self.files = ['-']
        self.invert, self.caseless, self.passthru = (rng.random() < chance for chance in (0.2, 0.2, 0.1))
        self.limit = rng.choice((None, None, None, 1, 2, 5, 20))
        self.last = rng.choice((None, None, None, 1, 2, 5))
        self.before, self.after = (rng.choice((None, None, 0, 1, 2, 5, 1000)) for _ in range(2))
        if self.limit:  # ripgrep goes on with context behind the last line in a way of its own
            self.after = None
        self.split = comparison.random_split(rng)

    def options(self):
        return [text for wanted, text in (
            (self.invert, '-v'), (self.caseless, '-i'), (self.passthru, '--passthru'), (self.limit, '-m%s' % self.limit),
            (self.before is not None, '-B%s' % self.before), (self.after is not None, '-A%s' % self.after)) if wanted]

    def is_mixed(self):
        """Whether it has options of which ripgrep takes the last only."""
        return self.passthru and (self.before, self.after, self.limit) != (None, None, None)

    def matches(self, line):
        """The spans of the matches: (begin, end), in bytes."""
        expression = re.compile(self.pattern, re.IGNORECASE if self.caseless else 0)
        text = line.decode('utf-8', 'surrogateescape')
        found = []
        for match in expression.finditer(text):
            begin, end = (len(text[:at].encode('utf-8', 'surrogateescape')) for at in match.span())
            found.append((begin, end))
        return found

    def message(self, name, kind, number, offset, line, found):
        return {'type': kind, 'data': {
            'path': data(name.encode()), 'lines': data(line), 'line_number': number, 'absolute_offset': offset,
            'submatches': [{'match': data(line[begin:end]), 'start': begin, 'end': end} for begin, end in found]}}

    def file_messages(self, name, text):
        """What is printed of a file but for its end, and its sums: searched, selected lines, matches."""
        lines = re.findall(rb'[^\n]*\n|[^\n]+', text)
        found = [self.matches(line.rstrip(b'\n')) for line in lines]
        selected = [index for index, matches in enumerate(found) if bool(matches) != self.invert][:self.limit]
        whole = self.limit is None or len(selected) < self.limit
        searched = len(text) if whole else sum(map(len, lines[:selected[-1] + 1]))
        selected = selected[-self.last if self.last else 0:]
        printed = set(selected)
        for index in selected:
            printed.update(range(max(0, index - (self.before or 0)), min(len(lines), index + (self.after or 0) + 1)))
        if self.passthru and self.last is None:
            printed = set(range(len(lines)))
        messages, offset, chosen = [], 0, set(selected)
        for index, line in enumerate(lines):
            if index in printed:
                kind = 'match' if index in chosen else 'context'
                shown = found[index] if (kind == 'match') != self.invert else []
                messages.append(self.message(name, kind, index + 1, offset, line, shown))
            offset += len(line)
        if messages:
            messages.insert(0, {'type': 'begin', 'data': {'path': data(name.encode())}})
        return messages, (searched, len(selected), 0 if self.invert else sum(len(found[index]) for index in selected))


def times_out(value):
    """Without the times, which nobody knows before."""
    if isinstance(value, dict):
        return {key: times_out(item) for key, item in value.items() if key not in ('elapsed', 'elapsed_total')}
    return value


def difference(case, texts, output, status):
    """What is wrong with mscan's output; None: nothing."""
    rows = output.splitlines(keepends=True)
    try:
        messages = [json.loads(row) for row in rows]
    except ValueError as error:
        return 'not JSON: %s' % error
    totals, any_selected, at = [0] * 6, False, 0
    for file in case.files:
        name = '<stdin>' if file == '-' else file
        expected, (searched, selected, matches) = case.file_messages(name, texts[file])
        count = len(expected)
        if messages[at:at + count] != expected:
            return 'lines of %s, expected %r' % (name, expected)
        printed = sum(map(len, rows[at:at + count]))
        sums = {'searches': 1, 'searches_with_match': int(selected > 0), 'bytes_searched': searched,
                'bytes_printed': printed, 'matched_lines': selected, 'matches': matches}
        totals = [total + value for total, value in zip(totals, sums.values())]
        any_selected |= selected > 0
        at += count
        if expected:
            end = {'type': 'end', 'data': {'path': data(name.encode()), 'binary_offset': None, 'stats': sums}}
            if times_out(messages[at]) != end:
                return 'the end of %s, expected %r' % (name, end)
            at += 1
    summary = {'type': 'summary', 'data': {'stats': dict(zip(sums, totals))}}
    if [times_out(message) for message in messages[at:]] != [summary]:
        return 'the summary, expected %r' % summary
    return None if status == (0 if any_selected else 1) else 'the status %d' % status


def text(rng):
    count = rng.choice((0, 1, 5, 30, 200))
    lines = [''.join(rng.choice(LETTERS) for _ in range(rng.choice((0, 1, 2, 3, 8, 30)))).encode() for _ in range(count)]
    for index in range(count):
        if rng.random() < 0.1:
            lines[index] += rng.choice((b'\xff', b'\xc3', b'\xed\xa0\x80', b'\xf5'))
    return b'\n'.join(lines) + (b'\n' if lines and rng.random() < 0.8 else b'')


def without_details(output, case):
    """Without the times and, with -m, how far each program looks before it ends."""
    output = TIMES.sub(b'', output)
    return re.sub(rb'"bytes_searched":\d+', b'', output) if case.limit else output


def ripgrep():
    """The path of one that is recent enough; None."""
    path = os.environ.get('RG')
    version = path and subprocess.run([path, '--version'], capture_output=True, check=False).stdout
    release = version and re.match(rb'ripgrep (\d+)', version)
    return path if release and int(release.group(1)) >= 14 else None


def run_command(program, arguments, texts, piped):
    with open('-.stdin', 'rb') as standard_input:
        return subprocess.run([program, *arguments], stdin=None if piped else standard_input, timeout=60, check=False,
                              input=texts['-'] if piped else None, capture_output=True,
                              env=comparison.environment('C.UTF-8'))


def main():
    run = comparison.Run('Compares the output of --json with a model.', 'JSON_SECONDS', 10)
    rng, rg, compared = run.rng, ripgrep(), 0
    with comparison.working_directory('json'):
        for number in run.cases():
            if number % 10 == 1:
                texts = {name: text(rng) for name in ('f', 'g', '-')}
                comparison.write_files({name if name != '-' else '-.stdin': content for name, content in texts.items()})
            case = Case(rng)
            last = ['--last=%s' % case.last] if case.last else []
            command = ['--json', *case.options(), '-e', case.pattern, '--', *case.files]
            piped = rng.random() < 0.5
            ours = run_command(run.mscan, case.split + last + command, texts, piped)
            wrong = ours.stderr or difference(case, texts, ours.stdout, ours.returncode)
            if rg and not wrong and not last and not case.is_mixed():
                theirs = run_command(rg, ['-j1', '--no-config', *command], texts, piped)
                compared += 1
                if without_details(theirs.stdout, case) != without_details(ours.stdout, case):
                    wrong = 'ripgrep says %r' % theirs.stdout
            if wrong:
                print('DIFFERENCE in case %d of seed %d: mscan %s' % (number, run.seed, shlex.join(case.split + last + command)))
                for name in set(case.files):
                    print('  %s: %r' % (name, texts[name]))
                print('  mscan: %d %r\n  wrong: %s' % (ours.returncode, ours.stdout, wrong))
                return 1
    print('%d cases in %.1f s, seed %d, %d of them with ripgrep: no difference' %
          (run.number, run.elapsed(), run.seed, compared))
    return 0


if __name__ == '__main__':
    sys.exit(main())

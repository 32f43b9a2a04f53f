#!/usr/bin/env python3
"""Compares what mscan prints of records (--record-start) with a model of it in Python.

    MSCAN=/path/to/mscan tests/records.py [--cases N] [--seed S] [--seconds T]

A case is one command over one or two files: patterns that lie in one line or several, -v, -m, --skip-matches, --last,
context, prefixes, counts and -o, with threads, chunks and pipes of all sizes.  Where nothing depends on other records,
the shares of a file are compared with the whole, too.  Without --cases it ends after T seconds (5).
"""
import re
import shlex
import subprocess
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402

STARTS = ['^m', 'm', 'x$', '^q', '^[ab]', '^$', 'never', '']
PATTERNS = ['m', 'a.*b', '^$', 'x$', '^[ab]m', '(a)\\1', 'q', '', 'a\\nb', '(?s)a.*x', '^m.*\\n^a', '[^x]*', 'b\\n', '\\A ',
            '(?s).+', '\\s+', 'a(?=\\n)', '(?<=\\n)b', '\\bq\\b']


def records_of(text, start):
    """(line number, offset, text with its newlines) of each."""
    records, offset = [], 0
    for number, line in enumerate(re.findall('[^\n]*\n|[^\n]+', text)):
        if not records or re.search(start, line[:-1] if line.endswith('\n') else line):
            records.append((number, offset, line))
        else:
            records[-1] = records[-1][:2] + (records[-1][2] + line,)
        offset += len(line)
    return records


def text_of(record):
    return record[2][:-1] if record[2].endswith('\n') else record[2]


class Case:
    def __init__(self, rng):
        self.start, self.pattern = rng.choice(STARTS), rng.choice(PATTERNS)
        self.files = [rng.choice(('f', 'g', '-')) for _ in range(rng.choice((1, 1, 1, 2)))]
        if self.files.count('-') > 1:
            self.files = ['-']
        self.invert, self.number, self.offset, self.name, self.only, self.count, self.matches = (
            rng.random() < chance for chance in (0.2, 0.5, 0.2, 0.3, 0.15, 0.15, 0.1))
        self.count = self.count and not self.matches
        self.limit = rng.choice((None, None, None, 1, 2, 5, 20))
        self.skip = rng.choice((0, 0, 0, 1, 2, 5, 50))
        self.last = rng.choice((None, None, None, 1, 2, 5, 50))
        self.before, self.after = (rng.choice((None, None, None, 0, 1, 2, 5, 1000)) for _ in range(2))
        self.separator = rng.choice(('--', '--', '--', 'XY', None))
        self.split = comparison.random_split(rng)

    def options(self):
        options = [text for wanted, text in (
            (self.invert, '-v'), (self.number, '-n'), (self.offset, '-b'), (self.name, '-H'), (not self.name, '-h'),
            (self.only, '-o'), (self.count, '-c'), (self.matches, '--count-matches'), (self.limit, '-m%s' % self.limit),
            (self.skip, '--skip-matches=%d' % self.skip), (self.last, '--last=%s' % self.last),
            (self.before is not None, '-B%s' % self.before), (self.after is not None, '-A%s' % self.after)) if wanted]
        if self.separator != '--':
            options.append('--group-separator=' + self.separator if self.separator else '--no-group-separator')
        return options

    def command(self, mscan):
        return [mscan, '--record-start=' + self.start] + self.options() + self.split + ['-e', self.pattern] + self.files

    def found(self, record):
        return [match for match in re.finditer(self.pattern, text_of(record), re.M) if match.group()]

    def selected(self, records):
        found = [index for index, record in enumerate(records)
                 if bool(re.search(self.pattern, text_of(record), re.M)) != self.invert][self.skip:]
        return found[:self.limit][-self.last if self.last else 0:]

    def prefix(self, name, number, offset, mark):
        return ''.join(part + mark for part in (
            name if self.name else '', str(number + 1) if self.number else '', str(offset) if self.offset else '') if part)

    def shown(self, name, record, chosen):
        number, offset, text = record
        if self.only:
            return [self.prefix(name, number + text.count('\n', 0, match.start()), offset + match.start(), ':') +
                    match.group() for match in self.found(record)] if chosen and not self.invert else []
        out = []
        for index, line in enumerate(text_of(record).split('\n')):
            out.append(self.prefix(name, number + index, offset, ':' if chosen and index == 0 else '-') + line)
            offset += len(line) + 1
        return out

    def model(self, texts):
        """What is printed, and the status."""
        out, any_selected, grouped = [], False, False
        if self.invert and not self.pattern:
            return '', 1  # as in grep, nothing is looked at
        with_context = self.before is not None or self.after is not None
        for file in self.files:
            name, records = '(standard input)' if file == '-' else file, records_of(texts[file], self.start)
            selected = self.selected(records)
            any_selected |= bool(selected)
            if self.count or self.matches:
                count = len(selected)
                if self.matches and not self.invert:
                    count = sum(len(self.found(records[index])) for index in selected)
                out.append((name + ':' if self.name else '') + str(count))
                continue
            shown = set()
            for index in selected:
                shown.update(range(max(0, index - (self.before or 0)), min(len(records), index + (self.after or 0) + 1)))
            last = None
            for index in sorted(shown):
                if with_context and self.separator and grouped and last != index - 1:
                    out.append(self.separator)
                last, grouped = index, True
                out += self.shown(name, records[index], index in selected)
        return ''.join(line + '\n' for line in out), 0 if any_selected else 1

    def is_divisible(self):
        """Whether each part of a file has its own of the output."""
        return (len(self.files) == 1 and self.files[0] != '-' and self.limit is None and not self.skip and
                not self.last and self.before is None and self.after is None and not self.count and not self.matches)


def make_text(rng):
    words = ['m', 'mm', 'a', 'ab', 'x', ' ', 'q', 'b' * 30, 'am', 'aa']
    dense = rng.choice((0.1, 0.5, 0.9))
    lines = [''.join(rng.choice(words) for _ in range(rng.randrange(6))) if rng.random() < dense else
             rng.choice(('', 'z', 'zz y', 'k' * rng.randrange(90))) for _ in range(rng.choice((0, 1, 2, 5, 20, 60, 200)))]
    return '\n'.join(lines) + ('\n' if lines and rng.random() < 0.8 else '')


def main():
    run = comparison.Run(__doc__, 'RECORDS_SECONDS', 5)
    with comparison.working_directory('records'):
        for number in run.cases():
            case, texts = Case(run.rng), {name: make_text(run.rng) for name in ('f', 'g', '-')}
            comparison.write_files({name: text.encode() for name, text in texts.items()})
            expected, status = case.model(texts)
            command = case.command(run.mscan)
            result = subprocess.run(command, input=texts['-'].encode(), capture_output=True, check=False, timeout=60)
            shown, found = [command], result.stdout
            wrong = (found != expected.encode() or result.returncode != status or result.stderr)
            if not wrong and case.is_divisible():
                count = run.rng.choice((2, 3, 7, 30))
                parts = [command[:1] + ['--shard=%d/%d' % (k, count), '--line-base=count'] + command[1:] for k in range(count)]
                results = [subprocess.run(part, capture_output=True, check=False, timeout=60) for part in parts]
                shown, found = parts, b''.join(part.stdout for part in results)
                wrong = found != expected.encode() or any(part.stderr for part in results)
            if wrong:
                print('case %d of seed %d differs' % (number, run.seed))
                for name in case.files:
                    print('%s: %r' % (name, texts[name]))
                for one in shown:
                    print(shlex.join(one))
                print('found:    %r (%d) %r\nexpected: %r (%d)' % (found, result.returncode, result.stderr, expected, status))
                return 1
    print('%d cases' % run.number)
    return 0


if __name__ == '__main__':
    sys.exit(main())

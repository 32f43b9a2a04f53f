#!/usr/bin/env python3
"""Compares what mscan --tally prints with a count in Python, which prints as `sort | uniq -c | sort -rn` does.

    MSCAN=/path/to/mscan tests/tally.py [--cases N] [--seed S] [--seconds T]

A case is one command over one or two files: whole matches, groups and replacements, -m, -i, -w, -x, --not, orders, the
most frequent alone, parts of a file, and so little memory that values go to temporary files; with threads, chunks and
pipes of all sizes.  Without --cases it ends after T seconds (4).
"""
import collections
import json
import re
import shlex
import subprocess
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402

PATTERNS = ['m', 'm*', '[abm]+', '(a)(b)?', '\\w', '\\w+', '(\\w)(\\w*)', 'x$', '^.', '(?=(b+))', 'never', '.', '', 'é.']


class Case:
    def __init__(self, rng):
        self.pattern = rng.choice(PATTERNS)
        groups = re.compile(self.pattern).groups
        self.files = [rng.choice(('f', 'g', '-')) for _ in range(rng.choice((1, 1, 2)))]
        if self.files.count('-') > 1:
            self.files = ['-']
        self.group = rng.randrange(groups + 1) if rng.random() < 0.4 else 0
        self.replace = rng.random() < 0.2 and not self.group
        self.limit = rng.choice((None, None, None, 1, 3, 20))
        self.most = rng.choice((None, None, 0, 1, 5))
        self.order = rng.choice(('count', 'count', 'value', 'first'))
        self.name, self.json, self.without = (rng.random() < chance for chance in (0.2, 0.2, 0.2))
        self.memory = rng.choice((None, None, '1', '2K', '64K'))
        self.split = comparison.random_split(rng)

    def command(self, mscan):
        options = ['--tally' + ('=%d' % self.most if self.most is not None else '')] + [option for wanted, option in (
            (self.group, '--only-matching=%d' % self.group), (self.replace, '--replace=<$0>'),
            (self.limit, '-m%s' % self.limit), (self.order != 'count', '--tally-order=' + self.order), (self.name, '-H'),
            (self.json, '--json'), (self.without, '--not=q'), (self.memory, '--max-memory=%s' % self.memory)) if wanted]
        return [mscan] + options + self.split + ['-e', self.pattern] + self.files

    def values(self, texts):
        for file in self.files:
            selected = 0
            lines = texts[file].split('\n')
            for line in lines[:-1] if lines[-1] == '' else lines:
                if not re.search(self.pattern, line) or (self.without and 'q' in line):
                    continue
                if selected == self.limit:
                    break
                selected += 1
                last = None  # the end of a match; an empty one directly behind it does not count
                for match in re.finditer(self.pattern, line):
                    if match.start() == match.end() == last:
                        continue
                    last = match.end()
                    value = '<%s>' % match.group() if self.replace else match.group(self.group)
                    if value:
                        prefix = ('(standard input)' if file == '-' else file) + ':'
                        yield (prefix if self.name and not self.json else '') + value

    def model(self, texts):
        counts = collections.Counter(self.values(texts))  # in the order of the first occurrences
        items = [(value.encode(), count) for value, count in counts.items()]
        if self.order == 'count':
            items.sort(key=lambda item: item[0], reverse=True)
            items.sort(key=lambda item: -item[1])
        elif self.order == 'value':
            items.sort()
        shown = items[:self.most]
        if self.json:
            out = [json.dumps({'type': 'tally', 'data': {'value': {'text': value.decode()}, 'count': count}},
                              ensure_ascii=False, separators=(',', ':')).encode() for value, count in shown]
        else:
            out = [b'%7d %s' % (count, value) for value, count in shown]
        return b''.join(line + b'\n' for line in out), 0 if items else 1


def make_text(rng):
    words = ['m', 'mm', 'a', 'ab', 'x', ' ', 'q', 'bb', 'am', 'é', 'éé', 'a"b', '\\']
    lines = [''.join(rng.choice(words) for _ in range(rng.randrange(8))) for _ in range(rng.choice((0, 1, 5, 40, 400)))]
    return '\n'.join(lines) + ('\n' if lines and rng.random() < 0.8 else '')


def main():
    run = comparison.Run(__doc__, 'TALLY_SECONDS', 4)
    with comparison.working_directory('tally'):
        for number in run.cases():
            case, texts = Case(run.rng), {name: make_text(run.rng) for name in ('f', 'g', '-')}
            comparison.write_files({name: text.encode() for name, text in texts.items()})
            expected, status = case.model(texts)
            command = case.command(run.mscan)
            result = subprocess.run(command, input=texts['-'].encode(), capture_output=True, check=False, timeout=60,
                                    env=comparison.environment('C.UTF-8'))
            if result.stdout != expected or result.returncode != status or result.stderr:
                print('case %d of seed %d differs: %s' % (number, run.seed, shlex.join(command)))
                for name in case.files:
                    print('%s: %r' % (name, texts[name][:3000]))
                print('found:    %r (%d) %r\nexpected: %r (%d)' % (result.stdout[:2000], result.returncode, result.stderr,
                                                                  expected[:2000], status))
                return 1
    print('%d cases' % run.number)
    return 0


if __name__ == '__main__':
    sys.exit(main())
